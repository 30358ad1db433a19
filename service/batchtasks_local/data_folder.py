"""A data folder belongs to one process: it is locked, and forked processes do not inherit the lock."""

from __future__ import annotations

import fcntl
import os
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Protocol

LOCK = "lock"


class DataFolderError(Exception):
    """The data folder cannot be used; the message is one sentence for the person who started the service."""


class DataFolderInUseError(DataFolderError):
    """Another service uses this data folder."""


class DataFolderUnusableError(DataFolderError):
    """The data folder cannot be created, read or written, or it holds something else."""


class FolderLock:
    """Locks a data folder for this process. The kernel releases the lock when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise unwritable(folder, error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._file, 32).decode("ascii", "replace").strip()
            os.close(self._file)
            who = f" (process {holder})" if holder else ""
            raise DataFolderInUseError(
                f"The data folder {folder} is in use by another local Batch service{who}. "
                "Stop that one, or name another folder."
            ) from error
        close_in_forks(self)
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:
            self.close()
            raise unwritable(folder, error) from error

    def close(self) -> None:
        """Release the folder; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def unwritable(folder: Path, error: OSError) -> DataFolderUnusableError:
    """Return the error for a folder that cannot be written."""
    return DataFolderUnusableError(f"The data folder {folder} cannot be written: {error.strerror}.")


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
