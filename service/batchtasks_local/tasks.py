"""The nine task operations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batchtasks_local import clock, conditions, errors, filter_sql, lifecycle, paging, projection, render
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.records import JobRecord, TaskRecord
from batchtasks_local.service import Service


def add(service: Service, exchange: Exchange) -> Answer:
    """Task_Add."""
    ((record, added),) = _keep(service, exchange, [exchange.content])
    if not added:
        raise errors.task_exists()
    service.runner.wake()
    url = render.task_url(exchange.base, exchange.ids[0], record.id)
    return Answer(201, (*render.stamps(record.modified), ("DataServiceId", url), ("Location", url)))


def add_collection(service: Service, exchange: Exchange) -> Answer:
    """Task_AddCollection: all of the tasks that can be added are, in one transaction; each has its own result."""
    specs: list[dict[str, Any]] = exchange.content["value"]
    broken = service.faults.broken_tasks(len(specs))
    good = [spec for number, spec in enumerate(specs) if number not in broken] if broken else specs
    kept = iter(_keep(service, exchange, good))
    results = [
        _failed(service, exchange, spec["id"], errors.internal_error(), "ServerError")
        if number in broken
        else _result(service, exchange, spec["id"], *next(kept))
        for number, spec in enumerate(specs)
    ]
    service.runner.wake()
    return render.json_answer({"odata.metadata": f"{exchange.base}/$metadata#taskaddresult", "value": results})


def _keep(service: Service, exchange: Exchange, specs: list[dict[str, Any]]) -> list[tuple[TaskRecord, bool]]:
    kept = service.store.add_tasks(exchange.ids[0], lifecycle.check_add, specs)
    if kept is None:
        raise errors.job_not_found()
    return kept


def _result(service: Service, exchange: Exchange, task_id: str, record: TaskRecord, added: bool) -> dict[str, Any]:
    if not added:
        return _failed(service, exchange, task_id, errors.task_exists(), "ClientError")
    return {
        "status": _status(service, "Success"),
        "taskId": record.id,
        "eTag": clock.etag(record.modified),
        "lastModified": clock.to_text(record.modified),
        "location": f"{exchange.base}/jobs/{exchange.ids[0]}/tasks/{record.id}",
    }


def _failed(
    service: Service, exchange: Exchange, task_id: str, fault: errors.BatchFault, status: str
) -> dict[str, Any]:
    error = errors.payload(fault, exchange.request_id)
    return {"error": error, "status": _status(service, status), "taskId": task_id}


def _status(service: Service, text: str) -> str:
    return text.lower() if service.settings.lower_status else text


def get(service: Service, exchange: Exchange) -> Answer:
    """Task_Get."""
    shown = _rendering(exchange)
    record = found(service, exchange)
    conditions.check(exchange.condition, record.modified, reading=True)
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#tasks/@Element"}
    return render.json_answer(metadata | shown(record), render.stamps(record.modified))


def _rendering(exchange: Exchange) -> Callable[[TaskRecord], render.Item]:
    """How this request wants a task to be written."""
    pick, base = projection.selection(exchange), exchange.base
    if projection.expands(exchange, "stats"):
        return lambda record: pick(render.expanded(render.task(record, base), lifecycle.statistics(record)))
    return lambda record: pick(render.task(record, base))


def found(service: Service, exchange: Exchange) -> TaskRecord:
    """The task that a request names."""
    record = service.store.get_task(*_ids(exchange))
    if record is None:
        raise missing(service, exchange)
    return record


def _ids(exchange: Exchange) -> tuple[str, str]:
    return exchange.ids[0], exchange.ids[1]


def missing(service: Service, exchange: Exchange) -> errors.BatchFault:
    """Which of the two is not there, the job or the task."""
    return errors.job_not_found() if service.store.get_job(exchange.ids[0]) is None else errors.task_not_found()


def list_(service: Service, exchange: Exchange) -> Answer:
    """Task_List."""
    shown = _rendering(exchange)
    page = paging.page_of(exchange)
    where = filter_sql.of(exchange, filter_sql.TASK_COLUMNS, filter_sql.TASK_STATES)
    rows = service.store.list_tasks(exchange.ids[0], where, page.after, page.size + 1)
    if not rows and service.store.get_job(exchange.ids[0]) is None:
        raise errors.job_not_found()
    body = paging.cut(exchange, rows, shown, lambda record: record.seq)
    return render.json_answer({"odata.metadata": f"{exchange.base}/$metadata#tasks", **body})


def list_subtasks(service: Service, exchange: Exchange) -> Answer:
    """Task_ListSubtasks; an ordinary task has none."""
    pick = projection.selection(exchange)
    record = found(service, exchange)
    value = [pick(render.subtask(stored, exchange.base)) for stored in record.subtasks]
    return render.json_answer({"odata.metadata": f"{exchange.base}/$metadata#subtasksinfo", "value": value})


def update(service: Service, exchange: Exchange) -> Answer:
    """Task_Update: the constraints are replaced as a whole; left out, they go back to the defaults."""
    constraints = (exchange.content or {}).get("constraints")
    record = _changed(service, exchange, lambda task, job: lifecycle.update(task, job, constraints, clock.now()))
    service.runner.wake()
    return Answer(200, _stamped(exchange, record))


def terminate(service: Service, exchange: Exchange) -> Answer:
    """Task_Terminate: completed at once; the process, if one runs, is ended."""
    record = _changed(service, exchange, lambda task, job: lifecycle.terminate(task, job, clock.now()))
    service.runner.end_task(record.job_id, record.id)
    return Answer(204, _stamped(exchange, record))


def reactivate(service: Service, exchange: Exchange) -> Answer:
    """Task_Reactivate."""
    record = _changed(service, exchange, lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    service.runner.wake()
    return Answer(204, render.stamps(record.modified))


def _changed(service: Service, exchange: Exchange, change: Callable[[TaskRecord, JobRecord], TaskRecord]) -> TaskRecord:
    def checked(task: TaskRecord, job: JobRecord) -> TaskRecord:
        conditions.check(exchange.condition, task.modified, reading=False)
        return change(task, job)

    record = service.store.change_task(*_ids(exchange), checked)
    if record is None:
        raise missing(service, exchange)
    return record


def _stamped(exchange: Exchange, record: TaskRecord) -> render.Headers:
    # DataServiceId is the URL of the request, which for terminate ends in /terminate (captured)
    return (*render.stamps(record.modified), ("DataServiceId", exchange.base + exchange.raw_path))


def delete(service: Service, exchange: Exchange) -> Answer:
    """Task_Delete: gone at once, with its files; a process that runs is ended."""

    def check(task: TaskRecord, job: JobRecord) -> None:
        conditions.check(exchange.condition, task.modified, reading=False)
        lifecycle.check_delete(task, job)

    record = service.store.remove_task(*_ids(exchange), check)
    if record is None:
        raise missing(service, exchange)
    service.runner.end_task(record.job_id, record.id)
    service.runner.remove_task_files(record.job_id, record.id)
    return Answer(200)
