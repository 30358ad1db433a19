"""Adds many tasks to a job. Killed half-way and run again, it finishes the work: nothing is added twice.

    python add_many.py URL JOB COUNT [blocking | awaiting]

The id of each task comes from the work that it stands for, so a second run sends the same ids; those that are there
already are counted as `existed`. On Ctrl-C the exception has the report.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator

from batchtasks import AsyncBatchClient, BatchClient, BulkReport, SharedKeyCredential, task
from batchtasks.models import TaskAddParameter

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="


def parts(count: int) -> Iterator[TaskAddParameter]:
    """The work, a task for each part of it."""
    for number in range(count):
        yield task(f"part-{number:06d}", f"process --part {number}")


def add_blocking(url: str, job: str, count: int) -> BulkReport:
    """Add them with the blocking client."""
    with BatchClient(url, SharedKeyCredential("account", KEY)) as client:
        return client.task.add_collection(job, parts(count), concurrency=4)


async def add_awaiting(url: str, job: str, count: int) -> BulkReport:
    """Add them with the awaiting client."""
    async with AsyncBatchClient(url, SharedKeyCredential("account", KEY)) as client:
        return await client.task.add_collection(job, parts(count), concurrency=4)


def main(url: str, job: str, count: str, colour: str = "blocking") -> None:
    """Add, and print what became of it."""
    async_method = colour == "awaiting"
    try:
        report = asyncio.run(add_awaiting(url, job, int(count))) if async_method else add_blocking(url, job, int(count))
    except KeyboardInterrupt as interruption:
        # With asyncio.run the report is on the cancellation that Ctrl-C caused.
        report = getattr(interruption, "report", None) or interruption.__context__.report  # type: ignore[union-attr]
    numbers = {
        "added": report.added,
        "existed": report.existed,
        "pulled": report.pulled,
        "stopped": repr(report.stopped),
    }
    numbers.update(unknown=len(report.unknown), unsent=len(report.unsent), failed=len(report.failed))
    print(json.dumps(numbers))


if __name__ == "__main__":
    main(*sys.argv[1:])
