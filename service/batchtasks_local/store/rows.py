"""Rows of the tables to records and back, by the names of columns and fields, which are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import orjson
from attrs import astuple, fields

from batchtasks_local.domain.clock import LAST, UNLIMITED, duration_from_text
from batchtasks_local.domain.exits import satisfies
from batchtasks_local.domain.job_moves import deadline
from batchtasks_local.domain.records import Delays, JobRecord, TaskRecord, Usage

# Columns are selected in the order of the record's fields, so that a row is the arguments of the record.
_JOB_NAMES = tuple(field.name for field in fields(JobRecord))
_TASK_NAMES = tuple(field.name for field in fields(TaskRecord) if field.name != "job_id")
JOB_COLUMNS = ", ".join(_JOB_NAMES)
TASK_COLUMNS = ", ".join(_TASK_NAMES)
"""The columns of a task's record, but for `job_id`, which is a column of `job`."""
Row = Sequence[Any]

_READ: dict[str, Callable[[bytes], Any]] = {
    "spec": orjson.loads,
    "failure": orjson.loads,
    "node": orjson.loads,
    "subtasks": orjson.loads,
    "usage": lambda text: Usage(*orjson.loads(text)),
}
"""How the columns with JSON are read; NULL stays None."""
_READ_AT = tuple((_TASK_NAMES.index(name), read) for name, read in _READ.items())
_SPEC_AT, _SUBTASKS_AT = _JOB_NAMES.index("spec"), _TASK_NAMES.index("subtasks")

_duration = lru_cache(maxsize=1024)(duration_from_text)


def job_from_row(row: Row) -> JobRecord:
    """Return the job of a row with `JOB_COLUMNS`."""
    values = list(row)
    values[_SPEC_AT] = orjson.loads(values[_SPEC_AT])
    return JobRecord(*values)


def job_values(job: JobRecord, delays: Delays) -> dict[str, Any]:
    """Return what a job has in each column but `seq`."""
    return {
        "id": job.id,
        "spec": orjson.dumps(job.spec),
        "state": job.state,
        "created": job.created,
        "modified": job.modified,
        "state_since": job.state_since,
        "previous_state": job.previous_state,
        "previous_since": job.previous_since,
        "started": job.started,
        "ended": job.ended,
        "terminate_reason": job.terminate_reason,
        "disable_tasks": job.disable_tasks,
        "pool_id": job.pool_id,
        "deadline": deadline(job, delays),
    }


def task_from_row(job_id: str, row: Row) -> TaskRecord:
    """Return the task of a row with `TASK_COLUMNS`."""
    values = list(row)
    for place, read in _READ_AT:
        if values[place] is not None:
            values[place] = read(values[place])
    if values[_SUBTASKS_AT] is None:
        values[_SUBTASKS_AT] = []
    return TaskRecord(job_id, *values)


def task_values(task: TaskRecord) -> dict[str, Any]:
    """Return what a task has in each column that can change, but for `spec`."""
    return {
        "state": task.state,
        "modified": task.modified,
        "state_since": task.state_since,
        "previous_state": task.previous_state,
        "previous_since": task.previous_since,
        "started": task.started,
        "ended": task.ended,
        "exit_code": task.exit_code,
        "result": task.result,
        "failure": orjson.dumps(task.failure) if task.failure is not None else None,
        "retry_count": task.retry_count,
        "last_retry": task.last_retry,
        "requeue_count": task.requeue_count,
        "last_requeue": task.last_requeue,
        "node": orjson.dumps(task.node) if task.node is not None else None,
        "subtasks": orjson.dumps(task.subtasks) if task.subtasks else None,
        "run": task.run,
        "usage": orjson.dumps(astuple(task.usage)) if task.usage is not None else None,
        "satisfies": satisfies(task),
        "expires": expiry(task),
    }


def expiry(task: TaskRecord) -> int | None:
    """Return when the directory of a completed task may be deleted, in ticks; None if never, or if it has not run."""
    if task.state != "completed" or task.ended is None or not task.run:
        return None
    kept = _duration(task.spec["constraints"]["retentionTime"])
    moment = task.ended + kept
    return None if kept == UNLIMITED or moment > LAST else moment


@lru_cache
def insertion(table: str, names: tuple[str, ...], verb: str = "INSERT") -> str:
    """Return an INSERT statement whose parameters are the values of these columns, in order."""
    return f"{verb} INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


@lru_cache
def assignments(names: tuple[str, ...]) -> str:
    """Return the assignments of an UPDATE statement whose parameters are the values of these columns, in order."""
    return ", ".join(f"{name} = ?" for name in names)
