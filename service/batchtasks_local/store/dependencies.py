"""Which tasks wait for which: kept as rows, so that the end of one task finds those it sets free by index.

A task id is waited for until a task of that id has completed well, whether it exists yet or not. A range is waited for
until every number in it has been met by some task whose id reads as that number; a number once met stays met.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import re
import sqlite3
from typing import Any

import orjson

_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)
_LARGEST = 2**31 - 1
_ONE_LESS = "UPDATE task SET waiting = waiting - 1 WHERE seq IN"


def plan(db: sqlite3.Connection, job: int, child: int, depends_on: dict[str, Any]) -> int:
    """Note what a new task waits for; how many things that are."""
    waiting = _wait_for_ids(db, job, child, depends_on.get("taskIds") or [])
    ranges = {(item["start"], item["end"]) for item in depends_on.get("taskIdRanges") or ()}
    return waiting + sum(_wait_for_range(db, job, child, first, last) for first, last in ranges)


def _wait_for_ids(db: sqlite3.Connection, job: int, child: int, ids: list[str]) -> int:
    wanted = {name.lower() for name in ids}
    if not wanted:
        return 0
    # CROSS JOIN: the list first, then each of its tasks by id; the other way round reads every task of the job.
    done = db.execute(
        "SELECT task.id FROM json_each(?) AS parent CROSS JOIN task INDEXED BY task_id"
        " ON task.job = ? AND task.id = parent.value COLLATE NOCASE WHERE task.satisfies",
        (orjson.dumps(list(wanted)).decode(), job),
    )
    missing = wanted - {row[0].lower() for row in done}
    db.executemany("INSERT INTO edge (job, parent, child) VALUES (?, ?, ?)", [(job, name, child) for name in missing])
    return len(missing)


def _wait_for_range(db: sqlite3.Connection, job: int, child: int, first: int, last: int) -> int:
    found = db.execute(
        "SELECT seq, missing FROM span WHERE job = ? AND first = ? AND last = ?", (job, first, last)
    ).fetchone()
    span, missing = found or _new_span(db, job, first, last)
    if missing <= 0:
        return 0
    db.execute("INSERT INTO span_child (span, child) VALUES (?, ?)", (span, child))
    return 1


def _new_span(db: sqlite3.Connection, job: int, first: int, last: int) -> tuple[int, int]:
    met = db.execute("SELECT count(*) FROM met WHERE job = ? AND number BETWEEN ? AND ?", (job, first, last))
    missing = max(last - first + 1, 0) - met.fetchone()[0]
    added = db.execute(
        "INSERT INTO span (job, first, last, missing) VALUES (?, ?, ?, ?) RETURNING seq", (job, first, last, missing)
    )
    return added.fetchone()[0], missing


def release(db: sqlite3.Connection, job: int, task_id: str) -> None:
    """Let go of those that waited for a task which has now completed well."""
    db.execute(f"{_ONE_LESS} (SELECT child FROM edge WHERE job = ? AND parent = ?)", (job, task_id))
    db.execute("DELETE FROM edge WHERE job = ? AND parent = ?", (job, task_id))
    if _NUMBER.fullmatch(task_id) and abs(int(task_id)) <= _LARGEST:
        _meet(db, job, int(task_id))


def _meet(db: sqlite3.Connection, job: int, number: int) -> None:
    added = db.execute("INSERT OR IGNORE INTO met (job, number) VALUES (?, ?)", (job, number))
    if added.rowcount == 0:
        return
    spans = db.execute(
        "UPDATE span INDEXED BY span_open SET missing = missing - 1 WHERE job = ? AND missing > 0 AND first <= ? AND last >= ?"
        " RETURNING seq, missing",
        (job, number, number),
    ).fetchall()
    for span, missing in spans:
        if missing == 0:
            db.execute(f"{_ONE_LESS} (SELECT child FROM span_child WHERE span = ?)", (span,))
            db.execute("DELETE FROM span_child WHERE span = ?", (span,))


def forget(db: sqlite3.Connection, child: int) -> None:
    """Drop what a task that is going waited for."""
    db.execute("DELETE FROM edge WHERE child = ?", (child,))
    db.execute("DELETE FROM span_child WHERE child = ?", (child,))


def forget_job(db: sqlite3.Connection, job: int) -> None:
    """Drop what the tasks of a job, all gone by now, have left."""
    db.execute("DELETE FROM span_child WHERE span IN (SELECT seq FROM span WHERE job = ?)", (job,))
    for table in ("edge", "span", "met"):
        db.execute(f"DELETE FROM {table} WHERE job = ?", (job,))
