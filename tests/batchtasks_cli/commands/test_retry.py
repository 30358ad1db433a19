"""`retry`: failed tasks run again, or are added again where that cannot be."""

from __future__ import annotations

import pytest

from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli

# Here nothing needs to run.
pytestmark = pytest.mark.local_batch(run=False)


@pytest.fixture
def job(job: str, batch: RunningBatch) -> str:
    """A job with four tasks; two of them were ended and so have failed."""
    with batch.client() as client:
        client.task.add_collection(job, [{"id": f"t{n}", "commandLine": f"run {n}"} for n in range(4)])
        client.task.terminate_many(job, ["t1", "t2"])
    return job


def test_failed_tasks_are_reactivated(cli: Cli, job: str) -> None:
    assert cli("retry", job, "--failed", "--yes").out.startswith("2 reactivated (job ")
    assert cli("list", job, "--state", "active", "--ids").out.split() == ["t0", "t1", "t2", "t3"]
    assert cli("retry", job, "t0", "t1").out.startswith("0 reactivated, 2 had not completed yet")


def test_a_filter_is_asked_about_and_something_must_be_named(cli: Cli, job: str) -> None:
    assert f"Retry 2 tasks of job {job}? There is no terminal to ask on." in cli("retry", job, "--failed", status=2).err
    assert "no task is named" in cli("retry", job, status=2).error()[0]


def test_a_job_that_has_ended_needs_another(cli: Cli, job: str) -> None:
    cli("job", "terminate", job)
    what, remedy = cli("retry", job, "--failed", "--yes", status=3).error()
    assert what == f"Job {job} has ended, so its tasks cannot run again."
    assert f"batchtasks retry {job} --failed --into JOB" in remedy
    cli("job", "add", f"{job}-2", "--pool", "p")
    document = cli("retry", job, "--failed", "--yes", "--into", f"{job}-2", "--json").document
    assert (document["done"], document["failed"], document["stopped"]) == (0, [], None)
    assert (document["addedAgain"]["jobId"], document["addedAgain"]["added"]) == (f"{job}-2", 2)
    assert document["addedAgain"]["newIds"] == {"t1": "t1", "t2": "t2"}
    found = cli("list", f"{job}-2", "--json", "--select", "id,commandLine").lines
    assert {each["id"]: each["commandLine"] for each in found} == {"t1": "run 1", "t2": "run 2"}


def test_a_task_that_cannot_be_reactivated_is_added_under_a_new_id(cli: Cli, batch: RunningBatch, job: str) -> None:
    """A task with exit code 0 can have failed, when its output files could not be saved."""
    refusal = {"status": 409, "code": "TaskSucceeded", "operations": ("Task_Reactivate",)}
    with batch.service.faults("error", **refusal):
        ran = cli("retry", job, "t1", "t2")
        reactivated, *again, added = ran.out.splitlines()
        assert reactivated.startswith("0 reactivated (job ")
        assert again == ["  t1: again as t1-retry1", "  t2: again as t2-retry1"]
        assert added.startswith("2 added (job ")
        assert ran.err == ""
        cli("retry", job, "t1", "t1-retry1")
    names = ["t1-retry1", "t1-retry2", "t1-retry3", "t2-retry1"]
    assert sorted(name for name in cli("list", job, "--ids").out.split() if "retry" in name) == names
    assert cli("show", job, "t1-retry3", "--json").document["commandLine"] == "run 1"


def test_a_task_that_does_not_exist(cli: Cli, job: str) -> None:
    ran = cli("retry", job, "t1", "nope", status=1)
    assert ran.out.startswith("1 reactivated, 1 failed")
    assert "nope: 404 TaskNotFound" in ran.err


@pytest.fixture
def mixed(batch: RunningBatch) -> str:
    """A job in which the task good has succeeded and the task bad has failed."""
    with batch.client() as client:
        client.job.add({"id": "mixed", "poolInfo": {"poolId": "p"}})
        commands = {"good": "exit 0", "bad": "exit 3"}
        tasks = [{"id": name, "commandLine": f"/bin/sh -c '{text}'"} for name, text in commands.items()]
        client.task.add_collection("mixed", tasks)
        client.task.wait("mixed", poll=0.05)
    return "mixed"


@pytest.mark.local_batch(run=True)
def test_a_task_that_succeeded_is_added_again_only_with_yes(cli: Cli, batch: RunningBatch, mixed: str) -> None:
    ran = cli("retry", mixed, "good", status=1)
    what, remedy, failure = ran.err.splitlines()
    assert what == "batchtasks: 1 task of job mixed succeeded; no copy was added."
    assert remedy == "  Give --yes if you want to run again what succeeded."
    assert failure.startswith("  good: 409 TaskSucceeded")
    assert ran.out.startswith("0 reactivated, 1 failed (job mixed, ")
    document = cli("retry", mixed, "good", "bad", "--json", status=1).document
    assert (document["done"], document["addedAgain"]) == (1, None)
    assert [(each["id"], each["code"]) for each in document["failed"]] == [("good", "TaskSucceeded")]
    assert sorted(cli("list", mixed, "--ids").out.split()) == ["bad", "good"]
    assert cli("retry", mixed, "good", "--yes").out.splitlines()[1] == "  good: again as good-retry1"

    with batch.client() as client:
        client.job.add({"id": "others", "poolInfo": {"poolId": "p"}})
        client.job.terminate(mixed)
    ran = cli("retry", mixed, "good", "bad", "--into", "others", status=1)
    assert "1 task of job mixed succeeded; no copy was added." in ran.err
    assert "good" in ran.err or "1 not sent" in ran.out
    assert cli("list", "others", "--ids").out.split() == ["bad"]
    cli("retry", mixed, "good", "--into", "others", "--yes")
    assert sorted(cli("list", "others", "--ids").out.split()) == ["bad", "good"]
