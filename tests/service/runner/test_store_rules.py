"""What the store carries out by itself for jobs: ends, disabling, exit actions, deadlines, retention."""

from __future__ import annotations

import time
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local import clock, lifecycle
from batchtasks_local.records import JobRecord
from tests.service.runner.ground import Bench, finish


def disable(bench: Bench, how: str) -> JobRecord:
    changed = bench.store.change_job("job1", lambda job: lifecycle.disable_job(job, how, clock.now()))
    assert changed is not None
    return changed


def enable(bench: Bench) -> None:
    bench.store.change_job("job1", lambda job: lifecycle.enable_job(job, clock.now()))


def end_job(bench: Bench) -> JobRecord:
    changed = bench.store.change_job("job1", lambda job: lifecycle.terminate_job(job, "enough", clock.now()))
    assert changed is not None
    return changed


def test_the_end_of_a_job(bench: Bench) -> None:
    """Running tasks are ended, active ones stay and never run, nothing moves the ETags of tasks."""
    bench.job()
    bench.add("a", "b")
    assert bench.start(1, 1) == ["a"]
    before = bench.task("a").modified
    ended = end_job(bench)
    assert (ended.state, ended.terminate_reason, ended.previous_state) == ("completed", "enough", "terminating")
    assert ended.ended == ended.state_since >= ended.modified
    now = bench.task("a")
    assert (now.state, now.modified, now.failure and now.failure["code"]) == ("completed", before, "TaskEnded")
    assert bench.task("b").state == "active"
    assert bench.start() == []


@pytest.mark.parametrize(
    ("how", "job_state", "task_state", "after"),
    [
        ("requeue", "disabled", "active", ["a", "b", "c"]),
        ("terminate", "disabled", "completed", ["b", "c"]),
        ("wait", "disabling", "running", ["b", "c"]),
    ],
)
def test_disabling(bench: Bench, how: str, job_state: str, task_state: str, after: list[str]) -> None:
    """What becomes of running tasks; nothing starts until the job is enabled."""
    bench.job()
    bench.add("a", "b")
    bench.start(1, 1)
    assert disable(bench, how).state == job_state
    now = bench.task("a")
    assert (now.state, now.requeue_count) == (task_state, int(how == "requeue"))
    assert bench.start() == []
    bench.add("c")
    assert bench.start() == []
    enable(bench)
    assert bench.current().state == "active"
    assert bench.start() == after


def test_disabling_with_wait_ends_with_the_last_task(bench: Bench) -> None:
    """Disabling becomes disabled when nothing runs any more, or when one does not wait any longer."""
    bench.job()
    bench.add("a", "b", constraints={"maxTaskRetryCount": 5})
    bench.start()
    disable(bench, "wait")
    finish(bench, "a")
    assert bench.current().state == "disabling"
    finish(bench, "b", exit_code=1)
    assert (bench.current().state, bench.task("b").state) == ("disabled", "active")
    enable(bench)
    bench.start()
    disable(bench, "wait")
    assert disable(bench, "requeue").state == "disabled"
    assert bench.task("b").requeue_count == 1


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
    bench: Bench, conditions: dict[str, Any] | None, state: str, reason: str | None, other: str
) -> None:
    """By its exit options, with the job's other tasks following; the scheduler's doing, so no ETag moves."""
    made = bench.job(**ACTING)
    bench.add("bad", exitConditions=conditions)
    bench.add("other")
    bench.start()
    finish(bench, "bad", exit_code=1)
    now = bench.current()
    assert (now.state, now.terminate_reason, now.modified) == (state, reason, made.modified)
    assert bench.task("other").state == other


def test_without_exit_actions_a_failure_is_the_tasks_own(bench: Bench) -> None:
    """noaction is the default."""
    bench.job()
    bench.add("bad")
    bench.start()
    finish(bench, "bad", exit_code=1)
    assert bench.current().state == "active"


def test_disabling_by_request_does_not_count_as_failing(bench: Bench) -> None:
    """Tasks that end because their job is disabled do not end the job on top of it."""
    bench.job(**ACTING)
    bench.add("a", "b")
    bench.start()
    assert disable(bench, "terminate").state == "disabled"


def test_all_tasks_complete(bench: Bench) -> None:
    """The last to complete ends the job, however it completes or goes."""
    bench.job(id="job1")
    bench.add("a", "b", "c")
    bench.start(2, 2)
    bench.store.change_job(
        "job1", lambda job: lifecycle.patch_job(job, {"onAllTasksComplete": "terminateJob"}, clock.now())
    )
    finish(bench, "a")
    finish(bench, "b", exit_code=1)
    assert bench.current().state == "active"
    bench.store.remove_task("job1", "c", lifecycle.check_delete)
    assert (bench.current().state, bench.current().terminate_reason) == ("completed", "AllTasksComplete")


def test_no_tasks_are_all_tasks(bench: Bench) -> None:
    """A job that has none is over at once, when added so and when patched so."""
    assert bench.job(onAllTasksComplete="terminatejob").state == "completed"
    bench.job(id="job2")
    bench.store.change_job(
        "job2", lambda job: lifecycle.patch_job(job, {"onAllTasksComplete": "terminatejob"}, clock.now())
    )
    assert bench.current("job2").state == "completed"


def test_a_jobs_time_is_over(bench: Bench) -> None:
    """Overdue jobs end with their reason; the next one due is told."""
    bench.job(constraints={"maxWallClockTime": "PT0.02S"})
    bench.job(id="job2", constraints={"maxWallClockTime": "PT1H"})
    bench.add("t")
    bench.start()
    while clock.now() < (lifecycle.deadline(bench.current()) or clock.LAST):
        time.sleep(0.005)
    assert bench.store.end_overdue_jobs() == lifecycle.deadline(bench.current("job2"))
    assert (bench.current().state, bench.current().terminate_reason) == ("completed", "MaxWallClockTimeExpiry")
    assert bench.task("t").state == "completed"
    assert bench.current("job2").state == "active"


def test_deleting(bench: Bench) -> None:
    """Running tasks are ended at once, the rest waits for the runner."""
    bench.job()
    bench.add("a", "b")
    bench.start(1, 1)
    bench.store.change_job("job1", lambda job: lifecycle.delete_job(job, clock.now()))
    assert bench.current().state == "deleting"
    assert (bench.task("a").state, bench.task("b").state) == ("completed", "active")
    assert bench.start() == []


def test_after_a_crash(bench: Bench) -> None:
    """Running tasks go back to active with requeueCount, and a job that waited for them settles."""
    bench.job()
    bench.job(id="job2")
    bench.add("a")
    bench.add("b", job="job2")
    bench.start()
    disable(bench, "wait")
    assert bench.store.requeue_running() == 2
    assert (bench.task("a").requeue_count, bench.task("a").retry_count) == (1, 0)
    assert bench.current().state == "disabled"
    assert bench.store.requeue_running() == 0
    assert bench.start() == ["b"]


def test_files_that_are_kept_long_enough(bench: Bench) -> None:
    """Told once the retention time is over, for tasks that have run; a change of the constraints counts."""
    bench.job()
    bench.add("short", constraints={"retentionTime": "PT0S"})
    bench.add("long", "changed")
    bench.start()
    finish(bench, "short", "long", "changed")
    bench.add("never-ran", constraints={"retentionTime": "PT0S"})
    bench.terminate("never-ran")
    assert [task.id for task in bench.store.expired_tasks(10)] == ["short"]
    constraints = {"retentionTime": "PT0S"}
    bench.store.change_task("job1", "changed", lambda task, job: lifecycle.update(task, job, constraints, clock.now()))
    tasks = bench.store.expired_tasks(10)
    assert {task.id for task in tasks} == {"short", "changed"}
    bench.store.forget_files([evolve(task, run=task.run + (task.id == "changed")) for task in tasks])
    assert [task.id for task in bench.store.expired_tasks(10)] == ["changed"]
