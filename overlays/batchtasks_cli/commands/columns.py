"""The columns of lists of tasks, subtasks, jobs and files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from batchtasks_cli.output import Column
from batchtasks_cli.text import shorter_moment, show_bytes, show_span


def _of_run(name: str) -> Any:
    """A member of executionInfo, or None."""
    return lambda task: getattr(task.execution_info, name, None)


def duration_of(info: Any) -> timedelta | None:
    """How long the latest run took, or has taken so far."""
    start, end = getattr(info, "start_time", None), getattr(info, "end_time", None)
    if not isinstance(start, datetime):
        return None
    if not isinstance(end, datetime):
        return max(timedelta(), datetime.now(UTC) - start)
    return end - start


def failure_of(info: Any) -> str | None:
    """Why a task failed, in short."""
    failure = getattr(info, "failure_info", None)
    if failure is None:
        return None
    return f"{failure.code}: {failure.message}" if failure.message else failure.code


def _brief_failure(failure: str | None) -> str:
    """For people: beside the exit code the sentence that a program exited says nothing new."""
    return "FailureExitCode" if (failure or "").startswith("FailureExitCode:") else failure or ""


def _node(task: Any) -> str | None:
    return getattr(task.node_info, "node_id", None)


def _span(value: object) -> str:
    return show_span(value) if isinstance(value, timedelta) else ""


TASKS = [
    Column("id", lambda task: task.id),
    Column("state", lambda task: task.state),
    Column("result", _of_run("result")),
    Column("exitCode", _of_run("exit_code")),
    Column("retries", _of_run("retry_count"), spare=2),
    Column("since", lambda task: task.state_transition_time, shorter=shorter_moment),
    Column("duration", lambda task: duration_of(task.execution_info), _span, spare=1),
    Column("node", _node, spare=3),
    Column("failure", lambda task: failure_of(task.execution_info), _brief_failure),
]
TASK_MEMBERS = ("id", "state", "stateTransitionTime", "executionInfo", "nodeInfo")

SUBTASKS = [
    Column("id", lambda task: task.id),
    Column("state", lambda task: task.state),
    Column("result", lambda task: task.result),
    Column("exitCode", lambda task: task.exit_code),
    Column("since", lambda task: task.state_transition_time, shorter=shorter_moment),
    Column("duration", lambda task: duration_of(task), _span, spare=1),
    Column("node", _node, spare=3),
    Column("failure", failure_of, _brief_failure),
]

JOBS = [
    Column("id", lambda job: job.id),
    Column("state", lambda job: job.state),
    Column("pool", lambda job: getattr(job.pool_info, "pool_id", None)),
    Column("priority", lambda job: job.priority, spare=1),
    Column("created", lambda job: job.creation_time, shorter=shorter_moment, spare=2),
    Column("since", lambda job: job.state_transition_time, shorter=shorter_moment),
    Column("reason", lambda job: getattr(job.execution_info, "terminate_reason", None)),
]
JOB_MEMBERS = ("id", "state", "poolInfo", "priority", "creationTime", "stateTransitionTime", "executionInfo")

FILES = [
    Column("name", lambda file: file.name),
    Column("directory", lambda file: bool(file.is_directory), lambda value: "dir" if value else "file"),
    Column("bytes", lambda file: getattr(file.properties, "content_length", None), show_bytes),
    Column("modified", lambda file: getattr(file.properties, "last_modified", None), shorter=shorter_moment),
]
