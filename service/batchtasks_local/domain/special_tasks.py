"""The preparation task of a job, which runs before its first task, and its release task, which runs at its end.

Both are no tasks of the job: they have no row of their own, are not listed and not counted. The runner carries them out
like tasks; there they have numbers below 0.
"""

from __future__ import annotations

from typing import Literal

from attrs import evolve

from batchtasks_local.domain.clock import MICROSECOND
from batchtasks_local.domain.exits import ENDED_BY_REQUEST, EXIT_CODE_FAILURE
from batchtasks_local.domain.records import JobRecord, Outcome, SpecialTask, TaskRecord

Kind = Literal["preparation", "release"]
MEMBERS: dict[Kind, str] = {"preparation": "jobPreparationTask", "release": "jobReleaseTask"}
_ENDING = ("terminating", "deleting")


def has_any(job: JobRecord) -> bool:
    """Return whether a job has a preparation or a release task."""
    return any(member in job.spec for member in MEMBERS.values())


def stage(job: JobRecord) -> Literal["preparation", "release", "running"] | None:
    """Return which special task of a job has to start next, `running` while one runs, or None."""
    if any(task is not None and task.state == "running" for task in (job.preparation, job.release)):
        return "running"
    if job.state == "active" and MEMBERS["preparation"] in job.spec and job.preparation is None:
        return "preparation"
    # The release task runs on each node that the preparation task has run on.
    is_due = job.state in _ENDING and MEMBERS["release"] in job.spec and job.preparation is not None
    return "release" if is_due and job.release is None else None


def lets_tasks_start(job: JobRecord) -> bool:
    """Return whether the tasks of a job may start as far as its preparation task is concerned."""
    preparation = job.spec.get(MEMBERS["preparation"])
    if preparation is None:
        return True
    if job.preparation is None:
        return False
    return job.preparation.result == "success" or not preparation["waitForSuccess"]


def lets_job_end(job: JobRecord, *, runs_tasks: bool) -> bool:
    """Return whether a job that ends has no special task left to run; `runs_tasks`: whether the service runs any."""
    found = stage(job)
    return found != "running" and not (found == "release" and runs_tasks)


def start(job: JobRecord, kind: Kind, now: int) -> JobRecord:
    """Start a special task."""
    return _with(job, kind, SpecialTask("running", started=now))


def finish(job: JobRecord, kind: Kind, now: int, outcome: Outcome) -> JobRecord:
    """End a run of a special task: it is completed, or begins its next run."""
    task = _of(job, kind)
    failed = outcome.exit_code != 0 or outcome.failure is not None
    limit = job.spec[MEMBERS[kind]].get("constraints", {}).get("maxTaskRetryCount", 0)
    may_retry = job.state not in (*_ENDING, "completed") and (limit < 0 or task.retry_count < limit)
    if failed and outcome.failure is None and may_retry:
        return _with(job, kind, evolve(
            task, retry_count=task.retry_count + 1, last_retry=now, started=now + MICROSECOND, run=task.run + 1
        ))  # fmt: skip
    failure = outcome.failure or (EXIT_CODE_FAILURE if failed else None)
    if failure and kind == "preparation" and job.state in _ENDING:
        failure = ENDED_BY_REQUEST
    result: Literal["success", "failure"] = "failure" if failure else "success"
    done = evolve(task, state="completed", ended=now, exit_code=outcome.exit_code, failure=failure, result=result)
    return _with(job, kind, done)


def forget_running(job: JobRecord) -> JobRecord:
    """Return a job whose special task has to run once more, because the service that ran it has ended."""
    for kind in MEMBERS:
        task = job.preparation if kind == "preparation" else job.release
        if task is not None and task.state == "running":
            job = _with(job, kind, None)
    return job


def running(job: JobRecord, seq: int, run: int) -> TaskRecord | None:
    """Return the special task with this number if that run of it is to go on, else None."""
    kind = kind_of(seq)
    task = job.preparation if kind == "preparation" else job.release
    if task is None or (task.state, task.run) != ("running", run):
        return None
    return None if kind == "preparation" and job.state in _ENDING else as_task(job, kind)


def as_task(job: JobRecord, kind: Kind) -> TaskRecord:
    """Return a running special task in the form in which the runner carries out tasks."""
    member, task = job.spec[MEMBERS[kind]], _of(job, kind)
    limits = {"maxWallClockTime": member.get("maxWallClockTime"), "retentionTime": member.get("retentionTime")}
    return TaskRecord(
        job_id=job.id,
        id=member["id"],
        spec={"constraints": limits, **member, "requiredSlots": 1},
        state="running",
        created=task.started,
        modified=task.started,
        state_since=task.started,
        started=task.started,
        run=task.run,
        seq=-2 * job.seq - (kind == "release"),
    )


def job_of(seq: int) -> int:
    """Return the number of the job of a special task."""
    return -seq // 2


def kind_of(seq: int) -> Kind:
    """Return which special task a number below 0 is of."""
    return "release" if seq % 2 else "preparation"


def _of(job: JobRecord, kind: Kind) -> SpecialTask:
    task = job.preparation if kind == "preparation" else job.release
    assert task is not None
    return task


def _with(job: JobRecord, kind: Kind, task: SpecialTask | None) -> JobRecord:
    return evolve(job, preparation=task) if kind == "preparation" else evolve(job, release=task)
