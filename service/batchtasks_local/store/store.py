"""The store: what operations and the runner read and write. Every method is one transaction."""

# ruff: noqa: S608 - SQL text is put together from constants of this package; values are always parameters

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from attrs import evolve, frozen

from batchtasks_local.domain import special_tasks, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.clock import now
from batchtasks_local.domain.filters import Node
from batchtasks_local.domain.records import Counts, Delays, JobRecord, JobUsage, Outcome, TaskRecord, Usage
from batchtasks_local.store import queries
from batchtasks_local.store.dependencies import delete_job_dependencies
from batchtasks_local.store.pools import Pools
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.rows import JOB_COLUMNS, TASK_COLUMNS, job_from_row, task_from_row
from batchtasks_local.store.schema import JOB_SHIFT
from batchtasks_local.store.transactions import Database
from batchtasks_local.store.unit_of_work import UnitOfWork, job_number

_DELETED_AT_ONCE = 2_000
_COUNTS = "active, running, succeeded, failed"
_SLOTS = ", ".join(f"{name}_slots" for name in _COUNTS.split(", "))
_USAGE = "user, kernel, read_blocks, written_blocks, wall"
_GET_TASK = (
    f"SELECT job.id, {', '.join(f'task.{name}' for name in TASK_COLUMNS.split(', '))}"
    " FROM job JOIN task ON task.job = job.seq AND task.id = ? COLLATE NOCASE WHERE job.id = ? COLLATE NOCASE"
)


@frozen
class FinishedRun:
    """A run that has ended.

    Attributes:
        seq, run: Which run of which task it was.
        ended: When it ended, in ticks.
        usage: What its processes have used; the store adds the wall clock time.
    """

    seq: int
    run: int
    ended: int
    outcome: Outcome
    subtasks: tuple[dict[str, Any], ...] = ()
    usage: Usage | None = None


class Store:
    """Jobs and tasks in a data folder, or in memory (None). Its methods may be called from any thread.

    Ids are found in any letter case and returned as they were written. `change_job` and `change_task` read a record,
    pass it to `change` and write what that returns, in one transaction; if `change` raises, nothing is written. Without
    `runs_tasks`, jobs do not wait for their release tasks, which nobody starts.

    Raises:
        DataFolderError: The folder cannot be used.
        sqlite3.Error: By any method, if a read or write fails; nothing of its transaction is kept.
    """

    def __init__(self, folder: Path | None = None, delays: Delays = Delays(), *, runs_tasks: bool = True) -> None:  # noqa: B008 - frozen
        self.database = Database(folder)
        self.pools = Pools(self.database)
        self._delays = delays
        self.runs_tasks = runs_tasks

    def close(self) -> None:
        """Close the database and release the folder; a second call does nothing."""
        self.database.close()

    @contextmanager
    def _work(self, *, lasting: bool = True) -> Iterator[UnitOfWork]:
        with self.database.write(lasting=lasting) as db:
            work = UnitOfWork(db, self._delays, runs_tasks=self.runs_tasks)
            yield work
            work.settle()

    # jobs

    def add_job(self, job: JobRecord) -> bool:
        """Add a job, and its manager task if it has one; return False if its id is taken."""
        with self._work() as work:
            if not work.add_job(job):
                return False
            added = work.find_job(job.id)
            manager = task_moves.manager_task(added, now(), (added.seq << JOB_SHIFT) + 1) if added else None
            if added and manager:
                work.insert_tasks(added, [manager])
            return True

    def get_job(self, job_id: str) -> JobRecord | None:
        """Return the job, or None."""
        with self.database.read() as db:
            row = db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
        return job_from_row(row) if row else None

    def list_jobs(self, tree: Node | None, after: int, limit: int) -> list[JobRecord]:
        """Return at most `limit` jobs that a filter matches, whose `seq` is greater than `after`, in order of `seq`."""
        with self.database.read() as db:
            rows = queries.job_page(db, after, tree, limit)
        return [job_from_row(row) for row in rows]

    def change_job(self, job_id: str, change: Callable[[JobRecord], JobRecord]) -> JobRecord | None:
        """Change a job, and its tasks as far as the rules ask for that; return it, or None if there is no such job."""
        with self._work() as work:
            old = work.find_job(job_id)
            if old is None:
                return None
            work.put_job(old, change(old))
            work.settle()
            return work.job(old.seq)

    def remove_job(self, job_id: str) -> None:
        """Delete a job and its tasks, in portions, so that other writers do not wait while a million tasks go."""
        while True:
            with self._work() as work:
                job = work.find_job(job_id)
                if job is None:
                    return
                portion = "SELECT seq FROM task WHERE seq BETWEEN ? AND ? LIMIT ?"
                sql = f"DELETE FROM task WHERE seq IN ({portion})"
                if work.db.execute(sql, (*_numbers(job.seq), _DELETED_AT_ONCE)).rowcount < _DELETED_AT_ONCE:
                    delete_job_dependencies(work.db, job.seq)
                    for table in ("job_counts", "job_usage"):
                        work.db.execute(f"DELETE FROM {table} WHERE job = ?", (job.seq,))
                    work.db.execute("DELETE FROM job WHERE seq = ?", (job.seq,))
                    return

    def counts(self, job_id: str) -> tuple[Counts, Counts]:
        """Return the tasks and the task slots of a job by state; zeros if there is no such job."""
        sql = f"SELECT {_COUNTS}, {_SLOTS} FROM job_counts JOIN job ON job.seq = job_counts.job"
        with self.database.read() as db:
            row = db.execute(f"{sql} WHERE job.id = ? COLLATE NOCASE", (job_id,)).fetchone() or (0,) * 8
        return Counts(*row[:4]), Counts(*row[4:])

    def job_usage(self, job_id: str) -> JobUsage:
        """Return what the tasks of a job have used so far; zeros if there is no such job."""
        sql = f"SELECT wait, retries, {_USAGE} FROM job_usage JOIN job ON job.seq = job_usage.job"
        with self.database.read() as db:
            row = db.execute(f"{sql} WHERE job.id = ? COLLATE NOCASE", (job_id,)).fetchone()
        return JobUsage(wait=row[0], retries=row[1], usage=Usage(*row[2:])) if row else JobUsage()

    # tasks

    def add_tasks(
        self, job_id: str, check: Callable[[JobRecord], None], specs: Sequence[dict[str, Any]]
    ) -> list[tuple[TaskRecord, bool] | RefusedError] | None:
        """Add tasks, all in one transaction.

        Args:
            job_id: The id of their job.
            check: Is called with the job first, and raises to refuse all tasks.
            specs: The members of the requests, by their names in JSON.

        Returns:
            For each spec, in order: the new task and True, the task that already has the id and False, or why the job
            does not allow it. None if there is no such job. Every new task has its own `modified`, hence its own ETag.
        """
        with self._work() as work:
            job = work.find_job(job_id)
            if job is None:
                return None
            check(job)
            last = work.db.execute("SELECT last_task FROM job_counts WHERE job = ?", (job.seq,)).fetchone()[0]
            seq = (job.seq << JOB_SHIFT) + last
            moment = now(len(specs))
            known = work.find_tasks(job, [spec["id"] for spec in specs])
            answer: list[tuple[TaskRecord, bool] | RefusedError] = []
            new: list[TaskRecord] = []
            for place, spec in enumerate(specs):
                task = known.get(spec["id"].lower())
                if task is not None:
                    answer.append((task, False))
                    continue
                try:
                    task = task_moves.new_task(job, spec, moment + place, seq + len(new) + 1)
                except RefusedError as error:
                    answer.append(error)
                    continue
                known[spec["id"].lower()] = task
                new.append(task)
                answer.append((task, True))
            work.insert_tasks(job, new)
            return answer

    def get_task(self, job_id: str, task_id: str) -> TaskRecord | None:
        """Return the task, or None."""
        with self.database.read() as db:
            row = db.execute(_GET_TASK, (task_id, job_id)).fetchone()
        return task_from_row(row[0], row[1:]) if row else None

    def list_tasks(self, job_id: str, tree: Node | None, after: str, limit: int) -> list[TaskRecord]:
        """Return at most `limit` tasks of a job that a filter matches, whose id is greater than `after`, by id."""
        with self.database.read() as db:
            job = db.execute("SELECT seq, id FROM job WHERE id = ? COLLATE NOCASE", (job_id,)).fetchone()
            if job is None:
                return []
            rows = queries.task_page(db, job[0], after, tree, limit)
        return [task_from_row(job[1], row) for row in rows]

    def change_task(
        self, job_id: str, task_id: str, change: Callable[[TaskRecord, JobRecord], TaskRecord]
    ) -> TaskRecord | None:
        """Change a task, and others as far as the rules ask for that; return it, or None if there is no such task."""
        with self._work() as work:
            job = work.find_job(job_id)
            old = work.find_task(job, task_id) if job else None
            if job is None or old is None:
                return None
            new = change(old, job)
            work.put_task(old, new)
            return new

    def remove_task(
        self, job_id: str, task_id: str, check: Callable[[TaskRecord, JobRecord], None]
    ) -> TaskRecord | None:
        """Delete a task unless `check` raises; return it as it was, or None if there is no such task."""
        with self._work() as work:
            job = work.find_job(job_id)
            task = work.find_task(job, task_id) if job else None
            if job is None or task is None:
                return None
            check(task, job)
            work.delete_task(job, task)
            return task

    # for the runner; its writes never change the `modified` of a task

    def advance(self, finished: Sequence[FinishedRun], capacity: Capacity | None) -> list[tuple[TaskRecord, JobRecord]]:
        """Write the ends of runs, then start the next tasks, unless `capacity` is None.

        A run that is no longer the current run of a running task changes nothing but a missing exit code.

        Args:
            finished: The runs that have ended.
            capacity: What there is room for, besides the runs that have not ended.

        Returns:
            The tasks that run from now on: those that are run again, which keep their slots, and new ones.
        """
        with self._work(lasting=False) as work:
            retried = [end for end in finished if _finish(work, end)]
            # A job that has just ended or been disabled, or whose time is over, must not start anything.
            work.pass_time()
            work.settle()
            again = _run_again(work, retried)
            if capacity is None:
                return again
            free = capacity.free - sum(_slots(task, capacity.total) for task, _ in again)
            special = work.start_special(free) if free > 0 else []
            started = again + special + work.start_tasks(evolve(capacity, free=free - len(special)))
            for task, _ in started:
                capacity.before_start(task)
            return started

    def still_running(self, runs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """Return those of the runs (`seq`, `run`) whose tasks are running, with their maxWallClockTime."""
        sql = "SELECT spec FROM task WHERE seq = ? AND run = ? AND state = 'running'"
        with self.database.read() as db:
            found = {run: db.execute(sql, run).fetchone() for run in runs if run[0] > 0}
            special = {run: _special_spec(db, run) for run in runs if run[0] < 0}
        specs = {run: orjson.loads(row[0]) for run, row in found.items() if row}
        specs.update((run, spec) for run, spec in special.items() if spec)
        return {run: spec["constraints"]["maxWallClockTime"] for run, spec in specs.items()}

    def write_subtasks(self, seq: int, run: int, subtasks: Sequence[dict[str, Any]]) -> None:
        """Write the subtasks of a running task."""
        sql = "UPDATE task SET subtasks = ? WHERE seq = ? AND run = ? AND state = 'running'"
        with self.database.write(lasting=False) as db:
            db.execute(sql, (orjson.dumps(list(subtasks)), seq, run))

    def requeue_running(self) -> int:
        """Make every running task active again because no process runs any more; return their number."""
        with self._work(lasting=False) as work:
            jobs = [row[0] for row in work.db.execute("SELECT job FROM job_counts WHERE running > 0").fetchall()]
            count = 0
            for job in map(work.job, jobs):
                for task in work.running_tasks(job):
                    work.put_task(task, task_moves.requeue(task, now()))
                    count += 1
            # A job that waits for its release task ends without it if the service runs no tasks this time.
            sql = f"SELECT {JOB_COLUMNS} FROM job WHERE special = 'running' OR state = 'terminating'"
            for row in work.db.execute(sql).fetchall():
                job = job_from_row(row)
                work.put_job(job, special_tasks.forget_running(job))
            return count

    def pass_time(self) -> int | None:
        """Do what time alone does to jobs, such as ending those whose maxWallClockTime has expired.

        Returns:
            When to call this again, in ticks; None if no job waits for a moment.
        """
        with self.database.read() as db:
            earliest = _earliest_deadline(db)
        if earliest is None or earliest > now():
            return earliest
        with self._work(lasting=False) as work:
            work.pass_time()
            work.settle()
            return _earliest_deadline(work.db)

    def deleting_jobs(self) -> list[JobRecord]:
        """Return the jobs that are being deleted; the runner removes them once their processes and files are gone."""
        with self.database.read() as db:
            rows = db.execute(f"SELECT {JOB_COLUMNS} FROM job WHERE state = 'deleting' ORDER BY seq").fetchall()
        return [job_from_row(row) for row in rows]

    def expired_tasks(self, limit: int) -> list[TaskRecord]:
        """Return completed tasks whose retention time is over and whose files may still exist."""
        sql = f"SELECT job, {TASK_COLUMNS} FROM task WHERE expires <= ? ORDER BY expires LIMIT ?"
        with self.database.read() as db:
            rows = db.execute(sql, (now(), limit)).fetchall()
            names = {row[0]: db.execute("SELECT id FROM job WHERE seq = ?", (row[0],)).fetchone() for row in rows}
        return [task_from_row(names[row[0]][0], row[1:]) for row in rows if names[row[0]]]

    def forget_files(self, tasks: Sequence[TaskRecord]) -> None:
        """Note that the files of these tasks, as of the given runs, are deleted."""
        sql = "UPDATE task SET expires = NULL WHERE seq = ? AND run = ? AND state = 'completed'"
        with self.database.write(lasting=False) as db:
            db.executemany(sql, [(task.seq, task.run) for task in tasks])


def _numbers(job: int) -> tuple[int, int]:
    """Return one less than the first `seq` that a task of a job can have, and the last."""
    return job << JOB_SHIFT, ((job + 1) << JOB_SHIFT) - 1


def _special_spec(db: sqlite3.Connection, run: tuple[int, int]) -> dict[str, Any] | None:
    sql = f"SELECT {JOB_COLUMNS} FROM job WHERE seq = ?"
    row = db.execute(sql, (special_tasks.job_of(run[0]),)).fetchone()
    task = special_tasks.running(job_from_row(row), *run) if row else None
    return task.spec if task else None


def _earliest_deadline(db: sqlite3.Connection) -> int | None:
    row = db.execute("SELECT deadline FROM job WHERE deadline IS NOT NULL ORDER BY deadline LIMIT 1").fetchone()
    return row[0] if row else None


def _finish(work: UnitOfWork, end: FinishedRun) -> bool:
    """Write the end of a run; return whether the task begins its next run."""
    if end.seq < 0:
        return work.finish_special(end.seq, end.run, end.ended, end.outcome)
    old = work.task(end.seq)
    if old is None or old.run != end.run:
        return False
    used = _used(old, end)
    task = evolve(old, usage=used + (old.usage or Usage()))
    if end.subtasks:
        task = evolve(task, subtasks=list(end.subtasks))
    if task.state == "running":
        task = task_moves.finish(task, work.job(job_number(task)), end.ended, end.outcome)
    elif task.state == "completed" and task.exit_code is None:
        # It was completed on request while its process ran; the exit code is known only now.
        task = evolve(task, exit_code=end.outcome.exit_code)
    else:
        return False
    work.put_task(old, task, job_action=True)
    waited = (old.started or 0) - old.created if task.state == "completed" else 0
    work.add_usage(job_number(task), JobUsage(used, waited, task.retry_count - old.retry_count))
    return task.run != old.run


def _used(task: TaskRecord, end: FinishedRun) -> Usage:
    """Return what a run has used. Its wall clock time ends when the run ended, or was ended on request."""
    wall = (task.ended or end.ended) - (task.started or end.ended)
    return (end.usage or Usage()) + Usage(wall=max(wall, 0))


def _run_again(work: UnitOfWork, retried: Sequence[FinishedRun]) -> list[tuple[TaskRecord, JobRecord]]:
    """Return the tasks that are run again, but for those that the end of another run has stopped since."""
    tasks = [work.task(end.seq) if end.seq > 0 else work.special_task(end.seq) for end in retried]
    return [(task, work.job(_job_of(task.seq))) for task in tasks if task and task.state == "running"]


def _job_of(seq: int) -> int:
    return seq >> JOB_SHIFT if seq > 0 else special_tasks.job_of(seq)


def _slots(task: TaskRecord, total: int) -> int:
    """Return how many slots a running task takes."""
    return task_moves.slots_taken(task_moves.instance_count(task.spec), task.spec["requiredSlots"], total) or total
