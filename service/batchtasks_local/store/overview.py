"""What the page asks about whole jobs and the Batch API does not give cheaply; it only reads.

Counts of many jobs at once, tasks in any order and by any part of their names, failures in groups, the use of slots over
time, what active tasks wait for, and which tasks wait for one. Every query reads the tasks of one job a few times at
most, and is ended when it takes longer than `TIME_LIMIT`.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from attrs import field, frozen

from batchtasks_local.store.schema import JOB_SHIFT
from batchtasks_local.store.transactions import Database

Row = tuple[Any, ...]
Item = dict[str, Any]

TIME_LIMIT = 5.0
"""Seconds that one query may take."""
_STEPS = 50_000
GROUPS = 100
NAMED = 6
"""So many of the tasks and ranges that a task waits for are named."""

_NAME = "json_extract(CAST(spec AS TEXT), '$.displayName')"
_SLOTS = "max(instances, required_slots)"
SORT_KEYS: Mapping[str, str] = {
    "added": "seq",
    "id": "lower(id)",
    "name": f"lower({_NAME})",
    "state": "state",
    "result": "result",
    "exitCode": "exit_code",
    "retries": "retry_count",
    "since": "state_since",
    "started": "started",
    "ended": "ended",
    "duration": "ended - started",
}
"""What tasks can be sorted by. Tasks without a value come last, in either direction."""


class OverviewTimeoutError(Exception):
    """A query took longer than `TIME_LIMIT`."""


@frozen(kw_only=True)
class Search:
    """Which tasks of a job are wanted, and in which order; None where it does not matter.

    Attributes:
        text: A part of the id or the display name, in any letter case.
        exit_code: With `failure`: the exit code of a group of failures, None for those without one.
        failure: The code of the failureInfo.
        after: Sort key and `seq` of the last task of the page before.
    """

    text: str = ""
    state: str | None = None
    result: str | None = None
    failure: str | None = None
    exit_code: int | None = None
    sort: str
    descending: bool
    after: Sequence[Any] | None = None
    limit: int


@frozen
class _Where:
    """Conditions that all must hold, with their parameters."""

    terms: list[str] = field(factory=list)
    parameters: list[Any] = field(factory=list)

    def add(self, term: str, *parameters: Any) -> None:
        self.terms.append(f"({term})")
        self.parameters.extend(parameters)

    @property
    def sql(self) -> str:
        return " AND ".join(self.terms) or "1"


class Overview:
    """Reads from the store's database. Methods return None if there is no such job; they may raise OverviewTimeoutError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._database.read() as db:
            end = time.monotonic() + TIME_LIMIT
            db.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
            try:
                yield db
            except sqlite3.OperationalError as error:
                if str(error) != "interrupted":
                    raise
                raise OverviewTimeoutError from error
            finally:
                db.set_progress_handler(None, 0)

    def jobs(self, text: str, before: int | None, limit: int) -> list[Row]:
        """Return the newest jobs: seq, id, name, state, created, and active, running, succeeded and failed tasks.

        Args:
            text: A part of the id or the display name, in any letter case.
            before: Only jobs with a smaller `seq`.
            limit: The most jobs to return.
        """
        where = _Where()
        if before is not None:
            where.add("job.seq < ?", before)
        if text:
            where.add(f"id LIKE ? ESCAPE '\\' OR {_NAME} LIKE ? ESCAPE '\\'", *(_containing(text),) * 2)
        columns = f"job.seq, id, {_NAME}, state, created, active, running, succeeded, failed"
        sql = f"SELECT {columns} FROM job CROSS JOIN job_counts ON job_counts.job = job.seq WHERE {where.sql}"
        with self._read() as db:
            return db.execute(f"{sql} ORDER BY job.seq DESC LIMIT ?", (*where.parameters, limit)).fetchall()

    def tasks(self, job_id: str, search: Search) -> list[Row] | None:
        """Return tasks in order, each with sort key, seq and id."""
        with self._read() as db:
            job = _job(db, job_id)
            if job is None:
                return None
            where, key, way = _matching(job, search), SORT_KEYS[search.sort], "DESC" if search.descending else "ASC"
            if search.after is not None:
                _continue(where, key, search)
            sql = f"SELECT {key} AS key, seq, id FROM task WHERE {where.sql}"
            sql += f" ORDER BY key IS NULL, key {way}, seq {way} LIMIT ?"
            return db.execute(sql, (*where.parameters, search.limit)).fetchall()

    def count(self, job_id: str, search: Search) -> int:
        """Return how many tasks match, on all pages together."""
        with self._read() as db:
            where = _matching(_job(db, job_id) or 0, search)
            count: int = db.execute(f"SELECT count(*) FROM task WHERE {where.sql}", where.parameters).fetchone()[0]
            return count

    def failures(self, job_id: str) -> list[Row] | None:
        """Return groups of failed tasks, the largest first.

        A group is: exit code, code, category and message of the failure, number of tasks, end and id of the latest.
        """
        code, category, message = (f"json_extract(CAST(failure AS TEXT), '$.{name}')" for name in _FAILURE)
        sql = (
            f"SELECT exit_code, {code}, {category}, {message}, count(*) AS size, max(ended), id"
            " FROM task INDEXED BY task_failed WHERE job = ? AND result = 'failure'"
            " GROUP BY 1, 2 ORDER BY size DESC, 1, 2 LIMIT ?"
        )
        with self._read() as db:
            job = _job(db, job_id)
            return None if job is None else db.execute(sql, (job, GROUPS)).fetchall()

    def history(self, job_id: str, buckets: int, now: int) -> Item | None:
        """Return what the tasks of a job did over time, as far as their latest runs tell.

        `from` and `step` are ticks; `slots` has the mean number of slots in use, `succeeded` and `failed` the tasks that
        ended, for each bucket. Without a run, the lists are empty.
        """
        with self._read() as db:
            job = _job(db, job_id)
            if job is None:
                return None
            first, last, running = db.execute(
                f"SELECT min(started), max(ended), total(state = 'running') FROM task WHERE {_OF_JOB} AND {_RAN}",
                _bounds(job),
            ).fetchone()
            if first is None:
                return {"from": now, "step": 0, "slots": [], "succeeded": [], "failed": []}
            end = max(first, now if running else (last or first)) + 1
            step = -(-(end - first) // buckets)
            groups = _by_bucket(db, job, first, step)
        return {"from": first, "step": step, **_series(groups, buckets, step, end - first)}

    def waiting(self, job_id: str, ids: Sequence[str]) -> dict[str, Item] | None:
        """Return what active tasks wait for: `unmet`, the number of ids and ranges, and some of them in `tasks`, `ranges`.

        A task that exists is named with its state and result. Tasks that wait for nothing are left out.
        """
        with self._read() as db:
            job = _job(db, job_id)
            if job is None:
                return None
            marks = ", ".join("?" * len(ids))
            found = db.execute(
                f"SELECT seq, id, unmet FROM task INDEXED BY task_id WHERE job = ? AND id COLLATE NOCASE IN ({marks})"
                " AND state = 'active' AND unmet > 0",
                (job, *ids),
            ).fetchall()
            return {task_id: {"unmet": unmet, **_unmet(db, job, seq)} for seq, task_id, unmet in found}

    def dependants(self, job_id: str, task_id: str, limit: int) -> list[str] | None:
        """Return the ids of at most `limit` tasks that name a task, or a range around its numeric id, as a dependency."""
        number = int(task_id) if task_id.isascii() and task_id.removeprefix("-").isdecimal() else None
        spec = "CAST(spec AS TEXT)"
        named = f"EXISTS (SELECT 1 FROM json_each({spec}, '$.dependsOn.taskIds') WHERE lower(value) = ?)"
        inside = (
            f"EXISTS (SELECT 1 FROM json_each({spec}, '$.dependsOn.taskIdRanges')"
            " WHERE ? BETWEEN json_extract(value, '$.start') AND json_extract(value, '$.end'))"
        )
        sql = f"SELECT id FROM task WHERE {_OF_JOB} AND instr({spec}, '\"dependsOn\"') AND ({named} OR {inside})"
        with self._read() as db:
            job = _job(db, job_id)
            if job is None:
                return None
            rows = db.execute(f"{sql} ORDER BY seq LIMIT ?", (*_bounds(job), task_id.lower(), number, limit)).fetchall()
            return [row[0] for row in rows]


_FAILURE = ("code", "category", "message")
_OF_JOB = "seq > ? AND seq <= ?"
# An active task may have run before; that run does not count.
_RAN = "started IS NOT NULL AND state IN ('running', 'completed')"


def _job(db: sqlite3.Connection, job_id: str) -> int | None:
    row = db.execute("SELECT seq FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
    return row[0] if row else None


def _bounds(job: int) -> tuple[int, int]:
    return job << JOB_SHIFT, ((job + 1) << JOB_SHIFT) - 1


def _containing(text: str) -> str:
    for special in "\\%_":
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


def _matching(job: int, search: Search) -> _Where:
    where = _Where()
    where.add(_OF_JOB, *_bounds(job))
    if search.state is not None:
        where.add("job = ? AND state = ?", job, search.state)
    if search.result is not None:
        where.add("job = ? AND result = ?", job, search.result)
    if search.failure is not None:
        code = "json_extract(CAST(failure AS TEXT), '$.code')"
        where.add(
            f"job = ? AND result = 'failure' AND {code} = ? AND exit_code IS ?", job, search.failure, search.exit_code
        )
    if search.text:
        pattern = _containing(search.text)
        # Only where a task has a display name is its JSON read.
        name = f"instr(CAST(spec AS TEXT), '\"displayName\"') AND {_NAME} LIKE ? ESCAPE '\\'"
        where.add(f"id LIKE ? ESCAPE '\\' OR ({name})", pattern, pattern)
    return where


def _continue(where: _Where, key: str, search: Search) -> None:
    """Add the condition that a task comes after the last one of the page before."""
    last, seq = search.after or (None, 0)
    sign = "<" if search.descending else ">"
    if last is None:
        where.add(f"{key} IS NULL AND seq {sign} ?", seq)
    else:
        where.add(f"{key} IS NULL OR {key} {sign} ? OR ({key} = ? AND seq {sign} ?)", last, last, seq)


def _by_bucket(db: sqlite3.Connection, job: int, first: int, step: int) -> list[Row]:
    """Return groups of tasks that started in one bucket and ended in another.

    A group is: number of the first bucket, of the second (None: it runs), slots, slots times the time from `first` to the
    start, and to the end, tasks, and failed tasks.
    """
    ended = "CASE state WHEN 'completed' THEN ended - :first END"
    # Sums of real numbers: those of whole ones could be too large.
    return db.execute(
        f"SELECT (started - :first) / :step, {ended} / :step, total({_SLOTS}), total({_SLOTS} * 1.0 * (started - :first)),"
        f" total({_SLOTS} * 1.0 * {ended}), count(*), sum(result IS NOT 'success')"
        f" FROM task WHERE seq > :low AND seq <= :high AND {_RAN} GROUP BY 1, 2",
        {"first": first, "step": step, **dict(zip(("low", "high"), _bounds(job), strict=True))},
    ).fetchall()


def _series(groups: list[Row], buckets: int, step: int, length: int) -> Item:
    """Return the mean use of slots and the ends for each bucket.

    Up to a moment t, a slot has been in use for the sum of t - start of every start before, less t - end of every end.
    """
    size = min(buckets, -(-length // step))
    taken, moments = [0.0] * size, [0.0] * size
    succeeded, failed = [0] * size, [0] * size
    for start, end, slots, started, ended, count, bad in groups:
        taken[start] += slots
        moments[start] += started
        if end is not None:
            taken[end] -= slots
            moments[end] -= ended
            succeeded[end] += count - bad
            failed[end] += bad
    before, used_slots = 0.0, []
    for number, (now_taken, now_moments) in enumerate(zip(accumulate(taken), accumulate(moments), strict=True)):
        moment = min((number + 1) * step, length)
        used = moment * now_taken - now_moments
        used_slots.append(round(max(used - before, 0.0) / max(moment - number * step, 1), 2))
        before = used
    return {"slots": used_slots, "succeeded": succeeded, "failed": failed}


def _unmet(db: sqlite3.Connection, job: int, child: int) -> Item:
    tasks = db.execute(
        "SELECT coalesce(task.id, parent), task.state, task.result FROM id_dependency LEFT JOIN task"
        " ON task.job = ? AND task.id = parent COLLATE NOCASE WHERE child = ? LIMIT ?",
        (job, child, NAMED),
    ).fetchall()
    ranges = db.execute(
        "SELECT first, last, missing FROM range_dependency JOIN id_range ON id_range.seq = range WHERE child = ? LIMIT ?",
        (child, NAMED),
    ).fetchall()
    return {
        "tasks": [{"id": task_id, "state": state, "result": result} for task_id, state, result in tasks],
        "ranges": [{"start": first, "end": last, "missing": missing} for first, last, missing in ranges],
    }
