"""What the tasks have used, as `$expand=stats` shows it."""

from __future__ import annotations

from typing import Any

from batchtasks_local.clock import SECOND, duration_text, to_text
from batchtasks_local.records import Counts, JobRecord, JobUsage, TaskRecord, Usage

_BLOCK = 512
_GIB = 1 << 30


def statistics(task: TaskRecord) -> dict[str, Any] | None:
    """A TaskStatistics in wire form, without its URL; None for a task none of whose runs has ended yet.

    Processor time and blocks are over all runs and their subtasks, as the kernel counts them (reads that its cache
    served are not counted), the wall clock over all runs; the wait is from the adding to the latest start.
    """
    if task.usage is None:
        return None
    started, ended = task.started or task.state_since, task.ended or task.state_since
    return {
        "startTime": to_text(started),
        "lastUpdateTime": to_text(max(started, ended)),
        **_used(task.usage),
        "waitTime": duration_text(max(started - task.created, 0)),
    }


def job_statistics(job: JobRecord, spent: JobUsage, counts: Counts, now: int) -> dict[str, Any]:
    """A JobStatistics in wire form, without its URL: the sums over its tasks, from its start until now."""
    return {
        "startTime": to_text(job.started or job.created),
        "lastUpdateTime": to_text(job.ended or now),
        **_used(spent.usage),
        "numSucceededTasks": str(counts.succeeded),
        "numFailedTasks": str(counts.failed),
        "numTaskRetries": str(spent.retries),
        "waitTime": duration_text(spent.wait),
    }


def _used(usage: Usage) -> dict[str, Any]:
    return {
        "userCPUTime": duration_text(round(usage.user * SECOND)),
        "kernelCPUTime": duration_text(round(usage.kernel * SECOND)),
        "wallClockTime": duration_text(usage.wall),
        "readIOps": str(usage.read_blocks),
        "writeIOps": str(usage.written_blocks),
        "readIOGiB": usage.read_blocks * _BLOCK / _GIB,
        "writeIOGiB": usage.written_blocks * _BLOCK / _GIB,
    }
