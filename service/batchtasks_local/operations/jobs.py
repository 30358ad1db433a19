"""The job operations that a task workflow needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batchtasks_local.domain import clock, job_moves, special_tasks
from batchtasks_local.domain.records import JOB_STATES, JobRecord
from batchtasks_local.http import conditions, errors, lists
from batchtasks_local.http.exchange import Answer, Exchange, Headers, json_answer
from batchtasks_local.operations import render
from batchtasks_local.operations.context import Context, operation

# Location and DataServiceId of a new job end in this and not in its id (captured).
_LOCATION_ID = "job-1"
_FILTER_VALUES = {"state": JOB_STATES}


@operation("Job_Add")
def add(context: Context, exchange: Exchange) -> Answer:
    """Job_Add."""
    if "jobReleaseTask" in exchange.content and "jobPreparationTask" not in exchange.content:
        raise errors.missing_property("jobPreparationTask", "A jobReleaseTask needs one")
    _check_parallel(exchange.content)
    record = job_moves.new_job(exchange.content, clock.now(1 + clock.MICROSECOND))
    if not context.store.add_job(record):
        raise errors.job_exists()
    context.runner.wake()
    url = f"{exchange.base}/jobs/{_LOCATION_ID}"
    return Answer(201, (*render.version_headers(record.modified), ("DataServiceId", url), ("Location", url)))


def _check_parallel(spec: dict[str, Any]) -> None:
    if spec.get("maxParallelTasks") == 0:
        raise errors.invalid_property("maxParallelTasks", "0", "It must be -1 or at least 1")


@operation("Job_Get")
def get(context: Context, exchange: Exchange) -> Answer:
    """Job_Get."""
    shown = _rendering(context, exchange)
    record = context.store.get_job(exchange.ids[0])
    if record is None:
        raise errors.job_not_found()
    conditions.check(exchange.condition, record.modified, reading=True)
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#jobs/@Element"}
    return json_answer(metadata | shown(record), render.version_headers(record.modified))


def _rendering(context: Context, exchange: Exchange) -> Callable[[JobRecord], render.Item]:
    """Return the function that renders a job as this request asks for it."""
    select, base, store = lists.selection(exchange), exchange.base, context.store
    if not lists.expands(exchange, "stats"):
        return lambda record: select(render.job(record, base))

    def with_statistics(record: JobRecord) -> render.Item:
        usage, (counts, _) = store.job_usage(record.id), store.counts(record.id)
        statistics = render.job_statistics(record, usage, counts, clock.now())
        return select(render.with_statistics(render.job(record, base), statistics))

    return with_statistics


@operation("Job_List")
def list_(context: Context, exchange: Exchange) -> Answer:
    """Job_List."""
    shown = _rendering(context, exchange)
    tree = lists.filter_tree(exchange, _FILTER_VALUES)
    rows = context.store.list_jobs(tree, lists.after_seq(exchange), lists.page_size(exchange) + 1)
    body = lists.page_body(exchange, rows, shown, lambda record: record.seq)
    return json_answer({"odata.metadata": f"{exchange.base}/$metadata#jobs", **body})


@operation("Job_Patch")
def patch(context: Context, exchange: Exchange) -> Answer:
    """Job_Patch: replaces the members that are given; a nested object is replaced as a whole."""
    changes = exchange.content
    _check_parallel(changes)
    record = _change(context, exchange, lambda job: job_moves.patch_job(job, changes, clock.now()))
    context.runner.wake()
    return Answer(200, _change_headers(exchange, record))


@operation("Job_Update")
def update(context: Context, exchange: Exchange) -> Answer:
    """Job_Update: as a patch, but what is left out goes back to its default."""
    wanted = exchange.content
    _check_parallel(wanted)
    record = _change(context, exchange, lambda job: job_moves.update_job(job, wanted, clock.now()))
    context.runner.wake()
    return Answer(200, _change_headers(exchange, record))


@operation("Job_ListPreparationAndReleaseTaskStatus")
def list_preparation_and_release_task_status(context: Context, exchange: Exchange) -> Answer:
    """Job_ListPreparationAndReleaseTaskStatus."""
    record = context.store.get_job(exchange.ids[0])
    if record is None:
        raise errors.job_not_found()
    if not special_tasks.has_any(record):
        raise errors.no_special_tasks()
    items = [render.special_tasks(record, exchange.base)] if record.preparation else []
    metadata = {"odata.metadata": f"{exchange.base}/$metadata#jobpreparationandreleasetaskstatuslist"}
    return json_answer(metadata | lists.whole_list(exchange, items))


@operation("Job_Terminate")
def terminate(context: Context, exchange: Exchange) -> Answer:
    """Job_Terminate: ends the running tasks; active tasks stay active and never run."""
    reason = (exchange.content or {}).get("terminateReason")
    record = _change(context, exchange, lambda job: job_moves.terminate_job(job, reason, clock.now()))
    context.runner.wake()
    return Answer(202, _change_headers(exchange, record))


@operation("Job_Disable")
def disable(context: Context, exchange: Exchange) -> Answer:
    """Job_Disable."""
    disable_tasks = exchange.content["disableTasks"]
    record = _change(context, exchange, lambda job: job_moves.disable_job(job, disable_tasks, clock.now()))
    context.runner.wake()
    return Answer(202, _change_headers(exchange, record))


@operation("Job_Enable")
def enable(context: Context, exchange: Exchange) -> Answer:
    """Job_Enable."""
    record = _change(context, exchange, lambda job: job_moves.enable_job(job, clock.now()))
    context.runner.wake()
    return Answer(202, _change_headers(exchange, record))


@operation("Job_Delete")
def delete(context: Context, exchange: Exchange) -> Answer:
    """Job_Delete: marks the job; the runner removes it and its tasks a moment later."""
    _change(context, exchange, lambda job: job_moves.delete_job(job, clock.now()))
    context.runner.remove_jobs()
    return Answer(202)


@operation("Job_GetTaskCounts")
def get_task_counts(context: Context, exchange: Exchange) -> Answer:
    """Job_GetTaskCounts."""
    if context.store.get_job(exchange.ids[0]) is None:
        raise errors.job_not_found()
    return json_answer(render.counts(*context.store.counts(exchange.ids[0]), exchange.base))


def _change(context: Context, exchange: Exchange, change: Callable[[JobRecord], JobRecord]) -> JobRecord:
    def checked(job: JobRecord) -> JobRecord:
        conditions.check(exchange.condition, job.modified, reading=False)
        return change(job)

    record = context.store.change_job(exchange.ids[0], checked)
    if record is None:
        raise errors.job_not_found()
    return record


def _change_headers(exchange: Exchange, record: JobRecord) -> Headers:
    return (*render.version_headers(record.modified), ("DataServiceId", exchange.base + exchange.raw_path))
