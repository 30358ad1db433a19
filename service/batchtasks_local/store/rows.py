"""Rows of the tables to records and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from attrs import astuple

from batchtasks_local.clock import LAST, UNLIMITED, duration_from_text
from batchtasks_local.lifecycle import deadline, satisfies
from batchtasks_local.records import JobRecord, TaskRecord, Usage

# In the order of the records' fields, from the second on for tasks (the first, job_id, is the job's).
JOB_COLUMNS = (
    "id, spec, state, created, modified, state_since, previous_state, previous_since, started, ended,"
    " terminate_reason, disable_tasks, seq"
)
TASK_COLUMNS = (
    "id, spec, state, created, modified, state_since, previous_state, previous_since, started, ended, exit_code,"
    " result, failure, retry_count, last_retry, requeue_count, last_requeue, node, subtasks, run, seq, usage"
)
Row = Sequence[Any]
_duration = lru_cache(maxsize=1024)(duration_from_text)


def job_of(row: Row) -> JobRecord:
    """A job from its columns."""
    return JobRecord(row[0], orjson.loads(row[1]), *row[2:])


def job_values(job: JobRecord) -> dict[str, Any]:
    """What the columns of a job hold, by name."""
    pool = (job.spec.get("poolInfo") or {}).get("poolId")
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
        "pool_id": pool,
        "deadline": deadline(job),
    }


def task_of(job_id: str, row: Row) -> TaskRecord:
    """A task from its columns."""
    values = [job_id, *row]
    values[2] = orjson.loads(row[1])
    for place in (13, 18):  # failure, node
        if values[place] is not None:
            values[place] = orjson.loads(values[place])
    values[19] = orjson.loads(values[19]) if values[19] is not None else []  # subtasks
    if values[22] is not None:
        values[22] = Usage(*orjson.loads(values[22]))
    return TaskRecord(*values)


def task_values(task: TaskRecord) -> tuple[Any, ...]:
    """What the columns of TASK_COLUMNS hold, without spec and id, with satisfies and expires before run."""
    return (
        task.state,
        task.created,
        task.modified,
        task.state_since,
        task.previous_state,
        task.previous_since,
        task.started,
        task.ended,
        task.exit_code,
        task.result,
        orjson.dumps(task.failure) if task.failure is not None else None,
        task.retry_count,
        task.last_retry,
        task.requeue_count,
        task.last_requeue,
        orjson.dumps(task.node) if task.node is not None else None,
        orjson.dumps(task.subtasks) if task.subtasks else None,
        task.run,
        orjson.dumps(astuple(task.usage)) if task.usage is not None else None,
        satisfies(task),
        expiry(task),
        task.seq,
    )


UPDATE_TASK = (
    "UPDATE task SET state = ?, created = ?, modified = ?, state_since = ?, previous_state = ?, previous_since = ?,"
    " started = ?, ended = ?, exit_code = ?, result = ?, failure = ?, retry_count = ?, last_retry = ?,"
    " requeue_count = ?, last_requeue = ?, node = ?, subtasks = ?, run = ?, usage = ?, satisfies = ?, expires = ? WHERE seq = ?"
)


def expiry(task: TaskRecord) -> int | None:
    """When the directory of a completed task that has run may go, in ticks; None for never and for other tasks."""
    if task.state != "completed" or task.ended is None or not task.run:
        return None
    kept = _duration(task.spec["constraints"]["retentionTime"])
    moment = task.ended + kept
    return None if kept == UNLIMITED or moment > LAST else moment
