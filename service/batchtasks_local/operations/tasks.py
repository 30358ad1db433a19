"""The nine task operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batchtasks_local.domain import checks, clock, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.records import TASK_RESULTS, TASK_STATES, JobRecord, TaskRecord
from batchtasks_local.http import conditions, errors, lists
from batchtasks_local.http.contract.bodies import RefusedItem
from batchtasks_local.http.exchange import Answer, Exchange, Headers, json_answer
from batchtasks_local.operations import render
from batchtasks_local.operations.context import Context, operation

_FILTER_VALUES = {"state": TASK_STATES, "executionInfo/result": TASK_RESULTS}


@operation("Task_Add")
def add(context: Context, exchange: Exchange) -> Answer:
    """Task_Add."""
    (added,) = _add(context, exchange, [exchange.content])
    if isinstance(added, RefusedError):
        raise added
    record, is_new = added
    if not is_new:
        raise errors.task_exists()
    context.runner.wake()
    url = render.task_url(exchange.base, exchange.ids[0], record.id)
    return Answer(201, (*render.version_headers(record.modified), ("DataServiceId", url), ("Location", url)))


@operation("Task_AddCollection")
def add_collection(context: Context, exchange: Exchange) -> Answer:
    """Task_AddCollection: adds the tasks that can be added in one transaction; each has its own result.

    A task with a property that the service refuses fails alone (recorded for `dependsOn`).
    """
    specs: list[dict[str, Any] | RefusedItem] = exchange.content["value"]
    failing = context.faults.failing_tasks(len(specs))
    good = [spec for number, spec in enumerate(specs) if number not in failing and not isinstance(spec, RefusedItem)]
    added = iter(_add(context, exchange, good))
    results = []
    for number, spec in enumerate(specs):
        if number in failing:
            task_id = spec.id if isinstance(spec, RefusedItem) else spec["id"]
            results.append(_failed(context, exchange, task_id, errors.internal_error(), "ServerError"))
        elif isinstance(spec, RefusedItem):
            results.append(_failed(context, exchange, spec.id, spec.error, "ClientError"))
        else:
            results.append(_result(context, exchange, spec["id"], next(added)))
    context.runner.wake()
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#taskaddresult", "value": results})


def _add(
    context: Context, exchange: Exchange, specs: list[dict[str, Any]]
) -> list[tuple[TaskRecord, bool] | RefusedError]:
    added = context.store.add_tasks(exchange.ids[0], checks.check_add, specs)
    if added is None:
        raise errors.job_not_found()
    return added


def _result(
    context: Context, exchange: Exchange, task_id: str, added: tuple[TaskRecord, bool] | RefusedError
) -> dict[str, Any]:
    if isinstance(added, RefusedError):
        return _failed(context, exchange, task_id, errors.refused_in_collection(added), "ClientError")
    record, is_new = added
    if not is_new:
        return _failed(context, exchange, task_id, errors.task_exists(), "ClientError")
    return {
        "status": _status(context, "Success"),
        "taskId": record.id,
        "eTag": clock.etag(record.modified),
        "lastModified": clock.to_text(record.modified),
        "location": f"{exchange.base}/jobs/{exchange.ids[0]}/tasks/{record.id}",
    }


def _failed(
    context: Context, exchange: Exchange, task_id: str, error: errors.BatchError, status: str
) -> dict[str, Any]:
    return {"error": error.body(exchange.request_id), "status": _status(context, status), "taskId": task_id}


def _status(context: Context, text: str) -> str:
    return text.lower() if context.settings.lower_status else text


@operation("Task_Get")
def get(context: Context, exchange: Exchange) -> Answer:
    """Task_Get."""
    shown = _rendering(exchange)
    record = find(context, exchange)
    conditions.check(exchange.condition, record.modified, reading=True)
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#tasks/@Element"}
    return json_answer(metadata | shown(record), render.version_headers(record.modified))


def _rendering(exchange: Exchange) -> Callable[[TaskRecord], render.Item]:
    """Return the function that renders a task as this request asks for it."""
    select, base = lists.selection(exchange), exchange.base
    if lists.expands(exchange, "stats"):
        return lambda record: select(render.with_statistics(render.task(record, base), render.task_statistics(record)))
    return lambda record: select(render.task(record, base))


def find(context: Context, exchange: Exchange) -> TaskRecord:
    """Return the task that a request names; raise JobNotFound or TaskNotFound."""
    record = context.store.get_task(*_ids(exchange))
    if record is None:
        raise _not_found(context, exchange)
    return record


def _ids(exchange: Exchange) -> tuple[str, str]:
    return exchange.ids[0], exchange.ids[1]


def _not_found(context: Context, exchange: Exchange) -> errors.BatchError:
    return errors.job_not_found() if context.store.get_job(exchange.ids[0]) is None else errors.task_not_found()


@operation("Task_List")
def list_(context: Context, exchange: Exchange) -> Answer:
    """Task_List."""
    shown = _rendering(exchange)
    tree = lists.filter_tree(exchange, _FILTER_VALUES)
    limit = lists.page_size(exchange) + 1
    rows = context.store.list_tasks(exchange.ids[0], tree, lists.after_id(exchange), limit)
    if not rows and context.store.get_job(exchange.ids[0]) is None:
        raise errors.job_not_found()
    body = lists.page_body(exchange, rows, shown, lambda record: record.id)
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#tasks", **body})


@operation("Task_ListSubtasks")
def list_subtasks(context: Context, exchange: Exchange) -> Answer:
    """Task_ListSubtasks; a task that is not a multi-instance task has none."""
    select = lists.selection(exchange)
    record = find(context, exchange)
    value = [select(render.subtask(stored, exchange.base)) for stored in record.subtasks]
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#subtaskinfo", "value": value})


@operation("Task_Update")
def update(context: Context, exchange: Exchange) -> Answer:
    """Task_Update: replaces the constraints as a whole; if they are left out, the defaults apply again."""
    constraints = (exchange.content or {}).get("constraints")
    record = _change(context, exchange, lambda task, job: task_moves.update(task, job, constraints, clock.now()))
    context.runner.wake()
    return Answer(200, _change_headers(exchange, record))


@operation("Task_Terminate")
def terminate(context: Context, exchange: Exchange) -> Answer:
    """Task_Terminate: completes the task at once; its process, if one runs, is ended."""
    record = _change(context, exchange, lambda task, job: task_moves.terminate(task, job, clock.now()))
    context.runner.wake()
    return Answer(204, _change_headers(exchange, record))


@operation("Task_Reactivate")
def reactivate(context: Context, exchange: Exchange) -> Answer:
    """Task_Reactivate."""
    record = _change(context, exchange, lambda task, job: task_moves.reactivate(task, job, clock.now()))
    context.runner.wake()
    return Answer(204, render.version_headers(record.modified))


def _change(context: Context, exchange: Exchange, change: Callable[[TaskRecord, JobRecord], TaskRecord]) -> TaskRecord:
    def checked(task: TaskRecord, job: JobRecord) -> TaskRecord:
        conditions.check(exchange.condition, task.modified, reading=False)
        return change(task, job)

    record = context.store.change_task(*_ids(exchange), checked)
    if record is None:
        raise _not_found(context, exchange)
    return record


def _change_headers(exchange: Exchange, record: TaskRecord) -> Headers:
    # DataServiceId is the URL of the request, which for terminate ends in /terminate (captured).
    return (*render.version_headers(record.modified), ("DataServiceId", exchange.base + exchange.raw_path))


@operation("Task_Delete")
def delete(context: Context, exchange: Exchange) -> Answer:
    """Task_Delete: removes the task at once, and its files; a process that runs is ended."""

    def check(task: TaskRecord, job: JobRecord) -> None:
        conditions.check(exchange.condition, task.modified, reading=False)
        checks.check_delete_task(job)

    record = context.store.remove_task(*_ids(exchange), check)
    if record is None:
        raise _not_found(context, exchange)
    context.runner.remove_task_files(record.job_id, record.id)
    return Answer(200)
