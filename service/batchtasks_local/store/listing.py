"""Pages of tasks in the order of adding, at a cost that does not grow with the offset.

Without more, a page is a walk along the table from where the last one ended. Where the condition can only hold for some
states, one walk along the index of each of these states finds the few tasks that still run among a million that do not.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import heapq
import re
import sqlite3
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from batchtasks_local.records import Where
from batchtasks_local.store.rows import TASK_COLUMNS, Row

_STATES = ("active", "preparing", "running", "completed")
_STATE_TERM = re.compile(r"\bstate (=|<>) \?")
_ID_TERM = re.compile(r"\bid COLLATE NOCASE = \?")
_SEQ = TASK_COLUMNS.split(", ").index("seq")


def page(db: sqlite3.Connection, job: int, bounds: tuple[int, int], where: Where | None, limit: int) -> list[Row]:
    """At most `limit` rows of a job with `seq` above the first bound and up to the second."""
    if where is None:
        return _walk(db, "1", (), bounds, limit).fetchall()
    states = possible_states(where)
    if states is not None:
        sql = f"job = ? AND state = ? AND ({where.sql})"
        walks = [_walk(db, sql, (job, state, *where.parameters), bounds, limit) for state in states]
        return list(islice(_merge(walks), limit))
    if " OR " not in where.sql and _ID_TERM.search(where.sql):
        return _walk(db, f"job = ? AND ({where.sql})", (job, *where.parameters), bounds, limit).fetchall()
    return _walk(db, where.sql, where.parameters, bounds, limit).fetchall()


def possible_states(where: Where) -> tuple[str, ...] | None:
    """The states for which a condition can hold, where its text tells: a chain of ANDs that compares the state."""
    if " OR " in where.sql:
        return None
    states: tuple[str, ...] | None = None
    for term in _STATE_TERM.finditer(where.sql):
        value = where.parameters[where.sql.count("?", 0, term.start())]
        among = _STATES if states is None else states
        states = tuple(state for state in among if (state == value) is (term.group(1) == "="))
    return states


def _walk(
    db: sqlite3.Connection, sql: str, parameters: tuple[str | int, ...], bounds: tuple[int, int], limit: int
) -> sqlite3.Cursor:
    return db.execute(
        f"SELECT {TASK_COLUMNS} FROM task WHERE ({sql}) AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
        (*parameters, *bounds, limit),
    )


def _merge(walks: list[sqlite3.Cursor]) -> Iterator[Row]:
    return heapq.merge(*walks, key=itemgetter(_SEQ))
