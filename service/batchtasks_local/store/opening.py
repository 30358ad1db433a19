"""Opening a data folder: one service at a time, a folder that can be written, a database of a known version."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

from batchtasks_local.forks import keep_from_forks
from batchtasks_local.store.schema import upgrade

DATABASE = "batch.sqlite3"
LOCK = "lock"


class StoreError(Exception):
    """The store cannot be opened; the text is one sentence for the person who started the service."""


class DataFolderInUse(StoreError):
    """Another service has this data folder open."""


class DataFolderUnusable(StoreError):
    """The data folder cannot be made, read or written, or holds something else than this program's data."""


class FolderLock:
    """Holds a data folder for this process. The kernel lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _unwritable(folder, error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._file, 32).decode("ascii", "replace").strip()
            os.close(self._file)
            who = f" (process {holder})" if holder else ""
            raise DataFolderInUse(
                f"The data folder {folder} is in use by another local Batch service{who}. "
                "Stop that one, or name another folder."
            ) from error
        keep_from_forks(self)
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:
            self.close()
            raise _unwritable(folder, error) from error

    def close(self) -> None:
        """Let another service have the folder."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def _unwritable(folder: Path, error: OSError) -> DataFolderUnusable:
    return DataFolderUnusable(f"The data folder {folder} cannot be written: {error.strerror}.")


def open_database(folder: Path | None) -> sqlite3.Connection:
    """The writing connection: a file of the folder, or memory; at the present version of the schema."""
    try:
        db = connect(folder)
        upgrade(db)
    except (sqlite3.Error, ValueError) as error:
        raise DataFolderUnusable(f"The database in {folder} cannot be used: {error}.") from error
    return db


def connect(folder: Path | None) -> sqlite3.Connection:
    """One more connection to the database of a folder.

    WAL: readers and the writer do not wait for each other, and what was committed is in the log, which a process
    that is killed leaves to the kernel; `synchronous` is set before each write (see `database.py`).
    """
    name = ":memory:" if folder is None else str(folder / DATABASE)
    db = sqlite3.connect(name, isolation_level=None, check_same_thread=False, cached_statements=256, timeout=30)
    if folder is not None:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA wal_autocheckpoint = 4000")  # pages; a checkpoint each 16 MB rather than each 4
        db.execute("PRAGMA journal_size_limit = 67108864")
    db.execute("PRAGMA cache_size = -32768")  # KiB, each connection
    db.execute("PRAGMA temp_store = MEMORY")
    return db
