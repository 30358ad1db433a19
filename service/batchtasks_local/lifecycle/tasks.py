"""The moves of one task. Pure: a record and a time in, a record out, or Refused."""

from __future__ import annotations

from typing import Any, Literal

from attrs import evolve, frozen

from batchtasks_local.lifecycle.checks import check_task, refuse_deleting, refuse_ending
from batchtasks_local.lifecycle.defaults import task_constraints, task_spec
from batchtasks_local.lifecycle.refused import Refused
from batchtasks_local.records import JobRecord, TaskRecord, TaskState


@frozen
class Outcome:
    """How a run of a task's process ended: its exit code if one ran, and a failureInfo if more than that went wrong."""

    exit_code: int | None = None
    failure: dict[str, Any] | None = None


def failure_info(
    code: str, message: str, category: Literal["UserError", "ServerError"] = "UserError", **details: str
) -> dict[str, Any]:
    """A failureInfo in wire form; keyword arguments become its details."""
    info: dict[str, Any] = {"category": category, "code": code, "message": message}
    if details:
        info["details"] = [{"name": name, "value": value} for name, value in details.items()]
    return info


EXIT_CODE_FAILURE = failure_info(
    "FailureExitCode",
    "The task exited with an exit code representing a failure",
    Message="The task process exited with an unexpected exit code",
    AdditionalErrorCode="FailureExitCode",
)
ENDED_BY_REQUEST = failure_info("TaskEnded", "Task Was Ended by User Request")


def new_task(job: JobRecord, spec: dict[str, Any], now: int, seq: int = 0) -> TaskRecord:
    """A task as added now, defaults filled in; Refused where its job does not allow it."""
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


def _moved(task: TaskRecord, state: TaskState, now: int, **changes: Any) -> TaskRecord:
    return evolve(
        task,
        state=state,
        state_since=now,
        previous_state=task.state,
        previous_since=task.state_since,
        **changes,
    )


def update(task: TaskRecord, job: JobRecord, constraints: dict[str, Any] | None, now: int) -> TaskRecord:
    """Replace the constraints, in any state; None puts the defaults back."""
    refuse_deleting(job)
    filled = task_constraints(constraints, job.spec)
    return evolve(task, spec={**task.spec, "constraints": filled}, modified=now)


def terminate(task: TaskRecord, job: JobRecord, now: int) -> TaskRecord:
    """End a task by request, at once; a process that still runs is for the runner to end."""
    refuse_deleting(job)
    if task.state == "completed":
        raise Refused("TaskCompleted")
    return evolve(end_by_service(task, now), modified=now)


def end_by_service(task: TaskRecord, now: int) -> TaskRecord:
    """End a task that is not completed because its job ends or is disabled with terminate; `modified` stays."""
    return _moved(task, "completed", now, ended=now, result="failure", failure=ENDED_BY_REQUEST)


def reactivate(task: TaskRecord, job: JobRecord, now: int) -> TaskRecord:
    """Put a task that completed without success back to active, with all of its retries."""
    refuse_ending(job)
    if task.state != "completed":
        raise Refused("TaskNotCompleted")
    if task.result == "success":
        raise Refused("TaskSucceeded")
    fresh = {"retry_count": 0, "requeue_count": 0, "last_retry": None, "last_requeue": None, "usage": None}
    return _back_to_active(task, now, modified=now, **fresh)


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


def check_delete(task: TaskRecord, job: JobRecord) -> None:
    """Any task may be deleted in any state, unless its job is going as a whole."""
    refuse_deleting(job)


def start(task: TaskRecord, now: int, node: dict[str, Any]) -> TaskRecord:
    """Give an active task to the node. A start that is a retry is what lastRetryTime tells."""
    retried = task.last_retry is not None and task.last_retry == task.state_since
    return _moved(
        task, "running", now, started=now, node=node, run=task.run + 1, last_retry=now if retried else task.last_retry
    )


def may_retry(task: TaskRecord, job: JobRecord) -> bool:
    """Whether a nonzero exit leaves another try: retries left (-1: always) and a job that still runs tasks."""
    limit = task.spec["constraints"]["maxTaskRetryCount"]
    return (limit < 0 or task.retry_count < limit) and job.state not in ("terminating", "completed", "deleting")


def finish(task: TaskRecord, job: JobRecord, now: int, outcome: Outcome) -> TaskRecord:
    """The end of a run: completed, or active again for a retry. Only a nonzero exit is retried."""
    if outcome.failure is None and outcome.exit_code != 0 and may_retry(task, job):
        return _back_to_active(task, now, retry_count=task.retry_count + 1, last_retry=now)
    failure = outcome.failure
    if failure is None and outcome.exit_code != 0:
        failure = EXIT_CODE_FAILURE
    return _moved(
        task,
        "completed",
        now,
        ended=now,
        exit_code=outcome.exit_code,
        result="failure" if failure else "success",
        failure=failure,
    )


def requeue(task: TaskRecord, now: int) -> TaskRecord:
    """Put a running task back to active because its node or its job stopped; no retry is used up."""
    return _back_to_active(task, now, requeue_count=task.requeue_count + 1, last_requeue=now)
