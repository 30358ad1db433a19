"""A data folder belongs to one process: it is locked, and forked processes do not inherit the lock."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

LOCK = "lock"
FULL_HINT = " Free some space, or name another folder."
_FULL = (errno.ENOSPC, errno.EDQUOT)
_RESERVE = "reserve"
_MIN_RESERVE, _MAX_RESERVE = 64 * 1024, 8 * 1024 * 1024
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_UNSUPPORTED = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)


class DataFolderError(Exception):
    """The data folder cannot be used; the message is one sentence for the person who started the service."""


class DataFolderInUseError(DataFolderError):
    """Another service uses this data folder."""


class DataFolderUnusableError(DataFolderError):
    """The data folder cannot be created, read or written, or it holds something else."""


class FolderLock:
    """Locks a data folder for this process. The kernel releases the lock when the process ends, however it ends.

    Both the folder itself and a file in it are locked: whoever deletes the file lets no second service in, and where a
    folder cannot be locked, as on some network file systems, the file can.
    """

    def __init__(self, folder: Path) -> None:
        try:
            _create(folder)
            self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, _FILE_MODE)
            self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise unwritable(folder, error) from error
        close_in_forks(self)
        try:
            self._lock(folder)
            os.fchmod(self._file, _FILE_MODE)
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:
            self.close()
            raise unwritable(folder, error) from error
        except DataFolderInUseError:
            self.close()
            raise

    def _lock(self, folder: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with _suppress_unsupported():
                fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(self._file, 32).decode("ascii", "replace").strip()
            who = f" (process {holder})" if holder else ""
            raise DataFolderInUseError(
                f"The data folder {folder} is in use by another local Batch service{who}. "
                "Stop that one, or name another folder."
            ) from error

    def close(self) -> None:
        """Release the folder; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)
            os.close(self._folder)
            self._file = -1


@contextmanager
def _suppress_unsupported() -> Iterator[None]:
    """Ignore that a file system cannot lock a folder."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def _create(folder: Path) -> None:
    """Create a folder that only its owner may enter; an existing one becomes so if it is empty or a data folder."""
    try:
        folder.mkdir(_FOLDER_MODE, parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise
        if (folder / LOCK).exists() or not any(folder.iterdir()):
            folder.chmod(_FOLDER_MODE)


def make_private(path: Path) -> None:
    """Create a file that only its owner may read and write, or make an existing one so."""
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, _FILE_MODE)
    try:
        os.fchmod(number, _FILE_MODE)
    finally:
        os.close(number)


def unwritable(folder: Path, error: OSError) -> DataFolderUnusableError:
    """Return the error for a folder that cannot be written."""
    hint = FULL_HINT if is_full(error) else ""
    return DataFolderUnusableError(f"The data folder {folder} cannot be written: {error.strerror}.{hint}")


def damaged(folder: Path, database: str, detail: str) -> DataFolderUnusableError:
    """Return the error for a database that cannot be read as one."""
    return DataFolderUnusableError(
        f"The database in {folder} is damaged ({detail}). Move the folder away and start again with an empty one; "
        f"`sqlite3 {database} .recover` shows what can still be read of it."
    )


def is_full(error: BaseException) -> bool:
    """Return whether an error says that a disk, or the share of one that a user may have, is full."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "errno", 0) in _FULL


class DiskReserve:
    """A file that takes some space of the disk, so that there is room to end tasks when they have filled it.

    It is an eighth of what is free when it is made, and 8 MiB at most: room for hundreds of small transactions.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _RESERVE
        self._lock = threading.Lock()

    def fill(self) -> None:
        """Make the file unless it is there; on a disk that is nearly full, nothing happens."""
        with self._lock, suppress(OSError):
            size = min(shutil.disk_usage(self._path.parent).free // 8, _MAX_RESERVE)
            if self._path.exists() or size < _MIN_RESERVE:
                return
            make_private(self._path)
            with self._path.open("wb") as file:
                file.write(bytes(size))

    def release(self) -> None:
        """Give the space back."""
        with self._lock, suppress(OSError):
            self._path.unlink(missing_ok=True)


class Closeable(Protocol):
    """An object that holds a file descriptor."""

    def close(self) -> None: ...


_close_in_forks: weakref.WeakSet[Closeable] = weakref.WeakSet()


def close_in_forks(held: Closeable) -> None:
    """Close `held` in every process that is forked from this one.

    Its descriptor shows others that this process is alive (a lock, a pipe, a listening socket), so no other process may
    keep it open. Programs started with exec never get it.
    """
    _close_in_forks.add(held)


def _after_fork() -> None:
    for held in list(_close_in_forks):
        with suppress(OSError):
            held.close()


os.register_at_fork(after_in_child=_after_fork)
