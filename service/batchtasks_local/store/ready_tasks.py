"""Which active tasks start next: by the priority of their jobs, then in the order of adding, found by index."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from batchtasks_local.domain.records import JobRecord, TaskRecord
from batchtasks_local.domain.task_moves import slots_taken

_JOBS_AT_ONCE = 64
_READY = "job = ? AND state = 'active' AND unmet = 0"


def _ignore(*what: object) -> None:
    return


@frozen
class Capacity:
    """What the runner has room for, and what it says about single tasks.

    Attributes:
        free: Slots that are free now.
        total: All slots of the node.
        may_start: Returns False for a job id and task id while an earlier run of that task has not ended.
        node_info: Returns the nodeInfo for a job and a task id.
        never_fits: Is called with job id, instances and required slots of active tasks that can never start here.
        before_start: Is called with each task that starts or runs again, before any reader sees that.
    """

    free: int
    total: int
    may_start: Callable[[str, str], bool]
    node_info: Callable[[JobRecord, str], dict[str, Any]]
    never_fits: Callable[[str, int, int], None] = _ignore
    before_start: Callable[[TaskRecord], None] = _ignore


def pick(db: sqlite3.Connection, capacity: Capacity) -> list[int]:
    """Return the `seq` of the tasks to start now.

    A task that does not fit into the free slots, but into all of them, holds back the tasks behind it. Otherwise a
    stream of small tasks could keep a large one waiting without end.
    """
    picked: list[int] = []
    free = capacity.free
    for job, limit in _jobs_with_ready_tasks(db):
        for seq, task_id, job_id, taken in _ready(db, job, capacity):
            if limit <= 0 or free <= 0:
                break
            if not capacity.may_start(job_id, task_id):
                continue
            if taken > free:
                return picked
            picked.append(seq)
            free -= taken
            limit -= 1
        if free <= 0:
            break
    return picked


def _jobs_with_ready_tasks(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield the jobs in the order of their turn, each with how many more tasks it may start."""
    rows = db.execute(
        "SELECT job, max_parallel, running FROM job_counts INDEXED BY job_counts_ready"
        " WHERE ready > 0 AND starts_tasks = 1 ORDER BY priority DESC, job"
    )
    while some := rows.fetchmany(_JOBS_AT_ONCE):
        for job, max_parallel, running in some:
            yield job, (max_parallel - running if max_parallel >= 0 else 1 << 30)


def _ready(db: sqlite3.Connection, job: int, capacity: Capacity) -> Iterator[tuple[int, str, str, int]]:
    """Yield the ready tasks of a job that can start here, in the order of adding: seq, id, job id, slots taken."""
    job_id = db.execute("SELECT id FROM job WHERE seq = ?", (job,)).fetchone()[0]
    streams = []
    for instances, required_slots in _sizes(db, job):
        taken = slots_taken(instances, required_slots, capacity.total)
        if taken is None:
            capacity.never_fits(job_id, instances, required_slots)
        else:
            streams.append(_ready_of_size(db, job, job_id, (instances, required_slots), taken))
    return heapq.merge(*streams)


def _sizes(db: sqlite3.Connection, job: int) -> Iterator[tuple[int, int]]:
    """Yield the different sizes (instances, required slots) of a job's ready tasks, by a few steps in the index."""
    instances = 0
    # One value is sought after the other: with both in one comparison, SQLite reads all tasks of the same size.
    while instances := _next(db, "instances", "", (job, instances)):
        required_slots = 0
        while required_slots := _next(db, "required_slots", "AND instances = ?", (job, instances, required_slots)):
            yield instances, required_slots


def _next(db: sqlite3.Connection, column: str, condition: str, parameters: tuple[int, ...]) -> int:
    """Return the next larger value of a column among ready tasks, or 0."""
    sql = f"SELECT min({column}) FROM task INDEXED BY task_ready WHERE {_READY} {condition} AND {column} > ?"
    return db.execute(sql, parameters).fetchone()[0] or 0


def _ready_of_size(
    db: sqlite3.Connection, job: int, job_id: str, size: tuple[int, int], taken: int
) -> Iterator[tuple[int, str, str, int]]:
    rows = db.execute(
        f"SELECT seq, id FROM task INDEXED BY task_ready WHERE {_READY} AND instances = ? AND required_slots = ?"
        " ORDER BY seq",
        (job, *size),
    )
    for seq, task_id in rows:
        yield seq, task_id, job_id, taken
