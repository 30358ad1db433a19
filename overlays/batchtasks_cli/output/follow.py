"""Reading the output files of tasks while they grow, by byte ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from batchtasks_cli.errors import INCOMPLETE, REFUSED, CliError, shell_line
from batchtasks_cli.output.columns import failure_of
from batchtasks_cli.output.diagnosis import reasons_of

if TYPE_CHECKING:
    from datetime import datetime

    from batchtasks import BatchClient
    from batchtasks.models import CloudTask

_SHORTEST, _LONGEST = 0.3, 5.0
_BLOCK, _TAIL = 64 * 1024, 4096

# Gets the name of a file, and what is new of it.
Write = Callable[[str, bytes], object]


def read_file(client: BatchClient, job: str, task: str, name: str, start: int = 0) -> Iterator[bytes]:
    """Yield a file of a task; if it is not there, raise CliError that says why."""
    from batchtasks import ConflictError, NotFoundError

    try:
        yield from client.file.stream_from_task(job, task, name, start=start)
    except (ConflictError, NotFoundError) as error:
        # If job or task do not exist, this says so.
        found = client.task.get(job, task)
        raise _missing(client, job, found, name, isinstance(error, NotFoundError)) from None


def _missing(client: BatchClient, job: str, task: CloudTask, name: str, is_not_found: bool) -> CliError:
    info, task_id = task.execution_info, str(task.id)
    if getattr(info, "start_time", None) is not None and is_not_found:
        return no_such_file(job, task_id, name)
    if task.state != "completed":
        reasons = " ".join(reason.what for reason in reasons_of(client, job, task))
        remedy = f"To wait for it: {shell_line(['batchtasks', 'logs', job, task_id, '--follow'])}"
        return CliError(f"Task {task_id} has not started. {reasons}", remedy, INCOMPLETE)
    if getattr(info, "exit_code", None) is None:
        remedy = f"See: {shell_line(['batchtasks', 'describe', job, task_id])}"
        return CliError(f"Task {task_id} never started: {failure_of(info) or 'it was ended'}.", remedy, INCOMPLETE)
    what = f"The files of task {task_id} are not there any more."
    return CliError(what, "For new tasks, --retention at add keeps files for longer.", REFUSED)


def no_such_file(job: str, task: str, name: str) -> CliError:
    """Return the error for a file that does not exist."""
    remedy = f"See: {shell_line(['batchtasks', 'files', job, task])}"
    return CliError(f"Task {task} has no file {name}.", remedy, REFUSED)


class GrowingFile:
    """One file of a task, read on from where it was read to before."""

    def __init__(self, client: BatchClient, job: str, task: str, name: str) -> None:
        self._client = client
        self._where = (job, task, name)
        self.name, self.offset, self.found = name, 0, False
        # Size and time of the file at the latest two polls, and the start of the run that it is read of.
        self._seen: tuple[int, datetime | None] = (0, None)
        self._before: tuple[int, datetime | None] = (0, None)
        self._run: datetime | None = None

    def look(self) -> int:
        """Take note of the file as it is now, and return its size; 0 while it does not exist."""
        from batchtasks import ConflictError, NotFoundError

        self._before, self._seen = self._seen, (0, None)
        with suppress(NotFoundError, ConflictError):
            found = self._client.file.get_properties_from_task(*self._where)
            self._seen, self.found = (found.content_length or 0, found.last_modified), True
        return self._seen[0]

    def skip_to_last(self, lines: int) -> None:
        """Go to the beginning of the last so many lines, without reading what is before them."""
        self.offset = start_of_last(self._client, self._where, self.look(), lines)

    def news(self, run: datetime | None, *, at_end: bool = False) -> Iterator[bytes]:
        """Yield what is new; from the beginning if the file is that of another run. `at_end`: no run follows any more.

        The start of the latest run, `run`, must have been read after `look`: a file is never newer than the run.
        """
        from batchtasks import ConflictError, InvalidRequestError, NotFoundError, UnreadableAnswerError

        self._run, (size, written) = self._run or run, self._seen
        is_new = size < self.offset
        if run is not None and run != self._run and written is not None and written >= run.replace(microsecond=0):
            # Times of files have no fractions: one that has not changed may be the old one, written in that second.
            is_new = is_new or at_end or self._seen != self._before
        if is_new:
            self.offset, self._run = 0, run
        if run != self._run or (size <= self.offset and not at_end):
            return
        # Another run may just have created the file again; the next poll notices.
        with suppress(NotFoundError, ConflictError, InvalidRequestError, UnreadableAnswerError):
            for content in self._client.file.stream_from_task(*self._where, start=self.offset):
                self.offset += len(content)
                yield content
            self.found = True


def start_of_last(client: BatchClient, where: tuple[str, str, str], size: int, lines: int) -> int:
    """Return the offset of the last so many lines of a file, found from its end backwards."""
    start, seen, block = size, b"", _BLOCK
    while start > 0:
        start = max(0, start - block)
        block *= 2
        seen = b"".join(client.file.stream_from_task(*where, start=start))
        # A line break at the very end ends the last line and begins none.
        body = seen[:-1] if seen.endswith(b"\n") else seen
        if body.count(b"\n") >= lines:
            return start + len(body.rsplit(b"\n", lines)[0]) + 1
    return 0


def last_lines(client: BatchClient, where: tuple[str, str, str], lines: int) -> list[str]:
    """Return the last lines of a file, of its last 4 KiB at most; nothing if it does not exist."""
    from batchtasks import ConflictError, NotFoundError

    try:
        size = client.file.get_properties_from_task(*where).content_length or 0
        text = b"".join(client.file.stream_from_task(*where, start=max(0, size - _TAIL)))
    except (NotFoundError, ConflictError):
        return []
    return text.decode("utf-8", "replace").rstrip().splitlines()[-lines:]


class TaskFollower:
    """Follows files of a task; `task` is the task as it was at the last poll."""

    def __init__(self, client: BatchClient, job: str, task: str, names: Sequence[str], write: Write) -> None:
        self._client, self._job, self.id, self._write = client, job, task, write
        self.files = [GrowingFile(client, job, task, name) for name in names]
        self.task: CloudTask | None = None
        self._said_waiting = False
        # When its latest run started, as far as is known.
        self._start: datetime | None = None

    @property
    def done(self) -> bool:
        """Whether the task has completed."""
        return self.task is not None and self.task.state == "completed"

    def poll(self, say: Callable[[str], object]) -> bool:
        """Write what is new, and return whether there was anything."""
        for file in self.files:
            file.look()
        self.task = self._client.task.get(self._job, self.id, select=("id", "state", "executionInfo"))
        start = getattr(self.task.execution_info, "start_time", None)
        if start is None and not self.done and not self._said_waiting:
            self._said_waiting = True
            describe = shell_line(["batchtasks", "describe", self._job, self.id])
            say(f"waiting for task {self.id} to start; to see why it waits: {describe}")
        if self._start is not None and start not in (None, self._start):
            say(f"task {self.id} runs again ...")
        self._start = start or self._start
        moved = False
        for file in self.files:
            for content in file.news(self._start, at_end=self.done):
                self._write(file.name, content)
                moved = True
        return moved


def follow(followers: Sequence[TaskFollower], say: Callable[[str], object]) -> None:
    """Write what the tasks write until all have completed and all of it has been read."""
    pause, pending = _SHORTEST, list(followers)
    while True:
        moved = [each.poll(say) for each in pending]
        pending = [each for each in pending if not each.done]
        if not pending:
            return
        pause = _SHORTEST if any(moved) else min(_LONGEST, pause * 1.5)
        time.sleep(pause)
