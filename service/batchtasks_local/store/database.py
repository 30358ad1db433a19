"""Transactions: one writer at a time, readers beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from batchtasks_local.store.commits import Commits
from batchtasks_local.store.opening import FolderLock, connect, open_database


class Database:
    """The connections to one data folder, or to memory (None). Its methods may be called from any thread."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = FolderLock(folder) if folder is not None else None
        self._readers: list[sqlite3.Connection] = []
        self._closed = False
        try:
            self._commits = Commits(open_database(folder), share=folder is not None)
        except BaseException:
            if self._lock is not None:
                self._lock.close()
            raise

    def write(self, *, lasting: bool = True) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction that is kept when the block ends well and undone when it raises.

        With `lasting` the commit waits until the disk has it (synchronous=FULL): what a caller was told is there after
        a power cut too. Without it (NORMAL) the commit is in the log, hence safe when the process is killed at any
        moment, but a power cut may undo the latest ones; never more than that, the file stays whole. The runner's own
        moves are written so: undone ones are made again.
        """
        return self._commits.write(lasting=lasting)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for single queries, each of which sees whole transactions only."""
        if self._folder is None:
            with self._commits.turn:
                yield self._commits.db
            return
        reader = self._take_reader()
        try:
            yield reader
        finally:
            self._readers.append(reader)

    def _take_reader(self) -> sqlite3.Connection:
        try:
            return self._readers.pop()
        except IndexError:
            if self._closed:
                raise sqlite3.ProgrammingError("the store is closed") from None
            reader = connect(self._folder)
            reader.execute("PRAGMA query_only = 1")
            return reader

    def close(self) -> None:
        """Close every connection and let go of the folder; a second call does nothing."""
        with self._commits.turn:
            if self._closed:
                return
            self._closed = True
            while self._readers:
                self._readers.pop().close()
            self._commits.close()
            if self._lock is not None:
                self._lock.close()
