"""`describe`: why a task waits or failed, and what to do; `logs` of a task that has not started says the same."""

from __future__ import annotations

from typing import Any

import pytest

from batchtasks import BatchClient
from batchtasks.testing import RunningBatch
from tests.batchtasks_cli.support import Cli


def described(cli: Cli, job: str, task: str) -> tuple[dict[str, Any], str]:
    """The document for programs, and its reasons in one text."""
    document = cli("describe", job, task, "-o", "json").document
    return document, " ".join(f"{reason['what']} {reason['remedy']}" for reason in document["reasons"])


def test_a_task_that_failed(cli: Cli, job_with_tasks: str) -> None:
    document, why = described(cli, job_with_tasks, "bad")
    assert document["task"]["executionInfo"]["exitCode"] == 3
    assert why == f"It failed with exit code 3. See: batchtasks logs {job_with_tasks} bad"
    assert document["stderr"] == ["first", "last words"]
    text = cli("describe", job_with_tasks, "bad").out
    assert "why\tIt failed with exit code 3." in text
    assert "end of stderr\tfirst last words" in text
    assert "executionInfo.exitCode\t3" in text


def test_a_task_that_succeeded_has_no_reasons(cli: Cli, job_with_tasks: str) -> None:
    document, why = described(cli, job_with_tasks, "good-1")
    assert why == ""
    assert document["stdout"] == ["one", "two"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("no-such-program", "It failed: CommandProgramNotFound: The specified command program is not found."),
        ("/bin/sh -c 'no-such-program'", "exit code 127: the shell did not find a program."),
        ("/bin/sh -c 'kill -9 $$'", "exit code 137: it was killed (SIGKILL), often because memory was used up."),
    ],
)
def test_the_ways_to_fail(cli: Cli, batch: RunningBatch, job: str, command: str, why: str) -> None:
    cli("add", job, "--id", "t", "--command", command)
    cli("wait", job, "--poll", "50ms", status=1)
    assert why in described(cli, job, "t")[1]


def add_job(client: BatchClient, job: str, **more: Any) -> None:
    client.job.add({"id": job, "poolInfo": {"poolId": "p1"}, "usesTaskDependencies": True, **more})


@pytest.mark.local_batch(run=False)
def test_why_a_task_waits(cli: Cli, batch: RunningBatch) -> None:
    with batch.client() as client:
        add_job(client, "why")
        parents = ["failed", "waits", "7", "008"]
        client.task.add_collection("why", [{"id": name, "commandLine": "x"} for name in parents])
        client.task.terminate("why", "failed")
        needs = {
            "on-failed": {"taskIds": ["failed", "FAILED"]},
            "on-nothing": {"taskIds": ["nothing"]},
            "on-waits": {"taskIds": ["Waits"]},
            "on-range": {"taskIdRanges": [{"start": 6, "end": 9}]},
            "on-7": {"taskIdRanges": [{"start": 7, "end": 8}]},
            "30": {"taskIdRanges": [{"start": 30, "end": 30}]},
        }
        client.task.add_collection(
            "why", [{"id": name, "commandLine": "x", "dependsOn": ids} for name, ids in needs.items()]
        )
        client.job.add({"id": "why-large", "poolInfo": {"poolId": "p1"}})
        client.task.add("why-large", {"id": "large", "commandLine": "x", "requiredSlots": 300})
    never = ", so it will never run as things are. Add what is missing"
    expected = {
        "waits": "It waits for 1 free slot on a node of pool p1: 0 tasks of the job run, ",
        "on-failed": f"It depends on failed, which was terminated{never}",
        "on-nothing": f"It depends on nothing, which does not exist{never}",
        "on-waits": "It waits for tasks that it depends on: waits (active).",
        "on-range": f"It depends on the tasks 6 to 9, of which 6, 9 cannot be found{never}",
        "on-7": "It waits for tasks that it depends on: 008 (active), 7 (active).",
        "30": f"It depends on the tasks 30 to 30, of which 30 is the task itself{never}",
    }
    for task, why in expected.items():
        assert why in described(cli, "why", task)[1], task
    # The pool does not exist, so nothing is known of its nodes.
    assert "nodes have fewer than 300 slots never runs it" in described(cli, "why-large", "large")[1]
    what, remedy = cli("logs", "why", "on-nothing", status=1).error()
    assert what.startswith("Task on-nothing has not started. It depends on nothing, which does not exist")
    assert remedy == "To wait for it: batchtasks logs why on-nothing --follow"


def test_a_preparation_task_that_failed(cli: Cli, batch: RunningBatch) -> None:
    preparation = {"commandLine": "/bin/sh -c 'exit 3'"}
    with batch.client() as client:
        client.job.add({"id": "prepared", "poolInfo": {"poolId": "p1"}, "jobPreparationTask": preparation})
        client.task.add("prepared", {"id": "t", "commandLine": "true"})
        ended = False
        while not ended:
            nodes = client.job.list_preparation_and_release_task_status("prepared")
            infos = [node.job_preparation_task_execution_info for node in nodes]
            ended = any(info is not None and info.state == "completed" for info in infos)
    why = "The preparation task of its job failed on localnode (exit code 3), so no task of the job starts there."
    assert why in described(cli, "prepared", "t")[1]


@pytest.mark.local_batch(run=False)
def test_the_state_and_the_limit_of_the_job(cli: Cli, batch: RunningBatch) -> None:
    with batch.client() as client:
        for job in ("off", "ended"):
            add_job(client, job)
            client.task.add(job, {"id": "t", "commandLine": "x"})
    cli("job", "disable", "off")
    cli("job", "terminate", "ended")
    assert "Its job is disabled, so no task starts. batchtasks job enable off" in described(cli, "off", "t")[1]
    assert "so it will never run" in described(cli, "ended", "t")[1]
    cli("job", "enable", "off")
    assert "Its job is" not in described(cli, "off", "t")[1]


def test_a_job_that_runs_as_many_as_it_may(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("job", "update", job, "--max-parallel", "1")
    for name in ("first", "second"):
        cli("add", job, "--id", name, "sleep", "60")
    cli("wait", job, "first", "--until", "running", "--poll", "20ms")
    assert "1 task of its job run, which is the job's limit." in described(cli, job, "second")[1]
    cli("delete", job, "first", "second")


def test_a_failure_that_satisfies_does_not_block(cli: Cli, batch: RunningBatch) -> None:
    with batch.client() as client:
        add_job(client, "satisfied")
        conditions = {"exitCodes": [{"code": 4, "exitOptions": {"dependencyAction": "satisfy"}}]}
        parent = {"id": "p", "commandLine": "/bin/sh -c 'exit 4'", "exitConditions": conditions}
        client.task.add("satisfied", parent)
        client.task.wait("satisfied", timeout=30, poll=0.05)
        client.job.disable("satisfied", "requeue")
        client.task.add("satisfied", {"id": "c", "commandLine": "true", "dependsOn": {"taskIds": ["p"]}})
    document, _ = described(cli, "satisfied", "c")
    assert [reason["what"] for reason in document["reasons"]] == ["Its job is disabled, so no task starts."]


def test_what_does_not_exist(cli: Cli, job: str) -> None:
    assert "TaskNotFound" in cli("describe", job, "nope", status=3).error()[0]


def test_files_that_were_deleted_and_tasks_that_never_started(cli: Cli, batch: RunningBatch, job: str) -> None:
    cli("job", "disable", job)
    cli("add", job, "--id", "t", "true")
    cli("terminate", job, "t")
    what, remedy = cli("logs", job, "t", status=1).error()
    assert what.startswith("Task t never started: TaskEnded")
    assert remedy == f"See: batchtasks describe {job} t"
