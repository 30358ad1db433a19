"""Pages of jobs and tasks, with `$filter` as SQL.

Tasks are listed by id, in any letter case. A page is read from an index where the last page ended, so its cost does not
grow with the offset. A filter may imply something about every match (`hints`) that allows a shorter way: by id; through
the failed tasks only; or state by state, so that a few running tasks are found among a million others. One index gives
tasks in another order than that of the list, by the time at which they ended; it is used when there are only few.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import islice
from typing import TypeVar

from attrs import frozen

from batchtasks_local.domain.filters import Compare, Node
from batchtasks_local.domain.records import TASK_STATES
from batchtasks_local.store.rows import JOB_COLUMNS, TASK_COLUMNS, Row

T = TypeVar("T")
Parameters = tuple[str | int, ...]

FEW = 2000
"""So many tasks are read and sorted at most, instead of reading the table in order."""
_MANY_IDS = 500
_ID_AT = TASK_COLUMNS.split(", ").index("id")

_ID = "id COLLATE NOCASE"  # ids are the same in any letter case
TASK_COLUMN_OF = {
    "id": _ID,
    "state": "state",
    "stateTransitionTime": "state_since",
    "creationTime": "created",
    "lastModified": "modified",
    "lastModifiedTime": "modified",
    "executionInfo/startTime": "started",
    "executionInfo/endTime": "ended",
    "executionInfo/exitCode": "exit_code",
    "executionInfo/result": "result",
}
JOB_COLUMN_OF = {
    "id": _ID,
    "state": "state",
    "stateTransitionTime": "state_since",
    "creationTime": "created",
    "lastModified": "modified",
    "executionInfo/startTime": "started",
    "executionInfo/endTime": "ended",
    "executionInfo/poolId": "pool_id",
}
_OPERATORS = {"eq": "=", "ne": "<>", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
_FROM = ("eq", "ge", "gt")
# For each operator, the numbers with which it excludes 0: an exit code other than 0 is a failure.
_EXCLUDES_ZERO: dict[str, Callable[[int], bool]] = {
    "eq": lambda value: value != 0,
    "ne": lambda value: value == 0,
    "gt": lambda value: value >= 0,
    "ge": lambda value: value > 0,
    "lt": lambda value: value <= 0,
    "le": lambda value: value < 0,
}


@frozen
class Hints:
    """What holds for every task that a filter matches; None where nothing is known.

    Attributes:
        states: The states that a match can have.
        ids: The ids that a match can have, in lower case.
        failed: Every match has failed.
        ended: Every match has ended at this time or later, in ticks.
        prefix: Every match has an id that begins so, in lower case.
    """

    states: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    failed: bool = False
    ended: int | None = None
    prefix: str | None = None


@frozen
class _Condition:
    sql: str
    parameters: Parameters = ()


@frozen
class _Way:
    """A way through an index: what is asked of its columns, besides the job."""

    index: str
    sql: str
    parameters: Parameters = ()


_BY_ID = _Way("task_id", "1")


def job_page(db: sqlite3.Connection, after: int, tree: Node | None, limit: int) -> list[Row]:
    """Return at most `limit` rows of jobs that match, with a `seq` above `after`, in order."""
    condition = _condition(tree, JOB_COLUMN_OF)
    sql = f"SELECT {JOB_COLUMNS} FROM job WHERE seq > ? AND ({condition.sql}) ORDER BY seq LIMIT ?"
    return db.execute(sql, (after, *condition.parameters, limit)).fetchall()


def task_page(db: sqlite3.Connection, job: int, after: str, tree: Node | None, limit: int) -> list[Row]:
    """Return at most `limit` rows of a job's tasks that match, with an id above `after`, in order of id."""
    condition = _condition(tree, TASK_COLUMN_OF)
    implied = hints(tree) if tree is not None else Hints()
    way = _way(db, job, implied)
    if way is None and implied.states is not None:
        ways = [_Way("task_state", "state = ?", (state,)) for state in implied.states]
        rows = [_read(db, job, one, condition, after, limit) for one in ways]
        return list(islice(heapq.merge(*rows, key=lambda row: row[_ID_AT].lower()), limit))
    return _read(db, job, way or _BY_ID, condition, after, limit).fetchall()


def _read(db: sqlite3.Connection, job: int, way: _Way, condition: _Condition, after: str, limit: int) -> sqlite3.Cursor:
    return db.execute(
        f"SELECT {TASK_COLUMNS} FROM task INDEXED BY {way.index}"
        f" WHERE job = ? AND {way.sql} AND {_ID} > ? AND ({condition.sql}) ORDER BY {_ID} LIMIT ?",
        (job, *way.parameters, after, *condition.parameters, limit),
    )


def _way(db: sqlite3.Connection, job: int, implied: Hints) -> _Way | None:
    ids = implied.ids
    if ids is not None and len(ids) <= _MANY_IDS:
        return _Way("task_id", f"{_ID} IN ({', '.join('?' * len(ids))})", ids)
    if implied.ended is not None:
        recent = _Way("task_ended", "ended >= ?", (implied.ended,))
        if _leads_to_few(db, job, recent):
            return recent
    if implied.prefix:
        # No id has a character beyond \x7f.
        return _Way("task_id", f"{_ID} >= ? AND {_ID} < ?", (implied.prefix, implied.prefix + "\x7f"))
    return _Way("task_failed", "result = 'failure'") if implied.failed else None


def _leads_to_few(db: sqlite3.Connection, job: int, way: _Way) -> bool:
    sql = f"SELECT 1 FROM task INDEXED BY {way.index} WHERE job = ? AND {way.sql} LIMIT {FEW + 1}"
    return len(db.execute(sql, (job, *way.parameters)).fetchall()) <= FEW


# --- a filter as SQL --------------------------------------------------------------------------------------------------


def _condition(tree: Node | None, columns: Mapping[str, str]) -> _Condition:
    if tree is None:
        return _Condition("1")
    parameters: list[str | int] = []
    sql = _sql(tree, columns, parameters)
    return _Condition(sql, tuple(parameters))


def _sql(node: Node, columns: Mapping[str, str], parameters: list[str | int]) -> str:
    if isinstance(node, Compare):
        return _comparison(node, columns[node.property], parameters)
    return _joined(node.kind, node.parts, columns, parameters)


def _joined(kind: str, parts: tuple[Node, ...], columns: Mapping[str, str], parameters: list[str | int]) -> str:
    # By halves: a chain of thousands of terms would be deeper than SQLite allows.
    if len(parts) == 1:
        return _sql(parts[0], columns, parameters)
    half = len(parts) // 2
    first, second = (_joined(kind, some, columns, parameters) for some in (parts[:half], parts[half:]))
    return f"({first} {kind.upper()} {second})"


def _comparison(node: Compare, column: str, parameters: list[str | int]) -> str:
    if node.operator == "startswith":
        parameters.append(_like(str(node.value)))
        return f"{column} LIKE ? ESCAPE '\\'"
    parameters.append(node.value)
    return f"{column} {_OPERATORS[node.operator]} ?"


def _like(prefix: str) -> str:
    """Return a LIKE pattern for a prefix. LIKE ignores letter case, and so do ids."""
    for special in "\\%_":
        prefix = prefix.replace(special, "\\" + special)
    return prefix + "%"


# --- what a filter implies --------------------------------------------------------------------------------------------


def hints(tree: Node) -> Hints:
    """Return what holds for all tasks that a filter matches. It never says more than the filter does."""
    states = _implied(tree, _states, _both, _either)
    ended = _implied(tree, _ended, max, min)
    if ended is None and states == frozenset(("completed",)):
        # A task is completed at the moment at which it ends.
        ended = _implied(tree, _moved, max, min)
    ids = _implied(tree, _ids, _both, _either)
    return Hints(
        states=None if states is None else tuple(state for state in TASK_STATES if state in states),
        ids=None if ids is None else tuple(sorted(ids)),
        failed=_implied(tree, _failed, lambda one, other: one or other, lambda one, other: one and other) or False,
        ended=ended,
        prefix=_implied(tree, _prefix, lambda one, other: max(one, other, key=len), _common),
    )


def _implied(
    node: Node, leaf: Callable[[Compare], T | None], both: Callable[[T, T], T], either: Callable[[T, T], T]
) -> T | None:
    """Return what a tree implies: an `and` whatever its parts imply, an `or` only what each of its parts implies."""
    if isinstance(node, Compare):
        return leaf(node)
    parts = [_implied(part, leaf, both, either) for part in node.parts]
    known = [part for part in parts if part is not None]
    if not known or (node.kind == "or" and len(known) < len(parts)):
        return None
    return reduce(both if node.kind == "and" else either, known)


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one & other


def _either(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one | other


def _states(term: Compare) -> frozenset[str] | None:
    if term.property != "state":
        return None
    named = frozenset((str(term.value),))
    return named if term.operator == "eq" else frozenset(TASK_STATES) - named


def _ids(term: Compare) -> frozenset[str] | None:
    return frozenset((str(term.value).lower(),)) if (term.property, term.operator) == ("id", "eq") else None


def _prefix(term: Compare) -> str | None:
    # Ids are ASCII; whatever else a prefix holds, the condition itself excludes.
    return str(term.value).lower() if term.operator == "startswith" else None


def _common(one: str, other: str) -> str:
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    return min(one, other, key=len) if same is None else one[:same]


def _failed(term: Compare) -> bool | None:
    match term:
        case Compare("executionInfo/result", "eq", "failure") | Compare("executionInfo/result", "ne", "success"):
            return True
        case Compare("executionInfo/exitCode", operator, int(value)):
            return _EXCLUDES_ZERO[operator](value) or None
    return None


def _ended(term: Compare) -> int | None:
    return _since(term, "executionInfo/endTime")


def _moved(term: Compare) -> int | None:
    return _since(term, "stateTransitionTime")


def _since(term: Compare, name: str) -> int | None:
    return int(term.value) if term.property == name and term.operator in _FROM else None
