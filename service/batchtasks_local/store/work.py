"""What happens inside one writing transaction: rows are written, and what follows from them by the life cycle.

The end of a task lets its dependants run, may end or disable its job, and may have been the last thing its job waited
for; the end of a job ends its running tasks. All of it is in the transaction that began it, so no crash can come
between. `settle` closes the transaction's work: jobs that were touched take the state that their tasks leave them in.
"""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import orjson
from attrs import astuple

from batchtasks_local import lifecycle
from batchtasks_local.clock import now
from batchtasks_local.records import JobRecord, JobUsage, TaskRecord
from batchtasks_local.store import dependencies
from batchtasks_local.store.rows import (
    JOB_COLUMNS,
    TASK_COLUMNS,
    UPDATE_TASK,
    job_of,
    job_values,
    task_of,
    task_values,
)
from batchtasks_local.store.schema import JOB_SHIFT

_TALLY = "priority = :priority, max_parallel = :max_parallel, open = :open"
_MANY = 100


class Work:
    """One transaction in the making. Not kept beyond it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._jobs: dict[int, JobRecord] = {}
        self._touched: set[int] = set()

    # jobs

    def job_named(self, job_id: str) -> JobRecord | None:
        """The job of this id, in whatever letter case."""
        row = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
        return self._remember(job_of(row)) if row else None

    def job(self, seq: int) -> JobRecord:
        """The job of this number; it must be there."""
        if seq not in self._jobs:
            row = self.db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?", (seq,)).fetchone()
            self._remember(job_of(row))
        return self._jobs[seq]

    def _remember(self, job: JobRecord) -> JobRecord:
        self._jobs[job.seq] = job
        return job

    def add_job(self, job: JobRecord) -> bool:
        """Write a new job; False when its id is taken."""
        values = job_values(job)
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        added = self.db.execute(f"INSERT OR IGNORE INTO job ({names}) VALUES ({marks})", values)
        if added.rowcount == 0 or added.lastrowid is None:
            return False
        seq = added.lastrowid
        self.db.execute(
            "INSERT INTO tally (job, priority, max_parallel, open) VALUES (:seq, :priority, :max_parallel, :open)",
            {"seq": seq, **_tally_values(job)},
        )
        self._touched.add(seq)
        return True

    def put_job(self, old: JobRecord, new: JobRecord) -> None:
        """Write a changed job, and what its move means for its running tasks."""
        values = job_values(new)
        assigned = ", ".join(f"{name} = :{name}" for name in values)
        self.db.execute(f"UPDATE job SET {assigned} WHERE seq = :seq", {**values, "seq": new.seq})
        self.db.execute(f"UPDATE tally SET {_TALLY} WHERE job = :seq", {**_tally_values(new), "seq": new.seq})
        self._remember(new)
        self._touched.add(new.seq)
        if (new.state, new.disable_tasks) != (old.state, old.disable_tasks):
            self._stop_tasks(new)

    def _stop_tasks(self, job: JobRecord) -> None:
        """Take a job's running tasks from it, as far as its new state asks for that."""
        wish = job.disable_tasks if job.state == "disabling" else None
        if job.state in ("terminating", "deleting") or wish == "terminate":
            stop = lifecycle.end_by_service
        elif wish == "requeue":
            stop = lifecycle.requeue
        else:
            return
        for task in self.running_tasks(job):
            self.put_task(task, stop(task, now()), acts=False)

    def settle(self) -> None:
        """Give every job that was touched the state that its tasks leave it in."""
        while self._touched:
            job = self.job(self._touched.pop())
            row = self.db.execute("SELECT active, running FROM tally WHERE job = ?", (job.seq,)).fetchone()
            moved = job
            if not row[0] + row[1]:
                moved = lifecycle.after_all_tasks(moved, now())
            if not row[1]:
                moved = lifecycle.settle_job(moved, now())
            if moved is not job:
                self.put_job(job, moved)

    # tasks

    def tasks(self, job: JobRecord, condition: str, *parameters: object) -> Iterator[TaskRecord]:
        """Tasks of a job for which an SQL condition holds, in order."""
        sql = f"SELECT {TASK_COLUMNS} FROM task WHERE job = ? AND {condition} ORDER BY seq"
        rows = self.db.execute(sql, (job.seq, *parameters)).fetchall()
        return (task_of(job.id, row) for row in rows)

    def running_tasks(self, job: JobRecord) -> Iterator[TaskRecord]:
        """Tasks of a job that run, as far as the store knows."""
        return self.tasks(job, "state IN ('preparing', 'running')")

    def task_named(self, job: JobRecord, task_id: str) -> TaskRecord | None:
        """The task of this id, in whatever letter case."""
        return next(self.tasks(job, "id = ? COLLATE NOCASE", task_id), None)

    def tasks_named(self, job: JobRecord, ids: list[str]) -> dict[str, TaskRecord]:
        """Those of the tasks of these ids that there are, by id in lower case."""
        found: dict[str, TaskRecord] = {}
        for start in range(0, len(ids), _MANY):
            part = ids[start : start + _MANY]
            marks = ", ".join("?" * len(part))
            found.update((task.id.lower(), task) for task in self.tasks(job, f"id COLLATE NOCASE IN ({marks})", *part))
        return found

    def insert_tasks(self, job: JobRecord, tasks: list[TaskRecord]) -> None:
        """Write new active tasks, whose numbers are given already."""
        rows = []
        for task in tasks:
            wants = task.spec.get("dependsOn")
            waiting = dependencies.plan(self.db, job.seq, task.seq, wants) if wants else 0
            slots = task.spec["requiredSlots"]
            spec = orjson.dumps(task.spec)
            rows.append((task.seq, job.seq, task.id, waiting, slots, lifecycle.demand(task.spec),
                         task.created, task.modified, task.state_since, spec))  # fmt: skip
        self.db.executemany(
            "INSERT INTO task (seq, job, id, state, waiting, slots, demand, created, modified, state_since, spec)"
            " VALUES (?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def put_task(self, old: TaskRecord, new: TaskRecord, *, acts: bool = True) -> None:
        """Write a changed task, and what its end means for others; `acts`: its exit options may act on its job."""
        self.db.execute(UPDATE_TASK, task_values(new))
        if new.spec is not old.spec:
            self.db.execute("UPDATE task SET spec = ? WHERE seq = ?", (orjson.dumps(new.spec), new.seq))
        job = self.job(job_number(new))
        if job.spec["usesTaskDependencies"] and lifecycle.satisfies(new) and not lifecycle.satisfies(old):
            dependencies.release(self.db, job.seq, new.id)
        if new.state == old.state:
            return
        self._touched.add(job.seq)
        if acts and new.state == "completed":
            moved = lifecycle.after_task(job, new, now())
            if moved is not job:
                self.put_job(job, moved)

    def spend(self, job: int, more: JobUsage) -> None:
        """Add to what the tasks of a job have used."""
        used = more.usage
        self.db.execute(
            "INSERT INTO spent VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job) DO UPDATE SET user = user + excluded.user,"
            " kernel = kernel + excluded.kernel, read_blocks = read_blocks + excluded.read_blocks,"
            " written_blocks = written_blocks + excluded.written_blocks, wall = wall + excluded.wall,"
            " wait = wait + excluded.wait, retries = retries + excluded.retries",
            (job, *astuple(used), more.wait, more.retries),
        )

    def delete_task(self, job: JobRecord, task: TaskRecord) -> None:
        """Forget one task."""
        if job.spec["usesTaskDependencies"]:
            dependencies.forget(self.db, task.seq)
        self.db.execute("DELETE FROM task WHERE seq = ?", (task.seq,))
        self._touched.add(job.seq)


def job_number(task: TaskRecord) -> int:
    """The `seq` of a task's job."""
    return task.seq >> JOB_SHIFT


def _tally_values(job: JobRecord) -> dict[str, int]:
    return {
        "priority": job.spec["priority"],
        "max_parallel": job.spec["maxParallelTasks"],
        "open": job.state == "active",
    }
