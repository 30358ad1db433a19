"""What the methods of azure-batch 14 do, over the client's own calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any

from batchtasks._bulk.classify import is_about_task
from batchtasks._bulk.methods import add_collection
from batchtasks._bulk.report import BulkReport, TaskOutcome
from batchtasks._core.executor import Executor
from batchtasks._core.sync_async import iterate_sync, run_sync
from batchtasks._operations.files import get_properties_from_task, stream_from_task
from batchtasks.compat._calls import ClientRawResponse, Invocation
from batchtasks.compat.exceptions import CreateTasksErrorException, as_old, batch_error
from batchtasks.errors import BodyTooLargeError, ServiceError, TooLargeError
from batchtasks_rest._azure14 import Model, Paged, plain
from batchtasks_rest._call import Answer
from batchtasks_rest.azure14 import models


def invoke(executor: Executor, operation: str, options: type[Model], kind: Any, given: dict[str, Any]) -> Any:
    """Carry out an operation such as "task.get", with the classes of its options and result, and all arguments by name."""
    invocation = Invocation(executor, operation, options, {one: value for one, value in given.items() if one != "self"})
    if operation in _SPECIAL:
        return _SPECIAL[operation](invocation)
    if kind is not None and issubclass(kind, Paged):
        pages = invocation.run(lambda: invocation.pages(kind.item))
        return kind(pages, invocation.run, lambda page: ClientRawResponse(page, invocation.response))
    return invocation.answered(invocation.run(lambda: invocation.send(kind)))


def _update_task(invocation: Invocation) -> Any:
    """Replace the constraints of a task; None means those that a task has by default."""
    invocation.arguments["constraints"] = invocation.arguments["constraints"] or {}
    return invocation.answered(invocation.run(invocation.send))


def _list_subtasks(invocation: Invocation) -> Any:
    """Return all subtasks of a task in one result."""
    subtasks = invocation.run(lambda: [*invocation.pages(models.SubtaskInformation)])
    return invocation.answered(models.CloudTaskListSubtasksResult(value=subtasks))


def _properties(invocation: Invocation) -> Any:
    """Read the properties of a file; they are in the headers, so there is something to see only with `raw`."""
    work = get_properties_from_task(invocation.executor, **invocation.arguments, **invocation.options)
    invocation.run(lambda: run_sync(work))
    return invocation.answered(None)


def _content(invocation: Invocation) -> Any:
    """Return an iterator over the bytes of a file of any size; the first request is made at once."""
    callback, options = invocation.extra["callback"], invocation.options

    def read() -> Iterator[bytes]:
        if invocation.raw or "condition" in options or "ocp_range" in options:
            yield invocation.send()
        else:
            yield from iterate_sync(stream_from_task(invocation.executor, **invocation.arguments, **options))

    def walk(chunk: bytes | None) -> Iterator[bytes]:
        while chunk is not None:
            if callback is not None:
                callback(chunk, response=invocation.response)
            yield chunk
            chunk = invocation.run(lambda: next(chunks, None))

    chunks = read()
    return invocation.answered(walk(invocation.run(lambda: next(chunks, None))))


class _Original(dict[str, Any]):
    """The JSON object of a task that remembers what the caller had passed in."""

    def __init__(self, members: Mapping[str, Any], original: Any) -> None:
        super().__init__(members)
        self.original = original


def _add_collection(invocation: Invocation) -> Any:
    """Add any number of tasks, `threads` requests at once.

    Returns a TaskAddResult for each task in the order of the input; a task that existed before is a client error TaskExists
    among them. Raises CreateTasksErrorException if a task was not added.
    """
    threads, limit = invocation.extra["threads"] or 0, invocation.options["server_timeout"]
    if not isinstance(threads, int) or threads < 0:
        raise ValueError(f"threads must be a whole number of 0 or more, not {threads!r}.")
    # The default there is 120, which counts as 30.
    options = {**invocation.options, "server_timeout": limit and min(30, limit), "concurrency": max(1, threads)}
    places, results, settled = dict[str, int](), dict[str, Any](), list[TaskOutcome]()
    invocation.see = partial(_note_results, results)
    options["on_result"] = lambda one: settled.append(one) if one.status in ("added", "existed") else None
    job_id, tasks = invocation.arguments["job_id"], _written(invocation.arguments["value"], places)
    work = add_collection(invocation.executor, job_id, tasks, raise_on_failure=False, **options)
    report = invocation.run(lambda: run_sync(work))
    for outcomes in (report.failed, report.unknown, settled):
        outcomes.sort(key=lambda outcome: places.get(str(outcome.task_id).lower(), -1))
    if not report.ok:
        raise _incomplete(report, tasks)
    place = f"{invocation.executor.origin.url}/jobs/{job_id}/tasks"
    values = [_result(one, results.get(str(one.task_id).lower()), place) for one in settled]
    return models.TaskAddCollectionResult(value=values)


def _written(tasks: Iterable[Any], places: dict[str, int]) -> Iterator[Any]:
    """Yield tasks as JSON, and note the place of each id."""
    for task in tasks:
        written = plain(task)
        if isinstance(written, Mapping):
            places.setdefault(str(written.get("id")).lower(), len(places))
            written = _Original(written, task)
        yield written


def _note_results(results: dict[str, Any], answer: Answer) -> None:
    """Keep what the service said of each task; what cannot be read is no result."""
    with suppress(ValueError, TypeError, AttributeError):
        for one in models.TaskAddCollectionResult.deserialize(answer.content).value:
            results[one.task_id.lower()] = one


def _incomplete(report: BulkReport, rest: Iterator[Any]) -> CreateTasksErrorException:
    """Sort what was not added into refused and pending, which includes the tasks that were never taken."""
    refused = [one for one in report.failed if is_about_task(one.error)]
    others = [*report.unknown, *(one for one in report.failed if not is_about_task(one.error))]
    left = chain((one.task for one in others), report.unsent, rest)
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


def _result(outcome: TaskOutcome, answered: Any = None, place: str = "") -> Any:
    """Return what the service answered, or a result that says the same if that got lost or was one of several answers."""
    if answered is not None and (answered.status == models.TaskAddStatus.success) == (outcome.status == "added"):
        return answered
    if outcome.status == "added":
        location = f"{place}/{outcome.task_id}"
        return models.TaskAddResult(
            status=models.TaskAddStatus.success, task_id=str(outcome.task_id), location=location
        )
    exists = ServiceError("The specified task already exists.", status_code=409, code="TaskExists")
    error = _as_refusal(outcome.error or exists)
    is_server = isinstance(error, ServiceError) and error.status_code >= 500
    status = models.TaskAddStatus.server_error if is_server else models.TaskAddStatus.client_error
    return models.TaskAddResult(status=status, task_id=str(outcome.task_id), error=batch_error(error))


_SPECIAL: dict[str, Callable[[Invocation], Any]] = {
    "task.add_collection": _add_collection,
    "task.list_subtasks": _list_subtasks,
    "task.update": _update_task,
    "file.get_from_task": _content,
    "file.get_properties_from_task": _properties,
}
