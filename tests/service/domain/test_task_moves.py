"""The moves of tasks as pure functions: what is set when, what is refused, and what follows."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import exits, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.records import JobState, Outcome, TaskRecord
from tests.service.domain.records import NODE, UNLIMITED, code_of, done, job, running, task


def test_defaults_of_a_task() -> None:
    """What is missing is filled in, and null counts as missing."""
    made = task(displayName=None, constraints=None)
    assert made.spec == {
        "id": "t",
        "commandLine": "true",
        "constraints": {"maxWallClockTime": UNLIMITED, "retentionTime": "P7D", "maxTaskRetryCount": 0},
        "userIdentity": {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}},
        "requiredSlots": 1,
    }
    assert made.created == made.modified == made.state_since == 10
    assert (made.state, made.previous_state, made.node, made.run) == ("active", None, None, 0)


def test_the_jobs_retry_count_is_the_default() -> None:
    """It applies if constraints are left out; if they are given, it does not."""
    of = job(constraints={"maxTaskRetryCount": 5})
    assert task(of).spec["constraints"]["maxTaskRetryCount"] == 5
    assert task(of, constraints={"maxWallClockTime": "PT90M"}).spec["constraints"] == {
        "maxWallClockTime": "PT1H30M",
        "retentionTime": "P7D",
        "maxTaskRetryCount": 0,
    }


def test_a_run_that_goes_well() -> None:
    """Times and states at each moment; `modified` never moves."""
    moving = running()
    assert (moving.state, moving.previous_state, moving.previous_since) == ("running", "active", 10)
    assert (moving.state_since, moving.started, moving.node, moving.run) == (20, 30, NODE, 1)
    ended = task_moves.finish(moving, job(), 30, Outcome(0))
    assert (ended.state, ended.previous_state, ended.previous_since) == ("completed", "running", 20)
    assert ended.ended == ended.state_since == 30
    assert (ended.exit_code, ended.result, ended.failure, ended.modified) == (0, "success", None, 10)


def test_a_nonzero_exit() -> None:
    """The service's own failureInfo, word for word."""
    ended = task_moves.finish(running(), job(), 30, Outcome(2))
    assert (ended.exit_code, ended.result) == (2, "failure")
    assert ended.failure == {
        "category": "UserError",
        "code": "FailureExitCode",
        "message": "The task exited with an exit code representing a failure",
        "details": [
            {"name": "Message", "value": "The task process exited with an unexpected exit code"},
            {"name": "AdditionalErrorCode", "value": "FailureExitCode"},
        ],
    }


@pytest.mark.parametrize(("limit", "tries"), [(0, 1), (1, 2), (3, 4)])
def test_retries_are_counted(limit: int, tries: int) -> None:
    """N retries are N more runs; between them the task is running on its node (four node recordings, 2018 to 2020).

    The state is that of the first entry into running, and lastRetryTime is before the startTime of the last run.
    """
    now = task_moves.start(task(constraints={"maxTaskRetryCount": limit}), 20, NODE)
    runs = 0
    while now.state != "completed":
        runs += 1
        assert (now.state, now.state_since, now.node, now.run) == ("running", 20, NODE, runs)
        assert (now.ended, now.exit_code, now.failure) == (None, None, None)
        assert now.started is not None
        assert now.started > (now.last_retry or now.state_since)
        now = task_moves.finish(now, job(), 100 * runs, Outcome(1))
    assert (runs, now.retry_count, now.modified, now.run) == (tries, limit, 10, tries)
    assert (now.previous_state, now.previous_since) == ("running", 20)
    assert now.last_retry == (100 * limit if limit else None)


def test_retries_without_end() -> None:
    """-1 is never used up."""
    now = evolve(running(constraints={"maxTaskRetryCount": -1}), retry_count=10**9)
    assert task_moves.finish(now, job(), 30, Outcome(1)).state == "running"


@pytest.mark.parametrize("state", ["terminating", "completed", "deleting"])
def test_no_retry_in_a_job_that_ends(state: JobState) -> None:
    """A run that fails while its job ends completes."""
    now = running(constraints={"maxTaskRetryCount": -1})
    assert task_moves.finish(now, job(state), 30, Outcome(1)).state == "completed"


def test_only_exit_codes_are_retried() -> None:
    """A failure before or after the process completes the task, whatever retries are left."""
    info = exits.failure_info("BlobNotFound", "m")
    ended = task_moves.finish(running(constraints={"maxTaskRetryCount": 3}), job(), 30, Outcome(None, info))
    assert (ended.state, ended.exit_code, ended.failure, ended.result) == ("completed", None, info, "failure")
    upload = task_moves.finish(running(), job(), 30, Outcome(0, exits.failure_info("FileUploadMiscError", "m")))
    assert (upload.exit_code, upload.result) == (0, "failure")


def test_requeue_uses_no_retry() -> None:
    """It has its own counters, and the next start is not a retry."""
    back = task_moves.requeue(running(), 30)
    assert (back.state, back.requeue_count, back.last_requeue, back.retry_count) == ("active", 1, 30, 0)
    again = task_moves.start(back, 40, NODE)
    assert (again.run, again.last_retry, again.started) == (2, None, 50)


def test_terminate_while_active() -> None:
    """Completed at once without start or exit code; a user's doing, so `modified` moves."""
    ended = task_moves.terminate(task(), job(), 50)
    assert (ended.state, ended.result, ended.ended, ended.modified, ended.state_since) == (
        "completed", "failure", 50, 50, 50,
    )  # fmt: skip
    assert (ended.started, ended.exit_code) == (None, None)
    assert ended.failure == {
        "category": "UserError",
        "code": "TaskEnded",
        "message": "Task Was Ended by User Request",
    }


def test_terminate_while_running_and_completed() -> None:
    """At once, too; a completed task is refused."""
    ended = task_moves.terminate(running(), job(), 50)
    assert (ended.state, ended.started, ended.ended) == ("completed", 30, 50)
    with pytest.raises(RefusedError) as refusal:
        task_moves.terminate(ended, job(), 60)
    assert code_of(refusal) == "TaskCompleted"


@pytest.mark.parametrize(
    ("now", "code"),
    [(task(), "TaskNotCompleted"), (running(), "TaskNotCompleted"), (done(0), "TaskSucceeded")],
)
def test_reactivate_is_refused(now: TaskRecord, code: str) -> None:
    """Only what completed without success can be run again."""
    with pytest.raises(RefusedError) as refusal:
        task_moves.reactivate(now, job(), 60)
    assert code_of(refusal) == code


def test_reactivate() -> None:
    """Active as if new, but for the record of where it came from."""
    failed = evolve(done(1), retry_count=3, requeue_count=1, last_retry=25, last_requeue=22)
    back = task_moves.reactivate(failed, job(), 60)
    assert (back.state, back.state_since, back.modified, back.created) == ("active", 60, 60, 10)
    assert (back.previous_state, back.previous_since) == ("completed", 30)
    nothing = (back.started, back.ended, back.exit_code, back.result, back.failure, back.node, back.last_retry)
    assert nothing == (None,) * 7
    assert (back.retry_count, back.requeue_count, back.last_requeue) == (0, 0, None)
    ended = task_moves.terminate(task(), job(), 50)
    assert task_moves.reactivate(ended, job(), 60).state == "active"


def test_update() -> None:
    """Constraints are replaced whole, in any state; left out, they go back to the defaults."""
    first = task(constraints={"maxTaskRetryCount": 4, "retentionTime": "P1D"})
    changed = task_moves.update(first, job(), {"maxTaskRetryCount": 3}, 70)
    assert changed.spec["constraints"] == {
        "maxWallClockTime": UNLIMITED,
        "retentionTime": "P7D",
        "maxTaskRetryCount": 3,
    }
    assert (changed.modified, changed.state_since) == (70, 10)
    back = task_moves.update(changed, job(constraints={"maxTaskRetryCount": 2}), None, 80)
    assert back.spec["constraints"]["maxTaskRetryCount"] == 2
    assert task_moves.update(done(1), job(), None, 80).state == "completed"


OPTIONS: dict[str, Any] = {
    "exitCodes": [{"code": 3, "exitOptions": {"jobAction": "disable", "dependencyAction": "satisfy"}}],
    "exitCodeRanges": [{"start": 3, "end": 9, "exitOptions": {"dependencyAction": "satisfy"}}],
    "preProcessingError": {"jobAction": "none"},
    "fileUploadError": {"jobAction": "disable"},
    "default": {"jobAction": "none", "dependencyAction": "satisfy"},
}


def failure(code: str) -> dict[str, Any]:
    return exits.failure_info(code, "m")


@pytest.mark.parametrize(
    ("conditions", "exit_code", "info", "action", "satisfied"),
    [
        (None, 0, None, "none", True),
        (None, 1, None, "terminate", False),
        (None, None, failure("BlobNotFound"), "terminate", False),
        (OPTIONS, 0, None, "none", True),
        (OPTIONS, 3, None, "disable", True),
        (OPTIONS, 9, None, "terminate", True),
        (OPTIONS, 10, None, "none", True),
        (OPTIONS, None, failure("CommandProgramNotFound"), "none", False),
        (OPTIONS, 0, failure("FileUploadMiscError"), "disable", False),
        (OPTIONS, 3, failure("FileUploadMiscError"), "disable", True),
        (OPTIONS, None, failure("TaskEnded"), "none", True),
        ({"default": {}}, 1, None, "terminate", False),
        ({"default": {"dependencyAction": "satisfy"}}, None, failure("BlobNotFound"), "terminate", True),
        ({"exitCodes": [{"code": 0, "exitOptions": {"dependencyAction": "block"}}]}, 0, None, "none", False),
        ({"exitCodeRanges": [{"start": 1, "end": 1, "exitOptions": {}}]}, 1, None, "terminate", False),
    ],
)
def test_exit_options(
    conditions: dict[str, Any] | None, exit_code: int | None, info: dict[str, Any] | None, action: str, satisfied: bool
) -> None:
    """Listed exit codes first, then the kind of failure, then the default, then what is built in."""
    ended = done(exit_code, info, **({"exitConditions": conditions} if conditions else {}))
    assert (exits.job_action(ended), exits.satisfies(ended)) == (action, satisfied)


def test_nothing_but_a_completed_task_satisfies() -> None:
    """Whatever its exit conditions say."""
    of = job(usesTaskDependencies=True)
    conditions = {"default": {"dependencyAction": "satisfy"}}
    assert not exits.satisfies(task(of, exitConditions=conditions))
    assert not exits.satisfies(running(of, exitConditions=conditions))


def test_a_failed_run_in_a_job_that_is_being_disabled_waits() -> None:
    """The retry is counted, though the next run comes only when the job is enabled."""
    of = job("disabling")
    waiting = task_moves.finish(running(of, constraints={"maxTaskRetryCount": 2}), of, 40, Outcome(1))
    assert (waiting.state, waiting.retry_count, waiting.last_retry) == ("active", 1, 40)


def test_what_a_multi_instance_task_may_require() -> None:
    """One slot, which it may leave out."""
    spec = {"id": "t", "commandLine": "x", "multiInstanceSettings": {"numberOfInstances": 2}}
    assert task_moves.new_task(job(), spec, 10).id == "t"
    assert task_moves.new_task(job(), {**spec, "requiredSlots": 1}, 10).id == "t"
    with pytest.raises(RefusedError) as refusal:
        task_moves.new_task(job(), {**spec, "requiredSlots": 2}, 10)
    assert code_of(refusal) == "InvalidPropertyValue"
