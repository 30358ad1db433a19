"""Task files for clients: what is below a task's directory, and nothing else.

Names are relative to the task directory, with `/` between the parts. A name that leads out of the directory, by `..`, as
an absolute path or through a symbolic link, is not found; links that stay inside are followed. Nor is a file found that
has another name outside (a hard link).
"""

from __future__ import annotations

import errno
import heapq
import mimetypes
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal

from attrs import frozen

from batchtasks_local.domain.clock import UNIX_EPOCH
from batchtasks_local.runner.files.beneath import Descent, Place, open_root, remove

# Not every machine's table of media types has these.
_TYPES = {".txt": "text/plain", ".log": "text/plain", ".json": "application/json", ".csv": "text/csv"}
_LONGEST_NAME = 4096
"""Characters of a path that Linux takes; what lies deeper is not listed."""
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
        with self._root(job_id, task_id) as root:
            names = [name for name in root.walk(recursive=recursive) if name > after and name.startswith(prefix)]
            heapq.heapify(names)
            in_order = (heapq.heappop(names) for _ in range(len(names)))
            return list(islice(filter(None, map(root.entry_below, in_order)), limit))

    def properties(self, job_id: str, task_id: str, name: str) -> FileEntry:
        """Return the properties of one file or directory."""
        with self._root(job_id, task_id) as root, root.place(name) as place:
            return root.entry(_clean(name), place)

    def open(self, job_id: str, task_id: str, name: str) -> OpenFile:
        """Open a regular file for reading; the caller closes it."""
        with self._root(job_id, task_id) as root, root.place(name) as place:
            try:
                # Neither a named pipe may block the service, nor a link that was put there after the check.
                options = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
                number = os.open(place.last, options, dir_fd=place.folder)
            except OSError as error:
                raise _refused(name, error) from error
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode) or root.has_name_outside(found):
                os.close(number)
                raise FileRefusedError("FileNotFound", f"{name} is not a file, or has another name outside")
            return OpenFile(_entry_of(_clean(name), found), os.fdopen(number, "rb"))

    def delete(self, job_id: str, task_id: str, name: str, *, recursive: bool = False) -> None:
        """Delete a file or directory; IOError for a directory with something in it, unless `recursive`."""
        # The last part is not followed: a link is deleted, not what it leads to.
        with self._root(job_id, task_id) as root, root.place(name, follow=False) as place:
            try:
                _delete(place, recursive=recursive)
            except OSError as error:
                raise _refused(name, error) from error

    @contextmanager
    def _root(self, job_id: str, task_id: str) -> Iterator[_Root]:
        path = self._task_dir(job_id, task_id)
        try:
            folder = open_root(path)
        except (FileNotFoundError, NotADirectoryError):
            raise FileRefusedError("TaskFilesCleanedup", "the task has no directory") from None
        except OSError as error:
            raise _refused("the task directory", error) from error
        try:
            root = _Root(folder, path)
        except OSError:
            os.close(folder)
            raise
        with closing(root):
            yield root


def _delete(place: Place, *, recursive: bool) -> None:
    if not stat.S_ISDIR(place.stat().st_mode):
        os.unlink(place.last, dir_fd=place.folder)
    elif not recursive:
        os.rmdir(place.last, dir_fd=place.folder)
    else:
        remove(place.last, place.folder)
        with suppress(FileNotFoundError):
            place.stat()
            raise OSError(errno.ENOTEMPTY, "not all of it could be deleted")


class _Root:
    """An open task directory."""

    def __init__(self, folder: int, path: Path) -> None:
        self._folder = folder
        self._path = str(path)
        self._descent = Descent(folder)

    def place(self, name: str, *, follow: bool = True) -> Place:
        """Return the place of a name, with links followed; FileRefusedError if it is outside or does not exist."""
        try:
            return Place(self._folder, self._path, _clean(name), follow=follow)
        except (OSError, ValueError) as error:
            if isinstance(error, PermissionError):
                raise _refused(name, error) from error
            raise FileRefusedError("FileNotFound", f"there is no {name!r}") from error

    def walk(self, *, recursive: bool) -> Iterator[str]:
        """Yield the names below the directory; links to directories are not followed."""
        todo = [""]
        while todo:
            folder = todo.pop()
            with suppress(OSError), os.scandir(self._descent.open(folder)) as found:
                for item in found:
                    name = f"{folder}/{item.name}" if folder else item.name
                    yield name
                    if recursive and len(name) < _LONGEST_NAME and item.is_dir(follow_symlinks=False):
                        todo.append(name)

    def entry_below(self, name: str) -> FileEntry | None:
        """Return an entry of a listing; None if it is gone by now, leads outside, or has a name that is not text."""
        folder, _, last = name.rpartition("/")
        try:
            name.encode()
            found = os.stat(last, dir_fd=self._descent.open(folder), follow_symlinks=False)
            if stat.S_ISLNK(found.st_mode):
                with self.place(name) as place:
                    return self.entry(name, place)
            return None if self.has_name_outside(found) else _entry_of(name, found)
        except (FileRefusedError, OSError, UnicodeError):
            return None

    def entry(self, name: str, place: Place) -> FileEntry:
        """Return the entry of a place, which the caller calls `name`."""
        try:
            found = place.stat()
        except OSError as error:
            raise _refused(name, error) from error
        if self.has_name_outside(found):
            raise FileRefusedError("FileNotFound", f"{name} has another name outside")
        return _entry_of(name, found)

    def has_name_outside(self, found: os.stat_result) -> bool:
        """Return whether a file has hard links that are not in this directory."""
        if not stat.S_ISREG(found.st_mode) or found.st_nlink < 2:
            return False
        return found.st_nlink > self._links[found.st_dev, found.st_ino]

    @cached_property
    def _links(self) -> Counter[tuple[int, int]]:
        """How many names each file has in this directory that has more than one; counted when it is first asked for."""
        counted: Counter[tuple[int, int]] = Counter()
        descent = Descent(self._folder)
        for name in list(self.walk(recursive=True)):
            folder, _, last = name.rpartition("/")
            with suppress(OSError):
                found = os.stat(last, dir_fd=descent.open(folder), follow_symlinks=False)
                if found.st_nlink > 1 and stat.S_ISREG(found.st_mode):
                    counted[found.st_dev, found.st_ino] += 1
        descent.close()
        return counted

    def close(self) -> None:
        """Close the directory."""
        self._descent.close()
        os.close(self._folder)


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
