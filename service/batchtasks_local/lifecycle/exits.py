"""What follows from the way in which a task has completed: for those that wait for it, and for its job."""

from __future__ import annotations

from typing import Any

from batchtasks_local.records import TaskRecord


def exit_options(task: TaskRecord) -> dict[str, Any] | None:
    """The ExitOptions that a completed task's exit conditions name for its end; None where they are silent."""
    conditions = task.spec.get("exitConditions") or {}
    listed = _options_of_code(conditions, task.exit_code)
    if listed is not None:
        return listed
    if task.result == "success":
        return None
    special = conditions.get(_kind(task)) if _kind(task) else None
    chosen: dict[str, Any] | None = special or conditions.get("default")
    return chosen


def _options_of_code(conditions: dict[str, Any], code: int | None) -> dict[str, Any] | None:
    if code is None:
        return None
    for mapping in conditions.get("exitCodes") or ():
        if mapping["code"] == code:
            return mapping.get("exitOptions") or {}
    for mapping in conditions.get("exitCodeRanges") or ():
        if mapping["start"] <= code <= mapping["end"]:
            return mapping.get("exitOptions") or {}
    return None


def _kind(task: TaskRecord) -> str:
    """The name of the exit condition that fits a failure without a listed exit code."""
    code = str((task.failure or {}).get("code"))
    if code.startswith("FileUpload"):
        return "fileUploadError"
    if task.exit_code is None and code != "TaskEnded":
        return "preProcessingError"
    return ""


def satisfies(task: TaskRecord) -> bool:
    """Whether a task lets those run that depend on it: completed, and its end is not one that blocks."""
    if task.state != "completed":
        return False
    options = exit_options(task) or {}
    action = options.get("dependencyAction")
    if action is None:
        return task.result == "success"
    return str(action).lower() == "satisfy"


def job_action(task: TaskRecord) -> str:
    """What a completed task's end asks of its job: none, disable or terminate."""
    options = exit_options(task) or {}
    action = options.get("jobAction")
    if action is None:
        return "none" if task.result == "success" else "terminate"
    return str(action).lower()
