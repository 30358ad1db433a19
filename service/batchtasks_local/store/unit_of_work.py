"""The work of one writing transaction: it writes rows, and whatever follows from them by the rules of `domain`.

The end of a task may release the tasks that depend on it, end or disable its job, and be the last that its job waited
for. The end of a job ends its running tasks. All of it happens in the transaction that began it, so that a crash cannot
leave half of it. `settle` ends the work: every job that was touched takes the state that follows from its tasks.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson
from attrs import asdict

from batchtasks_local.domain import exits, job_moves, special_tasks, task_moves
from batchtasks_local.domain.clock import MICROSECOND, now
from batchtasks_local.domain.records import Delays, JobRecord, JobUsage, Outcome, TaskRecord
from batchtasks_local.store.dependencies import add_dependencies, delete_dependencies, release_dependants
from batchtasks_local.store.ready_tasks import Capacity, pick
from batchtasks_local.store.rows import (
    JOB_COLUMNS,
    TASK_COLUMNS,
    assignments,
    insertion,
    job_from_row,
    job_values,
    task_from_row,
    task_values,
)
from batchtasks_local.store.schema import JOB_SHIFT

_USAGE = ("user", "kernel", "read_blocks", "written_blocks", "wall", "wait", "retries")
_ADD_USAGE = ", ".join(f"{name} = {name} + excluded.{name}" for name in _USAGE)
_IDS_AT_ONCE = 100
_NEW_TASK = (
    "seq", "job", "id", "state", "unmet", "required_slots", "instances", "created", "modified", "state_since", "spec",
)  # fmt: skip


class UnitOfWork:
    """One transaction in progress. It must not be used after the transaction."""

    def __init__(self, db: sqlite3.Connection, delays: Delays, *, runs_tasks: bool) -> None:
        self.db = db
        self._delays = delays
        self._runs_tasks = runs_tasks
        self._jobs: dict[int, JobRecord] = {}
        self._touched: set[int] = set()

    # jobs

    def find_job(self, job_id: str) -> JobRecord | None:
        """Return the job with this id, in any letter case."""
        row = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
        return self._remember(job_from_row(row)) if row else None

    def job(self, seq: int) -> JobRecord:
        """Return the job with this number; it must exist."""
        if seq not in self._jobs:
            row = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?", (seq,)).fetchone()
            self._remember(job_from_row(row))
        return self._jobs[seq]

    def _remember(self, job: JobRecord) -> JobRecord:
        self._jobs[job.seq] = job
        return job

    def add_job(self, job: JobRecord) -> bool:
        """Write a new job; return False if its id is taken."""
        added = self._insert("job", job_values(job, self._delays), "INSERT OR IGNORE")
        if added.rowcount == 0 or added.lastrowid is None:
            return False
        self._insert("job_counts", {"job": added.lastrowid, **_scheduling(job)})
        self._touched.add(added.lastrowid)
        return True

    def _insert(self, table: str, values: dict[str, Any], verb: str = "INSERT") -> sqlite3.Cursor:
        return self.db.execute(insertion(table, tuple(values), verb), tuple(values.values()))

    def _update(self, table: str, key: str, number: int, values: dict[str, Any]) -> None:
        sql = f"UPDATE {table} SET {assignments(tuple(values))} WHERE {key} = ?"
        self.db.execute(sql, (*values.values(), number))

    def put_job(self, old: JobRecord, new: JobRecord) -> None:
        """Write a changed job, and what its change means for its running tasks."""
        self._update("job", "seq", new.seq, job_values(new, self._delays))
        self._update("job_counts", "job", new.seq, _scheduling(new))
        self._remember(new)
        self._touched.add(new.seq)
        if (new.state, new.disable_tasks) != (old.state, old.disable_tasks):
            self._stop_tasks(new)

    def _stop_tasks(self, job: JobRecord) -> None:
        """End or requeue the running tasks of a job, if its new state asks for that."""
        wish = job.disable_tasks if job.state == "disabling" else None
        if job.state in ("terminating", "deleting") or wish == "terminate":
            stop = task_moves.end_by_service
        elif wish == "requeue":
            stop = task_moves.requeue
        else:
            return
        for task in self.running_tasks(job):
            self.put_task(task, stop(task, now()))

    def pass_time(self) -> None:
        """Do to every job what is due by now, and note when to look at it again."""
        moment = now()
        rows = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE deadline <= ?", (moment,)).fetchall()
        for job in map(job_from_row, rows):
            moved = job_moves.pass_time(self._remember(job), moment)
            if moved is not job:
                self.put_job(job, moved)
            else:
                self._touched.add(job.seq)
                self._update("job", "seq", job.seq, {"deadline": job_moves.deadline(job, self._delays, moment)})

    def settle(self) -> None:
        """Give every job that was touched the state that follows from its tasks."""
        while self._touched:
            job = self.job(self._touched.pop())
            sql = "SELECT active, running, last_task FROM job_counts WHERE job = ?"
            active, running, last_task = self.db.execute(sql, (job.seq,)).fetchone()
            moved = job
            if not active + running:
                moved = job_moves.after_all_tasks(job, now(), self._delays, had_tasks=last_task > 0)
            if not running:
                moved = job_moves.settle_job(moved, now(), self._delays, runs_tasks=self._runs_tasks)
            if moved is not job:
                self.put_job(job, moved)

    # the preparation and release tasks of jobs

    def start_special(self, limit: int) -> list[tuple[TaskRecord, JobRecord]]:
        """Start special tasks that are due, at most so many: a preparation task once a task of the job can start."""
        sql = (
            "SELECT special, job FROM job_counts JOIN job ON job.seq = job_counts.job"
            " WHERE special = 'release' OR (special = 'preparation' AND ready > 0) ORDER BY job LIMIT ?"
        )
        started = []
        for kind, number in self.db.execute(sql, (limit,)).fetchall():
            job = special_tasks.start(self.job(number), kind, now())
            self.put_job(self.job(number), job)
            started.append((special_tasks.as_task(job, kind), job))
        return started

    def start_tasks(self, capacity: Capacity) -> list[tuple[TaskRecord, JobRecord]]:
        """Start the tasks that are next, as far as there is room."""
        started = []
        for seq in pick(self.db, capacity):
            task = self.task(seq)
            if task is None:
                continue
            job = self.job(job_number(task))
            new = task_moves.start(task, now(1 + MICROSECOND), capacity.node_info(job, task.id))
            self.put_task(task, new)
            started.append((new, job))
        return started

    def finish_special(self, seq: int, run: int, ended: int, outcome: Outcome) -> bool:
        """Write the end of a run of a special task; return whether it begins its next run."""
        row = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?", (special_tasks.job_of(seq),)).fetchone()
        if row is None:
            return False
        job, kind = self._remember(job_from_row(row)), special_tasks.kind_of(seq)
        task = job.preparation if kind == "preparation" else job.release
        if task is None or (task.state, task.run) != ("running", run):
            return False
        done = special_tasks.finish(job, kind, ended, outcome)
        self.put_job(job, done)
        return special_tasks.stage(done) == "running"

    def special_task(self, seq: int) -> TaskRecord | None:
        """Return a running special task, or None."""
        job = self.job(special_tasks.job_of(seq))
        kind = special_tasks.kind_of(seq)
        return special_tasks.as_task(job, kind) if special_tasks.stage(job) == "running" else None

    # tasks

    def tasks(self, job: JobRecord, condition: str, *parameters: object) -> Iterator[TaskRecord]:
        """Return the tasks of a job for which an SQL condition holds, in order."""
        sql = f"SELECT {TASK_COLUMNS} FROM task WHERE job = ? AND {condition} ORDER BY seq"
        rows = self.db.execute(sql, (job.seq, *parameters)).fetchall()
        return (task_from_row(job.id, row) for row in rows)

    def running_tasks(self, job: JobRecord) -> Iterator[TaskRecord]:
        """Return the running tasks of a job."""
        return self.tasks(job, "state = 'running'")

    def task(self, seq: int) -> TaskRecord | None:
        """Return the task with this number, or None."""
        row = self.db.execute(f"SELECT {TASK_COLUMNS} FROM task WHERE seq = ?", (seq,)).fetchone()
        return task_from_row(self.job(seq >> JOB_SHIFT).id, row) if row else None

    def find_task(self, job: JobRecord, task_id: str) -> TaskRecord | None:
        """Return the task with this id, in any letter case."""
        return next(self.tasks(job, "id = ? COLLATE NOCASE", task_id), None)

    def find_tasks(self, job: JobRecord, ids: list[str]) -> dict[str, TaskRecord]:
        """Return those of the tasks with these ids that exist, by id in lower case."""
        found: dict[str, TaskRecord] = {}
        for start in range(0, len(ids), _IDS_AT_ONCE):
            part = ids[start : start + _IDS_AT_ONCE]
            marks = ", ".join("?" * len(part))
            found.update((task.id.lower(), task) for task in self.tasks(job, f"id COLLATE NOCASE IN ({marks})", *part))
        return found

    def insert_tasks(self, job: JobRecord, tasks: list[TaskRecord]) -> None:
        """Write new active tasks; they have their numbers already."""
        self.db.executemany(insertion("task", _NEW_TASK), [self._new_row(job, task) for task in tasks])

    def _new_row(self, job: JobRecord, task: TaskRecord) -> tuple[Any, ...]:
        """Return what a new task has in the columns `_NEW_TASK`."""
        spec = task.spec
        depends_on = spec.get("dependsOn")
        unmet = add_dependencies(self.db, job.seq, task.seq, depends_on) if depends_on else 0
        needs = unmet, spec["requiredSlots"], task_moves.instance_count(spec)
        times = task.created, task.modified, task.state_since
        return task.seq, job.seq, task.id, task.state, *needs, *times, orjson.dumps(spec)

    def put_task(self, old: TaskRecord, new: TaskRecord, *, job_action: bool = False) -> None:
        """Write a changed task, and what its end means for other tasks and, with `job_action`, for its job.

        Only a run that ends has a job action: terminating or deleting a task has none (recorded).
        """
        self._update("task", "seq", new.seq, task_values(new))
        if new.spec is not old.spec:
            self.db.execute("UPDATE task SET spec = ? WHERE seq = ?", (orjson.dumps(new.spec), new.seq))
        job = self.job(job_number(new))
        if job.spec["usesTaskDependencies"] and exits.satisfies(new) and not exits.satisfies(old):
            release_dependants(self.db, job.seq, new.id)
        if new.state == old.state:
            return
        self._touched.add(job.seq)
        if new.state == "completed":
            moved = job_moves.after_manager(job, new, now())
            if moved is job and job_action:
                moved = job_moves.after_task(job, new, now())
            if moved is not job:
                self.put_job(job, moved)

    def delete_task(self, job: JobRecord, task: TaskRecord) -> None:
        """Delete one task."""
        if job.spec["usesTaskDependencies"]:
            delete_dependencies(self.db, task.seq)
        self.db.execute("DELETE FROM task WHERE seq = ?", (task.seq,))
        self._touched.add(job.seq)

    def add_usage(self, job: int, more: JobUsage) -> None:
        """Add to what the tasks of a job have used."""
        values = {"job": job, **asdict(more.usage), "wait": more.wait, "retries": more.retries}
        sql = f"{insertion('job_usage', tuple(values))} ON CONFLICT (job) DO UPDATE SET {_ADD_USAGE}"
        self.db.execute(sql, tuple(values.values()))


def job_number(task: TaskRecord) -> int:
    """Return the `seq` of a task's job."""
    return task.seq >> JOB_SHIFT


def _scheduling(job: JobRecord) -> dict[str, int]:
    return {
        "priority": job.spec["priority"],
        "max_parallel": job.spec["maxParallelTasks"],
        "starts_tasks": job.state == "active" and special_tasks.lets_tasks_start(job),
    }
