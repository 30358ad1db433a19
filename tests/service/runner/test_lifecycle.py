"""The moves of jobs and tasks as pure functions: what is set when, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from batchtasks_local import lifecycle
from batchtasks_local.lifecycle import Outcome, Refused
from batchtasks_local.records import JobRecord, JobState, TaskRecord

NODE = {"poolId": "p", "nodeId": "n"}
UNLIMITED = "P10675199DT2H48M5.4775807S"


def job(state: JobState = "active", **spec: Any) -> JobRecord:
    made = lifecycle.new_job({"id": "j", "poolInfo": {"poolId": "p"}, **spec}, 1)
    return evolve(made, state=state)


def task(of: JobRecord | None = None, **spec: Any) -> TaskRecord:
    return lifecycle.new_task(of or job(), {"id": "t", "commandLine": "true", **spec}, 10)


def running(of: JobRecord | None = None, **spec: Any) -> TaskRecord:
    return lifecycle.start(task(of, **spec), 20, NODE)


def done(exit_code: int | None = 0, failure: dict[str, Any] | None = None, **spec: Any) -> TaskRecord:
    of = job(onTaskFailure="performexitoptionsjobaction", usesTaskDependencies=True)
    return lifecycle.finish(running(of, **spec), of, 30, Outcome(exit_code, failure))


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


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
    """It stands in where constraints are left out; given constraints stand on their own."""
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
    assert (moving.state_since, moving.started, moving.node, moving.run) == (20, 20, NODE, 1)
    ended = lifecycle.finish(moving, job(), 30, Outcome(0))
    assert (ended.state, ended.previous_state, ended.previous_since) == ("completed", "running", 20)
    assert ended.ended == ended.state_since == 30
    assert (ended.exit_code, ended.result, ended.failure, ended.modified) == (0, "success", None, 10)


def test_a_nonzero_exit() -> None:
    """The service's own failureInfo, word for word."""
    ended = lifecycle.finish(running(), job(), 30, Outcome(2))
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
    """N retries are N more runs; each waits as active without the marks of a run."""
    now = task(constraints={"maxTaskRetryCount": limit})
    runs = 0
    while now.state != "completed":
        now = lifecycle.start(now, 100 * runs + 20, NODE)
        assert now.last_retry == (now.started if runs else None)
        runs += 1
        now = lifecycle.finish(now, job(), 100 * runs, Outcome(1))
        if now.state == "active":
            assert (now.started, now.ended, now.exit_code, now.node) == (None, None, None, None)
            assert (now.retry_count, now.last_retry, now.previous_state) == (runs, 100 * runs, "running")
    assert (runs, now.retry_count, now.modified) == (tries, limit, 10)


def test_retries_without_end() -> None:
    """-1 is never used up."""
    now = evolve(running(constraints={"maxTaskRetryCount": -1}), retry_count=10**9)
    assert lifecycle.finish(now, job(), 30, Outcome(1)).state == "active"


@pytest.mark.parametrize("state", ["terminating", "completed", "deleting"])
def test_no_retry_in_a_job_that_ends(state: JobState) -> None:
    """A run that fails while its job ends completes."""
    now = running(constraints={"maxTaskRetryCount": -1})
    assert lifecycle.finish(now, job(state), 30, Outcome(1)).state == "completed"


def test_only_exit_codes_are_retried() -> None:
    """A failure before or after the process completes the task, whatever retries are left."""
    info = lifecycle.failure_info("BlobNotFound", "m")
    ended = lifecycle.finish(running(constraints={"maxTaskRetryCount": 3}), job(), 30, Outcome(None, info))
    assert (ended.state, ended.exit_code, ended.failure, ended.result) == ("completed", None, info, "failure")
    upload = lifecycle.finish(running(), job(), 30, Outcome(0, lifecycle.failure_info("FileUploadMiscError", "m")))
    assert (upload.exit_code, upload.result) == (0, "failure")


def test_requeue_uses_no_retry() -> None:
    """It has counters of its own, and is not a retry when it starts again."""
    back = lifecycle.requeue(running(), 30)
    assert (back.state, back.requeue_count, back.last_requeue, back.retry_count) == ("active", 1, 30, 0)
    again = lifecycle.start(back, 40, NODE)
    assert (again.run, again.last_retry, again.started) == (2, None, 40)


def test_terminate_while_active() -> None:
    """Completed at once without start or exit code; a user's doing, so `modified` moves."""
    ended = lifecycle.terminate(task(), job(), 50)
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
    ended = lifecycle.terminate(running(), job(), 50)
    assert (ended.state, ended.started, ended.ended) == ("completed", 20, 50)
    with pytest.raises(Refused) as refusal:
        lifecycle.terminate(ended, job(), 60)
    assert code_of(refusal) == "TaskCompleted"


@pytest.mark.parametrize(
    ("now", "code"),
    [(task(), "TaskNotCompleted"), (running(), "TaskNotCompleted"), (done(0), "TaskSucceeded")],
)
def test_reactivate_is_refused(now: TaskRecord, code: str) -> None:
    """Only what completed without success can be run again."""
    with pytest.raises(Refused) as refusal:
        lifecycle.reactivate(now, job(), 60)
    assert code_of(refusal) == code


def test_reactivate() -> None:
    """Active as if new, but for the record of where it came from."""
    failed = evolve(done(1), retry_count=3, requeue_count=1, last_retry=25, last_requeue=22)
    back = lifecycle.reactivate(failed, job(), 60)
    assert (back.state, back.state_since, back.modified, back.created) == ("active", 60, 60, 10)
    assert (back.previous_state, back.previous_since) == ("completed", 30)
    nothing = (back.started, back.ended, back.exit_code, back.result, back.failure, back.node, back.last_retry)
    assert nothing == (None,) * 7
    assert (back.retry_count, back.requeue_count, back.last_requeue) == (0, 0, None)
    ended = lifecycle.terminate(task(), job(), 50)
    assert lifecycle.reactivate(ended, job(), 60).state == "active"


def test_update() -> None:
    """Constraints are replaced whole, in any state; left out, they go back to the defaults."""
    first = task(constraints={"maxTaskRetryCount": 4, "retentionTime": "P1D"})
    changed = lifecycle.update(first, job(), {"maxTaskRetryCount": 3}, 70)
    assert changed.spec["constraints"] == {
        "maxWallClockTime": UNLIMITED,
        "retentionTime": "P7D",
        "maxTaskRetryCount": 3,
    }
    assert (changed.modified, changed.state_since) == (70, 10)
    back = lifecycle.update(changed, job(constraints={"maxTaskRetryCount": 2}), None, 80)
    assert back.spec["constraints"]["maxTaskRetryCount"] == 2
    assert lifecycle.update(done(1), job(), None, 80).state == "completed"


@pytest.mark.parametrize(
    ("state", "code"),
    [("completed", "JobCompleted"), ("terminating", "JobBeingTerminated"), ("deleting", "JobBeingDeleted")],
)
def test_a_job_that_ends_refuses(state: JobState, code: str) -> None:
    """No tasks, no reactivation, no change of the job."""
    of = job(state)
    failed = done(1)
    for refused in (
        lambda: lifecycle.check_add(of),
        lambda: lifecycle.reactivate(failed, of, 60),
        lambda: lifecycle.patch_job(of, {"priority": 1}, 60),
        lambda: lifecycle.update_job(of, {}, 60),
        lambda: lifecycle.disable_job(of, "wait", 60),
        lambda: lifecycle.enable_job(of, 60),
        lambda: lifecycle.terminate_job(of, None, 60),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert code_of(refusal) == code


def test_what_only_a_deleting_job_refuses() -> None:
    """Terminate, update and delete of a task, and a second delete of the job."""
    of = job("deleting")
    for refused in (
        lambda: lifecycle.terminate(task(), of, 60),
        lambda: lifecycle.update(task(), of, None, 60),
        lambda: lifecycle.check_delete(task(), of),
        lambda: lifecycle.delete_job(of, 60),
    ):
        with pytest.raises(Refused) as refusal:
            refused()
        assert code_of(refusal) == "JobBeingDeleted"
    for state in ("active", "disabled", "completed"):
        assert lifecycle.delete_job(job(state), 60).state == "deleting"
        lifecycle.check_delete(task(), job(state))
    lifecycle.check_add(job("disabled"))


OPTIONS: dict[str, Any] = {
    "exitCodes": [{"code": 3, "exitOptions": {"jobAction": "disable", "dependencyAction": "satisfy"}}],
    "exitCodeRanges": [{"start": 3, "end": 9, "exitOptions": {"dependencyAction": "satisfy"}}],
    "preProcessingError": {"jobAction": "none"},
    "fileUploadError": {"jobAction": "disable"},
    "default": {"jobAction": "none", "dependencyAction": "satisfy"},
}


def failure(code: str) -> dict[str, Any]:
    return lifecycle.failure_info(code, "m")


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
    assert (lifecycle.job_action(ended), lifecycle.satisfies(ended)) == (action, satisfied)


def test_nothing_but_a_completed_task_satisfies() -> None:
    """Whatever its exit conditions say."""
    of = job(usesTaskDependencies=True)
    conditions = {"default": {"dependencyAction": "satisfy"}}
    assert not lifecycle.satisfies(task(of, exitConditions=conditions))
    assert not lifecycle.satisfies(running(of, exitConditions=conditions))


@pytest.mark.parametrize(
    ("spec", "job_spec", "code"),
    [
        ({"dependsOn": {"taskIds": ["a"]}}, {}, "TaskDependenciesNotSpecifiedOnJob"),
        ({"dependsOn": {"taskIds": ["a" * 64] * 1001}}, {"usesTaskDependencies": True}, "TaskDependencyListTooLong"),
        (
            {"dependsOn": {"taskIdRanges": [{"start": 1, "end": 2}] * 5001}},
            {"usesTaskDependencies": True},
            "TaskDependencyRangesTooLong",
        ),
        ({"exitConditions": {"default": {"jobAction": "none"}}}, {}, "InvalidPropertyValue"),
        (
            {"exitConditions": {"exitCodes": [{"code": 1, "exitOptions": {"dependencyAction": "block"}}]}},
            {"onTaskFailure": "performexitoptionsjobaction"},
            "InvalidPropertyValue",
        ),
        ({}, {"jobPreparationTask": {"commandLine": "x", "id": "T"}}, "TaskIdSameAsJobPreparationTask"),
        ({"id": "JobRelease"}, {"jobReleaseTask": {"commandLine": "x"}}, "TaskIdSameAsJobReleaseTask"),
        ({"constraints": {"maxWallClockTime": "soon"}}, {}, "InvalidPropertyValue"),
        (
            {"multiInstanceSettings": {"coordinationCommandLine": "x"}, "requiredSlots": 2},
            {},
            "InvalidPropertyValue",
        ),
    ],
)
def test_a_task_that_its_job_does_not_allow(spec: dict[str, Any], job_spec: dict[str, Any], code: str) -> None:
    """Refused by the code that the service has for it."""
    with pytest.raises(Refused) as refusal:
        task(job(**job_spec), **spec)
    assert code_of(refusal) == code


def test_defaults_of_a_job() -> None:
    """Active and started at once."""
    made = job()
    assert made.spec == {
        "id": "j",
        "poolInfo": {"poolId": "p"},
        "priority": 0,
        "maxParallelTasks": -1,
        "usesTaskDependencies": False,
        "allowTaskPreemption": False,
        "onAllTasksComplete": "noaction",
        "onTaskFailure": "noaction",
        "constraints": {"maxWallClockTime": UNLIMITED, "maxTaskRetryCount": 0},
    }
    assert made.created == made.modified == made.started == made.state_since == 1


def test_patch_replaces_nested_objects_whole() -> None:
    """Captured: patching one constraint puts the other back to its default."""
    first = job(constraints={"maxTaskRetryCount": 5}, usesTaskDependencies=True)
    patched = lifecycle.patch_job(first, {"constraints": {"maxWallClockTime": "P1D"}, "usesTaskDependencies": None}, 9)
    assert patched.spec["constraints"] == {"maxWallClockTime": "P1D", "maxTaskRetryCount": 0}
    assert patched.spec["usesTaskDependencies"] is True
    assert (patched.modified, patched.state_since) == (9, 1)


def test_put_resets_what_is_left_out() -> None:
    """What can be changed goes back to its default; what cannot stays."""
    first = job(priority=7, constraints={"maxTaskRetryCount": 5}, usesTaskDependencies=True)
    put = lifecycle.update_job(first, {"poolInfo": {"poolId": "q"}}, 9)
    assert (put.spec["priority"], put.spec["constraints"]["maxTaskRetryCount"]) == (0, 0)
    assert (put.spec["poolInfo"], put.spec["usesTaskDependencies"]) == ({"poolId": "q"}, True)


def test_job_moves() -> None:
    """Each request's move and where it settles."""
    ending = lifecycle.terminate_job(job(), "because", 9)
    assert (ending.state, ending.terminate_reason, ending.modified) == ("terminating", "because", 9)
    ended = lifecycle.settle_job(ending, 12)
    assert (ended.state, ended.ended, ended.previous_state, ended.modified) == ("completed", 12, "terminating", 9)
    disabling = lifecycle.disable_job(job(), "Requeue", 9)
    assert (disabling.state, disabling.disable_tasks) == ("disabling", "requeue")
    disabled = lifecycle.settle_job(disabling, 10)
    assert disabled.state == "disabled"
    assert lifecycle.disable_job(disabled, "wait", 11).state == "disabled"
    enabled = lifecycle.enable_job(disabled, 12)
    assert (enabled.state, enabled.disable_tasks) == ("active", None)
    assert lifecycle.enable_job(enabled, 13) is enabled
    with pytest.raises(Refused, match="InvalidPropertyValue"):
        lifecycle.disable_job(job(), "sometimes", 9)


def test_a_jobs_time() -> None:
    """It counts from the job's creation, and no longer once the job ends."""
    limited = job(constraints={"maxWallClockTime": "PT1S"})
    assert lifecycle.deadline(limited) == 1 + 10_000_000
    assert lifecycle.deadline(job()) is None
    ended = lifecycle.out_of_time(limited, 20_000_000)
    assert (ended.state, ended.terminate_reason, ended.modified) == ("terminating", "MaxWallClockTimeExpiry", 1)
    assert lifecycle.deadline(ended) is None


@pytest.mark.parametrize(("demanded", "total", "cost"), [(1, 2, 1), (2, 2, 2), (3, 2, None), (-4, 2, 2), (-2, 8, 2)])
def test_slots(demanded: int, total: int, cost: int | None) -> None:
    """More than there are can never start; instances take what there is."""
    assert lifecycle.cost(demanded, total) == cost


def test_demand() -> None:
    """Required slots, or a slot for each instance."""
    assert lifecycle.demand({"requiredSlots": 3}) == 3
    assert lifecycle.demand({"multiInstanceSettings": {"numberOfInstances": 4}, "requiredSlots": 1}) == -4
    assert lifecycle.demand({"multiInstanceSettings": {}, "requiredSlots": 1}) == 1
