"""The runner's side of the store: what starts, what has ended, what is over."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from attrs import evolve

from batchtasks_local import lifecycle
from batchtasks_local.clock import now
from batchtasks_local.records import JobRecord, JobUsage, TaskRecord, Usage
from batchtasks_local.store.database import Database
from batchtasks_local.store.interface import Finished, Slots
from batchtasks_local.store.rows import JOB_COLUMNS, TASK_COLUMNS, job_of, task_of
from batchtasks_local.store.scheduling import Room, pick
from batchtasks_local.store.schema import JOB_SHIFT
from batchtasks_local.store.work import Work, job_number

_RUNNING = "state IN ('preparing', 'running')"


class RunnerSide:
    """The methods of `RunnerStore` beyond those of `Store`, and the transactions of both."""

    def __init__(self, path: Path | None = None) -> None:
        self._db = Database(path)

    def close(self) -> None:
        """Close the database and let go of the folder; a second call does nothing."""
        self._db.close()

    @contextmanager
    def _work(self, *, lasting: bool = True) -> Iterator[Work]:
        with self._db.write(lasting=lasting) as db:
            work = Work(db)
            yield work
            work.settle()

    def advance(self, finished: Sequence[Finished], slots: Slots | None) -> list[tuple[TaskRecord, JobRecord]]:
        """Write the ends of runs, then start the next tasks (none without `slots`): those, as they now are."""
        with self._work(lasting=False) as work:
            for end in finished:
                _finish(work, end)
            # Jobs that have just ended or been disabled must not start anything.
            work.settle()
            return _start(work, slots) if slots is not None else []

    def still_running(self, runs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Those of the runs, each (`seq`, `run`), that the store has as running, with their maxWallClockTime."""
        sql = f"SELECT spec FROM task WHERE seq = ? AND run = ? AND {_RUNNING}"
        with self._db.read() as db:
            found = {run: db.execute(sql, run).fetchone() for run in runs}
        return {run: orjson.loads(row[0])["constraints"]["maxWallClockTime"] for run, row in found.items() if row}

    def note_subtasks(self, seq: int, run: int, subtasks: Sequence[dict[str, Any]]) -> None:
        """Write how far the subtasks of a running task have come."""
        sql = f"UPDATE task SET subtasks = ? WHERE seq = ? AND run = ? AND {_RUNNING}"
        with self._db.write(lasting=False) as db:
            db.execute(sql, (orjson.dumps(list(subtasks)), seq, run))

    def requeue_running(self) -> int:
        """Put every running task back to active because nothing runs any more; how many those were."""
        with self._work(lasting=False) as work:
            jobs = [row[0] for row in work.db.execute("SELECT job FROM tally WHERE running > 0").fetchall()]
            count = 0
            for job in map(work.job, jobs):
                for task in work.running_tasks(job):
                    work.put_task(task, lifecycle.requeue(task, now()))
                    count += 1
            return count

    def end_overdue_jobs(self) -> int | None:
        """End jobs whose maxWallClockTime is over; when the next one will be, in ticks."""
        with self._db.read() as db:
            next_one = _earliest_deadline(db)
        if next_one is None or next_one > now():
            return next_one
        with self._work(lasting=False) as work:
            sql = f"SELECT {JOB_COLUMNS} FROM job WHERE deadline <= ?"
            for row in work.db.execute(sql, (now(),)).fetchall():
                job = job_of(row)
                work.put_job(job, lifecycle.out_of_time(job, now()))
            return _earliest_deadline(work.db)

    def deleting_jobs(self) -> list[JobRecord]:
        """Jobs that are being deleted, for the runner to remove once their files are gone."""
        with self._db.read() as db:
            rows = db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE state = 'deleting' ORDER BY seq").fetchall()
        return [job_of(row) for row in rows]

    def expired_tasks(self, limit: int) -> list[TaskRecord]:
        """Completed tasks whose retention time is over and whose files may still be there."""
        sql = f"SELECT job, {TASK_COLUMNS} FROM task WHERE expires <= ? ORDER BY expires LIMIT ?"
        with self._db.read() as db:
            rows = db.execute(sql, (now(), limit)).fetchall()
            names = {row[0]: db.execute("SELECT id FROM job WHERE seq = ?", (row[0],)).fetchone() for row in rows}
        return [task_of(names[row[0]][0], row[1:]) for row in rows if names[row[0]]]

    def forget_files(self, tasks: Sequence[TaskRecord]) -> None:
        """Note that the files of these tasks, as they were when read, are gone."""
        with self._db.write(lasting=False) as db:
            db.executemany(
                "UPDATE task SET expires = NULL WHERE seq = ? AND run = ? AND state = 'completed'",
                [(task.seq, task.run) for task in tasks],
            )


def _earliest_deadline(db: sqlite3.Connection) -> int | None:
    row = db.execute("SELECT deadline FROM job WHERE deadline IS NOT NULL ORDER BY deadline LIMIT 1").fetchone()
    return row[0] if row else None


def _task(work: Work, seq: int) -> TaskRecord | None:
    row = work.db.execute(f"SELECT {TASK_COLUMNS} FROM task WHERE seq = ?", (seq,)).fetchone()
    return task_of(work.job(seq >> JOB_SHIFT).id, row) if row else None


def _finish(work: Work, end: Finished) -> None:
    task = _task(work, end.seq)
    if task is None or task.run != end.run:
        return
    job = job_number(task)
    used = _used(task, end)
    old, task = task, evolve(task, usage=used + (task.usage or Usage()))
    if end.subtasks:
        task = evolve(task, subtasks=list(end.subtasks))
    if task.state in ("preparing", "running"):
        task = lifecycle.finish(task, work.job(job), end.at, end.outcome)
    elif task.state == "completed" and task.exit_code is None:
        # It was ended by request while its process ran: the store said so at once, the exit code comes now.
        task = evolve(task, exit_code=end.outcome.exit_code)
    else:
        return
    work.put_task(old, task)
    waited = (old.started or 0) - old.created if task.state == "completed" else 0
    work.spend(job, JobUsage(used, waited, task.retry_count - old.retry_count))


def _used(task: TaskRecord, end: Finished) -> Usage:
    """What a run has used; it has taken the time from its start until it ended, or was ended by request."""
    wall = (task.ended or end.at) - (task.started or end.at)
    return (end.usage or Usage()) + Usage(wall=max(wall, 0))


def _start(work: Work, slots: Slots) -> list[tuple[TaskRecord, JobRecord]]:
    room = Room(slots.free, slots.total, slots.may_start, slots.too_large)
    started = []
    for seq in pick(work.db, room):
        task = _task(work, seq)
        if task is None:
            continue
        job = work.job(job_number(task))
        new = lifecycle.start(task, now(), slots.node(job, task.id))
        work.put_task(task, new)
        started.append((new, job))
    return started
