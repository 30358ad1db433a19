"""The state changes of one job, as pure functions: a record and a time in, a record out, or RefusedError.

What a change of the job does to its tasks happens in the same transaction (see `store.unit_of_work`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from batchtasks_local.domain.checks import RefusedError, invalid_property, refuse_deleting, refuse_ending
from batchtasks_local.domain.clock import LAST, MICROSECOND, UNLIMITED, duration_from_text
from batchtasks_local.domain.defaults import job_spec
from batchtasks_local.domain.exits import job_action
from batchtasks_local.domain.records import Delays, JobRecord, JobState, TaskRecord
from batchtasks_local.domain.special_tasks import lets_job_end

DISABLE_TASKS = ("requeue", "terminate", "wait")
PATCHABLE = (
    "priority", "maxParallelTasks", "allowTaskPreemption", "onAllTasksComplete", "constraints", "poolInfo", "metadata",
    "networkConfiguration",
)  # fmt: skip
REPLACED = (
    "priority", "maxParallelTasks", "allowTaskPreemption", "onAllTasksComplete", "constraints", "poolInfo", "metadata",
)  # fmt: skip
_ENDING = ("terminating", "completed", "deleting")


def new_job(spec: dict[str, Any], now: int) -> JobRecord:
    """Return a job as just added: active, with defaults. It was created a moment before it is active (recorded)."""
    since = now + MICROSECOND
    return JobRecord(
        id=spec["id"],
        spec=job_spec(spec),
        state="active",
        created=now,
        modified=since,
        state_since=since,
        started=since,
        pool_id=_pool_id(spec, now),
    )


def _pool_id(spec: dict[str, Any], now: int) -> str | None:
    """Return the id of the pool that a job names, or of its auto pool: a GUID in upper case (recorded)."""
    pool = spec.get("poolInfo") or {}
    auto = pool.get("autoPoolSpecification")
    if auto is None:
        return pool.get("poolId")
    made = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{spec['id']}/{now}")).upper()
    return f"{auto['autoPoolIdPrefix']}_{made}" if auto.get("autoPoolIdPrefix") else made


def patch_job(job: JobRecord, changes: dict[str, Any], now: int) -> JobRecord:
    """Replace the members that are given. A nested object such as constraints is replaced whole, with defaults."""
    refuse_ending(job)
    given = {name: value for name, value in changes.items() if name in PATCHABLE and value is not None}
    spec = job_spec({**job.spec, **given})
    if "poolInfo" in given and not _only_keep_alive_differs(job.spec.get("poolInfo"), spec["poolInfo"]):
        _refuse_pool_change(job)
    return _changed(job, spec, now)


def update_job(job: JobRecord, wanted: dict[str, Any], now: int) -> JobRecord:
    """Replace all members that can be changed; what is left out goes back to its default."""
    refuse_ending(job)
    kept = {name: value for name, value in job.spec.items() if name not in REPLACED}
    spec = job_spec({**kept, **{name: wanted[name] for name in REPLACED if name in wanted}})
    if spec["poolInfo"] != job.spec.get("poolInfo") and not _only_keep_alive_differs(
        job.spec.get("poolInfo"), spec["poolInfo"]
    ):
        _refuse_pool_change(job)
    return _changed(job, spec, now)


def _only_keep_alive_differs(old: dict[str, Any] | None, new: dict[str, Any]) -> bool:
    """Return whether two poolInfos name the same auto pool, which lives as long as its job."""
    before, after = ((pool or {}).get("autoPoolSpecification") for pool in (old, new))
    if not before or not after or before["poolLifetimeOption"] != "job":
        return False
    return {**before, "keepAlive": None} == {**after, "keepAlive": None}


def _refuse_pool_change(job: JobRecord) -> None:
    if job.state != "disabled":
        reason = f"The pool of a job can be changed only while the job is disabled; it is {job.state}"
        raise RefusedError("OperationInvalidForCurrentState", ("PropertyName", "poolInfo"), ("Reason", reason))


def _changed(job: JobRecord, spec: dict[str, Any], now: int) -> JobRecord:
    """Return a job with another specification, if the service allows the change (documented)."""
    if _ends_by_itself(job) and spec["onAllTasksComplete"] != "terminatejob":
        reason = "It cannot be changed from terminatejob back to noaction"
        raise invalid_property("onAllTasksComplete", spec["onAllTasksComplete"], reason)
    same_pool = spec.get("poolInfo") == job.spec.get("poolInfo")
    pool_id = (
        job.pool_id if same_pool or "autoPoolSpecification" in spec["poolInfo"] else spec["poolInfo"].get("poolId")
    )
    return evolve(job, spec=spec, modified=now, pool_id=pool_id)


def terminate_job(job: JobRecord, reason: str | None, now: int) -> JobRecord:
    """Begin to end a job on request."""
    refuse_ending(job)
    return end_job(job, reason or "UserTerminate", now)


def end_job(job: JobRecord, reason: str, now: int) -> JobRecord:
    """Begin to end a job. The reason shows at once, and the ETag moves, also without a request (recorded)."""
    return _moved(job, "terminating", now, modified=now, terminate_reason=reason)


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


def settle_job(job: JobRecord, now: int, delays: Delays = Delays(), *, runs_tasks: bool = True) -> JobRecord:  # noqa: B008 - frozen
    """Return the job once none of its tasks runs: disabling becomes disabled, terminating becomes completed.

    A job shows for a moment that it is terminating. Afterwards its previous state is still the one before (recorded).
    Unless the service runs no tasks, it also waits for its release task.
    """
    is_due = job.state == "terminating" and now >= job.state_since + delays.terminating
    if is_due and lets_job_end(job, runs_tasks=runs_tasks):
        return evolve(job, state="completed", state_since=now, ended=now)
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


def after_manager(job: JobRecord, task: TaskRecord, now: int) -> JobRecord:
    """Return the job when a task is completed: it ends if the task is its manager, and killJobOnCompletion says so."""
    manager = job.spec.get("jobManagerTask")
    if manager is None or job.state in _ENDING or task.id.lower() != manager["id"].lower():
        return job
    return end_job(job, "JMComplete", now) if manager["killJobOnCompletion"] else job


def after_all_tasks(job: JobRecord, now: int, delays: Delays, *, had_tasks: bool) -> JobRecord:
    """Return the job when none of its tasks is left to run: it ends if onAllTasksComplete says so.

    If it has never had a task, it ends only some time after its last change: programs add a job with terminatejob first
    and its tasks afterwards, and the real service waits for them (recorded).
    """
    if not _ends_by_itself(job) or (not had_tasks and now < job.modified + delays.empty):
        return job
    return end_job(job, "AllTasksCompleted", now)


def _ends_by_itself(job: JobRecord) -> bool:
    return job.state == "active" and job.spec.get("onAllTasksComplete") == "terminatejob"


def deadline(job: JobRecord, delays: Delays = Delays(), after: int = 0) -> int | None:  # noqa: B008 - frozen
    """Return the next moment, in ticks, at which time alone may change the job (see `pass_time`); None if there is none.

    Args:
        job: The job.
        delays: How long a job waits.
        after: Only moments after this one count.
    """
    return min((moment for moment in _moments(job, delays) if after < moment <= LAST), default=None)


def _moments(job: JobRecord, delays: Delays) -> Iterator[int]:
    if job.state == "terminating":
        yield job.state_since + delays.terminating
    elif job.state not in _ENDING:
        if (limit := duration_from_text(job.spec["constraints"]["maxWallClockTime"])) != UNLIMITED:
            yield job.created + limit
        if _ends_by_itself(job):
            yield job.modified + delays.empty


def pass_time(job: JobRecord, now: int) -> JobRecord:
    """Return the job at a later time: it ends if its maxWallClockTime has expired."""
    if job.state in _ENDING:
        return job
    limit = duration_from_text(job.spec["constraints"]["maxWallClockTime"])
    expired = limit != UNLIMITED and now >= job.created + limit
    return end_job(job, "MaxWallClockTimeExpiry", now) if expired else job


def _moved(job: JobRecord, state: JobState, now: int, **changes: Any) -> JobRecord:
    return evolve(
        job, state=state, state_since=now, previous_state=job.state, previous_since=job.state_since, **changes
    )
