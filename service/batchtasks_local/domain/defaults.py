"""The values that the service fills in where a request leaves them out."""

from __future__ import annotations

from typing import Any

from batchtasks_local.domain.checks import invalid_property
from batchtasks_local.domain.clock import UNLIMITED_TEXT, normal_duration

USER_IDENTITY = {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}
DEFAULT_RETENTION = "P7D"
JOB_DEFAULTS: dict[str, Any] = {
    "priority": 0,
    "maxParallelTasks": -1,
    "usesTaskDependencies": False,
    "allowTaskPreemption": False,
    "onAllTasksComplete": "noaction",
    "onTaskFailure": "noaction",
}
POOL_DEFAULTS: dict[str, Any] = {
    "taskSlotsPerNode": 1,
    "taskSchedulingPolicy": {"nodeFillType": "Spread"},
    "resizeTimeout": "PT15M",
    "targetDedicatedNodes": 0,
    "targetLowPriorityNodes": 0,
    "enableAutoScale": False,
    "enableInterNodeCommunication": False,
}


def task_spec(spec: dict[str, Any], job_spec: dict[str, Any]) -> dict[str, Any]:
    """Return the specification of a task with defaults; members that are null are left out."""
    filled = {name: value for name, value in spec.items() if value is not None}
    filled["constraints"] = task_constraints(filled.get("constraints"), job_spec)
    filled.setdefault("userIdentity", USER_IDENTITY)
    filled.setdefault("requiredSlots", 1)
    container = filled.get("containerSettings")
    if container is not None and container.get("workingDirectory") is None:
        filled["containerSettings"] = {**container, "workingDirectory": "taskWorkingDirectory"}
    return filled


def task_constraints(given: dict[str, Any] | None, job_spec: dict[str, Any]) -> dict[str, Any]:
    """Return all three constraints of a task. The job's retry count applies only if no constraints are given at all."""
    if given is None:
        retries = (job_spec.get("constraints") or {}).get("maxTaskRetryCount") or 0
        return {"maxWallClockTime": UNLIMITED_TEXT, "retentionTime": DEFAULT_RETENTION, "maxTaskRetryCount": retries}
    return {
        "maxWallClockTime": _duration(given, "maxWallClockTime", UNLIMITED_TEXT),
        "retentionTime": _duration(given, "retentionTime", DEFAULT_RETENTION),
        "maxTaskRetryCount": given.get("maxTaskRetryCount") or 0,
    }


def job_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the specification of a job with defaults; members that are null are left out."""
    filled = {**JOB_DEFAULTS, **{name: value for name, value in spec.items() if value is not None}}
    filled["constraints"] = job_constraints(filled.get("constraints"))
    if "poolInfo" in filled:
        filled["poolInfo"] = _pool_info(filled["poolInfo"])
    return filled


def _pool_info(given: dict[str, Any]) -> dict[str, Any]:
    """Return a poolInfo with what the service fills in for an auto pool (recorded)."""
    auto = given.get("autoPoolSpecification")
    if auto is None:
        return given
    filled = {**auto, "keepAlive": auto.get("keepAlive") or False}
    if isinstance(auto.get("pool"), dict):
        filled["pool"] = {
            **POOL_DEFAULTS,
            **{name: part for name, part in auto["pool"].items() if part is not None},
        }
    return {**given, "autoPoolSpecification": filled}


def job_constraints(given: dict[str, Any] | None) -> dict[str, Any]:
    """Return both constraints of a job."""
    given = given or {}
    return {
        "maxWallClockTime": _duration(given, "maxWallClockTime", UNLIMITED_TEXT),
        "maxTaskRetryCount": given.get("maxTaskRetryCount") or 0,
    }


def _duration(given: dict[str, Any], name: str, default: str) -> str:
    text = given.get(name)
    if text is None:
        return default
    try:
        return normal_duration(text)
    except (ValueError, AttributeError, TypeError):
        raise invalid_property(name, text, "It must be an ISO 8601 duration, such as PT1H") from None
