"""The generated calls, taking dictionaries where they take models, and looking at the arguments first."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from batchtasks._adopt import adopt, explain
from batchtasks._guard import check_arguments
from batchtasks.conditions import check_condition
from batchtasks_rest._call import Call
from batchtasks_rest.api.file import FileCalls as GeneratedFileCalls
from batchtasks_rest.api.job import JobCalls as GeneratedJobCalls
from batchtasks_rest.api.task import TaskCalls as GeneratedTaskCalls

if TYPE_CHECKING:
    from batchtasks_rest.models import (
        JobAddParameter,
        JobPatchParameter,
        TaskAddCollectionParameter,
        TaskAddCollectionResult,
        TaskAddParameter,
        TaskConstraints,
    )

K = TypeVar("K")
T = TypeVar("T")


def _with_checked_arguments(kind: type[K]) -> type[K]:
    """Let every operation refuse what would be sent as something else: None as "None", or an ETag not at all."""
    for name, function in list(vars(kind.__mro__[1]).items()):
        if not name.startswith("_"):
            takes_condition = "condition" in function.__kwdefaults__
            setattr(kind, name, _checked(vars(kind).get(name, function), takes_condition=takes_condition))
    return kind


def _checked(function: Callable[..., Any], *, takes_condition: bool) -> Callable[..., Any]:
    names = function.__code__.co_varnames[1 : function.__code__.co_argcount]

    @functools.wraps(function)
    def method(self: object, *args: Any, **options: Any) -> Any:
        check_arguments({**dict(zip(names, args, strict=False)), **options})
        if takes_condition:
            check_condition(options.get("condition"), options.get("headers"))
        return function(self, *args, **options)

    return method


def _written(make: Callable[[], Call[T]], model: object, what: str) -> Call[T]:
    """Make a call; if a value of the wrong kind prevents it, say which."""
    try:
        return make()
    except (AttributeError, TypeError):
        if model is not None:
            explain(model, what)
        raise


@_with_checked_arguments
class TaskCalls(GeneratedTaskCalls):
    """What each task operation sends; see the generated class."""

    def add(self, job_id: str, task: TaskAddParameter | Mapping[str, Any], **options: Any) -> Call[None]:
        from batchtasks_rest.models import TaskAddParameter

        model = adopt(TaskAddParameter, task, "task")
        return _written(lambda: super(TaskCalls, self).add(job_id, model, **options), model, "task")

    def add_collection(
        self, job_id: str, value: TaskAddCollectionParameter | Mapping[str, Any], **options: Any
    ) -> Call[TaskAddCollectionResult]:
        from batchtasks_rest.models import TaskAddCollectionParameter

        model = adopt(TaskAddCollectionParameter, value, "value")
        return _written(lambda: super(TaskCalls, self).add_collection(job_id, model, **options), model, "value")

    def update(
        self,
        job_id: str,
        task_id: str,
        constraints: TaskConstraints | Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Call[None]:
        from batchtasks_rest.models import TaskConstraints

        model = None if constraints is None else adopt(TaskConstraints, constraints, "constraints")
        return _written(lambda: super(TaskCalls, self).update(job_id, task_id, model, **options), model, "constraints")


@_with_checked_arguments
class JobCalls(GeneratedJobCalls):
    """What each job operation sends; see the generated class."""

    def add(self, job: JobAddParameter | Mapping[str, Any], **options: Any) -> Call[None]:
        from batchtasks_rest.models import JobAddParameter

        model = adopt(JobAddParameter, job, "job")
        return _written(lambda: super(JobCalls, self).add(model, **options), model, "job")

    def patch(
        self, job_id: str, job_patch_parameter: JobPatchParameter | Mapping[str, Any], **options: Any
    ) -> Call[None]:
        from batchtasks_rest.models import JobPatchParameter

        model = adopt(JobPatchParameter, job_patch_parameter, "job_patch_parameter")
        return _written(lambda: super(JobCalls, self).patch(job_id, model, **options), model, "job_patch_parameter")


@_with_checked_arguments
class FileCalls(GeneratedFileCalls):
    """What each file operation sends; see the generated class."""
