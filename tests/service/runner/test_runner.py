"""The runner with real processes: directories, variables, exit codes, ends, and what a restart finds."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local import clock, lifecycle
from batchtasks_local.records import Counts
from batchtasks_local.runner import Runner
from batchtasks_local.settings import Settings
from batchtasks_local.store.sqlite import SqliteStore
from tests.service.runner.ground import Ground, MakeGround, until

SERVICE = Path(__file__).parents[3] / "service"


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def pid_in(path: Path) -> int:
    """The process number that a task has written down."""
    until(lambda: path.is_file() and path.read_text().strip())
    return int(path.read_text())


def end(ground: Ground, task_id: str = "t") -> None:
    """Terminate a task as the HTTP side does."""
    ground.bench.terminate(task_id)
    ground.runner.end_task("job1", task_id)


def test_a_task_that_goes_well(ground: Ground) -> None:
    """Its output, its directory, and what the record tells."""
    ended = ground.run("/bin/sh -c 'pwd; echo oops >&2; echo kept > out.txt'")
    assert (ended.exit_code, ended.result, ended.failure) == (0, "success", None)
    assert ended.ended == ended.state_since
    assert ended.started == ended.previous_since
    assert ended.node == {
        "affinityId": "TVM:localnode",
        "poolId": "pool1",
        "nodeId": "localnode",
        "taskRootDirectory": "workitems/job1/job-1/t",
    }
    assert ground.text("stdout.txt").strip() == str(ground.path("wd"))
    assert ground.text("stderr.txt") == "oops\n"
    assert ground.text("wd/out.txt") == "kept\n"
    assert sorted(os.listdir(ground.path())) == ["certs", "stderr.txt", "stdout.txt", "wd"]
    assert ground.path("stdout.txt").stat().st_mode & 0o777 == 0o644


def test_variables(make_ground: MakeGround, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Batch promises, the job's and the task's own; nothing of the service's, above all no key."""
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", "secret")
    monkeypatch.setenv("SOME_OTHER", "secret")
    common = [{"name": "A", "value": "job"}, {"name": "B", "value": "job"}, {"name": "EMPTY"}]
    ground = make_ground({"commonEnvironmentSettings": common}, account="acct", port=1234)
    own = [{"name": "B", "value": "task"}, {"name": "AZ_BATCH_TASK_ID", "value": "forged"}]
    ground.run("/usr/bin/env -0", environmentSettings=own)
    seen = dict(line.split("=", 1) for line in ground.text().rstrip("\0").split("\0"))
    assert (seen["A"], seen["B"], seen["EMPTY"]) == ("job", "task", "")
    root = str(ground.path().parents[3])
    expected = {
        "ACCOUNT_NAME": "acct",
        "ACCOUNT_URL": "http://127.0.0.1:1234",
        "JOB_ID": "job1",
        "TASK_ID": "t",
        "POOL_ID": "pool1",
        "NODE_ID": "localnode",
        "NODE_IS_DEDICATED": "true",
        "NODE_ROOT_DIR": root,
        "NODE_SHARED_DIR": f"{root}/shared",
        "NODE_STARTUP_DIR": f"{root}/startup",
        "NODE_MOUNTS_DIR": f"{root}/fsmounts",
        "TASK_DIR": str(ground.path()),
        "TASK_WORKING_DIR": str(ground.path("wd")),
        "TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES": "1000000000",
        "CERTIFICATES_DIR": str(ground.path("certs")),
    }
    assert {name: value for name, value in seen.items() if name.startswith("AZ_BATCH_")} == {
        f"AZ_BATCH_{name}": value for name, value in expected.items()
    }
    assert "secret" not in seen.values()
    assert seen["PATH"] == os.environ["PATH"]
    for name in ("SHARED", "STARTUP", "MOUNTS"):
        assert Path(seen[f"AZ_BATCH_NODE_{name}_DIR"]).is_dir()


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("echo $HOME '$A' a|b >c *", "$HOME $A a|b >c *\n"),
        ('echo "two words" \'and "these"\' one\\ more', 'two words and "these" one more\n'),
        ("/bin/sh -c \"echo 'x  y'\"", "x  y\n"),
        ('/bin/bash -c "exit 0 && true"', ""),
    ],
)
def test_command_lines(ground: Ground, line: str, out: str) -> None:
    """Cut as a shell cuts, but by no shell."""
    assert ground.run(line).exit_code == 0
    assert ground.text() == out


def test_nonzero_exits_are_retried(ground: Ground) -> None:
    """Each try finds what the last one left in wd, and an empty stdout.txt."""
    script = "/bin/sh -c 'echo try; echo x >> count; test $(wc -l < count) -ge 3'"
    ended = ground.run(script, constraints={"maxTaskRetryCount": 5})
    assert (ended.retry_count, ended.exit_code, ended.run) == (2, 0, 3)
    assert ended.last_retry == ended.started
    assert ground.text() == "try\n"
    failed = ground.run("/bin/sh -c 'exit 7'", "f", constraints={"maxTaskRetryCount": 2})
    assert (failed.retry_count, failed.exit_code, failed.run) == (2, 7, 3)
    assert failed.failure
    assert failed.failure["code"] == "FailureExitCode"


def test_a_signal_is_an_exit_code(ground: Ground) -> None:
    """128 and the signal's number, as shells have it."""
    assert ground.run("/bin/sh -c 'kill -9 $$'").exit_code == 128 + signal.SIGKILL


@pytest.mark.parametrize(
    ("line", "code", "reason"),
    [
        ("no-such-program-anywhere", "CommandProgramNotFound", "The system cannot find the file specified"),
        ("./missing arg", "CommandProgramNotFound", "The system cannot find the file specified"),
        ("/etc", "CommandLaunchFailed", "/etc: Permission denied"),
        ("echo 'open", "CommandLaunchFailed", "No closing quotation"),
        ("  ", "CommandLaunchFailed", "The command line names no program"),
        ("''", "CommandLaunchFailed", "The command line names no program"),
        ("echo \0", "CommandLaunchFailed", "The command line contains a NUL character"),
    ],
)
def test_what_cannot_be_started(ground: Ground, line: str, code: str, reason: str) -> None:
    """No exit code, no retry, and empty output files."""
    ended = ground.run(line, constraints={"maxTaskRetryCount": 3})
    assert (ended.result, ended.exit_code, ended.run) == ("failure", None, 1)
    assert ended.failure
    assert (ended.failure["category"], ended.failure["code"]) == ("UserError", code)
    assert {"name": "Message", "value": reason} in ended.failure["details"]
    assert (ground.text("stdout.txt"), ground.text("stderr.txt")) == ("", "")


def test_a_program_in_the_working_directory(ground: Ground) -> None:
    """A relative path with a slash counts from wd."""
    ground.run("/bin/sh -c 'printf \"#!/bin/sh\\necho mine\\n\" > prog; chmod +x prog; exit 1'")
    line = {"commandLine": "./prog"}
    ground.bench.store.change_task("job1", "t", lambda task, job: evolve(task, spec={**task.spec, **line}))
    ground.bench.store.change_task("job1", "t", lambda task, job: lifecycle.reactivate(task, job, clock.now()))
    ground.runner.wake()
    until(lambda: ground.bench.task("t").result == "success")
    assert ground.text() == "mine\n"


@pytest.mark.parametrize("settings", ["containerSettings", "applicationPackageReferences"])
def test_what_the_node_does_not_have(ground: Ground, settings: str) -> None:
    """A clear failureInfo before anything is started, which counts as an error before processing."""
    spec: dict[str, Any] = {settings: {"imageName": "ubuntu"} if settings[0] == "c" else [{"applicationId": "a"}]}
    ended = ground.run("true", **spec)
    assert (ended.exit_code, ended.result) == (None, "failure")
    assert ended.failure
    assert ended.failure["code"] in ("ContainerNotSupported", "ApplicationPackagesNotSupported")


def test_terminate_ends_the_whole_group(ground: Ground) -> None:
    """Also what the program has started; the exit code follows when all is gone."""
    ground.submit("/bin/sh -c 'sleep 600 & echo $! > child; echo $$ > self; wait'")
    child, leader = pid_in(ground.path("wd/child")), pid_in(ground.path("wd/self"))
    end(ground)
    assert ground.bench.task("t").state == "completed"
    until(lambda: not alive(child) and not alive(leader))
    until(lambda: ground.bench.task("t").exit_code is not None)
    ended = ground.bench.task("t")
    assert (ended.exit_code, ended.result) == (128 + signal.SIGTERM, "failure")
    assert ended.failure
    assert ended.failure["code"] == "TaskEnded"


def test_what_ignores_sigterm_is_killed(make_ground: MakeGround, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time of grace."""
    monkeypatch.setattr("batchtasks_local.runner.runner.GRACE", 0.1)
    ground = make_ground()
    ground.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(ground.path("wd/self"))
    end(ground)
    until(lambda: not alive(leader))
    until(lambda: ground.bench.task("t").exit_code == 128 + signal.SIGKILL)


def test_what_a_task_leaves_behind_in_its_group_goes_with_it(ground: Ground) -> None:
    """A program that ends with children in the background takes them along."""
    ground.run("/bin/sh -c 'sleep 600 & echo $! > child'")
    child = pid_in(ground.path("wd/child"))
    until(lambda: not alive(child))


def test_the_wall_clock(ground: Ground) -> None:
    """The group is ended, the task completes with TaskEnded, and no retry is made."""
    constraints = {"maxWallClockTime": "PT0.2S", "maxTaskRetryCount": 3}
    ended = ground.run("/bin/sh -c 'sleep 600 & echo $! > child; wait'", constraints=constraints)
    assert (ended.exit_code, ended.run) == (128 + signal.SIGTERM, 1)
    assert ended.failure
    assert (ended.failure["code"], ended.failure["category"]) == ("TaskEnded", "UserError")
    assert "maxWallClockTime" in ended.failure["details"][0]["value"]
    child = pid_in(ground.path("wd/child"))
    until(lambda: not alive(child))


def test_slots_are_not_exceeded(make_ground: MakeGround) -> None:
    """Never more at once than there are, and large tasks take as many as they ask for."""
    ground = make_ground(slots=3)
    script = "/bin/sh -c 'echo + >> ../../log; sleep 0.03; echo - >> ../../log'"
    ground.bench.add(*[f"s{number}" for number in range(9)], commandLine=script)
    ground.bench.add("large", commandLine=script.replace("+", "+++").replace("echo -", "echo ---"), requiredSlots=3)
    ground.runner.wake()
    until(lambda: ground.bench.store.counts("job1")[0].succeeded == 10)
    level = highest = 0
    for line in (ground.path().parent / "log").read_text().split():
        level += line.count("+") - line.count("-")
        highest = max(highest, level)
    assert highest == 3


def test_dependencies(make_ground: MakeGround) -> None:
    """Children run after their parents."""
    ground = make_ground({"usesTaskDependencies": True})
    log = "/bin/sh -c 'echo $AZ_BATCH_TASK_ID >> ../../log'"
    ground.bench.add("c", commandLine=log, dependsOn={"taskIds": ["b"]})
    ground.bench.add("b", commandLine=log, dependsOn={"taskIdRanges": [{"start": 1, "end": 2}]})
    ground.bench.add("1", "2", commandLine=log)
    ground.runner.wake()
    ground.wait("c")
    assert sorted((ground.path().parent / "log").read_text().split()[:2]) == ["1", "2"]
    assert (ground.path().parent / "log").read_text().split()[2:] == ["b", "c"]


def test_a_failure_ends_the_job_and_its_processes(make_ground: MakeGround) -> None:
    """The job action is in the store at once, the processes follow."""
    ground = make_ground({"onTaskFailure": "performexitoptionsjobaction"})
    ground.submit("/bin/sh -c 'echo $$ > self; sleep 600'", "other")
    other = pid_in(ground.path("wd/self", "other"))
    ground.submit("false", "bad")
    until(lambda: ground.bench.current().state == "completed")
    assert ground.bench.current().terminate_reason == "TaskFailed"
    until(lambda: not alive(other))


def test_the_jobs_time(make_ground: MakeGround) -> None:
    """It ends the job and what runs in it."""
    ground = make_ground({"constraints": {"maxWallClockTime": "PT0.5S"}})
    ground.submit("sleep 600")
    until(lambda: ground.bench.current().state == "completed")
    assert ground.bench.current().terminate_reason == "MaxWallClockTimeExpiry"
    until(lambda: ground.bench.task("t").exit_code is not None)


def test_a_disabled_job_gives_its_tasks_back(ground: Ground) -> None:
    """Requeued tasks start again once the job is enabled, and not before their last run is gone."""
    script = (
        "/bin/sh -c 'trap \"sleep 0.2; rmdir ../../busy; exit 1\" TERM; mkdir ../../busy || exit 99; sleep 600 & wait'"
    )
    ground.submit(script)
    until(lambda: (ground.path().parent / "busy").is_dir())
    ground.bench.store.change_job("job1", lambda job: lifecycle.disable_job(job, "requeue", clock.now()))
    ground.bench.store.change_job("job1", lambda job: lifecycle.enable_job(job, clock.now()))
    ground.runner.wake()
    until(lambda: ground.bench.task("t").run == 2)
    until(lambda: (ground.path().parent / "busy").is_dir())
    now = ground.bench.task("t")
    assert (now.state, now.requeue_count, now.retry_count) == ("running", 1, 0)


def test_delete_while_running(ground: Ground) -> None:
    """The processes end, the directory goes, and a new task of that id has one of its own."""
    ground.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    leader = pid_in(ground.path("wd/self"))
    ground.bench.store.remove_task("job1", "t", lifecycle.check_delete)
    ground.runner.end_task("job1", "t")
    ground.runner.remove_task_files("job1", "t")
    until(lambda: not alive(leader))
    until(lambda: not ground.path().exists())
    ground.run("/bin/ls -A")
    assert ground.text() == ""
    trash = ground.path().parents[3] / "trash"
    until(lambda: not os.listdir(trash))


def test_a_new_task_does_not_find_the_files_of_an_old_one(ground: Ground) -> None:
    """Even where nobody has asked for their removal."""
    ground.run("touch old")
    ground.bench.store.remove_task("job1", "t", lifecycle.check_delete)
    ground.run("/bin/ls -A")
    assert ground.text() == ""


def test_delete_a_job(ground: Ground) -> None:
    """Processes, directories and records go; the id is free again."""
    ground.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    ground.bench.add("waiting", requiredSlots=99)
    leader = pid_in(ground.path("wd/self"))
    ground.bench.store.change_job("job1", lambda job: lifecycle.delete_job(job, clock.now()))
    ground.runner.end_job("job1")
    until(lambda: ground.bench.store.get_job("job1") is None)
    assert not alive(leader)
    assert not ground.path().parents[1].exists()
    ground.bench.job()
    assert ground.run("true").exit_code == 0


def test_directories_go_after_their_time(ground: Ground) -> None:
    """Retention is counted from completion; the record stays."""
    ground.run("true", constraints={"retentionTime": "PT0S"})
    ground.run("true", "kept")
    ground.runner._janitor.wake()
    until(lambda: not ground.path().exists())
    assert ground.bench.task("t").state == "completed"
    assert ground.path(task_id="kept").exists()


def test_directories_without_rights_go_too(ground: Ground) -> None:
    """What a task has closed to itself is opened and deleted."""
    ground.run("/bin/sh -c 'mkdir -p a/b; touch a/b/c; chmod 0 a/b a'")
    ground.runner.remove_task_files("job1", "t")
    trash = ground.path().parents[3] / "trash"
    until(lambda: not ground.path().exists() and not os.listdir(trash))


def test_nothing_is_started_without_run(make_ground: MakeGround) -> None:
    """Tasks stay active, and jobs can still be deleted."""
    ground = make_ground(run=False)
    ground.submit("true")
    ground.bench.store.change_job("job1", lambda job: lifecycle.delete_job(job, clock.now()))
    ground.runner.end_job("job1")
    until(lambda: ground.bench.store.get_job("job1") is None)


def test_stop_ends_everything(make_ground: MakeGround, tmp_path: Path) -> None:
    """No process is left, not even one that has left its group; the tasks are active again and the folder is free."""
    ground = make_ground(data=tmp_path)
    ground.submit("/bin/sh -c 'setsid sleep 600 & echo $! > child; echo $$ > self; wait'")
    ground.run("/bin/sh -c 'setsid sleep 600 & echo $! > child'", "left")
    pids = [pid_in(ground.path(name)) for name in ("wd/child", "wd/self")]
    pids.append(pid_in(ground.path("wd/child", "left")))
    ground.runner.stop(5)
    assert not any(alive(pid) for pid in pids)
    now = ground.bench.task("t")
    assert (now.state, now.requeue_count) == ("active", 1)
    assert ground.bench.task("left").state == "completed"
    ground.runner.stop(5)
    ground.bench.store.close()
    again = make_ground(data=tmp_path)
    again.wait("t", "running")
    assert again.bench.task("t").run == 2


def test_no_zombies(ground: Ground) -> None:
    """Every process that has ended is taken note of."""
    ground.bench.add(*[f"t{number}" for number in range(30)], commandLine="/bin/true")
    ground.runner.wake()
    until(lambda: ground.bench.store.counts("job1")[0].succeeded == 30)
    ground.runner.stop(5)
    stats = [Path(f"/proc/{pid}/stat") for pid in os.listdir("/proc") if pid.isdecimal()]
    for stat in stats:
        try:
            _, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        assert (state, int(parent)) != ("Z", os.getpid())


def test_a_stopped_runner_in_memory_leaves_no_folder() -> None:
    """Started or not."""
    for starts in (False, True):
        store = SqliteStore(None)
        runner = Runner(store, Settings())
        folder = runner.task_dir("j", "t").parents[4]
        assert folder.is_dir()
        if starts:
            runner.start()
        runner.stop(5)
        assert not folder.exists()
        store.close()


def test_ids_that_are_paths_are_refused(ground: Ground) -> None:
    """Whoever asks."""
    for job_id, task_id in (("..", "t"), ("j", "../t"), ("j", ""), ("j", "a/b"), ("j", "x" * 65)):
        with pytest.raises(ValueError, match="is not an id"):
            ground.runner.task_dir(job_id, task_id)


# A service that runs tasks and is then killed with everything in its hands.
KILLED = """
import sys, time
from pathlib import Path
from batchtasks_local import clock, lifecycle
from batchtasks_local.runner import Runner
from batchtasks_local.settings import Settings
from batchtasks_local.store.sqlite import SqliteStore

store = SqliteStore(Path(sys.argv[1]))
store.add_job(lifecycle.new_job({"id": "job1"}, clock.now()))
line = "/bin/sh -c 'echo $$ > self; setsid sleep 600 & echo $! > child; mkdir ../../$AZ_BATCH_TASK_ID.runs || exit 99; wait'"
store.add_tasks("job1", lifecycle.check_add, [{"id": i, "commandLine": line} for i in "abc"])
Runner(store, Settings(data=Path(sys.argv[1]), slots=2)).start()
time.sleep(600)
"""


def test_after_kill_9_nothing_runs_twice(make_ground: MakeGround, tmp_path: Path) -> None:
    """What the killed service left running is killed before its tasks start again, with requeueCount."""
    jobs = tmp_path / "node" / "workitems" / "job1" / "job-1"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], env={"PYTHONPATH": str(SERVICE)}) as killed:
        pids = [pid_in(jobs / task_id / "wd" / name) for task_id in "ab" for name in ("self", "child")]
        killed.kill()
    assert all(alive(pid) for pid in pids)
    for run in (jobs / "a.runs", jobs / "b.runs"):
        until(run.is_dir)
        run.rmdir()
    ground = make_ground(data=tmp_path, slots=2)
    assert not any(alive(pid) for pid in pids)
    until(lambda: (jobs / "a.runs").is_dir() and (jobs / "b.runs").is_dir())
    for task_id in "ab":
        now = ground.bench.task(task_id)
        assert (now.state, now.requeue_count, now.run) == ("running", 1, 2)
    assert ground.bench.store.counts("job1")[0] == Counts(active=1, running=2)


def test_a_store_that_cannot_be_written_for_a_while(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    """The runner goes on trying; the end of a run is written when that is possible again."""
    store: Any = ground.bench.store
    advance = store.advance
    failing = [True]

    def advance_or_fail(*arguments: Any) -> Any:
        if failing[0] and arguments[0]:
            raise sqlite3.OperationalError("database or disk is full")
        return advance(*arguments)

    store.advance = advance_or_fail
    ground.submit("true")
    until(lambda: "disk is full" in caplog.text)
    assert ground.bench.task("t").state == "running"
    failing[0] = False
    assert ground.wait("t").exit_code == 0


def test_a_warning_for_tasks_that_can_never_start(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    """Said once, with what they ask for and what there is."""
    ground.bench.add("large", "larger", requiredSlots=9)
    ground.run("true")
    ground.run("true", "u")
    assert caplog.text.count("require 9 slots; there are 4") == 1


def test_workers_are_used_again(ground: Ground) -> None:
    """A thread takes one task after the other."""
    for number in range(5):
        ground.run("true", f"t{number}")
    assert ground.runner._scheduler._crew._threads <= 2
