"""How runs are stopped, and what is left of them then; test_removal.py has how directories are deleted."""

from __future__ import annotations

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local.domain import clock, job_moves, task_moves
from batchtasks_local.domain.records import Delays
from batchtasks_local.runner import scheduler
from batchtasks_local.runner.processes import Process, RunControl
from batchtasks_local.store.store import Store
from tests.service.runner.harness import PATIENCE, MakeRunner, RunnerHarness, alive, failure, pid_in, until


def test_terminate_ends_the_whole_group(harness: RunnerHarness) -> None:
    """Also what the program has started; the exit code follows when all processes have ended."""
    harness.submit("/bin/sh -c 'sleep 600 & echo $! > child; echo $$ > self; wait'")
    child, leader = pid_in(harness.path("wd/child")), pid_in(harness.path("wd/self"))
    harness.end()
    assert harness.task("t").state == "completed"
    until(lambda: not alive(child) and not alive(leader))
    until(lambda: harness.task("t").exit_code is not None)
    ended = harness.task("t")
    assert (ended.exit_code, ended.result) == (128 + signal.SIGTERM, "failure")
    assert ended.failure
    assert ended.failure["code"] == "TaskEnded"


def test_what_ignores_sigterm_is_killed(make_runner: MakeRunner) -> None:
    """After the grace time."""
    harness = make_runner(grace=0.1)
    harness.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(harness.path("wd/self"))
    harness.end()
    until(lambda: not alive(leader))
    until(lambda: harness.task("t").exit_code == 128 + signal.SIGKILL)


def test_what_a_task_leaves_in_its_group_is_killed(harness: RunnerHarness) -> None:
    """If a program ends with children in the background, they are killed."""
    harness.run("/bin/sh -c 'sleep 600 & echo $! > child'")
    child = pid_in(harness.path("wd/child"))
    until(lambda: not alive(child))


def test_the_wall_clock(harness: RunnerHarness) -> None:
    """The group is ended, the task completes with TaskEnded, and no retry is made."""
    constraints = {"maxWallClockTime": "PT0.2S", "maxTaskRetryCount": 3}
    ended = harness.run("/bin/sh -c 'sleep 600 & echo $! > child; wait'", constraints=constraints)
    assert (ended.exit_code, ended.run) == (128 + signal.SIGTERM, 1)
    assert ended.failure
    assert (ended.failure["code"], ended.failure["category"]) == ("TaskEnded", "UserError")
    assert "maxWallClockTime" in ended.failure["details"][0]["value"]
    child = pid_in(harness.path("wd/child"))
    until(lambda: not alive(child))


def test_a_failure_ends_the_job_and_its_processes(make_runner: MakeRunner) -> None:
    """The job action is in the store at once; the processes end later."""
    harness = make_runner({"onTaskFailure": "performexitoptionsjobaction"})
    harness.submit("/bin/sh -c 'echo $$ > self; sleep 600'", "other")
    other = pid_in(harness.path("wd/self", "other"))
    harness.submit("false", "bad")
    until(lambda: harness.current().state == "completed")
    assert harness.current().terminate_reason == "TaskFailed"
    until(lambda: not alive(other))


def test_the_jobs_time(make_runner: MakeRunner) -> None:
    """It ends the job and what runs in it."""
    harness = make_runner({"constraints": {"maxWallClockTime": "PT0.5S"}})
    harness.submit("sleep 600")
    until(lambda: harness.current().state == "completed")
    assert harness.current().terminate_reason == "MaxWallClockTimeExpiry"
    until(lambda: harness.task("t").exit_code is not None)


def test_a_disabled_job_gives_its_tasks_back(harness: RunnerHarness) -> None:
    """Requeued tasks start again once the job is enabled, and not before their last run has ended."""
    script = (
        "/bin/sh -c 'trap \"sleep 0.2; rmdir ../../busy; exit 1\" TERM; mkdir ../../busy || exit 99; sleep 600 & wait'"
    )
    harness.submit(script)
    until(lambda: (harness.path().parent / "busy").is_dir())
    harness.store.change_job("job1", lambda job: job_moves.disable_job(job, "requeue", clock.now()))
    harness.store.change_job("job1", lambda job: job_moves.enable_job(job, clock.now()))
    harness.runner.wake()
    until(lambda: harness.task("t").run == 2)
    until(lambda: (harness.path().parent / "busy").is_dir())
    now = harness.task("t")
    assert (now.state, now.requeue_count, now.retry_count) == ("running", 1, 0)


def test_delete_while_running(harness: RunnerHarness) -> None:
    """The processes end, the directory is deleted, and a new task with that id has an empty one."""
    harness.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    leader = pid_in(harness.path("wd/self"))
    harness.delete("t")
    harness.runner.remove_task_files("job1", "t")
    until(lambda: not alive(leader))
    until(lambda: not harness.path().exists())
    harness.run("/bin/ls -A")
    assert harness.text() == ""
    until(lambda: not os.listdir(harness.trash))


def test_a_new_task_does_not_find_the_files_of_an_old_one(harness: RunnerHarness) -> None:
    """Even if nobody has asked for their removal."""
    harness.run("touch old")
    harness.delete("t")
    harness.run("/bin/ls -A")
    assert harness.text() == ""


def test_delete_a_job(harness: RunnerHarness) -> None:
    """Processes, directories and records are removed; the id is free again."""
    harness.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    harness.add("waiting", requiredSlots=99)
    leader = pid_in(harness.path("wd/self"))
    harness.store.change_job("job1", lambda job: job_moves.delete_job(job, clock.now()))
    harness.runner.remove_jobs()
    until(lambda: harness.store.get_job("job1") is None)
    assert not alive(leader)
    assert not harness.path().parents[1].exists()
    harness.job()
    assert harness.run("true").exit_code == 0


class PausingStore(Store):
    """A store that pauses once it has started a task, until `proceed` is set."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(folder)
        self.started, self.proceed = threading.Event(), threading.Event()

    def advance(self, finished: Any, capacity: Any) -> Any:
        started = super().advance(finished, capacity)
        if started:
            self.started.set()
            assert self.proceed.wait(PATIENCE)
        return started


def test_a_job_is_busy_while_a_task_is_just_starting(make_runner: MakeRunner) -> None:
    """Otherwise its directory would be deleted, and created again by the task."""
    harness = make_runner(make_store=PausingStore)
    store = harness.store
    assert isinstance(store, PausingStore)
    harness.submit("sleep 600")
    assert store.started.wait(PATIENCE)
    with ThreadPoolExecutor(2) as pool:
        scheduler = harness.scheduler
        answers = [pool.submit(scheduler.is_busy, "JOB1"), pool.submit(scheduler.block, ("job1", "t"))]
        assert wait(answers, timeout=0.05).done == set()
        store.proceed.set()
        assert [answer.result(PATIENCE) for answer in answers] == [True, False]


class ListeningStore(Store):
    """A store that keeps what is in stdout.txt at the moment from which a run can be seen."""

    seen: list[tuple[int, str]]
    path: Path

    def advance(self, finished: Any, capacity: Any) -> Any:
        started = super().advance(finished, capacity)
        self.seen += [(task.run, self.path.read_text() if self.path.exists() else "") for task, _ in started]
        return started


def test_a_run_that_can_be_seen_has_none_of_the_output_of_the_one_before(make_runner: MakeRunner) -> None:
    """Of a retry and of a task that was reactivated: a reader would take it for the new output, and miss that."""
    harness = make_runner(make_store=ListeningStore)
    store = harness.store
    assert isinstance(store, ListeningStore)
    store.seen, store.path = [], harness.path("stdout.txt")
    line = "/bin/sh -c 'echo of this run; exit 1'"
    harness.run(line, constraints={"maxTaskRetryCount": 1, "maxWallClockTime": "PT1M", "retentionTime": "PT1H"})
    assert harness.text() == "of this run\n"
    store.change_task("job1", "t", lambda task, job: task_moves.reactivate(task, job, clock.now()))
    harness.runner.wake()
    until(lambda: len(store.seen) == 4 and harness.task("t").state == "completed")
    assert store.seen == [(1, ""), (2, ""), (3, ""), (4, "")]


@pytest.mark.parametrize(
    ("command", "result"),
    [("mkfifo", "failure"), ("mkdir", "failure"), ("ln -s /dev/null", "success")],
    ids=["a pipe", "a directory", "a link"],
)
def test_what_a_task_puts_in_place_of_its_output_holds_up_nothing(
    make_runner: MakeRunner, command: str, result: str
) -> None:
    """Nobody reads a named pipe: to open it would wait for ever, and a job with such a run could not be deleted."""
    harness = make_runner(slots=1)
    line = f"/bin/sh -c 'test -e once && exit 0; echo > once; rm ../stderr.txt; {command} ../stderr.txt; exit 1'"
    limits = {"maxTaskRetryCount": 1, "maxWallClockTime": "PT1M", "retentionTime": "PT1H"}
    harness.submit(line, constraints=limits)
    harness.run("true", "other")
    assert (harness.task("t").run, harness.task("t").result) == (2, result)


def test_a_process_that_starts_while_its_run_is_ended(tmp_path: Path) -> None:
    """It gets the same signal as earlier ones, so that its exit code is the same."""
    control = RunControl(2.0)
    control.stop("request")
    with (tmp_path / "out").open("wb") as out:
        process = control.add(Process(["sleep", "600"], tmp_path, {"PATH": "/usr/bin:/bin"}, out, out))
    assert process.wait() == 128 + signal.SIGTERM
    control.close_all()


def test_a_limit_that_is_updated_while_the_task_runs(harness: RunnerHarness) -> None:
    """It applies to the current run, from its start."""
    harness.submit("sleep 600")
    harness.wait("t", "running")
    for limit in ("PT1H", "PT0.1S"):
        new = partial(task_moves.update, constraints={"maxWallClockTime": limit}, now=clock.now())
        harness.store.change_task("job1", "t", new)
        harness.runner.wake()
    ended = harness.wait()
    assert failure(ended)[:2] == ("TaskEnded", "UserError")
    assert ended.exit_code == 128 + signal.SIGTERM


def test_the_grace_time_can_be_skipped(make_runner: MakeRunner) -> None:
    """Processes are killed at once, and their ends are written nevertheless."""
    harness = make_runner(grace=600)
    harness.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(harness.path("wd/self"))
    harness.runner.skip_grace()
    assert harness.scheduler.stop(20)
    assert not alive(leader)
    harness.runner.stop()
    assert harness.task("t").state == "active"


def test_two_who_stop(make_runner: MakeRunner) -> None:
    """The second waits for the first, as at the end of a program that was interrupted while it stopped the runner."""
    harness = make_runner()
    harness.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(harness.path("wd/self"))
    first = threading.Thread(target=harness.runner.stop)
    first.start()
    until(lambda: harness.scheduler._stopping)
    harness.runner._stop_at_exit()
    assert not alive(leader)
    assert harness.task("t").state == "active"
    first.join()


@pytest.mark.parametrize(
    "command",
    [
        "/bin/sh -c 'while :; do echo 0123456789012345678901234567890123456789; done'",
        "/bin/sh -c 'mkdir -p a/b; while :; do cat /dev/zero > a/b/$$; done'",
        "/bin/sh -c 'n=0; while :; do n=$((n+1)); head -c 65536 /dev/zero > $n; done'",
    ],
    ids=["stdout", "one file", "many files"],
)
def test_a_task_that_writes_too_much_is_ended(make_runner: MakeRunner, command: str) -> None:
    """With a failureInfo that says so; it is not tried again."""
    harness = make_runner(max_output=4_000_000)
    ended = harness.run(command, constraints={"maxTaskRetryCount": 3})
    code, category, message = failure(ended)
    assert (code, category, ended.retry_count) == ("OutputQuotaExceeded", "UserError", 0)
    assert "more than 4000000 bytes" in message
    assert "--max-output" in message
    assert ended.exit_code == 128 + signal.SIGKILL


def test_what_was_there_before_is_no_output(make_runner: MakeRunner, tmp_path: Path) -> None:
    """Resource files, and what an earlier try has left."""
    (tmp_path / "big").write_bytes(bytes(3_000_000))
    harness = make_runner(max_output=2_000_000, file_roots=(tmp_path,))
    file = {"httpUrl": f"file://{tmp_path}/big", "filePath": "big"}
    command = "/bin/sh -c 'head -c 1500000 /dev/zero > a$$; sleep 1; [ $(ls a* | wc -l) = 2 ]'"
    ended = harness.run(command, resourceFiles=[file], constraints={"maxTaskRetryCount": 1})
    assert (ended.result, ended.retry_count) == ("success", 1)


@pytest.mark.linux
@pytest.mark.parametrize("how", ["normally", "terminate", "time"])
def test_what_leaves_its_group_ends_with_its_task(make_runner: MakeRunner, how: str) -> None:
    """It is found by its environment; what other tasks have started stays."""
    harness = make_runner()
    leave = "setsid sleep 600 & echo $! > child"
    harness.submit(f"/bin/sh -c '{leave}; wait'", "other")
    other = pid_in(harness.path("wd/child", "other"))
    harness.submit(f"/bin/sh -c '{leave}; {'' if how == 'normally' else 'wait'}'")
    child = pid_in(harness.path("wd/child"))
    if how == "terminate":
        harness.end()
    if how == "time":  # only now: the task has to start its process before
        limit = partial(task_moves.update, constraints={"maxWallClockTime": "PT0.1S"}, now=clock.now())
        harness.store.change_task("job1", "t", limit)
        harness.runner.wake()
    harness.wait()
    until(lambda: not alive(child))
    assert alive(other)


def test_a_clock_that_jumps_forward(make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noticed for the time limit of a job, also while nothing else happens."""
    monkeypatch.setattr(scheduler, "_CLOCK_PERIOD", 0.2)
    monkeypatch.setattr(clock, "_latest", clock._latest)  # it must not stay in the future
    harness = make_runner({"constraints": {"maxWallClockTime": "PT1H"}})
    harness.submit("sleep 600")
    harness.wait(state="running")
    time.sleep(0.5)
    assert harness.task("t").state == "running"
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 2 * 3600 * 10**9)
    harness.wait()
    found = harness.store.get_job("job1")
    assert found is not None
    assert (found.state, found.terminate_reason) == ("completed", "MaxWallClockTimeExpiry")


def test_a_job_that_ends_with_its_last_task(make_runner: MakeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is terminating for a moment only, also if nothing else happens afterwards."""
    monkeypatch.setattr(scheduler, "_CLOCK_PERIOD", 3600)
    delays = Delays(empty=3600 * clock.SECOND, terminating=clock.SECOND // 5)
    job = {"constraints": {"maxWallClockTime": "PT1H"}, "onAllTasksComplete": "terminatejob"}
    harness = make_runner(job, make_store=lambda folder: Store(folder, delays))
    harness.submit("true")
    harness.wait()

    def state() -> str:
        job = harness.store.get_job("job1")
        assert job is not None
        return job.state

    until(lambda: state() == "completed")
