"""What the store carries out by itself for jobs: ends, disabling, exit actions, deadlines, retention."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import clock, job_moves, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.records import Delays, JobRecord, Outcome
from batchtasks_local.store.store import FinishedRun, Store
from tests.service.store.harness import StoreHarness, capacity


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
    assert (ended.state, ended.terminate_reason, ended.previous_state) == ("completed", "enough", "active")
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
    """By its exit options, with the job's other tasks following; the ETag moves if the job ends (azure-powershell 2024-11-13)."""
    made = harness.job(**ACTING)
    harness.add("bad", exitConditions=conditions)
    harness.add("other")
    harness.start()
    harness.finish("bad", exit_code=1)
    now = harness.current()
    assert (now.state, now.terminate_reason) == (state, reason)
    assert (now.modified > made.modified) is (state == "completed")
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
    assert (harness.current().state, harness.current().terminate_reason) == ("completed", "AllTasksCompleted")


ENDING = {"onAllTasksComplete": "terminatejob"}


@pytest.fixture
def let_pass(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """A clock that stands still; calling it lets so many seconds pass."""
    time_ns = time.time_ns()

    def go_on(seconds: float) -> None:
        nonlocal time_ns
        time_ns += int(seconds * 10**9)

    monkeypatch.setattr(clock, "_latest", clock._latest)  # it must not stay in the future
    monkeypatch.setattr(time, "time_ns", lambda: time_ns)
    return go_on


def test_no_tasks_yet_are_not_all_tasks(let_pass: Callable[[float], None]) -> None:
    """Programs add a job that ends by itself first, and its tasks after (azure-sdk-for-net issue 8764, pctasks)."""
    store = Store(None, Delays(empty=30 * clock.SECOND))
    harness = StoreHarness(store)
    assert harness.job(**ENDING).state == "active"
    harness.job(id="job2")
    store.change_job("job2", lambda job: job_moves.patch_job(job, ENDING, clock.now()))
    harness.add("t", job="job2")
    assert store.pass_time() is not None
    assert harness.current().state == "active"
    let_pass(29)
    assert store.pass_time() is not None
    assert harness.current().state == "active"
    let_pass(2)
    assert store.pass_time() is None
    assert (harness.current().state, harness.current().terminate_reason) == ("completed", "AllTasksCompleted")
    assert harness.current("job2").state == "active"
    with pytest.raises(RefusedError, match=r"JobCompleted .*AllTasksCompleted"):
        harness.add("late")
    store.close()


def test_a_job_whose_time_is_over_starts_nothing(harness: StoreHarness, let_pass: Callable[[float], None]) -> None:
    """Not even if nobody looked at the time before, as after a restart of the service."""
    harness.job(constraints={"maxWallClockTime": "PT30S", "maxTaskRetryCount": 0})
    harness.add("t")
    let_pass(31)
    assert harness.start() == []
    assert harness.current().terminate_reason == "MaxWallClockTimeExpiry"
    assert harness.task("t").run == 0


def test_without_a_delay_no_tasks_are_all_tasks(harness: StoreHarness) -> None:
    """The setting may be 0."""
    assert harness.job(**ENDING).state == "completed"


def test_a_job_shows_that_it_is_terminating(let_pass: Callable[[float], None]) -> None:
    """Recorded (azure-powershell 2024-11-13, net 2025-09): for a moment, with its reason; eTag and lastModified move."""
    store = Store(None, Delays(terminating=30 * clock.SECOND))
    harness = StoreHarness(store)
    before = harness.job(**ACTING)
    harness.add("t")
    harness.start()
    harness.finish("t", exit_code=1)
    ending = harness.current()
    assert (ending.state, ending.terminate_reason, ending.ended) == ("terminating", "TaskFailed", None)
    assert ending.modified > before.modified
    assert store.pass_time() is not None
    let_pass(31)
    assert store.pass_time() is None
    ended = harness.current()
    assert (ended.state, ended.previous_state, ended.previous_since) == ("completed", "active", before.state_since)
    assert ended.modified == ending.modified
    store.close()


def test_a_job_that_terminates_waits_for_its_tasks() -> None:
    """However long they take; it is completed as soon as the last has ended."""
    store = Store(None, Delays(terminating=1))
    harness = StoreHarness(store)
    harness.job()
    harness.add("t")
    harness.start()
    store.change_job("job1", lambda job: job_moves.terminate_job(job, None, clock.now()))
    assert harness.task("t").state == "completed"
    store.pass_time()
    assert (harness.current().state, harness.current().terminate_reason) == ("completed", "UserTerminate")
    store.close()


def test_terminating_or_deleting_a_task_has_no_job_action(harness: StoreHarness) -> None:
    """Recorded: the official clients' `test_batch_tasks` go on adding to a job of performexitoptionsjobaction."""
    harness.job(**ACTING)
    harness.add("a", "b", "c")
    harness.start(2, 2)
    harness.terminate("a")
    harness.terminate("c")
    harness.delete("b")
    assert harness.current().state == "active"
    harness.reactivate("a")
    assert harness.current().state == "active"


def test_a_retry_keeps_its_slots(harness: StoreHarness) -> None:
    """The next run takes those of the last one before any other task starts, and is told apart from it."""
    harness.job()
    harness.add("wide", requiredSlots=2, constraints={"maxTaskRetryCount": 1})
    harness.add("next")
    assert harness.start(2, 2) == ["wide"]
    first = harness.task("wide")
    end = FinishedRun(first.seq, first.run, clock.now(), Outcome(1))
    again = harness.store.advance([end], capacity(2, 2))
    assert [(task.id, task.run, task.node) for task, _ in again] == [("wide", 2, first.node)]
    assert harness.task("wide").state_since == first.state_since
    assert harness.store.advance([end], None) == []
    harness.finish("wide")
    assert harness.start(2, 2) == ["next"]


def test_no_retry_in_a_job_that_another_run_ends(harness: StoreHarness) -> None:
    """Both end in one turn; the job's end completes the task that was about to run again."""
    harness.job(**ACTING)
    harness.add("again", constraints={"maxTaskRetryCount": 3})
    harness.add("fatal")
    harness.start()
    tasks = [harness.task(name) for name in ("again", "fatal")]
    ends = [FinishedRun(task.seq, task.run, clock.now(), Outcome(1)) for task in tasks]
    assert harness.store.advance(ends, capacity(2, 2)) == []
    assert harness.task("again").state == "completed"


def test_a_jobs_time_is_over(harness: StoreHarness) -> None:
    """Overdue jobs end with their reason; the next deadline is returned."""
    harness.job()
    harness.job(id="job2", constraints={"maxWallClockTime": "PT1H"})
    harness.add("t")
    harness.start()
    short = {"constraints": {"maxWallClockTime": "PT0.02S"}}  # only now: the task has to start before its job is over
    harness.store.change_job("job1", lambda job: job_moves.patch_job(job, short, clock.now()))
    while clock.now() < (job_moves.deadline(harness.current()) or 0):
        time.sleep(0.005)
    assert harness.store.pass_time() == job_moves.deadline(harness.current("job2"))
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


def test_a_job_that_waits_for_its_release_task_ends_without_it_if_nothing_runs_any_more(tmp_path: Path) -> None:
    """The next service on the same folder may run no tasks; then nobody would start it."""
    command = {"commandLine": "true"}
    store = Store(tmp_path)
    harness = StoreHarness(store)
    harness.job(jobPreparationTask=command, jobReleaseTask=command)
    harness.add("t")
    ((preparation, _),) = store.advance([], capacity(1, 1))
    store.advance([FinishedRun(preparation.seq, 1, clock.now(), Outcome(0))], None)
    store.change_job("job1", lambda job: job_moves.terminate_job(job, None, clock.now()))
    assert store.pass_time() is None
    for runs_tasks, state in ((True, "terminating"), (False, "completed")):
        store.close()
        store = Store(tmp_path, runs_tasks=runs_tasks)
        store.requeue_running()
        store.pass_time()
        assert StoreHarness(store).current().state == state
    store.close()


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
