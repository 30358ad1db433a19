"""Tasks that belong to a job itself: its manager, and what runs before its first task and at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from batchtasks_local.domain import clock
from batchtasks_local.domain.records import Outcome
from batchtasks_local.runner.files.directories import node_info
from batchtasks_local.store.ready_tasks import Capacity
from batchtasks_local.store.store import FinishedRun

Refused = Callable[[httpx.Response, int, str], dict[str, str]]


def capacity(free: int, total: int) -> Capacity:
    return Capacity(
        free, total, lambda job_id, task_id: True, lambda job, task_id: node_info(job.pool_id, job.id, task_id)
    )


def end_all(api: Any) -> None:
    """Run what can run, each to a good end."""
    store = api.context.store
    started = store.advance([], capacity(9, 9))
    while started:
        ends = [FinishedRun(task.seq, task.run, clock.now(), Outcome(0)) for task, _ in started]
        started = store.advance(ends, capacity(9, 9))


def test_what_is_filled_in(api: Any, refused: Refused) -> None:
    """As recorded: ids, constraints, user and flags; a release task needs a preparation task."""
    api.job(jobPreparationTask={"commandLine": "p"}, jobReleaseTask={"commandLine": "r"})
    job = api.get("/jobs/job1").json()
    user = {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}
    assert list(job["jobPreparationTask"].items()) == [
        ("id", "jobpreparation"),
        ("commandLine", "p"),
        (
            "constraints",
            {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "retentionTime": "P7D", "maxTaskRetryCount": 0},
        ),
        ("waitForSuccess", True),
        ("userIdentity", user),
        ("rerunOnNodeRebootAfterSuccess", True),
    ]
    release = {"id": "jobrelease", "commandLine": "r", "maxWallClockTime": "PT15M", "retentionTime": "P7D"}
    assert job["jobReleaseTask"] == {**release, "userIdentity": user}
    refused(
        api.post("/jobs/job1/tasks", {"id": "JobPreparation", "commandLine": "x"}),
        409,
        "TaskIdSameAsJobPreparationTask",
    )
    body = {"id": "j", "poolInfo": {"poolId": "p"}, "jobReleaseTask": {"commandLine": "r"}}
    assert refused(api.post("/jobs", body), 400, "MissingRequiredProperty")["PropertyName"] == "jobPreparationTask"


def test_their_status(api: Any) -> None:
    """Empty before they run; then where, when and how they ran."""
    api.job(jobPreparationTask={"commandLine": "p"}, jobReleaseTask={"commandLine": "r"})
    path = "/jobs/job1/jobpreparationandreleasetaskstatus"
    metadata = "http://127.0.0.1:10100/$metadata#jobpreparationandreleasetaskstatuslist"
    assert api.get(path).json() == {"odata.metadata": metadata, "value": []}
    api.tasks(1)
    store = api.context.store
    [(preparation, _)] = store.advance([], capacity(2, 2))
    assert preparation.id == "jobpreparation"
    [item] = api.get(path).json()["value"]
    assert (item["poolId"], item["nodeId"]) == ("pool1", "localnode")
    assert item["jobPreparationTaskExecutionInfo"]["state"] == "running"
    end = FinishedRun(preparation.seq, preparation.run, clock.now(), Outcome(0))
    assert [task.id for task, _ in store.advance([end], capacity(2, 2))] == ["t0"]
    api.post("/jobs/job1/terminate")
    [(release, _)] = store.advance([], capacity(2, 2))
    assert release.id == "jobrelease"
    assert api.get("/jobs/job1").json()["state"] == "terminating"
    store.advance([FinishedRun(release.seq, release.run, clock.now(), Outcome(7))], None)
    [item] = api.get(path).json()["value"]
    done = item["jobReleaseTaskExecutionInfo"]
    assert (done["state"], done["result"], done["exitCode"]) == ("completed", "failure", 7)
    assert done["taskRootDirectory"] == "workitems/job1/job-1/jobrelease"
    assert item["jobPreparationTaskExecutionInfo"]["retryCount"] == 0
    assert api.get("/jobs/job1").json()["state"] == "completed"
    assert api.get(f"{path}?$filter=jobReleaseTaskExecutionInfo/exitCode eq 7&$select=nodeId").json()["value"]
    assert api.get("/jobs/job1/taskcounts").json()["taskCounts"]["completed"] == 1


def test_a_manager_is_the_first_task(api: Any, refused: Refused) -> None:
    """Added with the job, with the job's retries (recorded); its id is taken."""
    api.job(constraints={"maxTaskRetryCount": 4}, jobManagerTask={"id": "Boss", "commandLine": "x", "displayName": "d"})
    manager = api.get("/jobs/job1").json()["jobManagerTask"]
    assert (manager["killJobOnCompletion"], manager["runExclusive"]) == (True, True)
    assert manager["constraints"]["maxTaskRetryCount"] == 4
    task = api.get("/jobs/job1/tasks/boss").json()
    assert (task["id"], task["state"], task["displayName"]) == ("Boss", "active", "d")
    assert task["constraints"] == manager["constraints"]
    assert not {"killJobOnCompletion", "runExclusive"} & task.keys()
    refused(api.post("/jobs/job1/tasks", {"id": "BOSS", "commandLine": "x"}), 409, "TaskExists")
    api.tasks(2)
    assert [task.id for task, _ in api.context.store.advance([], capacity(1, 1))] == ["Boss"]


def test_the_end_of_a_manager_ends_the_job(api: Any) -> None:
    """With the reason JMComplete (recorded), and all other tasks with it."""
    api.job(jobManagerTask={"id": "m", "commandLine": "x"})
    api.tasks(1)
    api.context.store.advance([], capacity(9, 9))
    task = api.context.store.get_task("job1", "m")
    api.context.store.advance([FinishedRun(task.seq, task.run, clock.now(), Outcome(0))], None)
    job = api.get("/jobs/job1").json()
    assert (job["state"], job["executionInfo"]["terminateReason"]) == ("completed", "JMComplete")
    assert api.get("/jobs/job1/tasks/t0").json()["executionInfo"]["failureInfo"]["code"] == "TaskEnded"


@pytest.mark.parametrize("task_id", ["a", "z"])
def test_the_end_of_another_task_does_not_end_the_job_of_a_manager(api: Any, task_id: str) -> None:
    api.job(jobManagerTask={"id": "m", "commandLine": "x"})
    api.post("/jobs/job1/tasks", {"id": task_id, "commandLine": "x"})
    api.context.store.advance([], capacity(9, 9))
    task = api.context.store.get_task("job1", task_id)
    api.context.store.advance([FinishedRun(task.seq, task.run, clock.now(), Outcome(0))], None)
    assert api.get(f"/jobs/job1/tasks/{task_id}").json()["state"] == "completed"
    assert api.get("/jobs/job1").json()["state"] == "active"


def test_a_manager_that_leaves_the_job_alone(api: Any) -> None:
    """killJobOnCompletion: false."""
    api.job(jobManagerTask={"id": "m", "commandLine": "x", "killJobOnCompletion": False})
    end_all(api)
    assert api.get("/jobs/job1/tasks/m").json()["state"] == "completed"
    assert api.get("/jobs/job1").json()["state"] == "active"
