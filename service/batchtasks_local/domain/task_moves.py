"""The state changes of one task, as pure functions: a record and a time in, a record out, or RefusedError."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from batchtasks_local.domain.checks import RefusedError, check_task, refuse_deleting, refuse_ending
from batchtasks_local.domain.clock import MICROSECOND
from batchtasks_local.domain.defaults import task_constraints, task_spec
from batchtasks_local.domain.exits import ENDED_BY_REQUEST, EXIT_CODE_FAILURE
from batchtasks_local.domain.records import JobRecord, Outcome, TaskRecord, TaskState

MAX_INSTANCES = 100
"""The largest pool whose nodes can communicate, which multi-instance tasks need."""


def new_task(job: JobRecord, spec: dict[str, Any], now: int, seq: int = 0) -> TaskRecord:
    """Return a task as just added, with defaults; RefusedError if its job does not allow it."""
    check_task(spec, job)
    return TaskRecord(
        job_id=job.id,
        id=spec["id"],
        spec=task_spec(spec, job.spec),
        state="active",
        created=now,
        modified=now,
        state_since=now,
        seq=seq,
    )


def instance_count(spec: dict[str, Any]) -> int:
    """Return how many instances a task has: 1 unless it is a multi-instance task."""
    return (spec.get("multiInstanceSettings") or {}).get("numberOfInstances") or 1


def slots_taken(instances: int, required_slots: int, total: int) -> int | None:
    """Return how many of the `total` slots a task occupies while it runs; None if it can never run here.

    The instances of a multi-instance task take one slot each, or all slots if there are fewer slots than instances.
    """
    if instances > 1:
        return min(instances, total) if instances <= MAX_INSTANCES else None
    return required_slots if required_slots <= total else None


def start(task: TaskRecord, now: int, node: dict[str, Any]) -> TaskRecord:
    """Start an active task on the node. Its startTime is a moment after its entry into running (recorded)."""
    return _moved(task, "running", now, started=now + MICROSECOND, node=node, run=task.run + 1)


def finish(task: TaskRecord, job: JobRecord, now: int, outcome: Outcome) -> TaskRecord:
    """End a run: the task is completed, or begins its next run. Only a nonzero exit code is retried.

    Between two runs the task stays running on its node: only its counters and times change (recorded). In a job that is
    being disabled it waits as an active one.
    """
    if outcome.failure is None and outcome.exit_code != 0 and may_retry(task, job):
        if job.state == "disabling":
            return _back_to_active(task, now, retry_count=task.retry_count + 1, last_retry=now)
        return evolve(
            task,
            retry_count=task.retry_count + 1,
            last_retry=now,
            started=now + MICROSECOND,
            run=task.run + 1,
            subtasks=[],
        )
    failure = outcome.failure
    if failure is None and outcome.exit_code != 0:
        failure = EXIT_CODE_FAILURE
    result = "failure" if failure else "success"
    return _moved(task, "completed", now, ended=now, exit_code=outcome.exit_code, result=result, failure=failure)


def may_retry(task: TaskRecord, job: JobRecord) -> bool:
    """Return whether retries are left (a limit below 0 means without limit) and the job still runs tasks."""
    limit = task.spec["constraints"]["maxTaskRetryCount"]
    return (limit < 0 or task.retry_count < limit) and job.state not in ("terminating", "completed", "deleting")


def requeue(task: TaskRecord, now: int) -> TaskRecord:
    """Make a running task active again because its node or its job stopped. It does not count as a retry."""
    return _back_to_active(task, now, requeue_count=task.requeue_count + 1, last_requeue=now)


def update(task: TaskRecord, job: JobRecord, constraints: dict[str, Any] | None, now: int) -> TaskRecord:
    """Replace the constraints, in any state; None restores the defaults."""
    refuse_deleting(job)
    filled = task_constraints(constraints, job.spec)
    return evolve(task, spec={**task.spec, "constraints": filled}, modified=now)


def terminate(task: TaskRecord, job: JobRecord, now: int) -> TaskRecord:
    """Complete a task on request, at once. The runner then ends the process, if there is one."""
    refuse_deleting(job)
    if task.state == "completed":
        raise RefusedError("TaskCompleted")
    return evolve(end_by_service(task, now), modified=now)


def end_by_service(task: TaskRecord, now: int) -> TaskRecord:
    """Complete a task because its job ends or is disabled with `terminate`; `modified` does not change."""
    return _moved(task, "completed", now, ended=now, result="failure", failure=ENDED_BY_REQUEST)


def reactivate(task: TaskRecord, job: JobRecord, now: int) -> TaskRecord:
    """Make a task that completed without success active again, with all of its retries."""
    refuse_ending(job)
    if task.state != "completed":
        raise RefusedError("TaskNotCompleted")
    if task.result == "success":
        raise RefusedError("TaskSucceeded")
    reset = {"retry_count": 0, "requeue_count": 0, "last_retry": None, "last_requeue": None, "usage": None}
    return _back_to_active(task, now, modified=now, **reset)


def _moved(task: TaskRecord, state: TaskState, now: int, **changes: Any) -> TaskRecord:
    return evolve(
        task, state=state, state_since=now, previous_state=task.state, previous_since=task.state_since, **changes
    )


def _back_to_active(task: TaskRecord, now: int, **changes: Any) -> TaskRecord:
    return _moved(
        task,
        "active",
        now,
        started=None,
        ended=None,
        exit_code=None,
        result=None,
        failure=None,
        node=None,
        subtasks=[],
        **changes,
    )
