"""What the service refuses to add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from batchtasks_local.lifecycle.refused import Refused, invalid
from batchtasks_local.records import JobRecord

DEPENDENCY_TEXT_LIMIT = 64_000
DEPENDENCY_RANGE_LIMIT = 5_000
"""The service has such a limit but does not tell the number; this one is ours."""
_ENDING = {"completed": "JobCompleted", "terminating": "JobBeingTerminated", "deleting": "JobBeingDeleted"}


def refuse_ending(job: JobRecord) -> None:
    """Refuse what only a job that can still run tasks takes."""
    code = _ENDING.get(job.state)
    if code is not None:
        raise Refused(code)


def refuse_deleting(job: JobRecord) -> None:
    """Refuse what any job takes but one that is being deleted."""
    if job.state == "deleting":
        raise Refused("JobBeingDeleted")


def check_add(job: JobRecord) -> None:
    """Refuse new tasks for a job that has ended or is ending; a disabled job takes them."""
    refuse_ending(job)


def check_task(spec: dict[str, Any], job: JobRecord) -> None:
    """Refuse a task that its job does not allow: dependencies, exit actions, ids taken by the job's own tasks.

    The refusal names the task, which may be one of a hundred in a request.
    """
    try:
        _check_task(spec, job)
    except Refused as refusal:
        raise Refused(refusal.code, *refusal.values, ("TaskId", spec["id"])) from None


def _check_task(spec: dict[str, Any], job: JobRecord) -> None:
    if spec.get("dependsOn"):
        _check_dependencies(spec["dependsOn"], job)
    if spec.get("exitConditions"):
        _check_exit_conditions(spec["exitConditions"], job)
    if "jobPreparationTask" in job.spec or "jobReleaseTask" in job.spec:
        _check_own_ids(spec["id"], job)
    if spec.get("multiInstanceSettings") and (spec.get("requiredSlots") or 1) != 1:
        raise invalid("requiredSlots", spec["requiredSlots"], "A multi-instance task must require exactly one slot")


def _check_dependencies(depends_on: dict[str, Any], job: JobRecord) -> None:
    if not job.spec.get("usesTaskDependencies"):
        reason = "The job was added without usesTaskDependencies: true, which cannot be changed later"
        raise Refused("TaskDependenciesNotSpecifiedOnJob", ("PropertyName", "dependsOn"), ("Reason", reason))
    ids, ranges = depends_on.get("taskIds") or (), depends_on.get("taskIdRanges") or ()
    if (length := sum(map(len, ids))) > DEPENDENCY_TEXT_LIMIT:
        raise _too_long("TaskDependencyListTooLong", "taskIds", f"{length} characters", DEPENDENCY_TEXT_LIMIT)
    if len(ranges) > DEPENDENCY_RANGE_LIMIT:
        raise _too_long("TaskDependencyRangesTooLong", "taskIdRanges", f"{len(ranges)} items", DEPENDENCY_RANGE_LIMIT)
    _check_ranges("dependsOn/taskIdRanges", ranges)


def _too_long(code: str, name: str, size: str, limit: int) -> Refused:
    reason = f"It has {size}; at most {limit} are allowed"
    return Refused(code, ("PropertyName", f"dependsOn/{name}"), ("Reason", reason))


def _check_ranges(name: str, ranges: Sequence[dict[str, int]]) -> None:
    for place, item in enumerate(ranges):
        if item["end"] < item["start"]:
            raise invalid(f"{name}[{place}]/end", item["end"], f"It must not be less than start, {item['start']}")


def _all_options(conditions: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All ExitOptions of a task, each with its place."""
    for name in ("exitCodes", "exitCodeRanges"):
        for place, mapping in enumerate(conditions.get(name) or ()):
            yield f"exitConditions/{name}[{place}]/exitOptions", mapping.get("exitOptions") or {}
    for name in ("preProcessingError", "fileUploadError", "default"):
        yield f"exitConditions/{name}", conditions.get(name) or {}


def _check_exit_conditions(conditions: dict[str, Any], job: JobRecord) -> None:
    _check_ranges("exitConditions/exitCodeRanges", conditions.get("exitCodeRanges") or ())
    acts = str(job.spec.get("onTaskFailure")).lower() == "performexitoptionsjobaction"
    for name, options in _all_options(conditions):
        if (action := options.get("jobAction")) is not None and not acts:
            raise invalid(f"{name}/jobAction", action, "The job's onTaskFailure is not performexitoptionsjobaction")
        if (action := options.get("dependencyAction")) is not None and not job.spec.get("usesTaskDependencies"):
            raise invalid(f"{name}/dependencyAction", action, "The job does not use task dependencies")


def _check_own_ids(task_id: str, job: JobRecord) -> None:
    for member, default, code in (
        ("jobPreparationTask", "jobpreparation", "TaskIdSameAsJobPreparationTask"),
        ("jobReleaseTask", "jobrelease", "TaskIdSameAsJobReleaseTask"),
    ):
        own = job.spec.get(member)
        if own is not None and task_id.lower() == (own.get("id") or default).lower():
            raise Refused(code)
