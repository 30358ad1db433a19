"""The Azure command line's commands for jobs, tasks and files, against the local service: `az batch ...`, unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from batchtasks.testing import RunningBatch, local_batch
from tests.package.support import Environment, command
from tests.programs.support import environment

pytestmark = pytest.mark.slow


@frozen
class Az:
    """`az batch` with the account of a service."""

    python: Environment
    folder: Path
    batch: RunningBatch

    def __call__(self, line: str, *more: str, status: int = 0) -> Any:
        """Run a command; return its JSON, or what it printed if it failed."""
        account = ("--account-name", self.batch.account, "--account-key", self.batch.key)
        words = ("-m", "azure.cli", "batch", *line.split(), *more, *account, "--account-endpoint", self.batch.url)
        variables = {
            "AZURE_CONFIG_DIR": str(self.folder),
            "AZURE_CORE_COLLECT_TELEMETRY": "no",
            "PYTHONWARNINGS": "ignore",
        }
        printed = command(self.python.path("python"), *words, cwd=self.folder, env=variables, status=status)
        return printed if status else json.loads(printed) if printed.strip() else None


@pytest.fixture(scope="module")
def python() -> Environment:
    return environment("az", "azure-cli==2.91.0")


@pytest.fixture
def az(python: Environment, tmp_path: Path) -> Iterator[Az]:
    with local_batch(run=False) as batch:
        yield Az(python, tmp_path, batch)


@pytest.fixture
def running_az(python: Environment, tmp_path: Path) -> Iterator[Az]:
    with local_batch() as batch:
        yield Az(python, tmp_path, batch)


def test_jobs(az: Az) -> None:
    az("job create --id j --pool-id p --priority 3 --metadata a=1 b=2 --uses-task-dependencies")
    job = az("job show --job-id j")
    assert (job["priority"], job["usesTaskDependencies"], job["poolInfo"]["poolId"]) == (3, True, "p")
    assert job["metadata"] == [{"name": "a", "value": "1"}, {"name": "b", "value": "2"}]
    az("job set --job-id j --priority 9")
    assert az("job show --job-id j --select priority")["priority"] == 9
    az("job reset --job-id j --pool-id p --priority 7")  # PUT: what is left out goes back to its default
    job = az("job show --job-id j")
    assert job["priority"] == 7
    assert not job.get("metadata")
    az("job disable --job-id j --disable-tasks requeue")
    az("job enable --job-id j")
    assert [one["id"] for one in az("job list")] == ["j"]
    assert az("job list", "--filter", "state eq 'disabled'") == []
    assert az("job task-counts show --job-id j")["taskCounts"]["active"] == 0
    az("job stop --job-id j --terminate-reason enough")
    assert az("job show --job-id j")["executionInfo"]["terminateReason"] == "enough"
    az("job delete --job-id j --yes")


def test_a_job_from_json(az: Az) -> None:
    job = {"id": "j", "poolInfo": {"poolId": "p"}, "onAllTasksComplete": "terminatejob"}
    (az.folder / "job.json").write_text(json.dumps(job))
    az("job create --json-file job.json")
    assert az("job show --job-id j")["onAllTasksComplete"] == "terminatejob"


def test_tasks(az: Az) -> None:
    az("job create --id j --pool-id p")
    task = az("task create --job-id j --task-id t --max-task-retry-count 5", "--command-line", "/bin/sh -c true")
    assert (task["id"], task["state"], task["constraints"]["maxTaskRetryCount"]) == ("t", "active", 5)
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(3)]
    (az.folder / "tasks.json").write_text(json.dumps(tasks))
    added = az("task create --job-id j --json-file tasks.json")
    assert [one["status"].lower() for one in added] == ["success"] * 3
    assert [one["id"] for one in az("task list --job-id j")] == ["t", "t0", "t1", "t2"]
    az("task reset --job-id j --task-id t --max-task-retry-count 1")
    az("task stop --job-id j --task-id t")
    task = az("task show --job-id j --task-id t")
    assert (task["state"], task["executionInfo"]["failureInfo"]["code"]) == ("completed", "TaskEnded")
    az("task reactivate --job-id j --task-id t")
    assert az("task show --job-id j --task-id t --select state")["state"] == "active"
    assert az("task subtask list --job-id j --task-id t") == []
    az("task delete --job-id j --task-id t --yes")
    assert "TaskNotFound" in az("task show --job-id j --task-id t", status=3)


def test_files(running_az: Az) -> None:
    az = running_az
    az("job create --id j --pool-id p")
    az("task create --job-id j --task-id t", "--command-line", "/bin/sh -c 'echo here; echo x > out.txt'")
    with az.batch.client() as client:
        client.task.wait("j", timeout=30)
    files = {one["name"] for one in az("task file list --job-id j --task-id t --recursive")}
    assert files >= {"stdout.txt", "stderr.txt", "wd", "wd/out.txt"}
    # `az batch task file show` of 2.91 ends in its own AttributeError, whatever the answer is.
    az("task file download --job-id j --task-id t --file-path wd/out.txt --destination ./out.txt")
    assert (az.folder / "out.txt").read_text() == "x\n"
    az("task file delete --job-id j --task-id t --file-path wd/out.txt --yes")
    assert "wd/out.txt" not in {one["name"] for one in az("task file list --job-id j --task-id t --recursive")}


def test_what_it_looks_at_around_a_job(az: Az) -> None:
    assert az("job-schedule list") == []
    az("job create --id j --pool-id p")
    assert "JobPreparationTaskOrReleaseTaskNotSpecified" in az("job prep-release-status list --job-id j", status=1)


def test_pools(az: Az) -> None:
    az("pool create --id p --vm-size standard_a1 --image canonical:ubuntuserver:18.04-lts --target-dedicated-nodes 1",
       "--node-agent-sku-id", "batch.node.ubuntu 18.04")  # fmt: skip
    assert [one["id"] for one in az("pool list")] == ["p"]
    assert az("pool show --pool-id p")["vmSize"] == "standard_a1"
    az("pool resize --pool-id p --target-dedicated-nodes 2")
    assert len(az("node list --pool-id p")) >= 1
    az("pool delete --pool-id p --yes")
