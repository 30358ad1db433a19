"""The operation groups of azure-batch 14: methods with its signatures, made from the client's own calls, which do the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from inspect import Parameter, Signature, signature
from itertools import chain
from typing import Any

from batchtasks._bulk.classify import is_about_task
from batchtasks._bulk.methods import add_collection
from batchtasks._bulk.report import BulkReport, TaskOutcome
from batchtasks._core.executor import Executor
from batchtasks._core.sync_async import iterate_sync, run_sync
from batchtasks._operations.files import get_properties_from_task, stream_from_task
from batchtasks._operations.paging import sync_pages
from batchtasks.compat._calls import Invocation, invoke, paged_class, result_of
from batchtasks.compat._model import class_of, plain
from batchtasks.compat.exceptions import CreateTasksErrorException, as_old, batch_error
from batchtasks.errors import BodyTooLargeError, InvalidInputError, ServiceError, TooLargeError

# Arguments that may be left out.
_OPTIONAL = {"constraints", "terminate_reason", "recursive"}
_READS: dict[str, Any] = {"callback": None}
_AFTER_RAW = {"add_collection": {"threads": 0}, "get_from_task": _READS, "get_from_compute_node": _READS}
# Of the groups that the client has, methods that it has not.
_MISSING = {
    "job": {"list_from_job_schedule": "job_schedule_id"},
    "file": {
        "delete_from_compute_node": "pool_id node_id file_path recursive",
        "get_from_compute_node": "pool_id node_id file_path",
        "get_properties_from_compute_node": "pool_id node_id file_path",
        "list_from_compute_node": "pool_id node_id recursive",
    },
}


@cache
def group_class(group: str) -> type:
    """Return the class with the operations of a group."""
    found = {name: _arguments_of(getattr(calls_of(group), name)) for name in operation_names(group)}
    found |= {name: text.split() for name, text in _MISSING.get(group, {}).items() if name not in found}
    methods = {name: _method(group, name, arguments) for name, arguments in found.items()}
    return type(f"{camel(group)}Operations", (_Group,), {**methods, "__module__": "batchtasks.compat.operations"})


class _Group:
    """A group of operations."""

    def __init__(self, executor: Callable[[], Executor]) -> None:
        # Asked at each call, because settings may change.
        self._executor = executor

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"batchtasks has no {type(self).__name__}.{name}; azure-batch 14.2.0 may have it.")


def camel(name: str) -> str:
    """Return a name as classes have it."""
    return "".join(word.capitalize() for word in name.split("_"))


@cache
def calls_of(group: str) -> Any:
    """Return the class that builds the client's calls of a group."""
    return getattr(import_module(f"batchtasks_rest.api.{group}"), f"{camel(group)}Calls")


GROUPS = ("task", "job", "file", "pool", "compute_node", "account", "job_schedule", "application")


def operation_names(group: str) -> list[str]:
    """Return the operations of a group."""
    return [name for name in vars(calls_of(group)) if not name.startswith("_")]


def _arguments_of(method: Callable[..., Any]) -> list[str]:
    found = [*signature(method).parameters.values()][1:]
    names = [one.name for one in found if one.kind is one.POSITIONAL_OR_KEYWORD or one.name == "recursive"]
    return ["cloud_job_schedule" if name == "job_schedule" else name for name in names]


def _method(group: str, name: str, arguments: list[str]) -> Any:
    """Return a method: its own arguments, an options object, headers, `raw`, settings."""
    defaults: dict[str, Any] = {one: None if one in _OPTIONAL else Parameter.empty for one in arguments}
    defaults |= {f"{group}_{name}_options": None, "custom_headers": None, "raw": False, **_AFTER_RAW.get(name, {})}
    own = [Parameter(one, Parameter.POSITIONAL_OR_KEYWORD, default=value) for one, value in defaults.items()]
    me = Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)
    shape = Signature([me, *own, Parameter("operation_config", Parameter.VAR_KEYWORD)])
    item = item_of(group, name)
    work = _SPECIAL.get(f"{group}.{name}") or (_send if item is None else lambda one: paged_class(item)(one))

    def method(*args: Any, **kwargs: Any) -> Any:
        bound = shape.bind(*args, **kwargs)
        bound.apply_defaults()
        if not hasattr(calls_of(group), name):
            raise NotImplementedError(f"batchtasks has no {group}.{name}; use azure-batch 14.2.0 for it, side by side.")
        executor = bound.arguments.pop("self")._executor()
        if "cloud_job_schedule" in bound.arguments:
            bound.arguments["job_schedule"] = bound.arguments.pop("cloud_job_schedule")
        call = getattr(executor.calls(calls_of(group)), name)
        return work(invoke(executor, call, f"{group}_{name}", bound.arguments))

    method.__name__, method.__qualname__ = name, f"{camel(group)}Operations.{name}"
    method.__module__, method.__doc__ = "batchtasks.compat.operations", work.__doc__
    method.__signature__ = shape  # type: ignore[attr-defined]
    return method


def item_of(group: str, name: str) -> str | None:
    """Return the model that an operation lists, or None if it is no list."""
    result = result_of(getattr(calls_of(group), name, None))
    is_list = result is not None and name.startswith("list") and f"{group}.{name}" not in _SPECIAL
    return class_of(result).item if is_list else None


def _send(invocation: Invocation) -> Any:
    """Send the request: see the operation of the same name of `client.task`, `client.job` or `client.file`."""
    return invocation.answered(invocation.send())


def _update_task(invocation: Invocation) -> Any:
    """Replace the constraints of a task; None means those that a task has by default."""
    invocation.arguments["constraints"] = invocation.arguments["constraints"] or {}
    return _send(invocation)


def _list_subtasks(invocation: Invocation) -> Any:
    """Return all subtasks of a task in one result."""
    pages = invocation.run(lambda: [*sync_pages(invocation.executor, invocation.call()).by_page()])
    result = class_of("CloudTaskListSubtasksResult")(value=[subtask for page in pages for subtask in page])
    return invocation.answered(result)


def _properties(invocation: Invocation) -> Any:
    """Read the properties of a file; they are in the headers, so there is something to see only with `raw`."""
    work = get_properties_from_task(invocation.executor, **invocation.arguments, **invocation.options)
    invocation.run(lambda: run_sync(work))
    return invocation.answered(None)


def _content(invocation: Invocation) -> Any:
    """Return an iterator over the bytes of a file of any size; the first request is made at once."""
    callback, options = invocation.extra["callback"], invocation.options
    if invocation.raw or "condition" in options or "ocp_range" in options:
        chunks: Iterator[bytes] = iter([invocation.send()])
    else:
        chunks = iterate_sync(stream_from_task(invocation.executor, **invocation.arguments, **options))
    first = invocation.run(lambda: next(chunks, None))
    rest = iter(lambda: invocation.run(lambda: next(chunks, None)), None)

    def walk() -> Iterator[bytes]:
        for chunk in chain([] if first is None else [first], rest):
            if callback is not None:
                callback(chunk, response=invocation.response)
            yield chunk

    return invocation.answered(walk())


class _Original(dict[str, Any]):
    """The JSON object of a task that remembers what the caller had passed in."""

    def __init__(self, members: Mapping[str, Any], original: Any) -> None:
        super().__init__(members)
        self.original = original


def _add_collection(invocation: Invocation) -> Any:
    """Add any number of tasks, `threads` requests at once.

    Returns a TaskAddResult for each task in the order of the input; a task that existed before is a client error TaskExists
    among them. Results have no eTag and no last-modified time. Raises CreateTasksErrorException if a task was not added.
    """
    job_id, order = invocation.arguments["job_id"], dict[str, int]()
    settled: list[TaskOutcome] = []
    options = _bulk_options(invocation)
    options["on_result"] = lambda one: settled.append(one) if one.status in ("added", "existed") else None
    tasks = _written(invocation.arguments["value"], order)
    report = invocation.run(lambda: run_sync(add_collection(invocation.executor, job_id, tasks, **options)))
    for outcomes in (report.failed, report.unknown, settled):
        outcomes.sort(key=lambda outcome: order.get(str(outcome.task_id).lower(), -1))
    if not report.ok:
        raise _incomplete(report, tasks)
    origin = invocation.executor.origin
    values = [_result(one, f"{origin.url if origin else ''}/jobs/{job_id}/tasks/{one.task_id}") for one in settled]
    return class_of("TaskAddCollectionResult")(value=values)


def _bulk_options(invocation: Invocation) -> dict[str, Any]:
    options, threads = invocation.options, invocation.extra["threads"] or 0
    if not isinstance(threads, int) or threads < 0:
        raise ValueError(f"threads must be a whole number of 0 or more, not {threads!r}.")
    if "client_request_id" in options:
        raise as_old(InvalidInputError("add_collection sends many requests: none can have the one client_request_id."))
    # The default there is 120, which counts as 30.
    limit = options["server_timeout"] and min(30, options["server_timeout"])
    return {**options, "server_timeout": limit, "concurrency": max(1, threads), "raise_on_failure": False}


def _written(tasks: Iterable[Any], order: dict[str, int]) -> Iterator[Any]:
    """Yield tasks as JSON, and note the place of each id."""
    for task in tasks:
        written = plain(task)
        if isinstance(written, Mapping):
            order.setdefault(str(written.get("id")).lower(), len(order))
            written = _Original(written, task)
        yield written


def _incomplete(report: BulkReport, rest: Iterator[Any]) -> CreateTasksErrorException:
    """Sort what was not added into refused and pending, which includes the tasks that were never taken."""
    refused = [one for one in report.failed if is_about_task(one.error)]
    others = [*report.unknown, *(one for one in report.failed if not is_about_task(one.error))]
    left = [*(one.task for one in others), *report.unsent, *rest]
    pending = [task.original if isinstance(task, _Original) else task for task in left]
    causes = [report.stopped] if report.stopped else [one.error for one in others][:1]
    large = [one.error for one in refused if isinstance(one.error, (BodyTooLargeError, TooLargeError))]
    errors = [as_old(_as_refusal(error)) for error in (*large, *causes) if error is not None]
    return CreateTasksErrorException(pending, [_result(one) for one in refused], errors)


def _as_refusal(error: Any) -> Any:
    """Return a task that is too large to be sent as the service would refuse it."""
    if isinstance(error, BodyTooLargeError):
        return TooLargeError(str(error), status_code=413, code="RequestBodyTooLarge")
    return error


def _result(outcome: TaskOutcome, location: str | None = None) -> Any:
    kind, statuses = class_of("TaskAddResult"), class_of("TaskAddStatus")
    task_id = str(outcome.task_id)
    if outcome.status == "added":
        return kind(status=statuses["success"], task_id=task_id, location=location)
    exists = ServiceError("The specified task already exists.", status_code=409, code="TaskExists")
    error = _as_refusal(outcome.error or exists)
    is_server = isinstance(error, ServiceError) and error.status_code >= 500
    status = statuses["server_error" if is_server else "client_error"]
    return kind(status=status, task_id=task_id, error=batch_error(error))


_SPECIAL = {
    "task.add_collection": _add_collection,
    "task.list_subtasks": _list_subtasks,
    "task.update": _update_task,
    "file.get_from_task": _content,
    "file.get_properties_from_task": _properties,
}
