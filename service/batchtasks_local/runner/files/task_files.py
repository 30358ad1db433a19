"""Task files for clients: what is below a task's directory, and nothing else.

Names are relative to the task directory, with `/` between the parts. A name that leads out of the directory, by `..`, as
an absolute path or through a symbolic link, is not found; links that stay inside are followed.
"""

from __future__ import annotations

import errno
import heapq
import mimetypes
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

from attrs import frozen

from batchtasks_local.domain.clock import UNIX_EPOCH
from batchtasks_local.runner.files.directories import remove_tree

# Not every machine's table of media types has these.
_TYPES = {".txt": "text/plain", ".log": "text/plain", ".json": "application/json", ".csv": "text/csv"}
_UNKNOWN_TYPE = "application/octet-stream"


class FileRefusedError(Exception):
    """A task file cannot be read, listed or deleted; `code` is the Batch error code.

    FileNotFound: no such file, or not below the task directory. TaskFilesCleanedup: the task has no directory, because
    it was deleted or not created yet; the state of the task tells which. IOError: the disk refuses, or a directory is
    not empty.
    """

    def __init__(self, code: Literal["FileNotFound", "TaskFilesCleanedup", "IOError"], reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@frozen
class FileEntry:
    """One file or directory: `modified` in ticks, `mode` as Linux writes it (`0o100644`), `size` in bytes."""

    name: str
    is_directory: bool
    size: int
    modified: int
    mode: str
    content_type: str


@frozen
class OpenFile:
    """A regular file, open for reading at its beginning. `entry.size` is its size when it was opened."""

    entry: FileEntry
    file: BinaryIO


class TaskFiles:
    """The files of tasks. Its methods block on the disk; they may be called from any thread."""

    def __init__(self, task_dir: Callable[[str, str], Path]) -> None:
        self._task_dir = task_dir

    def page(
        self,
        job_id: str,
        task_id: str,
        *,
        recursive: bool = False,
        prefix: str = "",
        after: str = "",
        limit: int = 1000,
    ) -> list[FileEntry]:
        """Return entries of a task's directory in order of name; a directory comes before what is in it.

        Args:
            job_id, task_id: The task.
            recursive: Return the entries of all levels, not only of the first.
            prefix: Return only entries whose name begins so.
            after: Begin after this name.
            limit: The largest number of entries.
        """
        root = self._root(job_id, task_id)
        names = [name for name in _walk(root, recursive) if name > after and name.startswith(prefix)]
        heapq.heapify(names)
        in_order = (heapq.heappop(names) for _ in range(len(names)))
        return list(islice(filter(None, (_entry_below(root, name) for name in in_order)), limit))

    def properties(self, job_id: str, task_id: str, name: str) -> FileEntry:
        """Return the properties of one file or directory."""
        root = self._root(job_id, task_id)
        return _entry(_clean(name), _inside(root, name))

    def open(self, job_id: str, task_id: str, name: str) -> OpenFile:
        """Open a regular file for reading; the caller closes it."""
        root = self._root(job_id, task_id)
        path = _inside(root, name)
        try:
            # Neither a named pipe may block the service, nor a link that was put there after the check.
            number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError as error:
            raise _refused(name, error) from error
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode) or not _still_inside(root, number):
            os.close(number)
            raise FileRefusedError("FileNotFound", f"{name} is not a file")
        return OpenFile(_entry_of(_clean(name), found), os.fdopen(number, "rb"))

    def delete(self, job_id: str, task_id: str, name: str, *, recursive: bool = False) -> None:
        """Delete a file or directory; IOError for a directory with something in it, unless `recursive`."""
        root = self._root(job_id, task_id)
        folder, _, last = _clean(name).rpartition("/")
        # The last part is not followed: a link is deleted, not what it leads to.
        path = (_inside(root, folder) if folder else root) / last
        try:
            if path.is_dir() and not path.is_symlink():
                remove_tree(path) if recursive else path.rmdir()
            else:
                path.unlink()
        except OSError as error:
            raise _refused(name, error) from error
        if os.path.lexists(path):
            raise FileRefusedError("IOError", f"{name}: not all of it could be deleted")

    def _root(self, job_id: str, task_id: str) -> Path:
        root = self._task_dir(job_id, task_id)
        if not root.is_dir():
            raise FileRefusedError("TaskFilesCleanedup", "the task has no directory")
        return Path(os.path.realpath(root))


def _refused(name: str, error: OSError) -> FileRefusedError:
    if isinstance(error, FileNotFoundError | NotADirectoryError) or error.errno in (errno.ENAMETOOLONG, errno.ELOOP):
        return FileRefusedError("FileNotFound", f"there is no {name}")
    return FileRefusedError("IOError", f"{name}: {error.strerror}")


def _clean(name: str) -> str:
    """Return a relative name without empty and `.` parts; FileRefusedError for one that could lead outside."""
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts or name.startswith("/") or ".." in parts or "\0" in name:
        raise FileRefusedError("FileNotFound", f"{name!r} is not below the task directory")
    return "/".join(parts)


def _inside(root: Path, name: str) -> Path:
    """Return the path of a name, with links followed; FileRefusedError if it is outside or does not exist."""
    try:
        path = Path(os.path.realpath(root / _clean(name), strict=True))
    except (OSError, ValueError) as error:
        raise FileRefusedError("FileNotFound", f"there is no {name!r}") from error
    if path != root and root not in path.parents:
        raise FileRefusedError("FileNotFound", f"{name!r} is not below the task directory")
    return path


def _still_inside(root: Path, number: int) -> bool:
    """Return whether an open file is below a directory, whatever the path names now; True if the system cannot tell."""
    try:
        return os.readlink(f"/proc/self/fd/{number}").startswith(f"{root}/")
    except OSError:
        return True


def _walk(root: Path, recursive: bool) -> Iterator[str]:
    """Yield the names below a directory; links to directories are not followed."""
    todo = [""]
    while todo:
        folder = todo.pop()
        with suppress(OSError), os.scandir(root / folder) as found:
            for item in found:
                name = f"{folder}{item.name}"
                yield name
                if recursive and item.is_dir(follow_symlinks=False):
                    todo.append(f"{name}/")


def _entry_below(root: Path, name: str) -> FileEntry | None:
    """Return an entry of a listing; None if it is gone by now, leads outside, or has a name that is not text."""
    try:
        name.encode()
        # `_walk` follows no link, so only the last part can be one.
        found = os.lstat(root / name)
        return _entry(name, _inside(root, name)) if stat.S_ISLNK(found.st_mode) else _entry_of(name, found)
    except (FileRefusedError, OSError, UnicodeError):
        return None


def _entry(name: str, path: Path) -> FileEntry:
    try:
        return _entry_of(name, path.stat())
    except OSError as error:
        raise _refused(name, error) from error


def _entry_of(name: str, found: os.stat_result) -> FileEntry:
    ending = os.path.splitext(name)[1].lower()
    return FileEntry(
        name=name,
        is_directory=stat.S_ISDIR(found.st_mode),
        size=found.st_size,
        modified=found.st_mtime_ns // 100 + UNIX_EPOCH,
        mode=f"0o{found.st_mode:06o}",
        content_type=_TYPES.get(ending) or mimetypes.guess_type(name)[0] or _UNKNOWN_TYPE,
    )
