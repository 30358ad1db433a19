"""What the service refuses to do with a job or a task, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from batchtasks_local.domain.records import JobRecord

DEPENDENCY_TEXT_LIMIT = 64_000
DEPENDENCY_RANGE_LIMIT = 5_000
"""The real service has such a limit but does not document the number; this one is ours."""
_ENDING = {"completed": "JobCompleted", "terminating": "JobBeingTerminated", "deleting": "JobBeingDeleted"}

_RESERVED_IDS = (
    ("jobPreparationTask", "jobpreparation", "TaskIdSameAsJobPreparationTask"),
    ("jobReleaseTask", "jobrelease", "TaskIdSameAsJobReleaseTask"),
)
"""Special tasks of a job: the member, the id that such a task has by default, the error code."""


class RefusedError(Exception):
    """The service refuses a request: `code` is the Batch error code, `values` are the pairs that explain it."""

    def __init__(self, code: str, *values: tuple[str, str]) -> None:
        super().__init__(code, *values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        detail = ", ".join(f"{key}={value}" for key, value in self.values)
        return f"{self.code} ({detail})" if detail else self.code


def invalid_property(name: str, value: object, reason: str) -> RefusedError:
    """Return the error for the value of one property."""
    return RefusedError(
        "InvalidPropertyValue", ("PropertyName", name), ("PropertyValue", str(value)), ("Reason", reason)
    )


def refuse_ending(job: JobRecord) -> None:
    """Raise RefusedError if the job has ended or is ending."""
    code = _ENDING.get(job.state)
    if code is not None:
        why = job.terminate_reason
        raise RefusedError(code, *((("Reason", f"The terminateReason of the job is {why}"),) if why else ()))


def refuse_deleting(job: JobRecord) -> None:
    """Raise RefusedError if the job is being deleted."""
    if job.state == "deleting":
        raise RefusedError("JobBeingDeleted")


def check_add(job: JobRecord) -> None:
    """Raise RefusedError if the job takes no new tasks. A disabled job takes them."""
    refuse_ending(job)


def check_delete_task(job: JobRecord) -> None:
    """Raise RefusedError if a task of this job cannot be deleted. The state of the task does not matter."""
    refuse_deleting(job)


def check_task(spec: dict[str, Any], job: JobRecord) -> None:
    """Raise RefusedError if the job does not allow such a task: its id, dependencies, exit actions or slots.

    The error names the task, because a request may hold a hundred of them.
    """
    try:
        _check_task(spec, job)
    except RefusedError as error:
        raise RefusedError(error.code, *error.values, ("TaskId", spec["id"])) from None


def _check_task(spec: dict[str, Any], job: JobRecord) -> None:
    if spec.get("dependsOn"):
        _check_dependencies(spec["dependsOn"], job)
    if spec.get("exitConditions"):
        _check_exit_conditions(spec["exitConditions"], job)
    _check_reserved_ids(spec["id"], job)
    if spec.get("multiInstanceSettings") and (spec.get("requiredSlots") or 1) != 1:
        reason = "A multi-instance task must require exactly one slot"
        raise invalid_property("requiredSlots", spec["requiredSlots"], reason)


def _check_reserved_ids(task_id: str, job: JobRecord) -> None:
    for member, default, code in _RESERVED_IDS:
        own = job.spec.get(member)
        if own is not None and task_id.lower() == (own.get("id") or default).lower():
            raise RefusedError(code)


def _check_dependencies(depends_on: dict[str, Any], job: JobRecord) -> None:
    if not job.spec.get("usesTaskDependencies"):
        reason = "The job was added without usesTaskDependencies: true, which cannot be changed later"
        raise RefusedError("TaskDependenciesNotSpecifiedOnJob", ("PropertyName", "dependsOn"), ("Reason", reason))
    ids, ranges = depends_on.get("taskIds") or (), depends_on.get("taskIdRanges") or ()
    if (length := sum(map(len, ids))) > DEPENDENCY_TEXT_LIMIT:
        raise _too_long("TaskDependencyListTooLong", "taskIds", f"{length} characters", DEPENDENCY_TEXT_LIMIT)
    if len(ranges) > DEPENDENCY_RANGE_LIMIT:
        raise _too_long("TaskDependencyRangesTooLong", "taskIdRanges", f"{len(ranges)} items", DEPENDENCY_RANGE_LIMIT)
    _check_ranges("dependsOn/taskIdRanges", ranges)


def _too_long(code: str, name: str, size: str, limit: int) -> RefusedError:
    reason = f"It has {size}; at most {limit} are allowed"
    return RefusedError(code, ("PropertyName", f"dependsOn/{name}"), ("Reason", reason))


def _check_ranges(name: str, ranges: Sequence[dict[str, int]]) -> None:
    for place, item in enumerate(ranges):
        if item["end"] < item["start"]:
            reason = f"It must not be less than start, {item['start']}"
            raise invalid_property(f"{name}[{place}]/end", item["end"], reason)


def _check_exit_conditions(conditions: dict[str, Any], job: JobRecord) -> None:
    _check_ranges("exitConditions/exitCodeRanges", conditions.get("exitCodeRanges") or ())
    acts = job.spec.get("onTaskFailure") == "performexitoptionsjobaction"
    for name, options in _all_options(conditions):
        if (action := options.get("jobAction")) is not None and not acts:
            reason = "The job's onTaskFailure is not performexitoptionsjobaction"
            raise invalid_property(f"{name}/jobAction", action, reason)
        if (action := options.get("dependencyAction")) is not None and not job.spec.get("usesTaskDependencies"):
            raise invalid_property(f"{name}/dependencyAction", action, "The job does not use task dependencies")


def _all_options(conditions: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all ExitOptions of a task, each with its path."""
    for name in ("exitCodes", "exitCodeRanges"):
        for place, mapping in enumerate(conditions.get(name) or ()):
            yield f"exitConditions/{name}[{place}]/exitOptions", mapping.get("exitOptions") or {}
    for name in ("preProcessingError", "fileUploadError", "default"):
        yield f"exitConditions/{name}", conditions.get(name) or {}
