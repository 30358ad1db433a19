"""The end of a task: its failureInfo, and what its exit conditions mean for its job and for dependent tasks."""

from __future__ import annotations

from typing import Any, Literal

from batchtasks_local.domain.records import TaskRecord


def failure_info(
    code: str, message: str, category: Literal["UserError", "ServerError"] = "UserError", **details: str
) -> dict[str, Any]:
    """Return a failureInfo as in JSON; keyword arguments become its details."""
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


def satisfies(task: TaskRecord) -> bool:
    """Return whether tasks that depend on this one may run: it is completed, and its exit options do not block."""
    if task.state != "completed":
        return False
    action = (exit_options(task) or {}).get("dependencyAction")
    return task.result == "success" if action is None else bool(action == "satisfy")


def job_action(task: TaskRecord) -> str:
    """Return what the end of a completed task asks of its job: none, disable or terminate."""
    action = (exit_options(task) or {}).get("jobAction")
    if action is None:
        return "none" if task.result == "success" else "terminate"
    return str(action)


def exit_options(task: TaskRecord) -> dict[str, Any] | None:
    """Return the ExitOptions that apply to the end of a completed task, or None if its conditions name none."""
    conditions = task.spec.get("exitConditions") or {}
    listed = _options_of_code(conditions, task.exit_code)
    if listed is not None:
        return listed
    if task.result == "success":
        return None
    kind = _failure_kind(task)
    chosen: dict[str, Any] | None = (conditions.get(kind) if kind else None) or conditions.get("default")
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


def _failure_kind(task: TaskRecord) -> str:
    """Return the name of the exit condition for a failure whose exit code is not listed, or ""."""
    code = str((task.failure or {}).get("code"))
    if code.startswith("FileUpload"):
        return "fileUploadError"
    if task.exit_code is None and code != "TaskEnded":
        return "preProcessingError"
    return ""
