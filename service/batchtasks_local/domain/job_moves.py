"""The state changes of one job, as pure functions: a record and a time in, a record out, or RefusedError.

What a change of the job does to its tasks happens in the same transaction (see `store.unit_of_work`).
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from batchtasks_local.domain.checks import invalid_property, refuse_deleting, refuse_ending
from batchtasks_local.domain.clock import LAST, UNLIMITED, duration_from_text
from batchtasks_local.domain.defaults import job_spec
from batchtasks_local.domain.exits import job_action
from batchtasks_local.domain.records import JobRecord, JobState, TaskRecord

DISABLE_TASKS = ("requeue", "terminate", "wait")
PATCHABLE = (
    "priority", "maxParallelTasks", "allowTaskPreemption", "onAllTasksComplete", "constraints", "poolInfo", "metadata",
    "networkConfiguration",
)  # fmt: skip
_ENDING = ("terminating", "completed", "deleting")


def new_job(spec: dict[str, Any], now: int) -> JobRecord:
    """Return a job as just added: active and started, with defaults."""
    return JobRecord(
        id=spec["id"], spec=job_spec(spec), state="active", created=now, modified=now, state_since=now, started=now
    )


def patch_job(job: JobRecord, changes: dict[str, Any], now: int) -> JobRecord:
    """Replace the members that are given. A nested object such as constraints is replaced whole, with defaults."""
    refuse_ending(job)
    given = {name: value for name, value in changes.items() if name in PATCHABLE and value is not None}
    return evolve(job, spec=job_spec({**job.spec, **given}), modified=now)


def terminate_job(job: JobRecord, reason: str | None, now: int) -> JobRecord:
    """Begin to end a job on request."""
    refuse_ending(job)
    return evolve(end_job(job, reason, now), modified=now)


def end_job(job: JobRecord, reason: str | None, now: int) -> JobRecord:
    """Begin to end a job without a request; `modified` does not change."""
    return _moved(job, "terminating", now, terminate_reason=reason)


def disable_job(job: JobRecord, disable_tasks: str, now: int) -> JobRecord:
    """Begin to disable a job. `disable_tasks` (requeue, terminate, wait) says what happens to its running tasks."""
    refuse_ending(job)
    if disable_tasks not in DISABLE_TASKS:
        raise invalid_property("disableTasks", disable_tasks, f"It must be one of {', '.join(DISABLE_TASKS)}")
    return evolve(_disabled(job, disable_tasks, now), modified=now)


def _disabled(job: JobRecord, disable_tasks: str, now: int) -> JobRecord:
    if job.state in ("disabling", "disabled"):
        return evolve(job, disable_tasks=disable_tasks)
    return _moved(job, "disabling", now, disable_tasks=disable_tasks)


def enable_job(job: JobRecord, now: int) -> JobRecord:
    """Make a disabled job active again. An active job stays as it is."""
    refuse_ending(job)
    return job if job.state == "active" else _moved(job, "active", now, modified=now, disable_tasks=None)


def delete_job(job: JobRecord, now: int) -> JobRecord:
    """Begin to delete a job, in any state."""
    refuse_deleting(job)
    return _moved(job, "deleting", now, modified=now)


def settle_job(job: JobRecord, now: int) -> JobRecord:
    """Return the job once none of its tasks runs: disabling becomes disabled, terminating becomes completed."""
    if job.state == "terminating":
        return _moved(job, "completed", now, ended=now)
    if job.state == "disabling":
        return _moved(job, "disabled", now)
    return job


def after_task(job: JobRecord, task: TaskRecord, now: int) -> JobRecord:
    """Apply the exit options of a completed task to its job, if the job's onTaskFailure asks for that."""
    if job.spec.get("onTaskFailure") != "performexitoptionsjobaction" or job.state in _ENDING:
        return job
    action = job_action(task)
    if action == "terminate":
        return end_job(job, "TaskFailed", now)
    return _disabled(job, "requeue", now) if action == "disable" else job


def after_all_tasks(job: JobRecord, now: int) -> JobRecord:
    """Return the job when all of its tasks are completed, or there are none: it ends if onAllTasksComplete says so."""
    if job.state == "active" and job.spec.get("onAllTasksComplete") == "terminatejob":
        return end_job(job, "AllTasksComplete", now)
    return job


def deadline(job: JobRecord) -> int | None:
    """Return when the job's maxWallClockTime expires, in ticks; None without a limit or once the job has ended."""
    if job.state in _ENDING:
        return None
    limit = duration_from_text(job.spec["constraints"]["maxWallClockTime"])
    moment = job.created + limit
    return None if limit == UNLIMITED or moment > LAST else moment


def expire_job(job: JobRecord, now: int) -> JobRecord:
    """End a job whose maxWallClockTime has expired."""
    return end_job(job, "MaxWallClockTimeExpiry", now)


def _moved(job: JobRecord, state: JobState, now: int, **changes: Any) -> JobRecord:
    return evolve(
        job, state=state, state_since=now, previous_state=job.state, previous_since=job.state_since, **changes
    )
