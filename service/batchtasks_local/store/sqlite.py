"""The store in SQLite. What it promises stands in `interface.py`, how it is laid out in `schema.py`."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from batchtasks_local import lifecycle
from batchtasks_local.clock import now
from batchtasks_local.records import Counts, JobRecord, JobUsage, TaskRecord, Usage, Where
from batchtasks_local.store import dependencies
from batchtasks_local.store.listing import page
from batchtasks_local.store.rows import JOB_COLUMNS, TASK_COLUMNS, job_of, task_of
from batchtasks_local.store.running import RunnerSide
from batchtasks_local.store.schema import JOB_SHIFT

_REMOVED_AT_ONCE = 2_000
_COUNTERS = "active, running, succeeded, failed, active_slots, running_slots, succeeded_slots, failed_slots"
_SPENT = "user, kernel, read_blocks, written_blocks, wall, wait, retries"
_ALL = Where("1")
_GET_TASK = (
    f"SELECT job.id, {', '.join(f'task.{name.strip()}' for name in TASK_COLUMNS.split(','))}"
    " FROM job JOIN task ON task.job = job.seq AND task.id = ? COLLATE NOCASE WHERE job.id = ? COLLATE NOCASE"
)


def _numbers(job: int) -> tuple[int, int]:
    """One less than the first `seq` that a task of a job can have, and the last."""
    return job << JOB_SHIFT, ((job + 1) << JOB_SHIFT) - 1


class SqliteStore(RunnerSide):
    """Jobs and tasks in a data folder (`path`), or in memory (None). It is a `RunnerStore`.

    Raises DataFolderInUse when another service has the folder open, DataFolderUnusable when it cannot be written or
    read. sqlite3.Error passes through where a write fails (a full disk): nothing of that transaction is kept.
    """

    # jobs

    def add_job(self, job: JobRecord) -> bool:
        """Keep a new job; False when its id is taken."""
        with self._work() as work:
            return work.add_job(job)

    def get_job(self, job_id: str) -> JobRecord | None:
        """The job, or None."""
        with self._db.read() as db:
            row = db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
        return job_of(row) if row else None

    def list_jobs(self, where: Where | None, after: int, limit: int) -> list[JobRecord]:
        """At most `limit` jobs whose `seq` is greater than `after`, in order of `seq`."""
        where = where or _ALL
        sql = f"SELECT {JOB_COLUMNS} FROM job WHERE seq > ? AND ({where.sql}) ORDER BY seq LIMIT ?"
        with self._db.read() as db:
            rows = db.execute(sql, (after, *where.parameters, limit)).fetchall()
        return [job_of(row) for row in rows]

    def change_job(self, job_id: str, change: Callable[[JobRecord], JobRecord]) -> JobRecord | None:
        """Write what `change` makes of the job, and what follows for its tasks; the job as it is then."""
        with self._work() as work:
            old = work.job_named(job_id)
            if old is None:
                return None
            work.put_job(old, change(old))
            work.settle()
            return work.job(old.seq)

    def remove_job(self, job_id: str) -> None:
        """Forget a job and all of its tasks. Tasks go in portions, so that other writers need not wait for millions."""
        while True:
            with self._work() as work:
                job = work.job_named(job_id)
                if job is None:
                    return
                portion = "SELECT seq FROM task WHERE seq BETWEEN ? AND ? LIMIT ?"
                gone = work.db.execute(
                    f"DELETE FROM task WHERE seq IN ({portion})", (*_numbers(job.seq), _REMOVED_AT_ONCE)
                )
                if gone.rowcount < _REMOVED_AT_ONCE:
                    dependencies.forget_job(work.db, job.seq)
                    for table in ("tally", "spent"):
                        work.db.execute(f"DELETE FROM {table} WHERE job = ?", (job.seq,))
                    work.db.execute("DELETE FROM job WHERE seq = ?", (job.seq,))
                    return

    # tasks

    def add_tasks(
        self, job_id: str, check: Callable[[JobRecord], None], tasks: Sequence[dict[str, Any]]
    ) -> list[tuple[TaskRecord, bool]] | None:
        """Keep new tasks made of these specifications; each with whether it was added, or None without such a job."""
        with self._work() as work:
            job = work.job_named(job_id)
            if job is None:
                return None
            check(job)
            seq = work.db.execute("SELECT added FROM tally WHERE job = ?", (job.seq,)).fetchone()[0]
            seq += job.seq << JOB_SHIFT
            moment = now(len(tasks))
            known = work.tasks_named(job, [spec["id"] for spec in tasks])
            answer: list[tuple[TaskRecord, bool]] = []
            for place, spec in enumerate(tasks):
                key = spec["id"].lower()
                task = known.get(key)
                fresh = task is None
                if task is None:
                    seq += 1
                    task = known[key] = lifecycle.new_task(job, spec, moment + place, seq)
                answer.append((task, fresh))
            work.insert_tasks(job, [task for task, fresh in answer if fresh])
            return answer

    def get_task(self, job_id: str, task_id: str) -> TaskRecord | None:
        """The task, or None."""
        with self._db.read() as db:
            row = db.execute(_GET_TASK, (task_id, job_id)).fetchone()
        return task_of(row[0], row[1:]) if row else None

    def list_tasks(self, job_id: str, where: Where | None, after: int, limit: int) -> list[TaskRecord]:
        """At most `limit` tasks of the job whose `seq` is greater than `after`, in order of `seq`."""
        with self._db.read() as db:
            job = db.execute("SELECT seq, id FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
            if job is None:
                return []
            first, last = _numbers(job[0])
            rows = page(db, job[0], (max(after, first), last), where, limit)
        return [task_of(job[1], row) for row in rows]

    def change_task(
        self, job_id: str, task_id: str, change: Callable[[TaskRecord, JobRecord], TaskRecord]
    ) -> TaskRecord | None:
        """Write what `change` makes of the task, and what follows for others; the task as it is then."""
        with self._work() as work:
            job = work.job_named(job_id)
            old = work.task_named(job, task_id) if job else None
            if job is None or old is None:
                return None
            new = change(old, job)
            work.put_task(old, new)
            return new

    def remove_task(
        self, job_id: str, task_id: str, check: Callable[[TaskRecord, JobRecord], None]
    ) -> TaskRecord | None:
        """Forget a task after `check` has let it pass; the record as it was, or None."""
        with self._work() as work:
            job = work.job_named(job_id)
            task = work.task_named(job, task_id) if job else None
            if job is None or task is None:
                return None
            check(task, job)
            work.delete_task(job, task)
            return task

    def counts(self, job_id: str) -> tuple[Counts, Counts]:
        """Tasks and task slots of the job by state; zeros without such a job."""
        sql = f"SELECT {_COUNTERS} FROM tally JOIN job ON job.seq = tally.job WHERE job.id = ? COLLATE NOCASE"
        with self._db.read() as db:
            row = db.execute(sql, (job_id,)).fetchone() or (0,) * 8
        return Counts(*row[:4]), Counts(*row[4:])

    def spent(self, job_id: str) -> JobUsage:
        """What the tasks of the job have used so far."""
        sql = f"SELECT {_SPENT} FROM spent JOIN job ON job.seq = spent.job WHERE job.id = ? COLLATE NOCASE"
        with self._db.read() as db:
            row = db.execute(sql, (job_id,)).fetchone()
        return JobUsage(Usage(*row[:5]), *row[5:]) if row else JobUsage()
