"""Reading a task's output files while they grow, by byte ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from batchtasks_cli.errors import REFUSED, Complaint

if TYPE_CHECKING:
    from datetime import datetime

    from batchtasks import BatchClient
    from batchtasks.models import CloudTask

SHORTEST, LONGEST = 0.3, 5.0
_BLOCK = 64 * 1024
_MEMBERS = ("id", "state", "executionInfo")

# Which file, and what is new of it.
Write = Callable[[str, bytes], object]


def pieces_of(client: BatchClient, job: str, task: str, name: str, start: int = 0) -> Iterator[bytes]:
    """Read a file of a task; a refusal, which for a file's properties comes without any explanation, is put in words."""
    from batchtasks import ConflictError, NotFoundError

    try:
        yield from client.file.stream_from_task(job, task, name, start=start)
    except ConflictError:
        remedy = f"If it is yet to run: batchtasks logs {job} {task} --follow."
        raise Complaint(f"The files of task {task} are not there yet, or not any more.", remedy, REFUSED) from None
    except NotFoundError:
        # If job or task are not there either, this says so.
        client.task.get(job, task, select="id")
        raise no_such_file(job, task, name) from None


def no_such_file(job: str, task: str, name: str) -> Complaint:
    """The error for a file that is not there."""
    return Complaint(f"Task {task} has no file {name}.", f"See: batchtasks files {job} {task}", REFUSED)


class Growing:
    """One file of a task, read on from where it was read to before."""

    def __init__(self, client: BatchClient, job: str, task: str, name: str) -> None:
        self._client = client
        self._where = (job, task, name)
        self.name = name
        self.offset = 0
        self.found = False
        # Size and time of the file when it was looked at last.
        self._seen: tuple[int, datetime | None] = (0, None)
        # The start of a run whose output has not been met yet.
        self._awaited: datetime | None = None
        # A run was met in the file before the task told of it.
        self._ahead = False

    def size(self) -> int:
        """Bytes that the file has now; 0 while it is not there."""
        from batchtasks import ConflictError, NotFoundError

        try:
            found = self._client.file.get_properties_from_task(*self._where)
        except (NotFoundError, ConflictError):
            return 0
        self.found = True
        self._seen = (found.content_length or 0, found.last_modified)
        return self._seen[0]

    def expect_another(self, start: datetime | None) -> None:
        """The task runs again, since `start`; the file of the run before may still be there for a while."""
        if self._ahead:
            self._ahead = False
        else:
            self._awaited = None if start is None else start.replace(microsecond=0)

    def skip_to_last(self, lines: int) -> None:
        """Go to the beginning of the last so many lines, without reading what is before them."""
        self.offset = start_of_last(self._client, self._where, self.size(), lines)

    def news(self, *, at_end: bool = False) -> Iterator[bytes]:
        """Give what has come since; from the beginning if the file is another one. `at_end`: no run follows any more."""
        before, size = self._seen, self.size()
        if size < self.offset or self._is_of_another_run(before, at_end=at_end):
            self._ahead = self._awaited is None
            self.offset, self._awaited = 0, None
        if size > self.offset:
            yield from self._read_on()

    def _read_on(self) -> Iterator[bytes]:
        from batchtasks import ConflictError, InvalidRequestError, NotFoundError, UnreadableAnswerError

        try:
            for chunk_size in self._client.file.stream_from_task(*self._where, start=self.offset):
                self.offset += len(chunk_size)
                yield chunk_size
        except (NotFoundError, ConflictError, InvalidRequestError, UnreadableAnswerError):
            pass  # another run has just begun the file anew; the next look at it notices

    def _is_of_another_run(self, before: tuple[int, datetime | None], *, at_end: bool) -> bool:
        written = self._seen[1]
        if self._awaited is None or written is None or written < self._awaited:
            return False
        # Times of files have no fractions: a file that has not changed since may be the old one, written in that second.
        return at_end or self._seen != before


def start_of_last(client: BatchClient, where: tuple[str, str, str], size: int, lines: int) -> int:
    """Find the offset of the last so many lines of a file, from its end backwards."""
    start, seen, block = size, b"", _BLOCK
    while start > 0:
        start = max(0, start - block)
        block *= 2
        seen = b"".join(client.file.stream_from_task(*where, start=start))
        # A line break at the very end ends the last line and begins none.
        body = seen[:-1] if seen.endswith(b"\n") else seen
        if body.count(b"\n") >= lines:
            parts = body.rsplit(b"\n", lines)
            return start + len(parts[0]) + 1
    return 0


def last_lines(client: BatchClient, where: tuple[str, str, str], size: int, lines: int) -> str:
    """Give the last lines of a file, of its last 4 KiB at most."""
    start = max(0, size - 4096)
    text = b"".join(client.file.stream_from_task(*where, start=start)).decode("utf-8", "replace")
    return "\n".join(text.rstrip().splitlines()[-lines:])


class Follower:
    """Follows files of a task until it has completed."""

    def __init__(self, client: BatchClient, job: str, task: str, names: Sequence[str]) -> None:
        self._client = client
        self._job, self._task = job, task
        self.files = [Growing(client, job, task, name) for name in names]
        # How often the task had run when it was looked at last, and since when its latest run.
        self._runs: int | None = None
        self._start: datetime | None = None

    def look(self) -> CloudTask:
        """Read the task's state."""
        return self._client.task.get(self._job, self._task, select=_MEMBERS)

    def run(self, write: Write, say: Callable[[str], object]) -> CloudTask:
        """Write what comes until the task has completed and all of it has been read; give the task."""
        pause, waiting = SHORTEST, False
        while True:
            task = self.look()
            done = task.state == "completed"
            if task.state == "active" and not waiting and not self._seen_anything():
                say("waiting for the task to start ...")
                waiting = True
            self._notice_another_run(task, say)
            moved = self._write_news(write, at_end=done)
            if done:
                return task
            pause = SHORTEST if moved else min(LONGEST, pause * 1.5)
            time.sleep(pause)

    def _seen_anything(self) -> bool:
        return any(file.offset for file in self.files)

    def _write_news(self, write: Write, *, at_end: bool) -> bool:
        moved = False
        for file in self.files:
            for chunk_size in file.news(at_end=at_end):
                write(file.name, chunk_size)
                moved = True
        return moved

    def _notice_another_run(self, task: CloudTask, say: Callable[[str], object]) -> None:
        info = task.execution_info
        if info is None:
            return
        runs = (info.retry_count or 0) + (info.requeue_count or 0)
        if self._runs is None:
            self._runs, self._start = runs, info.start_time
        # The count grows when a run has ended, its start is told when the next one begins.
        elif runs > self._runs and info.start_time != self._start:
            self._runs, self._start = runs, info.start_time
            say("the task runs again ...")
            for file in self.files:
                file.expect_another(info.start_time)
        elif runs == self._runs:
            self._start = info.start_time
