"""Preparation and release tasks of jobs, as processes: when they run, and what waits for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from batchtasks_local.domain import clock, job_moves
from tests.service.runner.harness import MakeRunner, RunnerHarness, until

NOTE = "/bin/sh -c 'echo {} >> $AZ_BATCH_NODE_SHARED_DIR/log'"


def job_with(preparation: str, release: str | None = None, **members: Any) -> dict[str, Any]:
    spec: dict[str, Any] = {"jobPreparationTask": {"commandLine": preparation, **members}}
    return spec | ({"jobReleaseTask": {"commandLine": release}} if release else {})


def log(harness: RunnerHarness) -> list[str]:
    path = harness.path().parents[3] / "shared" / "log"
    return path.read_text().split() if path.exists() else []


def end_job(harness: RunnerHarness) -> None:
    harness.store.change_job("job1", lambda job: job_moves.terminate_job(job, None, clock.now()))
    harness.runner.wake()


def test_before_the_first_task_and_at_the_end(make_runner: MakeRunner) -> None:
    """Sample 1b of azure-batch-samples: the preparation task once, the release task when the job ends."""
    harness = make_runner(job_with(NOTE.format("prepare"), NOTE.format("release")))
    assert harness.current().preparation is None
    harness.run(NOTE.format("first"), "a")
    harness.run("/bin/sh -c 'test -d $AZ_BATCH_JOB_PREP_WORKING_DIR && echo $AZ_BATCH_JOB_PREP_DIR'", "b")
    assert harness.text(task_id="b").strip() == str(harness.path(task_id="jobpreparation"))
    end_job(harness)
    until(lambda: harness.current().state == "completed")
    assert log(harness) == ["prepare", "first", "release"]
    job = harness.current()
    assert job.preparation is not None
    assert job.release is not None
    assert (job.preparation.result, job.release.result) == ("success", "success")
    assert [task.id for task in harness.store.list_tasks("job1", None, "", 10)] == ["a", "b"]


def test_tasks_wait_for_its_success(make_runner: MakeRunner) -> None:
    """After all of its retries, no task of the job starts on the node."""
    harness = make_runner(job_with("/bin/sh -c 'exit 3'", constraints={"maxTaskRetryCount": 2}))
    harness.submit("true")
    until(lambda: (found := harness.current().preparation) is not None and found.state == "completed")
    found = harness.current().preparation
    assert found is not None
    assert (found.result, found.exit_code, found.retry_count, found.run) == ("failure", 3, 2, 3)
    assert harness.task("t").state == "active"
    end_job(harness)
    until(lambda: harness.current().state == "completed")


def test_tasks_that_do_not_wait(make_runner: MakeRunner) -> None:
    """waitForSuccess: false."""
    harness = make_runner(job_with("sleep 600", waitForSuccess=False))
    assert harness.run("true").result == "success"
    end_job(harness)
    until(lambda: harness.current().state == "completed")
    found = harness.current().preparation
    assert found is not None
    assert found.failure is not None
    assert found.failure["code"] == "TaskEnded"


def test_the_release_task_of_a_job_that_is_deleted(make_runner: MakeRunner) -> None:
    """It runs before the job is removed; without a preparation task that has run, it does not."""
    harness = make_runner(job_with(NOTE.format("prepare"), NOTE.format("release")))
    harness.job(id="job2", **job_with(NOTE.format("never"), NOTE.format("never")))
    harness.run("true")
    for name in ("job1", "job2"):
        harness.store.change_job(name, lambda job: job_moves.delete_job(job, clock.now()))
    harness.runner.remove_jobs()
    until(lambda: harness.store.get_job("job1") is None and harness.store.get_job("job2") is None)
    assert log(harness) == ["prepare", "release"]


def test_a_preparation_that_is_interrupted_runs_again(make_runner: MakeRunner, tmp_path: Path) -> None:
    """The next service on the same folder begins it anew, and then the job's tasks."""
    script = (
        "/bin/sh -c 'test -e $AZ_BATCH_NODE_SHARED_DIR/log || { echo x > $AZ_BATCH_NODE_SHARED_DIR/log; sleep 600; }'"
    )
    first = make_runner(job_with(script), data=tmp_path / "data")
    first.submit("true")
    until(lambda: log(first))
    first.runner.stop(5)
    first.store.close()
    second = make_runner(data=tmp_path / "data")
    assert second.wait("t").result == "success"
