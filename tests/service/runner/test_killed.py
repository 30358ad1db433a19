"""Programs with a service that are killed, or fork: a killed one leaves nothing, a fork harms nothing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import Request, urlopen

import pytest

from batchtasks_local import LocalBatch, Settings
from batchtasks_local.runner.watchdog import VARIABLE, Watchdog
from tests.service.runner.harness import alive, pid_in, until

SERVICE = Path(__file__).parents[3] / "service"
# A program with a service whose task starts a process in another session.
PROGRAM = """
import os, sys, time
from pathlib import Path
from urllib.request import Request, urlopen
from batchtasks_local import LocalBatch, Settings

def ask(path, body):
    head = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    urlopen(Request(f"{batch.url}{path}?api-version=2025-06-01", body.encode(), head)).read()

data = Path(sys.argv[1]) if sys.argv[1] else None
with LocalBatch(Settings(slots=2, data=data)) as batch:
    ask("/jobs", '{"id": "job1", "poolInfo": {"poolId": "p"}}')
    line = "/bin/sh -c 'echo $$ > self; setsid sleep 600 & echo $! > child; chmod 0 ../certs; wait'"
    ask("/jobs/job1/tasks", '{"id": "t", "commandLine": "%s"}' % line)
    runner = batch.service.runner
    print(runner.task_dir("job1", "t"), flush=True)
    """
SLEEPS = PROGRAM + "time.sleep(600)\n"
FORKS = PROGRAM + "os.fork() or (sys.stdin.read(), os._exit(0))\n    time.sleep(600)\n"
LEAVES = (
    PROGRAM
    + """while not (runner.task_dir("job1", "t") / "wd/child").exists(): time.sleep(0.01)
    if not (child := os.fork()):
        sys.exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
    sys.stdin.read()
"""
)


@contextmanager
def program(text: str, data: Path | str = "") -> Iterator[tuple[subprocess.Popen[str], Path, list[int]]]:
    """Run the program; yield it, the directory of its task, and the processes of the task."""
    with subprocess.Popen(
        [sys.executable, "-c", text, str(data)],
        env={"PYTHONPATH": str(SERVICE), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            directory = Path(_line(process.stdout))
            yield process, directory, [pid_in(directory / "wd" / name) for name in ("self", "child")]
        finally:
            process.kill()
            process.communicate()  # ends what was forked from it, too


def _line(file: IO[str] | None) -> str:
    assert file is not None
    return file.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("text", [SLEEPS, FORKS], ids=["alone", "with a forked process"])
def test_a_program_that_is_killed_leaves_nothing(number: signal.Signals, text: str) -> None:
    """No process of its tasks and no folder, although no other service removes them."""
    with program(text) as (process, directory, pids):
        folder = directory.parents[4]
        assert folder.is_dir()
        process.send_signal(number)
        assert process.wait() == -number
        until(lambda: not any(alive(pid) for pid in pids))
        until(lambda: not folder.exists())


def test_a_data_folder_stays(tmp_path: Path) -> None:
    """The processes of its tasks end, their files stay; the next service can use the folder at once."""
    with program(SLEEPS, tmp_path) as (process, directory, pids):
        process.kill()
        until(lambda: not any(alive(pid) for pid in pids))
    with LocalBatch(Settings(data=tmp_path, run=False)):
        assert (directory / "wd/self").is_file()


def test_a_forked_process_ends_without_harm() -> None:
    """It leaves the same block and ends normally; the tasks and the folder of its parent stay."""
    with program(LEAVES) as (process, directory, pids):
        assert _line(process.stdout) == "0"
        assert all(alive(pid) for pid in pids)
        assert directory.parents[4].is_dir()
        process.communicate("")
        assert process.returncode == 0
        assert not any(alive(pid) for pid in pids)
        assert not directory.parents[4].exists()


@pytest.mark.linux
def test_only_the_processes_of_one_service_end() -> None:
    """Those of another service stay, and so does a process that has the mark only in its arguments."""
    one, other = Watchdog(), Watchdog()
    for each in (one, other):
        each.start(None)
    sleepers = [subprocess.Popen(["/bin/sleep", "600"], env={VARIABLE: mark}) for mark in (one.mark, other.mark)] + [
        subprocess.Popen(["/bin/sh", "-c", "sleep 600; exit", f"{VARIABLE}={one.mark}"], env={})
    ]
    one.close()
    assert sleepers[0].wait() == -signal.SIGKILL
    watcher = one._process
    assert watcher is not None
    assert watcher.wait() == 0
    assert [sleeper.poll() for sleeper in sleepers[1:]] == [None, None]
    other.stop()
    for sleeper in sleepers[1:]:
        assert sleeper.poll() is None
        sleeper.kill()
        sleeper.wait()


@pytest.mark.parametrize("missing", ["subprocess.Popen", "os.pipe"])
def test_without_a_watchdog(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """If no process or pipe is free, the service runs without one."""

    def fail(*arguments: object, **options: object) -> None:
        raise OSError("no more of them")

    monkeypatch.setattr(missing, fail)
    alone = Watchdog()
    alone.start(None)
    alone.stop()


ORPHANS = """
import sys
from pathlib import Path
from batchtasks_local.server import Settings, serve

serve(Settings(slots=2, data=Path(sys.argv[1])))
"""


def test_an_orphan_with_an_empty_environment_ends_with_its_task(tmp_path: Path) -> None:
    """In a service that is a program of its own; it leaves no zombie either."""
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(tmp_path / "data")],
        env={"PYTHONPATH": str(SERVICE), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            url = _line(process.stdout).split()[0]

            def ask(path: str, body: str) -> None:
                head = {"Authorization": "Bearer x", "Content-Type": "application/json"}
                urlopen(Request(f"{url}{path}?api-version=2025-06-01", body.encode(), head)).read()

            ask("/jobs", '{"id": "job1", "poolInfo": {"poolId": "p"}}')
            script = tmp_path / "hide.sh"
            script.write_text("setsid env -i /bin/sh -c '/bin/sleep 600 & echo $! > child; wait' &\nsleep 0.2\n")
            ask("/jobs/job1/tasks", json.dumps({"id": "t", "commandLine": f"/bin/sh {script}"}))
            child = pid_in(tmp_path / "data/node/workitems/job1/job-1/t/wd/child")
            until(lambda: not alive(child))
            until(lambda: not Path(f"/proc/{child}").exists())
        finally:
            process.terminate()
            process.communicate()
