"""The runner without slots, stopped, killed, and with a store that fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local import Settings
from batchtasks_local.domain import clock, job_moves
from batchtasks_local.domain.records import Counts
from batchtasks_local.runner.runner import Runner
from batchtasks_local.store.store import Store
from tests.service.runner.harness import MakeRunner, RunnerHarness, alive, pid_in, until

SERVICE = Path(__file__).parents[3] / "service"


def test_nothing_is_started_without_run(make_runner: MakeRunner) -> None:
    """Tasks stay active, and jobs can still be deleted."""
    harness = make_runner(run=False)
    harness.submit("true")
    harness.store.change_job("job1", lambda job: job_moves.delete_job(job, clock.now()))
    harness.runner.remove_jobs()
    until(lambda: harness.store.get_job("job1") is None)


@pytest.mark.linux
def test_stop_ends_everything(make_runner: MakeRunner, tmp_path: Path) -> None:
    """No process is left, not even one that has left its group; the tasks are active again, the folder is free."""
    harness = make_runner(data=tmp_path)
    harness.submit("/bin/sh -c 'setsid sleep 600 & echo $! > child; echo $$ > self; wait'")
    harness.run("/bin/sh -c 'setsid sleep 600 & echo $! > child'", "left")
    pids = [pid_in(harness.path(name)) for name in ("wd/child", "wd/self")]
    pids.append(pid_in(harness.path("wd/child", "left")))
    harness.runner.stop(5)
    until(
        lambda: not any(alive(pid) for pid in pids)
    )  # they are killed, and on a busy machine take a moment to be gone
    now = harness.task("t")
    assert (now.state, now.requeue_count) == ("active", 1)
    assert harness.task("left").state == "completed"
    harness.runner.stop(5)
    harness.store.close()
    again = make_runner(data=tmp_path)
    again.wait("t", "running")
    assert again.task("t").run == 2


def test_no_zombies(harness: RunnerHarness) -> None:
    """Every process that has ended is removed from the kernel's table."""
    harness.add(*[f"t{number}" for number in range(30)], commandLine="/bin/true")
    harness.runner.wake()
    until(lambda: harness.store.counts("job1")[0].succeeded == 30)
    harness.runner.stop(5)
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
        store = Store(None)
        runner = Runner(store, Settings())
        folder = runner.task_dir("j", "t").parents[4]
        assert folder.is_dir()
        if starts:
            runner.start()
        runner.stop(5)
        until(lambda: not folder.exists())  # noqa: B023 - another process deletes it, for which `stop` waits a second only
        store.close()


# A service that runs tasks and is then killed, without a watchdog.
KILLED = """
import sys, time
from pathlib import Path
from batchtasks_local import Settings
from batchtasks_local.domain import checks, clock, job_moves
from batchtasks_local.runner.runner import Runner
from batchtasks_local.runner.watchdog import Watchdog
from batchtasks_local.store.store import Store

Watchdog.start = lambda self, folder: None  # nobody ends what the killed service leaves
store = Store(Path(sys.argv[1]))
store.add_job(job_moves.new_job({"id": "job1"}, clock.now()))
line = "/bin/sh -c 'echo $$ > self; setsid sleep 600 & echo $! > child; mkdir ../../$AZ_BATCH_TASK_ID.runs || exit 99; wait'"
store.add_tasks("job1", checks.check_add, [{"id": i, "commandLine": line} for i in "abc"])
runner = Runner(store, Settings(data=Path(sys.argv[1]), slots=2))
runner.start()
time.sleep(600)
"""


@pytest.mark.linux
def test_after_kill_9_nothing_runs_twice(make_runner: MakeRunner, tmp_path: Path) -> None:
    """What the killed service left running is killed before its tasks start again, with requeueCount."""
    jobs = tmp_path / "node" / "workitems" / "job1" / "job-1"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], env={"PYTHONPATH": str(SERVICE)}) as killed:
        pids = [pid_in(jobs / task_id / "wd" / name) for task_id in "ab" for name in ("self", "child")]
        killed.kill()
    assert all(alive(pid) for pid in pids)
    for run in (jobs / "a.runs", jobs / "b.runs"):
        until(run.is_dir)
        run.rmdir()
    harness = make_runner(data=tmp_path, slots=2)
    assert not any(alive(pid) for pid in pids)
    until(lambda: (jobs / "a.runs").is_dir() and (jobs / "b.runs").is_dir())
    for task_id in "ab":
        now = harness.task(task_id)
        assert (now.state, now.requeue_count, now.run) == ("running", 1, 2)
    assert harness.store.counts("job1")[0] == Counts(active=1, running=2)


def test_a_store_that_cannot_be_written_for_a_while(harness: RunnerHarness, caplog: pytest.LogCaptureFixture) -> None:
    """The runner tries again; the end of a run is written when that is possible."""
    store: Any = harness.store
    advance = store.advance
    failing = [True]

    def advance_or_fail(*arguments: Any) -> Any:
        if failing[0] and arguments[0]:
            raise sqlite3.OperationalError("database or disk is full")
        return advance(*arguments)

    store.advance = advance_or_fail
    harness.submit("true")
    until(lambda: "disk is full" in caplog.text)
    assert harness.task("t").state == "running"
    failing[0] = False
    assert harness.wait("t").exit_code == 0


def test_a_store_that_can_never_be_written_keeps_no_thread(
    harness: RunnerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """The service ends, and no thread goes on in it."""

    store: Any = harness.store
    advance = store.advance

    def start_only(ends: Any, capacity: Any) -> Any:
        if ends:
            raise sqlite3.OperationalError("database or disk is full")
        return advance(ends, capacity)

    store.advance = start_only
    harness.submit("true")
    until(lambda: "disk is full" in caplog.text)
    harness.runner.stop(timeout=0.2)
    until(lambda: not harness.scheduler._thread.is_alive())


def test_workers_are_used_again(harness: RunnerHarness) -> None:
    """A thread carries out one task after the other."""
    for number in range(5):
        harness.run("true", f"t{number}")
    assert harness.scheduler._workers.count <= 2
