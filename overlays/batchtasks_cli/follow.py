"""Reading a task's output files while they grow, by byte ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from batchtasks_cli.errors import REFUSED, Complaint

if TYPE_CHECKING:
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

    def size(self) -> int:
        """Bytes that the file has now; 0 while it is not there."""
        from batchtasks import ConflictError, NotFoundError

        try:
            size = self._client.file.get_properties_from_task(*self._where).content_length or 0
        except (NotFoundError, ConflictError):
            return 0
        self.found = True
        return size

    def skip_to_last(self, lines: int) -> None:
        """Go to the beginning of the last so many lines, without reading what is before them."""
        self.offset = start_of_last(self._client, self._where, self.size(), lines)

    def news(self) -> Iterator[bytes]:
        """Give what has come since; a file that has become shorter was begun anew."""
        size = self.size()
        if size < self.offset:
            self.offset = 0
        if size > self.offset:
            for piece in self._client.file.stream_from_task(*self._where, start=self.offset):
                self.offset += len(piece)
                yield piece


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
        self._retries: int | None = None

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
            self._begin_anew_after_retry(task, say)
            moved = self._write_news(write)
            if done:
                return task
            pause = SHORTEST if moved else min(LONGEST, pause * 1.5)
            time.sleep(pause)

    def _seen_anything(self) -> bool:
        return any(file.offset for file in self.files)

    def _write_news(self, write: Write) -> bool:
        moved = False
        for file in self.files:
            for piece in file.news():
                write(file.name, piece)
                moved = True
        return moved

    def _begin_anew_after_retry(self, task: CloudTask, say: Callable[[str], object]) -> None:
        info = task.execution_info
        runs = ((info.retry_count or 0) + (info.requeue_count or 0)) if info is not None else 0
        if self._retries is not None and runs > self._retries:
            say("the task runs again ...")
            for file in self.files:
                file.offset = 0
        self._retries = runs
