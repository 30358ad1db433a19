"""What the service fills in where a caller is silent, and how it writes durations back."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from batchtasks_local.clock import UNLIMITED_TEXT, duration_from_text, duration_text
from batchtasks_local.lifecycle.refused import invalid

USER_IDENTITY = {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}
DEFAULT_RETENTION = "P7D"


@lru_cache(maxsize=1024)
def _normal(text: str) -> str:
    return duration_text(duration_from_text(text))


def _duration(given: dict[str, Any], name: str, default: str) -> str:
    text = given.get(name)
    if text is None:
        return default
    try:
        return _normal(text)
    except (ValueError, AttributeError, TypeError):
        raise invalid(
            name, text, f"It must be an ISO 8601 duration, such as PT1H, and at most {UNLIMITED_TEXT}"
        ) from None


def task_constraints(given: dict[str, Any] | None, job_spec: dict[str, Any]) -> dict[str, Any]:
    """All three members; the job's retry count stands in only where no constraints are given at all."""
    if given is None:
        retries = (job_spec.get("constraints") or {}).get("maxTaskRetryCount") or 0
        return {"maxWallClockTime": UNLIMITED_TEXT, "retentionTime": DEFAULT_RETENTION, "maxTaskRetryCount": retries}
    return {
        "maxWallClockTime": _duration(given, "maxWallClockTime", UNLIMITED_TEXT),
        "retentionTime": _duration(given, "retentionTime", DEFAULT_RETENTION),
        "maxTaskRetryCount": given.get("maxTaskRetryCount") or 0,
    }


def task_spec(spec: dict[str, Any], job_spec: dict[str, Any]) -> dict[str, Any]:
    """A task's specification with defaults; unset (null) members are left out."""
    filled = {name: value for name, value in spec.items() if value is not None}
    filled["constraints"] = task_constraints(filled.get("constraints"), job_spec)
    filled.setdefault("userIdentity", USER_IDENTITY)
    filled.setdefault("requiredSlots", 1)
    container = filled.get("containerSettings")
    if container is not None and container.get("workingDirectory") is None:
        filled["containerSettings"] = {**container, "workingDirectory": "taskWorkingDirectory"}
    return filled


def job_constraints(given: dict[str, Any] | None) -> dict[str, Any]:
    """Both members of a job's constraints."""
    given = given or {}
    return {
        "maxWallClockTime": _duration(given, "maxWallClockTime", UNLIMITED_TEXT),
        "maxTaskRetryCount": given.get("maxTaskRetryCount") or 0,
    }


JOB_DEFAULTS: dict[str, Any] = {
    "priority": 0,
    "maxParallelTasks": -1,
    "usesTaskDependencies": False,
    "allowTaskPreemption": False,
    "onAllTasksComplete": "noaction",
    "onTaskFailure": "noaction",
}


def job_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """A job's specification with defaults; unset (null) members are left out."""
    filled = {**JOB_DEFAULTS, **{name: value for name, value in spec.items() if value is not None}}
    filled["constraints"] = job_constraints(filled.get("constraints"))
    return filled
