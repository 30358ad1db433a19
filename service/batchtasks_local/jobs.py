"""The job operations that a task workflow needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batchtasks_local import clock, conditions, errors, filter_sql, lifecycle, paging, projection, render
from batchtasks_local.exchange import Answer, Exchange
from batchtasks_local.records import JobRecord
from batchtasks_local.service import Service

# Tasks of a job's own, which need a pool's nodes to mean anything. Better refused than accepted and never run.
_OWN_TASKS = ("jobManagerTask", "jobPreparationTask", "jobReleaseTask")
# Location and DataServiceId of a new job end in this and not in its id (captured)
_ODD_ID = "job-1"


def add(service: Service, exchange: Exchange) -> Answer:
    """Job_Add."""
    for name in _OWN_TASKS:
        if name in exchange.content:
            raise errors.unsupported_property(name, "This local service does not run such tasks")
    _check_parallel(exchange.content)
    record = lifecycle.new_job(exchange.content, clock.now())
    if not service.store.add_job(record):
        raise errors.job_exists()
    service.runner.wake()
    url = f"{exchange.base}/jobs/{_ODD_ID}"
    return Answer(201, (*render.stamps(record.modified), ("DataServiceId", url), ("Location", url)))


def _check_parallel(spec: dict[str, Any]) -> None:
    if spec.get("maxParallelTasks") == 0:
        raise errors.invalid_property("maxParallelTasks", "0", "It must be -1 or at least 1")


def get(service: Service, exchange: Exchange) -> Answer:
    """Job_Get."""
    shown = _rendering(service, exchange)
    record = service.store.get_job(exchange.ids[0])
    if record is None:
        raise errors.job_not_found()
    conditions.check(exchange.condition, record.modified, reading=True)
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#jobs/@Element"}
    return render.json_answer(metadata | shown(record), render.stamps(record.modified))


def _rendering(service: Service, exchange: Exchange) -> Callable[[JobRecord], render.Item]:
    """How this request wants a job to be written."""
    pick, base, store = projection.selection(exchange), exchange.base, service.store
    if not projection.expands(exchange, "stats"):
        return lambda record: pick(render.job(record, base))

    def with_statistics(record: JobRecord) -> render.Item:
        stats = lifecycle.job_statistics(record, store.spent(record.id), store.counts(record.id)[0], clock.now())
        return pick(render.expanded(render.job(record, base), stats))

    return with_statistics


def list_(service: Service, exchange: Exchange) -> Answer:
    """Job_List."""
    shown = _rendering(service, exchange)
    page = paging.page_of(exchange)
    where = filter_sql.of(exchange, filter_sql.JOB_COLUMNS, filter_sql.JOB_STATES)
    rows = service.store.list_jobs(where, page.after, page.size + 1)
    body = paging.cut(exchange, rows, shown, lambda record: record.seq)
    return render.json_answer({"odata.metadata": f"{exchange.base}/$metadata#jobs", **body})


def patch(service: Service, exchange: Exchange) -> Answer:
    """Job_Patch: a nested object that is given is replaced as a whole."""
    changes = exchange.content
    _check_parallel(changes)
    record = _changed(service, exchange, lambda job: lifecycle.patch_job(job, changes, clock.now()))
    service.runner.wake()
    return Answer(200, _stamped(exchange, record))


def terminate(service: Service, exchange: Exchange) -> Answer:
    """Job_Terminate: running tasks are ended, active ones stay active for good."""
    reason = (exchange.content or {}).get("terminateReason", "UserTerminate")
    record = _changed(service, exchange, lambda job: lifecycle.terminate_job(job, reason, clock.now()))
    service.runner.end_job(exchange.ids[0])
    return Answer(202, _stamped(exchange, record))


def disable(service: Service, exchange: Exchange) -> Answer:
    """Job_Disable."""
    wish = exchange.content["disableTasks"]
    record = _changed(service, exchange, lambda job: lifecycle.disable_job(job, wish, clock.now()))
    service.runner.wake()
    return Answer(202, _stamped(exchange, record))


def enable(service: Service, exchange: Exchange) -> Answer:
    """Job_Enable."""
    record = _changed(service, exchange, lambda job: lifecycle.enable_job(job, clock.now()))
    service.runner.wake()
    return Answer(202, _stamped(exchange, record))


def delete(service: Service, exchange: Exchange) -> Answer:
    """Job_Delete: the job is marked; it and its tasks are gone a moment later."""
    _changed(service, exchange, lambda job: lifecycle.delete_job(job, clock.now()))
    service.runner.end_job(exchange.ids[0])
    return Answer(202)


def get_task_counts(service: Service, exchange: Exchange) -> Answer:
    """Job_GetTaskCounts."""
    if service.store.get_job(exchange.ids[0]) is None:
        raise errors.job_not_found()
    return render.json_answer(render.counts(*service.store.counts(exchange.ids[0]), exchange.base))


def _changed(service: Service, exchange: Exchange, change: Callable[[JobRecord], JobRecord]) -> JobRecord:
    def checked(job: JobRecord) -> JobRecord:
        conditions.check(exchange.condition, job.modified, reading=False)
        return change(job)

    record = service.store.change_job(exchange.ids[0], checked)
    if record is None:
        raise errors.job_not_found()
    return record


def _stamped(exchange: Exchange, record: JobRecord) -> render.Headers:
    return (*render.stamps(record.modified), ("DataServiceId", exchange.base + exchange.raw_path))
