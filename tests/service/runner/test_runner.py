"""The runner with real processes: directories, variables, command lines, exit codes, slots."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from batchtasks_local.domain import clock, task_moves
from batchtasks_local.operations import render
from tests.service.runner.harness import PATIENCE, MakeRunner, RunnerHarness, until


def test_a_task_that_goes_well(harness: RunnerHarness) -> None:
    """Its output, its directory and its record."""
    ended = harness.run("/bin/sh -c 'pwd; echo oops >&2; echo kept > out.txt'")
    assert (ended.exit_code, ended.result, ended.failure) == (0, "success", None)
    assert ended.ended == ended.state_since
    assert ended.previous_since is not None
    assert ended.started == ended.previous_since + clock.MICROSECOND
    assert ended.node == {
        "affinityId": "TVM:localnode",
        "poolId": "pool1",
        "nodeId": "localnode",
        "taskRootDirectory": "workitems/job1/job-1/t",
    }
    assert harness.text("stdout.txt").strip() == str(harness.path("wd"))
    assert harness.text("stderr.txt") == "oops\n"
    assert harness.text("wd/out.txt") == "kept\n"
    assert sorted(os.listdir(harness.path())) == ["certs", "stderr.txt", "stdout.txt", "wd"]
    assert harness.path("stdout.txt").stat().st_mode & 0o777 == 0o644


def test_variables(make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Batch promises, the job's and the task's own; nothing of the service's, above all no key."""
    monkeypatch.setenv("BATCH_ACCOUNT_KEY", "secret")
    monkeypatch.setenv("SOME_OTHER", "secret")
    common = [{"name": "A", "value": "job"}, {"name": "B", "value": "job"}, {"name": "EMPTY"}]
    harness = make_runner({"commonEnvironmentSettings": common}, account="acct", port=1234)
    own = [{"name": "B", "value": "task"}, {"name": "AZ_BATCH_TASK_ID", "value": "forged"}]
    harness.run("/usr/bin/env -0", environmentSettings=own)
    seen = dict(line.split("=", 1) for line in harness.text().rstrip("\0").split("\0"))
    assert (seen["A"], seen["B"], seen["EMPTY"]) == ("job", "task", "")
    root = str(harness.path().parents[3])
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
        "TASK_DIR": str(harness.path()),
        "TASK_WORKING_DIR": str(harness.path("wd")),
        "TASK_RESERVED_EPHEMERAL_DISK_SPACE_BYTES": "1000000000",
        "CERTIFICATES_DIR": str(harness.path("certs")),
    }
    assert {name: value for name, value in seen.items() if name.startswith("AZ_BATCH_")} == {
        f"AZ_BATCH_{name}": value for name, value in expected.items()
    }
    assert "secret" not in seen.values()
    assert seen["PATH"] == os.environ["PATH"]
    for name in ("SHARED", "STARTUP", "MOUNTS"):
        assert Path(seen[f"AZ_BATCH_NODE_{name}_DIR"]).is_dir()


@pytest.mark.parametrize(("access", "has_token"), [(["job"], True), ([], False), (None, False)])
def test_a_token_for_a_task_that_asks_for_one(
    make_runner: MakeRunner, access: list[str] | None, has_token: bool
) -> None:
    """With it a task, or a job manager task, adds tasks to its own job."""
    harness = make_runner()
    harness.run("/usr/bin/env", authenticationTokenSettings=None if access is None else {"access": access})
    found = re.findall(r"^AZ_BATCH_AUTHENTICATION_TOKEN=([A-Za-z0-9_-]{20,})$", harness.text(), re.M)
    assert bool(found) is has_token


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("echo $HOME '$A' a|b >c *", "$HOME $A a|b >c *\n"),
        ('echo "two words" \'and "these"\' one\\ more', 'two words and "these" one more\n'),
        ("/bin/sh -c \"echo 'x  y'\"", "x  y\n"),
        ('/bin/bash -c "exit 0 && true"', ""),
    ],
)
def test_command_lines(harness: RunnerHarness, line: str, out: str) -> None:
    """Cut as a shell cuts, but by no shell."""
    assert harness.run(line).exit_code == 0
    assert harness.text() == out


def test_nonzero_exits_are_retried(harness: RunnerHarness) -> None:
    """Each try finds what the last one left in wd, and an empty stdout.txt."""
    script = "/bin/sh -c 'echo try; echo x >> count; test $(wc -l < count) -ge 3'"
    ended = harness.run(script, constraints={"maxTaskRetryCount": 5})
    assert (ended.retry_count, ended.exit_code, ended.run) == (2, 0, 3)
    assert ended.previous_since is not None
    assert ended.last_retry is not None
    assert ended.started is not None
    assert ended.previous_since < ended.last_retry < ended.started
    assert ended.previous_state == "running"
    assert harness.text() == "try\n"
    failed = harness.run("/bin/sh -c 'exit 7'", "f", constraints={"maxTaskRetryCount": 2})
    assert (failed.retry_count, failed.exit_code, failed.run) == (2, 7, 3)
    assert failed.failure
    assert failed.failure["code"] == "FailureExitCode"


def test_a_signal_is_an_exit_code(harness: RunnerHarness) -> None:
    """128 and the signal's number, as shells have it."""
    assert harness.run("/bin/sh -c 'kill -9 $$'").exit_code == 128 + signal.SIGKILL


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
def test_what_cannot_be_started(harness: RunnerHarness, line: str, code: str, reason: str) -> None:
    """No exit code, no retry, and empty output files."""
    ended = harness.run(line, constraints={"maxTaskRetryCount": 3})
    assert (ended.result, ended.exit_code, ended.run) == ("failure", None, 1)
    assert ended.failure
    assert (ended.failure["category"], ended.failure["code"]) == ("UserError", code)
    assert {"name": "Message", "value": reason} in ended.failure["details"]
    assert (harness.text("stdout.txt"), harness.text("stderr.txt")) == ("", "")


@pytest.mark.parametrize(
    ("line", "settings", "reason"),
    [
        (f"/bin/echo -n {'x' * 131_072}", {}, "/bin/echo: argument 2 of the command line has 131072 bytes; one may have 131071"),
        (f"/bin/sh -c '{'é' * 300_000}'", {}, "/bin/sh: argument 2 of the command line has 600000 bytes; one may have 131071"),
        (f"/bin/echo {'x' * 1000 + ' '}" * 3000, {}, "/bin/echo: the arguments and environment settings are together longer"),
        ("true", {"BIG": "x" * 200_000}, "true: the environment setting BIG has 200004 bytes; one may have 131071"),
        ("x" * 5000, {}, f"{'x' * 200}: File name too long"),
    ],
)  # fmt: skip
def test_what_is_too_long_for_the_system(
    harness: RunnerHarness, line: str, settings: dict[str, str], reason: str
) -> None:
    """It fails at once, and says which argument or variable it is."""
    ended = harness.run(line, environmentSettings=[{"name": name, "value": value} for name, value in settings.items()])
    assert ended.failure
    assert (ended.exit_code, ended.failure["code"]) == (None, "CommandLaunchFailed")
    assert [item["value"][: len(reason)] for item in ended.failure["details"]] == [reason]


def test_the_longest_argument_that_the_system_takes(harness: RunnerHarness) -> None:
    """It arrives whole."""
    assert harness.run(f"/bin/sh -c 'printf %s \"$1\" | wc -c' sh {'x' * 131_071}").exit_code == 0
    assert harness.text() == "131071\n"


def test_a_program_in_the_working_directory(harness: RunnerHarness) -> None:
    """A relative path with a slash counts from wd."""
    harness.run("/bin/sh -c 'printf \"#!/bin/sh\\necho mine\\n\" > prog; chmod +x prog; exit 1'")
    line = {"commandLine": "./prog"}
    harness.store.change_task("job1", "t", lambda task, job: evolve(task, spec={**task.spec, **line}))
    harness.store.change_task("job1", "t", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    harness.runner.wake()
    until(lambda: harness.task("t").result == "success")
    assert harness.text() == "mine\n"


@pytest.mark.parametrize("settings", ["containerSettings", "applicationPackageReferences"])
def test_what_the_node_does_not_have(harness: RunnerHarness, settings: str) -> None:
    """A clear failureInfo before anything is started, which counts as an error before processing."""
    spec: dict[str, Any] = {settings: {"imageName": "ubuntu"} if settings[0] == "c" else [{"applicationId": "a"}]}
    ended = harness.run("true", **spec)
    assert (ended.exit_code, ended.result) == (None, "failure")
    assert ended.failure
    assert ended.failure["code"] in ("ContainerNotSupported", "ApplicationPackagesNotSupported")


def test_slots_are_not_exceeded(make_runner: MakeRunner) -> None:
    """Never more at once than there are, and large tasks take as many as they ask for."""
    harness = make_runner(slots=3)
    script = "/bin/sh -c 'echo + >> ../../log; sleep 0.03; echo - >> ../../log'"
    harness.add(*[f"s{number}" for number in range(9)], commandLine=script)
    harness.add("large", commandLine=script.replace("+", "+++").replace("echo -", "echo ---"), requiredSlots=3)
    harness.runner.wake()
    until(lambda: harness.store.counts("job1")[0].succeeded == 10)
    level = highest = 0
    for line in (harness.path().parent / "log").read_text().split():
        level += line.count("+") - line.count("-")
        highest = max(highest, level)
    assert highest == 3


def test_dependencies(make_runner: MakeRunner) -> None:
    """Children run after their parents."""
    harness = make_runner({"usesTaskDependencies": True})
    log = "/bin/sh -c 'echo $AZ_BATCH_TASK_ID >> ../../log'"
    harness.add("c", commandLine=log, dependsOn={"taskIds": ["b"]})
    harness.add("b", commandLine=log, dependsOn={"taskIdRanges": [{"start": 1, "end": 2}]})
    harness.add("1", "2", commandLine=log)
    harness.runner.wake()
    harness.wait("c")
    assert sorted((harness.path().parent / "log").read_text().split()[:2]) == ["1", "2"]
    assert (harness.path().parent / "log").read_text().split()[2:] == ["b", "c"]


def test_ids_that_are_paths_are_refused(harness: RunnerHarness) -> None:
    """Whoever asks."""
    for job_id, task_id in (("..", "t"), ("j", "../t"), ("j", ""), ("j", "a/b"), ("j", "x" * 65)):
        with pytest.raises(ValueError, match="is not an id"):
            harness.runner.task_dir(job_id, task_id)


def test_a_warning_for_tasks_that_can_never_start(harness: RunnerHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Said once, with what they ask for and what there is."""
    harness.add("large", "larger", requiredSlots=9)
    harness.run("true")
    harness.run("true", "u")
    assert caplog.text.count("require 9 slots; there can be 4") == 1


def test_what_a_task_has_used(harness: RunnerHarness) -> None:
    """Processor time of all runs and of what they started, for `$expand=stats`; reactivation starts from zero."""
    assert render.task_statistics(harness.add("waiting", requiredSlots=99)[0]) is None
    burn = "x = 0\nfor i in range(10**6): x += i"
    variables = [{"name": "PYTHON", "value": sys.executable}, {"name": "BURN", "value": burn}]
    line = '/bin/sh -c \'"$PYTHON" -c "$BURN"; exit 1\''
    ended = harness.run(line, environmentSettings=variables, constraints={"maxTaskRetryCount": 1})
    assert ended.run == 2
    assert ended.usage
    assert ended.usage.user > 0.02
    shown = render.task_statistics(ended)
    assert shown is not None
    assert clock.duration_from_text(shown["userCPUTime"]) == round(ended.usage.user * clock.SECOND)
    assert ended.ended
    assert ended.started
    assert clock.duration_from_text(shown["wallClockTime"]) == ended.usage.wall > ended.ended - ended.started
    assert (shown["startTime"], shown["lastUpdateTime"]) == (clock.to_text(ended.started), clock.to_text(ended.ended))
    assert shown["readIOps"].isdecimal()
    assert shown["writeIOps"].isdecimal()
    harness.store.change_task("job1", "t", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    assert harness.task("t").usage is None


def test_too_many_open_files_are_waited_out(
    make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They are no failure of the task; a task that waits can be ended."""
    harness = make_runner(slots=1)
    real, refused = subprocess.Popen, threading.Event()
    free = threading.Event()

    def popen(*arguments: Any, **options: Any) -> Any:
        if not free.is_set():
            refused.set()
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return real(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    harness.submit("true", "ended")
    assert refused.wait(PATIENCE)
    harness.end("ended")
    harness.submit("true", "waits")
    until(lambda: caplog.text.count("Too many open files") == 2)
    free.set()
    assert harness.wait("waits").result == "success"
    assert (ended := harness.task("ended").failure)
    assert ended["code"] == "TaskEnded"
