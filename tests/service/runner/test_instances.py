"""Multi-instance tasks, and container tasks where an engine is configured."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local.domain.records import TaskRecord
from batchtasks_local.runner.instances import Instances
from tests.service.runner.harness import MakeRunner, RunnerHarness, alive, pid_in, until

LOG = "echo $AZ_BATCH_IS_CURRENT_NODE_MASTER $AZ_BATCH_NODE_ID >> $AZ_BATCH_NODE_SHARED_DIR/log"


def mpi(coordination: str, count: int = 3, **more: Any) -> dict[str, Any]:
    """A specification with that many instances."""
    return {"multiInstanceSettings": {"numberOfInstances": count, "coordinationCommandLine": coordination, **more}}


def shared(harness: RunnerHarness, name: str) -> Path:
    """A file in the node's shared directory."""
    return harness.path().parents[3] / "shared" / name


def states(task: TaskRecord) -> list[tuple[int, str, int | None]]:
    """Number, state and exit code of the subtasks."""
    return [(item["id"], item["state"], item.get("exitCode")) for item in task.subtasks]


def test_coordination_first_then_the_command(harness: RunnerHarness) -> None:
    """On all instances, then on the primary only; the subtasks are on the record."""
    command = f"/bin/sh -c 'echo main >> $AZ_BATCH_NODE_SHARED_DIR/log; {LOG}'"
    ended = harness.run(command, **mpi(f"/bin/sh -c '{LOG}'"))
    assert (ended.result, ended.exit_code) == ("success", 0)
    lines = shared(harness, "log").read_text().splitlines()
    assert sorted(lines[:3]) == ["false localnode-1", "false localnode-2", "true localnode"]
    assert lines[3:] == ["main", "true localnode"]
    assert states(ended) == [(1, "completed", 0), (2, "completed", 0)]
    [first, _] = ended.subtasks
    assert first["nodeInfo"] == {
        "affinityId": "TVM:localnode-1",
        "poolId": "pool1",
        "nodeId": "localnode-1",
        "taskRootDirectory": "workitems/job1/job-1/t",
    }
    assert first["stateTransitionTime"] == first["endTime"] >= first["startTime"]
    assert (first["result"], first["previousState"]) == ("success", "running")


def test_variables_of_instances(harness: RunnerHarness) -> None:
    """Each has its directory; all know of each other."""
    ended = harness.run("true", **mpi("/usr/bin/env"))
    assert ended.result == "success"
    for number in range(3):
        folder = harness.path() if number == 0 else harness.path(str(number))
        seen = dict(line.split("=", 1) for line in (folder / "stdout.txt").read_text().splitlines())
        assert seen["AZ_BATCH_TASK_DIR"] == seen["AZ_BATCH_TASK_SHARED_DIR"] == str(folder)
        assert seen["AZ_BATCH_TASK_WORKING_DIR"] == f"{folder}/wd"
        assert seen["AZ_BATCH_HOST_LIST"] == "127.0.0.1,127.0.0.1,127.0.0.1"
        assert seen["AZ_BATCH_NODE_LIST"] == "127.0.0.1;127.0.0.1;127.0.0.1"
        assert seen["AZ_BATCH_MASTER_NODE"].startswith("127.0.0.1:")
        assert seen["CCP_NODES"] == "3 127.0.0.1 4 127.0.0.1 4 127.0.0.1 4"


def test_common_files_are_with_every_instance(make_runner: MakeRunner, tmp_path: Path) -> None:
    """In the directory above wd."""
    (tmp_path / "data").write_text("common")
    harness = make_runner(file_roots=(tmp_path,))
    files = [{"httpUrl": f"file://{tmp_path}/data", "filePath": "in/data"}]
    ended = harness.run("cat ../in/data", **mpi("cat ../in/data", commonResourceFiles=files))
    assert ended.result == "success"
    assert harness.text() == "commoncommon"
    assert harness.text("2/stdout.txt") == "common"
    missing = [{"httpUrl": f"file://{tmp_path}/gone", "filePath": "x"}]
    failed = harness.run("true", "u", **mpi("true", commonResourceFiles=missing))
    assert failed.failure
    assert failed.failure["code"] == "BlobNotFound"


def test_a_subtask_that_fails(harness: RunnerHarness) -> None:
    """Ends the others, counts as a try of the whole task, and no command is run."""
    line = "/bin/sh -c 'echo x >> tries; test $AZ_BATCH_NODE_ID = localnode-1 && exit 5; sleep 600'"
    ended = harness.run("touch ../main", **mpi(line), constraints={"maxTaskRetryCount": 1})
    assert (ended.exit_code, ended.retry_count, ended.run) == (5, 1, 2)
    assert states(ended) == [(1, "completed", 5), (2, "completed", None)]
    assert [item["failureInfo"]["code"] for item in ended.subtasks] == ["FailureExitCode", "TaskEnded"]
    assert harness.text("1/wd/tries") == "x\nx\n"
    assert not harness.path("main").exists()


def test_what_coordination_leaves_running(harness: RunnerHarness) -> None:
    """It lives while the command runs, and goes with it."""
    start = "/bin/sh -c 'sleep 600 & echo $! > ../daemon'"
    harness.submit("/bin/sh -c 'while ! test -e ../../go; do sleep 0.01; done'", **mpi(start))
    until(lambda: states(harness.task("t")) == [(1, "completed", 0), (2, "completed", 0)])
    daemons = [pid_in(harness.path(name)) for name in ("daemon", "1/daemon", "2/daemon")]
    assert all(alive(pid) for pid in daemons)
    (harness.path().parent / "go").touch()
    assert harness.wait().result == "success"
    until(lambda: not any(alive(pid) for pid in daemons))


def test_terminate_while_coordinating(harness: RunnerHarness) -> None:
    """All instances end, and the record says so of each."""
    harness.submit("true", **mpi("/bin/sh -c 'echo $$ > ../self; sleep 600'"))
    pids = [pid_in(harness.path(name)) for name in ("self", "1/self", "2/self")]
    until(lambda: states(harness.task("t")) == [(1, "running", None), (2, "running", None)])
    harness.end()
    until(lambda: not any(alive(pid) for pid in pids))


def test_out_of_time_while_coordinating(harness: RunnerHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    """The subtasks are ended too, and are no failures, even if they end before the runner looks at them first."""
    begin = Instances._begin

    def begin_slowly(instances: Instances) -> None:
        begin(instances)
        pids = [pid_in(harness.path(name)) for name in ("self", "1/self", "2/self")]
        instances._launcher.control.enforce_deadline(time.monotonic() + 3600)
        until(lambda: not any(alive(pid) for pid in pids))

    monkeypatch.setattr(Instances, "_begin", begin_slowly)
    line = "/bin/sh -c 'echo $$ > ../self; exec sleep 600'"
    ended = harness.run("true", **mpi(line), constraints={"maxWallClockTime": "PT1H"})
    assert ended.failure
    assert (ended.failure["code"], ended.exit_code) == ("TaskEnded", None)
    assert states(ended) == [(1, "completed", None), (2, "completed", None)]
    assert [item["failureInfo"]["code"] for item in ended.subtasks] == ["TaskEnded", "TaskEnded"]


def test_a_coordination_command_that_cannot_be_started(harness: RunnerHarness) -> None:
    """The task fails as for its own command."""
    ended = harness.run("true", **mpi("no-such-program"))
    assert ended.failure
    assert ended.failure["code"] == "CommandProgramNotFound"


def test_one_instance(harness: RunnerHarness) -> None:
    """It is the primary; there are no subtasks."""
    ended = harness.run("true", **mpi(f"/bin/sh -c '{LOG}'", count=1))
    assert (ended.result, ended.subtasks) == ("success", [])
    assert shared(harness, "log").read_text() == "true localnode\n"


# Notes its arguments, and runs what follows the image as an engine would.
ENGINE = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"
test "$1" = run || exit 0
while test "$1" != image:1; do shift; done
shift
exec "$@"
"""


@pytest.fixture
def contained(make_runner: MakeRunner, tmp_path: Path) -> RunnerHarness:
    """A runner with a container engine that is a script."""
    (tmp_path / "engine").write_text(ENGINE)
    (tmp_path / "engine").chmod(0o755)
    return make_runner(container_engine=str(tmp_path / "engine"))


def test_a_container_task(contained: RunnerHarness, tmp_path: Path) -> None:
    """The engine gets the image, the options, the node root and the names of the variables, never their values."""
    settings = {"imageName": "image:1", "containerRunOptions": "--rm --memory '1 g'"}
    environment = [{"name": "TOKEN", "value": "topsecret"}]
    ended = contained.run("/bin/sh -c 'echo $TOKEN'", containerSettings=settings, environmentSettings=environment)
    assert ended.exit_code == 0
    assert contained.text() == "topsecret\n"
    [call] = (tmp_path / "calls").read_text().splitlines()
    root = contained.path().parents[3]
    for part in (f"--volume {root}:{root}", f"--workdir {contained.path('wd')}", "--env TOKEN", "--memory 1 g image:1"):
        assert part in call
    assert "topsecret" not in call


def test_variables_in_run_options(contained: RunnerHarness, tmp_path: Path) -> None:
    """Programs rely on it: batch-shipyard `-w $AZ_BATCH_TASK_WORKING_DIR`, cfa_azure `$AZ_BATCH_NODE_MOUNTS_DIR`."""
    options = "-w $AZ_BATCH_TASK_WORKING_DIR -v \"${AZ_BATCH_NODE_MOUNTS_DIR}/my share:/x\" -e '$A' -l $UNKNOWN -l \\$B"
    contained.run("true", containerSettings={"imageName": "image:1", "containerRunOptions": options})
    call = (tmp_path / "calls").read_text()
    mounts = contained.path().parents[3] / "fsmounts"
    assert f"-w {contained.path('wd')} -v {mounts}/my share:/x -e $A -l $UNKNOWN -l $B image:1 true" in call


def test_the_entry_point_of_the_image(contained: RunnerHarness, tmp_path: Path) -> None:
    """An empty command line with container settings, as covalent sends it."""
    contained.run("", containerSettings={"imageName": "image:1"})
    assert (tmp_path / "calls").read_text().endswith(" image:1\n")


def test_mounts_of_a_container_task(contained: RunnerHarness, tmp_path: Path) -> None:
    """Only those that are listed."""
    mounts = [{"source": "Task", "isReadOnly": True}, {"source": "Shared"}, {"source": "New"}]
    settings = {
        "imageName": "image:1",
        "workingDirectory": "containerImageDefault",
        "containerHostBatchBindMounts": mounts,
    }
    contained.run("true", containerSettings=settings)
    call = (tmp_path / "calls").read_text()
    task, root = contained.path(), contained.path().parents[3]
    assert f"--volume {task}:{task}:ro --volume {root}/shared:{root}/shared --env" in call
    assert "--workdir" not in call


@pytest.mark.parametrize("options", ["", "--name mine", "--name=mine-$AZ_BATCH_TASK_ID"])
def test_ending_a_container_task(contained: RunnerHarness, tmp_path: Path, options: str) -> None:
    """The container is killed by its name as well, also by one of the caller's own (batch-shipyard)."""
    contained.submit("sleep 600", containerSettings={"imageName": "image:1", "containerRunOptions": options})
    calls = tmp_path / "calls"
    until(lambda: calls.exists() and calls.read_text().endswith("\n") and "--name" in calls.read_text())
    name = calls.read_text().replace("--name=", "--name ").partition("--name ")[2].split()[0]
    assert name.startswith("mine" if options else "batchtasks-")
    contained.end()
    until(lambda: f"kill {name}\n" in (tmp_path / "calls").read_text())
    until(lambda: contained.task("t").exit_code == 128 + signal.SIGTERM)
