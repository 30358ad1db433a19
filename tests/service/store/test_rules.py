"""What the store carries out by itself for jobs: ends, disabling, exit actions, deadlines, retention."""

from __future__ import annotations

import time
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import clock, job_moves, task_moves
from batchtasks_local.domain.records import JobRecord
from tests.service.store.harness import StoreHarness


def disable(harness: StoreHarness, how: str) -> JobRecord:
    changed = harness.store.change_job("job1", lambda job: job_moves.disable_job(job, how, clock.now()))
    assert changed is not None
    return changed


def enable(harness: StoreHarness) -> None:
    harness.store.change_job("job1", lambda job: job_moves.enable_job(job, clock.now()))


def end_job(harness: StoreHarness) -> JobRecord:
    changed = harness.store.change_job("job1", lambda job: job_moves.terminate_job(job, "enough", clock.now()))
    assert changed is not None
    return changed


def test_the_end_of_a_job(harness: StoreHarness) -> None:
    """Running tasks are ended, active ones stay and never run, nothing moves the ETags of tasks."""
    harness.job()
    harness.add("a", "b")
    assert harness.start(1, 1) == ["a"]
    before = harness.task("a").modified
    ended = end_job(harness)
    assert (ended.state, ended.terminate_reason, ended.previous_state) == ("completed", "enough", "terminating")
    assert ended.ended == ended.state_since >= ended.modified
    now = harness.task("a")
    assert (now.state, now.modified, now.failure and now.failure["code"]) == ("completed", before, "TaskEnded")
    assert harness.task("b").state == "active"
    assert harness.start() == []


@pytest.mark.parametrize(
    ("how", "job_state", "task_state", "after"),
    [
        ("requeue", "disabled", "active", ["a", "b", "c"]),
        ("terminate", "disabled", "completed", ["b", "c"]),
        ("wait", "disabling", "running", ["b", "c"]),
    ],
)
def test_disabling(harness: StoreHarness, how: str, job_state: str, task_state: str, after: list[str]) -> None:
    """What becomes of running tasks; nothing starts until the job is enabled."""
    harness.job()
    harness.add("a", "b")
    harness.start(1, 1)
    assert disable(harness, how).state == job_state
    now = harness.task("a")
    assert (now.state, now.requeue_count) == (task_state, int(how == "requeue"))
    assert harness.start() == []
    harness.add("c")
    assert harness.start() == []
    enable(harness)
    assert harness.current().state == "active"
    assert harness.start() == after


def test_disabling_with_wait_ends_with_the_last_task(harness: StoreHarness) -> None:
    """Disabling becomes disabled when nothing runs any more, or when one does not wait any longer."""
    harness.job()
    harness.add("a", "b", constraints={"maxTaskRetryCount": 5})
    harness.start()
    disable(harness, "wait")
    harness.finish("a")
    assert harness.current().state == "disabling"
    harness.finish("b", exit_code=1)
    assert (harness.current().state, harness.task("b").state) == ("disabled", "active")
    enable(harness)
    harness.start()
    disable(harness, "wait")
    assert disable(harness, "requeue").state == "disabled"
    assert harness.task("b").requeue_count == 1


ACTING = {"onTaskFailure": "performexitoptionsjobaction", "usesTaskDependencies": True}


@pytest.mark.parametrize(
    ("conditions", "state", "reason", "other"),
    [
        (None, "completed", "TaskFailed", "completed"),
        ({"default": {"jobAction": "none"}}, "active", None, "running"),
        ({"default": {"jobAction": "disable"}}, "disabled", None, "active"),
        (
            {"exitCodes": [{"code": 1, "exitOptions": {"jobAction": "terminate"}}]},
            "completed",
            "TaskFailed",
            "completed",
        ),
    ],
)
def test_what_a_failure_does_to_the_job(
    harness: StoreHarness, conditions: dict[str, Any] | None, state: str, reason: str | None, other: str
) -> None:
    """By its exit options, with the job's other tasks following; the scheduler's doing, so no ETag moves."""
    made = harness.job(**ACTING)
    harness.add("bad", exitConditions=conditions)
    harness.add("other")
    harness.start()
    harness.finish("bad", exit_code=1)
    now = harness.current()
    assert (now.state, now.terminate_reason, now.modified) == (state, reason, made.modified)
    assert harness.task("other").state == other


def test_without_exit_actions_a_failure_is_the_tasks_own(harness: StoreHarness) -> None:
    """noaction is the default."""
    harness.job()
    harness.add("bad")
    harness.start()
    harness.finish("bad", exit_code=1)
    assert harness.current().state == "active"


def test_disabling_by_request_does_not_count_as_failing(harness: StoreHarness) -> None:
    """Tasks that end because their job is disabled do not end the job on top of it."""
    harness.job(**ACTING)
    harness.add("a", "b")
    harness.start()
    assert disable(harness, "terminate").state == "disabled"


def test_all_tasks_complete(harness: StoreHarness) -> None:
    """The last to complete ends the job, however it completes or goes."""
    harness.job(id="job1")
    harness.add("a", "b", "c")
    harness.start(2, 2)
    harness.store.change_job(
        "job1", lambda job: job_moves.patch_job(job, {"onAllTasksComplete": "terminatejob"}, clock.now())
    )
    harness.finish("a")
    harness.finish("b", exit_code=1)
    assert harness.current().state == "active"
    harness.delete("c")
    assert (harness.current().state, harness.current().terminate_reason) == ("completed", "AllTasksComplete")


def test_no_tasks_are_all_tasks(harness: StoreHarness) -> None:
    """A job that has none is over at once, when added so and when patched so."""
    assert harness.job(onAllTasksComplete="terminatejob").state == "completed"
    harness.job(id="job2")
    harness.store.change_job(
        "job2", lambda job: job_moves.patch_job(job, {"onAllTasksComplete": "terminatejob"}, clock.now())
    )
    assert harness.current("job2").state == "completed"


def test_a_jobs_time_is_over(harness: StoreHarness) -> None:
    """Overdue jobs end with their reason; the next deadline is returned."""
    harness.job(constraints={"maxWallClockTime": "PT0.02S"})
    harness.job(id="job2", constraints={"maxWallClockTime": "PT1H"})
    harness.add("t")
    harness.start()
    while clock.now() < (job_moves.deadline(harness.current()) or clock.LAST):
        time.sleep(0.005)
    assert harness.store.end_overdue_jobs() == job_moves.deadline(harness.current("job2"))
    assert (harness.current().state, harness.current().terminate_reason) == ("completed", "MaxWallClockTimeExpiry")
    assert harness.task("t").state == "completed"
    assert harness.current("job2").state == "active"


def test_deleting(harness: StoreHarness) -> None:
    """Running tasks are ended at once, the rest waits for the runner."""
    harness.job()
    harness.add("a", "b")
    harness.start(1, 1)
    harness.store.change_job("job1", lambda job: job_moves.delete_job(job, clock.now()))
    assert harness.current().state == "deleting"
    assert (harness.task("a").state, harness.task("b").state) == ("completed", "active")
    assert harness.start() == []


def test_after_a_crash(harness: StoreHarness) -> None:
    """Running tasks go back to active with requeueCount, and a job that waited for them settles."""
    harness.job()
    harness.job(id="job2")
    harness.add("a")
    harness.add("b", job="job2")
    harness.start()
    disable(harness, "wait")
    assert harness.store.requeue_running() == 2
    assert (harness.task("a").requeue_count, harness.task("a").retry_count) == (1, 0)
    assert harness.current().state == "disabled"
    assert harness.store.requeue_running() == 0
    assert harness.start() == ["b"]


def test_files_that_are_kept_long_enough(harness: StoreHarness) -> None:
    """Told once the retention time is over, for tasks that have run; a change of the constraints counts."""
    harness.job()
    harness.add("short", constraints={"retentionTime": "PT0S"})
    harness.add("long", "changed")
    harness.start()
    harness.finish("short", "long", "changed")
    harness.add("never-ran", constraints={"retentionTime": "PT0S"})
    harness.terminate("never-ran")
    assert [task.id for task in harness.store.expired_tasks(10)] == ["short"]
    constraints = {"retentionTime": "PT0S"}
    harness.store.change_task(
        "job1", "changed", lambda task, job: task_moves.update(task, job, constraints, clock.now())
    )
    tasks = harness.store.expired_tasks(10)
    assert {task.id for task in tasks} == {"short", "changed"}
    harness.store.forget_files([evolve(task, run=task.run + (task.id == "changed")) for task in tasks])
    assert [task.id for task in harness.store.expired_tasks(10)] == ["changed"]
