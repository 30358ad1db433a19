"""Which tasks wait for which, as rows: the end of a task finds the tasks that it releases by an index.

A task waits for an id until a task of that id has completed and satisfies, whether it exists yet or not. It waits for a
range until every number in it is the id of a task that has done so; a number that was completed once stays completed.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import re
import sqlite3
from typing import Any

import orjson

_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)
_INT32 = range(-(2**31), 2**31)
_ONE_LESS = "UPDATE task SET unmet = unmet - 1 WHERE seq IN"


def add_dependencies(db: sqlite3.Connection, job: int, child: int, depends_on: dict[str, Any]) -> int:
    """Store what a new task waits for; return the number of ids and ranges that are not complete yet."""
    unmet = _wait_for_ids(db, job, child, depends_on.get("taskIds") or [])
    ranges = {(item["start"], item["end"]) for item in depends_on.get("taskIdRanges") or ()}
    return unmet + sum(_wait_for_range(db, job, child, first, last) for first, last in ranges)


def _wait_for_ids(db: sqlite3.Connection, job: int, child: int, ids: list[str]) -> int:
    wanted = {name.lower() for name in ids}
    if not wanted:
        return 0
    # CROSS JOIN: first the list, then each of its tasks by id. The other order would read every task of the job.
    done = db.execute(
        "SELECT task.id FROM json_each(?) AS parent CROSS JOIN task INDEXED BY task_id"
        " ON task.job = ? AND task.id = parent.value COLLATE NOCASE WHERE task.satisfies",
        (orjson.dumps(list(wanted)).decode(), job),
    )
    missing = wanted - {row[0].lower() for row in done}
    rows = [(job, name, child) for name in missing]
    db.executemany("INSERT INTO id_dependency (job, parent, child) VALUES (?, ?, ?)", rows)
    return len(missing)


def _wait_for_range(db: sqlite3.Connection, job: int, child: int, first: int, last: int) -> int:
    bounds = (job, first, last)
    found = db.execute("SELECT seq, missing FROM id_range WHERE job = ? AND first = ? AND last = ?", bounds).fetchone()
    seq, missing = found or _add_range(db, job, first, last)
    if missing <= 0:
        return 0
    db.execute("INSERT INTO range_dependency (range, child) VALUES (?, ?)", (seq, child))
    return 1


def _add_range(db: sqlite3.Connection, job: int, first: int, last: int) -> tuple[int, int]:
    completed = db.execute(
        "SELECT count(*) FROM completed_number WHERE job = ? AND number BETWEEN ? AND ?", (job, first, last)
    )
    missing = max(last - first + 1, 0) - completed.fetchone()[0]
    added = db.execute(
        "INSERT INTO id_range (job, first, last, missing) VALUES (?, ?, ?, ?) RETURNING seq",
        (job, first, last, missing),
    )
    return added.fetchone()[0], missing


def release_dependants(db: sqlite3.Connection, job: int, task_id: str) -> None:
    """Release the tasks that waited for a task which has now completed and satisfies."""
    db.execute(f"{_ONE_LESS} (SELECT child FROM id_dependency WHERE job = ? AND parent = ?)", (job, task_id))
    db.execute("DELETE FROM id_dependency WHERE job = ? AND parent = ?", (job, task_id))
    if _NUMBER.fullmatch(task_id) and int(task_id) in _INT32:
        _complete_number(db, job, int(task_id))


def _complete_number(db: sqlite3.Connection, job: int, number: int) -> None:
    added = db.execute("INSERT OR IGNORE INTO completed_number (job, number) VALUES (?, ?)", (job, number))
    if added.rowcount == 0:
        return
    ranges = db.execute(
        "UPDATE id_range INDEXED BY id_range_missing SET missing = missing - 1"
        " WHERE job = ? AND missing > 0 AND first <= ? AND last >= ? RETURNING seq, missing",
        (job, number, number),
    ).fetchall()
    for seq, missing in ranges:
        if missing == 0:
            db.execute(f"{_ONE_LESS} (SELECT child FROM range_dependency WHERE range = ?)", (seq,))
            db.execute("DELETE FROM range_dependency WHERE range = ?", (seq,))


def delete_dependencies(db: sqlite3.Connection, child: int) -> None:
    """Delete what a task that is being deleted waited for."""
    db.execute("DELETE FROM id_dependency WHERE child = ?", (child,))
    db.execute("DELETE FROM range_dependency WHERE child = ?", (child,))


def delete_job_dependencies(db: sqlite3.Connection, job: int) -> None:
    """Delete what is left of a job whose tasks have all been deleted."""
    db.execute("DELETE FROM range_dependency WHERE range IN (SELECT seq FROM id_range WHERE job = ?)", (job,))
    for table in ("id_dependency", "id_range", "completed_number"):
        db.execute(f"DELETE FROM {table} WHERE job = ?", (job,))
