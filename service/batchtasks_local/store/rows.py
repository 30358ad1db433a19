"""Rows of the tables to records and back, by the names of columns and fields, which are the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from attrs import astuple, fields

from batchtasks_local.domain.clock import LAST, UNLIMITED, duration_from_text
from batchtasks_local.domain.exits import satisfies
from batchtasks_local.domain.job_moves import deadline
from batchtasks_local.domain.records import JobRecord, TaskRecord, Usage

_JOB_NAMES = tuple(field.name for field in fields(JobRecord))
_TASK_NAMES = tuple(field.name for field in fields(TaskRecord) if field.name != "job_id")
JOB_COLUMNS = ", ".join(_JOB_NAMES)
TASK_COLUMNS = ", ".join(_TASK_NAMES)
"""The columns of a task's record, but for `job_id`, which is a column of `job`."""
Row = Sequence[Any]

_duration = lru_cache(maxsize=1024)(duration_from_text)


def job_from_row(row: Row) -> JobRecord:
    """Return the job of a row with `JOB_COLUMNS`."""
    values = dict(zip(_JOB_NAMES, row, strict=True))
    values["spec"] = orjson.loads(values["spec"])
    return JobRecord(**values)


def job_values(job: JobRecord) -> dict[str, Any]:
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
        "pool_id": (job.spec.get("poolInfo") or {}).get("poolId"),
        "deadline": deadline(job),
    }


def task_from_row(job_id: str, row: Row) -> TaskRecord:
    """Return the task of a row with `TASK_COLUMNS`."""
    values = dict(zip(_TASK_NAMES, row, strict=True))
    values["spec"] = orjson.loads(values["spec"])
    for name in ("failure", "node"):
        if values[name] is not None:
            values[name] = orjson.loads(values[name])
    values["subtasks"] = orjson.loads(values["subtasks"]) if values["subtasks"] is not None else []
    if values["usage"] is not None:
        values["usage"] = Usage(*orjson.loads(values["usage"]))
    return TaskRecord(job_id, **values)


def task_values(task: TaskRecord) -> dict[str, Any]:
    """Return what a task has in each column that can change, but for `spec`; `seq` tells which row it is."""
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
        "seq": task.seq,
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
    """Return an INSERT statement with a parameter for each column, named like it."""
    return f"{verb} INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"


@lru_cache
def assignments(names: tuple[str, ...]) -> str:
    """Return the assignments of an UPDATE statement, with a parameter for each column, named like it."""
    return ", ".join(f"{name} = :{name}" for name in names)
