"""Commits that several writers share: on a disk that is busy, the wait for it is most of what writing costs.

Writers take turns on one connection. One that sees another waiting for its turn leaves its work in the transaction, and
the other adds its own, behind a savepoint; the last one commits for all. Nobody's `write` ends before that commit has, and
if it fails, it fails for all. A thread waits for its commit before it can bring more work, so a transaction never has
more parts than there are threads.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from attrs import define, field


@define(eq=False)
class _Shared:
    """A transaction and what became of it; `lasting`: its commit waits for the disk."""

    lasting: bool
    ended: threading.Event = field(factory=threading.Event)
    error: BaseException | None = None


class Commits:
    """The writing connection, `db`, in turns: `turn` is held by whoever uses it. Unless `share`, each writer commits alone."""

    def __init__(self, db: sqlite3.Connection, *, share: bool) -> None:
        self.turn = threading.RLock()
        self.db = db
        self._share = share
        self._open: _Shared | None = None
        self._full: bool | None = None
        self._coming = 0
        self._counting = threading.Lock()

    @contextmanager
    def write(self, *, lasting: bool) -> Iterator[sqlite3.Connection]:
        """Work that is kept when the block ends well and undone when it raises. See `Database.write`."""
        self._count(1)
        with self.turn:
            self._count(-1)
            first = self._open is None
            shared = self._open or self._begin(lasting)
            try:
                if not first:
                    self.db.execute("SAVEPOINT part")
                yield self.db
                if not first:
                    self.db.execute("RELEASE part")
            except BaseException as error:
                self._undo(shared, error, first)
                raise
            finally:
                self._leave(shared)
        shared.ended.wait()
        if shared.error is not None:
            raise shared.error

    def close(self) -> None:
        """End what is open and close the connection; called in turn."""
        if self._open is not None:
            self._commit(self._open)
        self.db.close()

    def _count(self, change: int) -> None:
        with self._counting:
            self._coming += change

    def _begin(self, lasting: bool) -> _Shared:
        if self._share and lasting is not self._full:
            self.db.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
            self._full = lasting
        self.db.execute("BEGIN IMMEDIATE")
        self._open = _Shared(lasting)
        return self._open

    def _undo(self, shared: _Shared, error: BaseException, first: bool) -> None:
        """Take one writer's work back; all of it where a full disk has ended the whole transaction by itself."""
        if not first:
            with suppress(sqlite3.Error):
                self.db.execute("ROLLBACK TO part")
                self.db.execute("RELEASE part")
                return
        self._give_up(shared, error)

    def _leave(self, shared: _Shared) -> None:
        """Commit, unless another writer is coming who will. Not where nobody waits for the disk: that costs nothing."""
        if self._open is shared and not (self._share and shared.lasting and self._coming):
            self._commit(shared)

    def _commit(self, shared: _Shared) -> None:
        try:
            self.db.execute("COMMIT")
        except BaseException as error:
            self._give_up(shared, error)
        else:
            self._open = None
            shared.ended.set()

    def _give_up(self, shared: _Shared, error: BaseException) -> None:
        self._open = None
        shared.error = error
        try:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        finally:
            shared.ended.set()
