"""Which active tasks start next: by priority of their jobs, then in the order of adding, found by index."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Iterator

from attrs import define

from batchtasks_local.lifecycle import cost

_JOBS_AT_ONCE = 64
_READY = "job = ? AND state = 'active' AND waiting = 0 AND demand"


@define
class Room:
    """Free slots out of all slots, while tasks are picked. For the functions see `Slots` in `interface.py`."""

    free: int
    total: int
    may_start: Callable[[str, str], bool]
    too_large: Callable[[str, int], None]


def pick(db: sqlite3.Connection, room: Room) -> list[int]:
    """The numbers (`seq`) of the tasks to start now.

    A task that does not fit into the free slots, but into all of them, holds back those behind it: otherwise a stream
    of small tasks would keep a large one waiting for ever.
    """
    picked: list[int] = []
    for job, limit in _jobs_with_ready_tasks(db):
        for seq, task_id, job_id, demand in _ready(db, job, room):
            if limit <= 0 or room.free <= 0:
                break
            if not room.may_start(job_id, task_id):
                continue
            taken = cost(demand, room.total) or 0
            if taken > room.free:
                return picked
            picked.append(seq)
            room.free -= taken
            limit -= 1
        if room.free <= 0:
            break
    return picked


def _jobs_with_ready_tasks(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Jobs in the order of their turn, with how many more tasks each may start."""
    rows = db.execute(
        "SELECT job, max_parallel, running FROM tally INDEXED BY tally_ready WHERE ready > 0 AND open = 1"
        " ORDER BY priority DESC, job"
    )
    while some := rows.fetchmany(_JOBS_AT_ONCE):
        for job, max_parallel, running in some:
            yield job, (max_parallel - running if max_parallel >= 0 else 1 << 30)


def _ready(db: sqlite3.Connection, job: int, room: Room) -> Iterator[tuple[int, str, str, int]]:
    """Ready tasks of a job in order of adding: (seq, id, job id, demand), from all demands that can be met."""
    job_id = db.execute("SELECT id FROM job WHERE seq = ?", (job,)).fetchone()[0]
    streams = []
    for demand in _demands(db, job):
        if cost(demand, room.total) is None:
            room.too_large(job_id, demand)
        else:
            streams.append(_ready_of(db, job, job_id, demand))
    return heapq.merge(*streams)


def _demands(db: sqlite3.Connection, job: int) -> Iterator[int]:
    """The different demands among a job's ready tasks, each found by one step in the index."""
    latest = -(1 << 40)
    while True:
        row = db.execute(
            f"SELECT min(demand) FROM task INDEXED BY task_ready WHERE {_READY} > ?",
            (job, latest),
        ).fetchone()
        if row[0] is None:
            return
        latest = row[0]
        yield latest


def _ready_of(db: sqlite3.Connection, job: int, job_id: str, demand: int) -> Iterator[tuple[int, str, str, int]]:
    rows = db.execute(
        f"SELECT seq, id FROM task INDEXED BY task_ready WHERE {_READY} = ? ORDER BY seq",
        (job, demand),
    )
    for seq, task_id in rows:
        yield seq, task_id, job_id, demand
