"""Transactions: each is kept or undone by itself, and a lasting one ends only when it is on disk."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import define, field

from batchtasks_local.store import transactions
from batchtasks_local.store.transactions import Database
from tests.service.runner.harness import PATIENCE, until

TABLES = """
CREATE TABLE kept (name TEXT PRIMARY KEY);
CREATE TABLE bound (name TEXT REFERENCES kept (name) DEFERRABLE INITIALLY DEFERRED);
"""
Act = Callable[[sqlite3.Connection], object]


def nothing(db: sqlite3.Connection) -> None:
    """Do nothing more."""


def refuse(db: sqlite3.Connection) -> None:
    """Raise, as the rules do."""
    raise ValueError("refused")


def end_transaction(db: sqlite3.Connection) -> None:
    """End the whole transaction, as SQLite does when the disk is full."""
    db.execute("INSERT OR ROLLBACK INTO kept SELECT name FROM kept LIMIT 1")


def break_commit(db: sqlite3.Connection) -> None:
    """Leave something that no commit accepts."""
    db.execute("INSERT INTO bound VALUES ('nobody')")


@define
class Disk:
    """Stands in for fdatasync: it waits while `slow` is set, and fails while `broken` is."""

    syncs: int = 0
    broken: bool = False
    slow: bool = False
    proceed: threading.Event = field(factory=threading.Event)

    def sync(self, log: int) -> None:
        self.syncs += 1
        if self.broken:
            raise OSError(5, "Input/output error")
        if self.slow:
            assert self.proceed.wait(PATIENCE)


@define
class Writers:
    """A database, threads that write to it, and its disk."""

    database: Database
    disk: Disk
    pool: ThreadPoolExecutor

    def keep(self, name: str, act: Act = nothing, *, lasting: bool = True) -> str:
        """Write a name, and do something more in the same transaction."""
        with self.database.write(lasting=lasting) as db:
            db.execute("INSERT INTO kept VALUES (?)", (name,))
            act(db)
        return name

    def submit(self, name: str, act: Act = nothing) -> Future[str]:
        """Write a name in another thread."""
        return self.pool.submit(self.keep, name, act)

    def names(self) -> list[str]:
        with self.database.read() as db:
            return [row[0] for row in db.execute("SELECT name FROM kept ORDER BY name")]


@pytest.fixture
def writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writers]:
    """A database in a folder."""
    disk = Disk()
    monkeypatch.setattr(transactions, "_sync", disk.sync)
    database = Database(tmp_path)
    with database.write() as db:
        for statement in TABLES.strip().splitlines():
            db.execute(statement)
    db.execute("PRAGMA foreign_keys = 1")
    disk.syncs = 0
    with ThreadPoolExecutor(8) as pool:
        yield Writers(database, disk, pool)
    database.close()


def test_the_first_write_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk()
    monkeypatch.setattr(transactions, "_sync", disk.sync)
    database = Database(tmp_path)
    with database.write() as db:
        db.execute("CREATE TABLE kept (name TEXT)")
    assert disk.syncs == 1
    database.close()


def test_each_lasting_write_waits_for_the_disk(writers: Writers) -> None:
    """One after the other, each has a sync."""
    assert [writers.keep(name) for name in "ab"] == ["a", "b"]
    assert writers.disk.syncs == 2


def test_other_writes_do_not(writers: Writers) -> None:
    """They are visible at once."""
    assert writers.keep("a", lasting=False) == "a"
    assert (writers.names(), writers.disk.syncs) == (["a"], 0)


def test_memory_has_no_disk() -> None:
    """A database in memory has nothing to wait for."""
    database = Database(None)
    with database.write() as db:
        db.execute("CREATE TABLE t (n)")
    database.close()


def test_a_write_does_not_return_before_it_is_on_disk(writers: Writers) -> None:
    """Others can write meanwhile; they all wait for one more sync."""
    writers.disk.slow = True
    first = writers.submit("first")
    until(lambda: writers.disk.syncs == 1)
    others = [writers.submit(f"other{number}") for number in range(4)]
    until(lambda: len(writers.names()) == 5)
    assert not any(one.done() for one in (first, *others))
    writers.disk.proceed.set()
    assert [one.result(PATIENCE) for one in (first, *others)] == ["first", *(f"other{number}" for number in range(4))]
    assert writers.disk.syncs == 2


def test_a_disk_that_fails(writers: Writers) -> None:
    """The writer gets the error, and writing continues when the disk works again."""
    writers.disk.broken = True
    with pytest.raises(OSError, match="Input/output error"):
        writers.keep("a")
    writers.disk.broken = False
    assert writers.keep("b") == "b"


@pytest.mark.parametrize("act", [refuse, end_transaction, break_commit])
def test_a_write_that_fails_leaves_nothing(writers: Writers, act: Act) -> None:
    """Whether it raises, SQLite ends the transaction, or the commit fails; the next one can write."""
    writers.keep("before")
    with pytest.raises((ValueError, sqlite3.Error)):
        writers.keep("bad", act)
    assert writers.names() == ["before"]
    assert writers.keep("next") == "next"


def test_many_at_once(writers: Writers) -> None:
    """Every write that returned is there, no refused one is, and syncs are fewer than writers."""
    chance = random.Random(5)
    acts = [refuse if chance.random() < 0.3 else nothing for _ in range(400)]
    futures = [writers.submit(f"n{place:03}", act) for place, act in enumerate(acts)]
    returned = [future.result() for future in futures if future.exception(PATIENCE) is None]
    assert len(returned) == acts.count(nothing)
    assert writers.names() == returned
    assert writers.disk.syncs <= len(returned)


def test_a_closed_database(writers: Writers) -> None:
    """Reading and writing are errors of the database; closing again is none."""
    writers.database.close()
    writers.database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        writers.keep("a")
    with pytest.raises(sqlite3.ProgrammingError):
        writers.names()


def test_the_log_is_that_of_sqlite(tmp_path: Path) -> None:
    """What is synced is the file that commits are written to, also after it was written back and started again."""
    database = Database(tmp_path)
    log = tmp_path / f"{transactions.DATABASE}-wal"
    before = log.stat()
    with database.write() as db:
        db.execute("CREATE TABLE t (n)")
    assert log.stat().st_size > before.st_size
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.write() as db:
        db.execute("INSERT INTO t VALUES (1)")
    assert (log.stat().st_ino, log.stat().st_size > 0) == (before.st_ino, True)
    database.close()
