"""Writers that share a commit: each is kept or undone by itself, and none is told before the commit."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from attrs import define, field

from batchtasks_local.store.commits import Commits
from batchtasks_local.store.opening import connect
from tests.service.runner.ground import until

TABLES = """
CREATE TABLE kept (name TEXT PRIMARY KEY);
CREATE TABLE bound (name TEXT REFERENCES kept (name) DEFERRABLE INITIALLY DEFERRED);
"""
Act = Callable[[sqlite3.Connection], object]


@define
class Desk:
    """A database whose writers come when told to, and what a reader beside them sees."""

    commits: Commits
    reader: sqlite3.Connection
    pool: ThreadPoolExecutor
    statements: list[str] = field(factory=list)

    def keep(self, name: str, act: Act = lambda db: None, *, lasting: bool = True) -> str:
        """Write a name, and do something more in the same piece of work."""
        with self.commits.write(lasting=lasting) as db:
            db.execute("INSERT INTO kept VALUES (?)", (name,))
            act(db)
        return name

    def together(self, first: Act, *others: Act) -> list[Future[str]]:
        """Several writers: `w0` is at work when the others come, which then follow one another in any order."""
        come = threading.Event()

        def begin(db: sqlite3.Connection) -> None:
            assert come.wait(20)
            first(db)

        futures = [self.pool.submit(self.keep, "w0", begin)]
        until(lambda: self.commits._open is not None)
        futures += [self.pool.submit(self.keep, f"w{place}", act) for place, act in enumerate(others, 1)]
        until(lambda: self.commits._coming == len(others))
        come.set()
        return futures

    def names(self) -> list[str]:
        return [row[0] for row in self.reader.execute("SELECT name FROM kept ORDER BY name")]

    def count(self, word: str) -> int:
        return sum(statement.startswith(word) for statement in self.statements)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A database on disk."""
    db = connect(tmp_path)
    db.execute("PRAGMA foreign_keys = 1")
    db.executescript(TABLES)
    with ThreadPoolExecutor(8) as pool:
        desk = Desk(Commits(db, share=True), connect(tmp_path), pool)
        db.set_trace_callback(desk.statements.append)
        yield desk
        desk.commits.close()
        desk.reader.close()


def well(db: sqlite3.Connection) -> None:
    """Nothing more."""


def refuse(db: sqlite3.Connection) -> None:
    """As the life cycle does."""
    raise ValueError("refused")


def end_all(db: sqlite3.Connection) -> None:
    """End the whole transaction, as SQLite does when the disk is full."""
    db.execute("INSERT OR ROLLBACK INTO kept VALUES ('w0')")


def break_commit(db: sqlite3.Connection) -> None:
    """Leave something that no commit accepts."""
    db.execute("INSERT INTO bound VALUES ('nobody')")


def results(futures: list[Future[str]]) -> list[str]:
    """What became of each: its name, or the class of its error."""
    errors = [(future.exception(timeout=20), future) for future in futures]
    return [future.result() if error is None else type(error).__name__ for error, future in errors]


def test_one_commit_for_all(desk: Desk) -> None:
    """Those that come while another is at work share its commit."""
    assert results(desk.together(well, well, well, well)) == ["w0", "w1", "w2", "w3"]
    assert desk.names() == ["w0", "w1", "w2", "w3"]
    assert (desk.count("BEGIN"), desk.count("COMMIT")) == (1, 1)


def test_one_after_the_other(desk: Desk) -> None:
    """Who is alone waits for nobody."""
    for name in "ab":
        assert desk.keep(name) == name
    assert (desk.count("COMMIT"), desk.count("SAVEPOINT")) == (2, 0)


@pytest.mark.parametrize("place", range(4))
def test_a_refusal_is_the_refused_ones_alone(desk: Desk, place: int) -> None:
    """Whether it comes first, last or between others."""
    acts: list[Act] = [well] * 4
    acts[place] = refuse
    seen = results(desk.together(*acts))
    assert seen[place] == "ValueError"
    left = [f"w{number}" for number in range(4) if number != place]
    assert [name for number, name in enumerate(seen) if number != place] == left
    assert desk.names() == left


def test_all_refused(desk: Desk) -> None:
    """Nothing is kept, and the next one can write."""
    assert results(desk.together(refuse, refuse, refuse)) == ["ValueError"] * 3
    assert desk.names() == []
    assert desk.keep("next") == "next"


def test_nobody_is_told_before_the_commit(desk: Desk) -> None:
    """Who is done waits while another still works in the same transaction; nobody else sees anything yet."""
    working, go = threading.Event(), threading.Event()

    def linger(db: sqlite3.Connection) -> None:
        working.set()
        assert go.wait(20)

    futures = desk.together(well, linger)
    assert working.wait(20)
    assert not futures[0].done()
    assert desk.names() == []
    go.set()
    assert results(futures) == ["w0", "w1"]


def test_a_commit_that_fails_fails_for_all(desk: Desk) -> None:
    """None of them is kept, each is told, and the next one can write."""
    assert results(desk.together(well, break_commit, well)) == ["IntegrityError"] * 3
    assert desk.names() == []
    assert desk.keep("next") == "next"


def test_a_transaction_that_ends_by_itself(desk: Desk) -> None:
    """What others had left in it is lost, and they are told."""
    first, second = desk.together(well, end_all)
    assert results([first, second]) == ["IntegrityError", "IntegrityError"]
    assert desk.names() == []
    assert desk.keep("w0") == "w0"


def test_what_need_not_last_is_committed_at_once(desk: Desk) -> None:
    """It opens no transaction for others, whose commit must wait for the disk; it may come into theirs."""
    come = threading.Event()
    quick = desk.pool.submit(desk.keep, "quick", lambda db: come.wait(20), lasting=False)
    until(lambda: desk.commits._open is not None)
    slow = desk.pool.submit(desk.keep, "slow")
    until(lambda: desk.commits._coming == 1)
    come.set()
    assert results([quick, slow]) == ["quick", "slow"]
    assert desk.count("COMMIT") == 2
    assert [one for one in desk.statements if one.startswith("PRAGMA synchronous")] == [
        "PRAGMA synchronous = NORMAL",
        "PRAGMA synchronous = FULL",
    ]


def test_without_sharing(desk: Desk) -> None:
    """One commit for each, as a database in memory has it, whose readers use the same connection."""
    desk.commits._share = False
    assert results(desk.together(well, refuse, well)) == ["w0", "ValueError", "w2"]
    assert (desk.count("COMMIT"), desk.count("SAVEPOINT")) == (2, 0)


def test_many_at_once(desk: Desk) -> None:
    """What was told is there, what was refused is not; commits are fewer than writers."""
    chance = random.Random(5)
    acts = [refuse if chance.random() < 0.3 else well for _ in range(400)]
    seen = results([desk.pool.submit(desk.keep, f"n{place:03}", act) for place, act in enumerate(acts)])
    told = [name for name in seen if name != "ValueError"]
    assert len(told) == acts.count(well)
    assert desk.names() == told
    assert desk.count("COMMIT") < len(told)
