"""What runs have used: summed up when each ends, whatever has happened to the task meanwhile."""

from __future__ import annotations

from typing import Any

from batchtasks_local.domain.clock import MICROSECOND
from batchtasks_local.domain.records import JobUsage, Outcome, TaskRecord, Usage
from batchtasks_local.store.store import FinishedRun
from tests.service.store.harness import StoreHarness


def running(harness: StoreHarness, **spec: Any) -> TaskRecord:
    """Add the task `a` and start it."""
    harness.job()
    harness.add("a", **spec)
    harness.start()
    return harness.task("a")


def end(harness: StoreHarness, task: TaskRecord, ended: int, exit_code: int) -> TaskRecord:
    """Report the end of a run that took one second of the processor; return the task after it."""
    harness.store.advance([FinishedRun(task.seq, task.run, ended, Outcome(exit_code), usage=Usage(user=1.0))], None)
    return harness.task("a")


def test_a_retry_counts_when_its_run_ends_and_the_wait_when_the_task_does(harness: StoreHarness) -> None:
    first = running(harness, constraints={"maxTaskRetryCount": 1})
    assert first.started is not None
    second = end(harness, first, first.started + 30, exit_code=1)
    assert second.started == first.started + 30 + MICROSECOND
    assert harness.store.job_usage("job1") == JobUsage(Usage(user=1.0, wall=30), wait=0, retries=1)
    last = end(harness, second, second.started + 4, exit_code=0)
    used = Usage(user=2.0, wall=34)
    assert last.usage == used
    assert harness.store.job_usage("job1") == JobUsage(used, second.started - first.created, retries=1)


def test_a_run_that_was_ended_on_request_is_counted_once_until_the_request(harness: StoreHarness) -> None:
    """Its process may end later, or be reported twice; the exit code is the first that was reported."""
    task = running(harness)
    ended = harness.terminate("a")
    assert task.started is not None
    assert ended.ended is not None
    assert harness.store.job_usage("job1") == JobUsage()
    assert end(harness, task, ended.ended + 1000, exit_code=7).exit_code == 7
    assert end(harness, task, ended.ended + 2000, exit_code=8).exit_code == 7
    used = Usage(user=1.0, wall=ended.ended - task.started)
    assert harness.task("a").usage == used
    assert harness.store.job_usage("job1") == JobUsage(used, task.started - task.created)


def test_the_end_of_an_earlier_run_is_not_that_of_the_present_one(harness: StoreHarness) -> None:
    task = running(harness)
    harness.terminate("a")
    harness.reactivate("a")
    harness.start()
    assert task.started is not None
    assert end(harness, task, task.started + 1, exit_code=0).state == "running"
    assert harness.store.job_usage("job1") == JobUsage()


def test_a_clock_that_goes_back_takes_nothing_away(harness: StoreHarness) -> None:
    task = running(harness)
    assert task.started is not None
    end(harness, task, task.started - 50, exit_code=0)
    assert harness.store.job_usage("job1").usage == Usage(user=1.0)
