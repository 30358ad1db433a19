"""How runs are ended, and how what they leave behind goes."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local import clock, lifecycle
from batchtasks_local.runner.leash import Leash
from batchtasks_local.runner.processes import Process
from tests.service.runner.ground import PATIENCE, Ground, MakeGround, alive, dig, end, failure, pid_in, until


def remove(ground: Ground, task_id: str) -> None:
    """Delete a task as the HTTP side does."""
    ground.bench.store.remove_task("job1", task_id, lifecycle.check_delete)
    ground.runner.end_task("job1", task_id)
    ground.runner.remove_task_files("job1", task_id)


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


def test_a_job_is_busy_while_a_task_is_just_starting(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else its directory would be taken away, and made again by the task."""
    store, begun, go_on = ground.bench.store, threading.Event(), threading.Event()

    def advance(*arguments: Any, usual: Any = store.advance) -> Any:
        started = usual(*arguments)
        if started:
            begun.set()
            go_on.wait(PATIENCE)
        return started

    monkeypatch.setattr(store, "advance", advance)
    ground.submit("sleep 600")
    assert begun.wait(PATIENCE)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ground.runner._scheduler.is_busy, "JOB1")
        with pytest.raises(TimeoutError):
            answer.result(0.05)
        go_on.set()
        assert answer.result()


def test_directories_go_after_their_time(ground: Ground) -> None:
    """Retention is counted from completion; the record stays."""
    ground.run("true", constraints={"retentionTime": "PT0S"})
    ground.run("true", "kept")
    ground.runner._janitor.wake()
    until(lambda: not ground.path().exists())
    assert ground.bench.task("t").state == "completed"
    assert ground.path(task_id="kept").exists()


def test_the_directory_of_a_task_that_is_deleted_goes(ground: Ground) -> None:
    """Also when it is just starting, or takes its time to end."""
    line = "/bin/sh -c 'trap : TERM; echo $$ > self; sleep 600; sleep 0.1'"
    for number in range(20):
        name = f"t{number}"
        ground.submit(line, name)
        if number % 2:
            pid_in(ground.path("wd/self", name))
        remove(ground, name)
    until(lambda: not ground.runner._scheduler._live and not os.listdir(ground.path().parent))


def test_a_new_task_keeps_its_files_when_the_old_one_goes(ground: Ground) -> None:
    """The old one's directory is asked to go while the new one of that id has begun."""
    ground.run("true")
    ground.bench.store.remove_task("job1", "t", lifecycle.check_delete)
    ground.submit("/bin/sh -c 'echo $$ > self; sleep 600'")
    pid_in(ground.path("wd/self"))
    ground.runner.remove_task_files("job1", "t")
    until(lambda: ground.runner._scheduler._removals.empty())
    end(ground)
    until(lambda: not ground.runner._scheduler._live)
    assert ground.path("wd/self").exists()


def test_directories_deeper_than_python_can_go(ground: Ground) -> None:
    """They go as well, and so does what is deleted later."""
    trash = ground.path().parents[3] / "trash"
    for name in ("t", "later"):
        ground.run("true", name)
        dig(ground.path("wd", name), 1100)
        remove(ground, name)
    until(lambda: not os.listdir(ground.path().parent) and not os.listdir(trash))


def test_a_cleaning_up_that_goes_wrong(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told of, and made again when there is something to clean up."""
    with monkeypatch.context() as trouble:
        trouble.setattr(ground.runner._janitor, "clean", lambda: 1 // 0)
        ground.runner._janitor.wake()
        until(lambda: "cleaning up failed" in caplog.text)
    ground.run("true")
    remove(ground, "t")
    until(lambda: not os.listdir(ground.path().parents[3] / "trash"))


def test_directories_without_rights_go_too(ground: Ground) -> None:
    """What a task has closed to itself is opened and deleted."""
    ground.run("/bin/sh -c 'mkdir -p a/b; touch a/b/c; chmod 0 a/b a'")
    remove(ground, "t")
    trash = ground.path().parents[3] / "trash"
    until(lambda: not ground.path().exists() and not os.listdir(trash))


def test_a_process_that_starts_while_its_run_is_ended(tmp_path: Path) -> None:
    """It is asked to end like one that was there before, so that its exit code is the same."""
    leash = Leash(2.0)
    leash.end("request")
    with (tmp_path / "out").open("wb") as out:
        process = leash.hold(Process(["sleep", "600"], tmp_path, {"PATH": "/usr/bin:/bin"}, out, out))
    assert process.wait() == 128 + signal.SIGTERM
    leash.release()


def test_a_limit_that_is_updated_while_the_task_runs(ground: Ground) -> None:
    """It holds for the run under way, from its start."""
    ground.submit("sleep 600")
    ground.wait("t", "running")
    for limit in ("PT1H", "PT0.1S"):
        new = partial(lifecycle.update, constraints={"maxWallClockTime": limit}, now=clock.now())
        ground.bench.store.change_task("job1", "t", new)
        ground.runner.wake()
    ended = ground.wait()
    assert failure(ended)[:2] == ("TaskEnded", "UserError")
    assert ended.exit_code == 128 + signal.SIGTERM


def test_in_a_hurry(make_ground: MakeGround, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is given time to end by itself; what has ended is taken note of all the same."""
    monkeypatch.setattr("batchtasks_local.runner.runner.GRACE", 600)
    ground = make_ground()
    ground.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(ground.path("wd/self"))
    ground.runner.hurry()
    assert ground.runner._scheduler.stop(20)
    assert not alive(leader)
    ground.runner.stop()
    assert ground.bench.task("t").state == "active"


def test_two_who_stop(make_ground: MakeGround) -> None:
    """The second waits until all is done, as at the end of a program whose first was interrupted."""
    ground = make_ground()
    ground.submit("/bin/sh -c 'trap \"\" TERM; echo $$ > self; while true; do sleep 0.05; done'")
    leader = pid_in(ground.path("wd/self"))
    first = threading.Thread(target=ground.runner.stop)
    first.start()
    until(lambda: ground.runner._scheduler._draining)
    ground.runner._leave()
    assert not alive(leader)
    assert ground.bench.task("t").state == "active"
    first.join()
