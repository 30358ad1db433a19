"""The moves of one job. Pure: a record and a time in, a record out, or Refused.

What a job's move does to its tasks, the store carries out in the same transaction (see `store/work.py`).
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from batchtasks_local.clock import LAST, UNLIMITED, duration_from_text
from batchtasks_local.lifecycle.checks import refuse_deleting, refuse_ending
from batchtasks_local.lifecycle.defaults import job_spec
from batchtasks_local.lifecycle.exits import job_action
from batchtasks_local.lifecycle.refused import invalid
from batchtasks_local.records import JobRecord, JobState, TaskRecord

DISABLE_TASKS = ("requeue", "terminate", "wait")
PATCHABLE = (
    "priority", "maxParallelTasks", "allowTaskPreemption", "onAllTasksComplete", "constraints", "poolInfo", "metadata",
    "networkConfiguration",
)  # fmt: skip


def new_job(spec: dict[str, Any], now: int) -> JobRecord:
    """A job as added now: active and started, defaults filled in."""
    return JobRecord(
        id=spec["id"], spec=job_spec(spec), state="active", created=now, modified=now, state_since=now, started=now
    )


def _moved(job: JobRecord, state: JobState, now: int, **changes: Any) -> JobRecord:
    return evolve(
        job, state=state, state_since=now, previous_state=job.state, previous_since=job.state_since, **changes
    )


def patch_job(job: JobRecord, changes: dict[str, Any], now: int) -> JobRecord:
    """Take over the members given; a nested object such as constraints is replaced whole, with defaults inside."""
    refuse_ending(job)
    given = {name: value for name, value in changes.items() if name in PATCHABLE and value is not None}
    return evolve(job, spec=job_spec({**job.spec, **given}), modified=now)


def terminate_job(job: JobRecord, reason: str | None, now: int) -> JobRecord:
    """Begin to end a job by request."""
    refuse_ending(job)
    return evolve(end_job(job, reason, now), modified=now)


def end_job(job: JobRecord, reason: str | None, now: int) -> JobRecord:
    """Begin to end a job, by the service's own doing; `modified` stays."""
    return _moved(job, "terminating", now, terminate_reason=reason)


def disable_job(job: JobRecord, disable_tasks: str, now: int) -> JobRecord:
    """Begin to disable a job; `disable_tasks` (requeue, terminate, wait) is what becomes of its running tasks."""
    refuse_ending(job)
    wish = disable_tasks.lower()
    if wish not in DISABLE_TASKS:
        raise invalid("disableTasks", disable_tasks, f"It must be one of {', '.join(DISABLE_TASKS)}")
    return evolve(_disabled_by(job, wish, now), modified=now)


def _disabled_by(job: JobRecord, wish: str, now: int) -> JobRecord:
    if job.state in ("disabling", "disabled"):
        return evolve(job, disable_tasks=wish)
    return _moved(job, "disabling", now, disable_tasks=wish)


def enable_job(job: JobRecord, now: int) -> JobRecord:
    """Make a disabled job active again; one that is active stays as it is."""
    refuse_ending(job)
    return job if job.state == "active" else _moved(job, "active", now, modified=now, disable_tasks=None)


def delete_job(job: JobRecord, now: int) -> JobRecord:
    """Begin to delete a job, whatever its state."""
    refuse_deleting(job)
    return _moved(job, "deleting", now, modified=now)


def settle_job(job: JobRecord, now: int) -> JobRecord:
    """What a job becomes once none of its tasks runs: disabled, or completed; other states stay."""
    if job.state == "terminating":
        return _moved(job, "completed", now, ended=now)
    if job.state == "disabling":
        return _moved(job, "disabled", now)
    return job


def after_task(job: JobRecord, task: TaskRecord, now: int) -> JobRecord:
    """What a completed task's exit options do to its job; only where onTaskFailure asks for it."""
    acts = str(job.spec.get("onTaskFailure")).lower() == "performexitoptionsjobaction"
    if not acts or job.state in ("terminating", "completed", "deleting"):
        return job
    action = job_action(task)
    if action == "terminate":
        return end_job(job, "TaskFailed", now)
    return _disabled_by(job, "requeue", now) if action == "disable" else job


def after_all_tasks(job: JobRecord, now: int) -> JobRecord:
    """What a job becomes when every task in it is completed, which a job without tasks counts as too."""
    if job.state == "active" and str(job.spec.get("onAllTasksComplete")).lower() == "terminatejob":
        return end_job(job, "AllTasksComplete", now)
    return job


def deadline(job: JobRecord) -> int | None:
    """When the job's maxWallClockTime is over, in ticks; None without a limit or once it has ended."""
    if job.state in ("terminating", "completed", "deleting"):
        return None
    limit = duration_from_text(job.spec["constraints"]["maxWallClockTime"])
    moment = job.created + limit
    return None if limit == UNLIMITED or moment > LAST else moment


def out_of_time(job: JobRecord, now: int) -> JobRecord:
    """End a job whose maxWallClockTime is over."""
    return end_job(job, "MaxWallClockTimeExpiry", now)
