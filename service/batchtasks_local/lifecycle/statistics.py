"""What a task has used, as `$expand=stats` shows it."""

from __future__ import annotations

from typing import Any

from batchtasks_local.clock import SECOND, duration_text, to_text
from batchtasks_local.records import TaskRecord

_BLOCK = 512
_GIB = 1 << 30


def statistics(task: TaskRecord) -> dict[str, Any] | None:
    """A TaskStatistics in wire form, without its URL; None for a task none of whose runs has ended yet.

    Processor time and blocks are over all runs and their subtasks, as the kernel counts them (reads that its cache
    served are not counted); the wall clock is that of the last run; the wait is from the adding to its start.
    """
    if task.usage is None:
        return None
    started, ended = task.started or task.state_since, task.ended or task.state_since
    return {
        "startTime": to_text(started),
        "lastUpdateTime": to_text(ended),
        "userCPUTime": duration_text(round(task.usage.user * SECOND)),
        "kernelCPUTime": duration_text(round(task.usage.kernel * SECOND)),
        "wallClockTime": duration_text(max(ended - started, 0)),
        "readIOps": str(task.usage.read_blocks),
        "writeIOps": str(task.usage.written_blocks),
        "readIOGiB": task.usage.read_blocks * _BLOCK / _GIB,
        "writeIOGiB": task.usage.written_blocks * _BLOCK / _GIB,
        "waitTime": duration_text(max(started - task.created, 0)),
    }
