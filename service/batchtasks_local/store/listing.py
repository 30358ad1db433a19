"""Pages of tasks in the order of adding, at a cost that does not grow with the offset.

Without more, a page is a walk along the table from where the last one ended. What a condition implies often allows a
shorter way: by id; along the failed tasks only; along the tasks of each state that it can hold for, so that the few that
still run are found among a million that do not. Two ways lead to tasks out of their order, by when they ended and by how
their ids begin: they are taken when there are only few.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from attrs import frozen

from batchtasks_local.records import Where
from batchtasks_local.store.rows import TASK_COLUMNS, Row

FEW = 2000
"""So many tasks are looked at one by one and sorted, rather than walked past."""
_MANY_IDS = 500
_SEQ = TASK_COLUMNS.split(", ").index("seq")


@frozen
class _Way:
    """A way through an index: what is asked of its columns, beside the job."""

    index: str
    sql: str
    parameters: tuple[str | int, ...] = ()


def page(db: sqlite3.Connection, job: int, bounds: tuple[int, int], where: Where | None, limit: int) -> list[Row]:
    """At most `limit` rows of a job with `seq` above the first bound and up to the second."""
    if where is None:
        return _walk(db, "1", (), bounds, limit).fetchall()
    way = _way(db, job, where)
    if way is not None:
        table, sql = f"task INDEXED BY {way.index}", f"job = ? AND {way.sql} AND ({where.sql})"
        return _walk(db, sql, (job, *way.parameters, *where.parameters), bounds, limit, table).fetchall()
    if where.hints.states is not None:
        sql = f"job = ? AND state = ? AND ({where.sql})"
        walks = [_walk(db, sql, (job, state, *where.parameters), bounds, limit) for state in where.hints.states]
        return list(islice(heapq.merge(*walks, key=itemgetter(_SEQ)), limit))
    return _walk(db, where.sql, where.parameters, bounds, limit).fetchall()


def _way(db: sqlite3.Connection, job: int, where: Where) -> _Way | None:
    ids = where.hints.ids
    if ids is not None and len(ids) <= _MANY_IDS:
        return _Way("task_id", f"id COLLATE NOCASE IN ({', '.join('?' * len(ids))})", ids)
    few = next((way for way in _out_of_order(where) if _leads_to_few(db, job, way)), None)
    return few or (_Way("task_failed", "result = 'failure'") if where.hints.failed else None)


def _out_of_order(where: Where) -> Iterator[_Way]:
    if where.hints.ended is not None:
        yield _Way("task_ended", "ended >= ?", (where.hints.ended,))
    if where.hints.prefix:
        # no id has a character beyond this one
        bounds = where.hints.prefix, where.hints.prefix + "\x7f"
        yield _Way("task_id", "id COLLATE NOCASE >= ? AND id COLLATE NOCASE < ?", bounds)


def _leads_to_few(db: sqlite3.Connection, job: int, way: _Way) -> bool:
    sql = f"SELECT 1 FROM task INDEXED BY {way.index} WHERE job = ? AND {way.sql} LIMIT {FEW + 1}"
    return len(db.execute(sql, (job, *way.parameters)).fetchall()) <= FEW


def _walk(
    db: sqlite3.Connection,
    sql: str,
    parameters: tuple[str | int, ...],
    bounds: tuple[int, int],
    limit: int,
    table: str = "task",
) -> sqlite3.Cursor:
    return db.execute(
        f"SELECT {TASK_COLUMNS} FROM {table} WHERE ({sql}) AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
        (*parameters, *bounds, limit),
    )
