"""The moves of jobs as pure functions, and what a job refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import checks, job_moves, task_moves
from batchtasks_local.domain.checks import RefusedError
from batchtasks_local.domain.clock import LAST
from batchtasks_local.domain.records import Delays, JobState
from tests.service.domain.records import UNLIMITED, code_of, done, job, task


@pytest.mark.parametrize(
    ("state", "code"),
    [("completed", "JobCompleted"), ("terminating", "JobBeingTerminated"), ("deleting", "JobBeingDeleted")],
)
def test_a_job_that_ends_refuses(state: JobState, code: str) -> None:
    """No tasks, no reactivation, no change of the job."""
    of = job(state)
    failed = done(1)
    for refused in (
        lambda: checks.check_add(of),
        lambda: task_moves.reactivate(failed, of, 60),
        lambda: job_moves.patch_job(of, {"priority": 1}, 60),
        lambda: job_moves.disable_job(of, "wait", 60),
        lambda: job_moves.enable_job(of, 60),
        lambda: job_moves.terminate_job(of, None, 60),
    ):
        with pytest.raises(RefusedError) as refusal:
            refused()
        assert code_of(refusal) == code


def test_what_only_a_deleting_job_refuses() -> None:
    """Terminate, update and delete of a task, and a second delete of the job."""
    of = job("deleting")
    for refused in (
        lambda: task_moves.terminate(task(), of, 60),
        lambda: task_moves.update(task(), of, None, 60),
        lambda: checks.check_delete_task(of),
        lambda: job_moves.delete_job(of, 60),
    ):
        with pytest.raises(RefusedError) as refusal:
            refused()
        assert code_of(refusal) == "JobBeingDeleted"
    for state in ("active", "disabled", "completed"):
        assert job_moves.delete_job(job(state), 60).state == "deleting"
        checks.check_delete_task(job(state))
    checks.check_add(job("disabled"))


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
    """RefusedError by the code that the service has for it."""
    with pytest.raises(RefusedError) as refusal:
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
    assert made.created < made.modified == made.started == made.state_since


def test_patch_replaces_nested_objects_whole() -> None:
    """Captured: patching one constraint puts the other back to its default."""
    first = job(constraints={"maxTaskRetryCount": 5}, usesTaskDependencies=True)
    patched = job_moves.patch_job(first, {"constraints": {"maxWallClockTime": "P1D"}, "usesTaskDependencies": None}, 9)
    assert patched.spec["constraints"] == {"maxWallClockTime": "P1D", "maxTaskRetryCount": 0}
    assert patched.spec["usesTaskDependencies"] is True
    assert (patched.modified, patched.state_since) == (9, first.state_since)


def test_job_moves() -> None:
    """Each request's move and where it settles."""
    ending = job_moves.terminate_job(job(), "because", 9)
    assert (ending.state, ending.terminate_reason, ending.modified) == ("terminating", "because", 9)
    ended = job_moves.settle_job(ending, 12)
    assert (ended.state, ended.ended, ended.previous_state, ended.modified) == ("completed", 12, "active", 9)
    disabling = job_moves.disable_job(job(), "requeue", 9)
    assert (disabling.state, disabling.disable_tasks) == ("disabling", "requeue")
    disabled = job_moves.settle_job(disabling, 10)
    assert disabled.state == "disabled"
    assert job_moves.disable_job(disabled, "wait", 11).state == "disabled"
    enabled = job_moves.enable_job(disabled, 12)
    assert (enabled.state, enabled.disable_tasks) == ("active", None)
    assert job_moves.enable_job(enabled, 13) is enabled
    with pytest.raises(RefusedError, match="InvalidPropertyValue"):
        job_moves.disable_job(job(), "sometimes", 9)


def test_a_jobs_time() -> None:
    """It counts from the job's creation, and no longer once the job ends."""
    limited = job(constraints={"maxWallClockTime": "PT1S"})
    assert job_moves.deadline(limited) == 1 + 10_000_000
    assert job_moves.deadline(job()) is None
    at_the_last = evolve(limited, created=LAST - 10_000_000)
    assert job_moves.deadline(at_the_last) == LAST
    assert job_moves.deadline(evolve(at_the_last, created=at_the_last.created + 1)) is None, "no time is later"
    assert job_moves.pass_time(limited, 10_000_000) is limited
    ended = job_moves.pass_time(limited, 20_000_000)
    assert (ended.state, ended.terminate_reason) == ("terminating", "MaxWallClockTimeExpiry")
    assert ended.modified == 20_000_000
    assert job_moves.deadline(job_moves.settle_job(ended, 30_000_000)) is None


def test_the_end_that_comes_by_itself_cannot_be_taken_back() -> None:
    """Documented: a patch from terminatejob to noaction is refused with InvalidPropertyValue."""
    of = job(onAllTasksComplete="terminatejob")
    with pytest.raises(RefusedError) as refusal:
        job_moves.patch_job(of, {"onAllTasksComplete": "noaction"}, 9)
    assert code_of(refusal) == "InvalidPropertyValue"
    assert job_moves.patch_job(of, {"onAllTasksComplete": "terminatejob"}, 9).modified == 9


def test_an_auto_pool() -> None:
    """Recorded: the service fills in its defaults, and the pool's id is a GUID in upper case."""
    auto = {"poolLifetimeOption": "job", "pool": {"vmSize": "a", "targetDedicatedNodes": 2}}
    made = job(poolInfo={"autoPoolSpecification": auto})
    shown = made.spec["poolInfo"]["autoPoolSpecification"]
    assert shown == {
        "poolLifetimeOption": "job",
        "keepAlive": False,
        "pool": {
            "vmSize": "a", "taskSlotsPerNode": 1, "taskSchedulingPolicy": {"nodeFillType": "Spread"},
            "resizeTimeout": "PT15M", "targetDedicatedNodes": 2, "targetLowPriorityNodes": 0, "enableAutoScale": False,
            "enableInterNodeCommunication": False,
        },
    }  # fmt: skip
    assert made.pool_id is not None
    assert re.fullmatch("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", made.pool_id)
    named = job(poolInfo={"autoPoolSpecification": {**auto, "autoPoolIdPrefix": "mine"}})
    assert (named.pool_id or "").startswith("mine_")
    assert job().pool_id == "p"


@pytest.mark.parametrize(
    ("instances", "required_slots", "total", "taken"),
    [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, None), (4, 1, 2, 2), (2, 1, 8, 2), (100, 1, 2, 2), (101, 1, 200, None)],
)
def test_slots(instances: int, required_slots: int, total: int, taken: int | None) -> None:
    """A task that needs more slots than there are never starts; instances take all slots if there are fewer."""
    assert task_moves.slots_taken(instances, required_slots, total) == taken


def test_instance_count() -> None:
    """One, unless the task has multi-instance settings."""
    assert task_moves.instance_count({"requiredSlots": 3}) == 1
    assert task_moves.instance_count({"multiInstanceSettings": {"numberOfInstances": 4}, "requiredSlots": 1}) == 4
    assert task_moves.instance_count({"multiInstanceSettings": {}, "requiredSlots": 1}) == 1


def test_why_a_job_ends() -> None:
    """For the caller's reason, or the service's word for none; a later refusal tells it."""
    assert job_moves.terminate_job(job(), None, 9).terminate_reason == "UserTerminate"
    ended = job_moves.terminate_job(job(), "enough", 9)
    for of, said in ((ended, True), (job("completed"), False)):
        with pytest.raises(RefusedError) as refusal:
            checks.check_add(of)
        assert ("enough" in str(refusal.value), "Reason" in str(refusal.value)) == (said, said)


@pytest.mark.parametrize(("now", "state"), [(18, "terminating"), (19, "completed"), (20, "completed")])
def test_a_job_shows_that_it_ends_for_as_long_as_it_is_set(now: int, state: str) -> None:
    ending = job_moves.terminate_job(job(), None, 9)
    assert job_moves.settle_job(ending, now, Delays(terminating=10)).state == state


@pytest.mark.parametrize(("kills", "state"), [(True, "terminating"), (False, "active")])
def test_a_manager_takes_its_job_along_if_that_is_asked_for(kills: bool, state: str) -> None:
    of = job(jobManagerTask={"id": "M", "commandLine": "true", "killJobOnCompletion": kills})
    assert job_moves.after_manager(of, evolve(done(), id="m"), 40).state == state
    assert job_moves.after_manager(of, done(), 40) is of, "another task"
