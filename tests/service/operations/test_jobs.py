"""The job operations, as requests and answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from batchtasks_local.domain.clock import from_text
from batchtasks_local.http.contract.documents import default_folder

Refused = Callable[[httpx.Response, int, str], dict[str, str]]


def test_add_and_get(api: Any) -> None:
    """The odd Location of the real service, and the defaults."""
    answer = api.post("/jobs", {"id": "Job1", "poolInfo": {"poolId": "pool1"}})
    assert (answer.status_code, answer.content) == (201, b"")
    assert answer.headers["location"] == answer.headers["dataserviceid"] == "http://127.0.0.1:10100/jobs/job-1"
    job = api.get("/jobs/job1").json()
    assert list(job) == [
        "odata.metadata", "id", "url", "eTag", "lastModified", "creationTime", "state", "stateTransitionTime", "priority",
        "maxParallelTasks", "usesTaskDependencies", "allowTaskPreemption", "constraints", "poolInfo", "executionInfo",
        "onAllTasksComplete", "onTaskFailure",
    ]  # fmt: skip
    assert job["odata.metadata"] == "http://127.0.0.1:10100/$metadata#jobs/@Element"
    assert (job["id"], job["url"], job["state"]) == ("Job1", "http://127.0.0.1:10100/jobs/Job1", "active")
    assert job["eTag"] == answer.headers["etag"]
    assert job["constraints"] == {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "maxTaskRetryCount": 0}
    assert job["executionInfo"] == {"startTime": job["stateTransitionTime"], "poolId": "pool1"}
    assert job["lastModified"] == job["stateTransitionTime"]
    assert from_text(job["creationTime"]) < from_text(job["lastModified"])  # in all 83 recorded jobs
    assert (job["priority"], job["maxParallelTasks"], job["onAllTasksComplete"]) == (0, -1, "noaction")


def test_any_pool_is_accepted(api: Any) -> None:
    """There are no pools here; a name is enough."""
    api.job("a", poolInfo={"poolId": "no such pool anywhere"})
    assert api.get("/jobs/a").json()["poolInfo"] == {"poolId": "no such pool anywhere"}


def test_refusals(api: Any, refused: Refused) -> None:
    """An id that is taken whatever its case, a job that is not there."""
    api.job()
    refused(api.post("/jobs", {"id": "JOB1", "poolInfo": {"poolId": "p"}}), 409, "JobExists")
    for method, path in [
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/terminate"),
        ("POST", "/enable"),
        ("GET", "/taskcounts"),
    ]:
        refused(api.send(method, f"/jobs/other{path}"), 404, "JobNotFound")
    refused(api.send("PATCH", "/jobs/other", {}), 404, "JobNotFound")


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("maxParallelTasks", 0, "InvalidPropertyValue"),
        ("priority", 1001, "InvalidPropertyValue"),
        ("poolInfo", {"poolId": "a", "autoPoolSpecification": {"poolLifetimeOption": "job"}}, "InvalidPropertyValue"),
        ("poolInfo", {}, "InvalidPropertyValue"),
    ],
)
def test_members_that_are_refused(api: Any, refused: Refused, member: str, value: Any, code: str) -> None:
    """What would not be done is not accepted."""
    body = {"id": "j", "poolInfo": {"poolId": "p"}, member: value}
    values = refused(api.post("/jobs", body), 400, code)
    assert values["PropertyName"] == member
    assert values["Reason"]


def test_patch_refuses_what_add_refuses(api: Any, refused: Refused) -> None:
    """Zero tasks at once."""
    api.job()
    refused(api.send("PATCH", "/jobs/job1", {"maxParallelTasks": 0}), 400, "InvalidPropertyValue")
    assert api.send("PATCH", "/jobs/job1", {"maxParallelTasks": 3}).status_code == 200


def test_list(api: Any, refused: Refused) -> None:
    """Pages and filters, as for tasks."""
    for name in ("a", "b", "c"):
        api.job(name, poolInfo={"poolId": f"pool-{name}"})
    page = api.get("/jobs?maxresults=2&$select=id").json()
    assert page["odata.metadata"] == "http://127.0.0.1:10100/$metadata#jobs"
    assert page["value"] == [{"id": "a"}, {"id": "b"}]
    assert api.get(page["odata.nextLink"]).json()["value"] == [{"id": "c"}]
    chosen = api.get("/jobs?$filter=executionInfo/poolId%20eq%20'pool-b'&$select=id").json()
    assert chosen["value"] == [{"id": "b"}]
    refused(api.get("/jobs?$filter=priority%20eq%200"), 400, "InvalidQueryParameterValue")


def test_patch_replaces_nested_objects_whole(api: Any) -> None:
    """A wall clock limit alone puts the retries back to 0; what is not named stays."""
    api.job(priority=7, constraints={"maxTaskRetryCount": 5}, metadata=[{"name": "a", "value": "b"}])
    before = api.get("/jobs/job1").json()
    answer = api.send("PATCH", "/jobs/job1", {"constraints": {"maxWallClockTime": "PT2H"}})
    assert (answer.status_code, answer.content) == (200, b"")
    after = api.get("/jobs/job1").json()
    assert after["constraints"] == {"maxWallClockTime": "PT2H", "maxTaskRetryCount": 0}
    assert (after["priority"], after["metadata"]) == (7, before["metadata"])
    assert after["eTag"] == answer.headers["etag"] != before["eTag"]


def test_patch_takes_every_member(api: Any, refused: Refused) -> None:
    """Each one that the specification lets a patch change is changed; the pool only while the job is disabled."""
    api.job()
    refusal = refused(
        api.send("PATCH", "/jobs/job1", {"poolInfo": {"poolId": "x"}}), 409, "OperationInvalidForCurrentState"
    )
    assert "only while the job is disabled" in refusal["Reason"]
    api.post("/jobs/job1/disable", {"disableTasks": "requeue"})
    values = {
        "priority": 9,
        "maxParallelTasks": 3,
        "allowTaskPreemption": True,
        "constraints": {"maxWallClockTime": "P1D", "maxTaskRetryCount": 2},
        "poolInfo": {"poolId": "other"},
        "metadata": [{"name": "a", "value": "b"}],
        "networkConfiguration": {"subnetId": "/subscriptions/s/subnets/x", "skipWithdrawFromVNet": True},
        "onAllTasksComplete": "terminatejob",
    }
    schema = json.loads((default_folder() / "2025-06-01.json").read_bytes())["components"]["schemas"]
    assert set(values) == set(schema["JobPatchParameter"]["properties"])
    for name, value in values.items():
        assert api.send("PATCH", "/jobs/job1", {name: value}).status_code == 200, name
        assert api.get("/jobs/job1").json()[name] == value
    assert api.get("/jobs/job1").json()["executionInfo"]["poolId"] == "other"


def test_terminate(api: Any, refused: Refused) -> None:
    """202 with the headers, the reason kept, no more tasks taken; without a body too."""
    api.job()
    answer = api.post("/jobs/job1/terminate", {"terminateReason": "enough"})
    assert (answer.status_code, answer.content) == (202, b"")
    assert answer.headers["dataserviceid"] == "http://127.0.0.1:10100/jobs/job1/terminate"
    assert answer.headers["etag"]
    assert api.runner.calls == [("wake",), ("wake",)]
    job = api.get("/jobs/job1").json()
    assert job["state"] in ("terminating", "completed")
    assert job["executionInfo"]["terminateReason"] == "enough"
    answer = api.post("/jobs/job1/tasks", {"id": "t", "commandLine": "x"})
    refused(answer, 409, answer.json()["code"])
    assert answer.json()["code"] in ("JobBeingTerminated", "JobCompleted")
    api.job("job2")
    assert api.post("/jobs/job2/terminate").status_code == 202


def test_disable_and_enable(api: Any, refused: Refused) -> None:
    """A disabled job takes tasks."""
    api.job()
    assert api.post("/jobs/job1/disable", {"disableTasks": "Requeue"}).status_code == 202
    assert api.get("/jobs/job1").json()["state"] in ("disabling", "disabled")
    api.tasks(1)
    assert api.post("/jobs/job1/enable").status_code == 202
    assert api.get("/jobs/job1").json()["state"] == "active"
    refused(api.post("/jobs/job1/disable", {"disableTasks": "later"}), 400, "InvalidPropertyValue")
    refused(api.post("/jobs/job1/disable"), 400, "InvalidRequestBody")


def test_delete(api: Any) -> None:
    """202 with nothing but the usual headers."""
    api.job()
    answer = api.send("DELETE", "/jobs/job1")
    assert (answer.status_code, answer.content) == (202, b"")
    assert "etag" not in answer.headers
    assert api.runner.calls[-1] == ("remove_jobs",)


def test_counts(api: Any) -> None:
    """Tasks and slots by state."""
    api.job()
    api.tasks(3)
    api.post("/jobs/job1/tasks", {"id": "wide", "commandLine": "x", "requiredSlots": 4})
    api.post("/jobs/job1/tasks/t0/terminate")
    counts = api.get("/jobs/job1/taskcounts").json()
    assert counts == {
        "odata.metadata": "http://127.0.0.1:10100/$metadata#taskcountsresult/@Element",
        "taskCounts": {"active": 3, "running": 0, "completed": 1, "succeeded": 0, "failed": 1},
        "taskSlotCounts": {"active": 6, "running": 0, "completed": 1, "succeeded": 0, "failed": 1},
    }


def test_conditions(api: Any, refused: Refused) -> None:
    """Jobs take the four headers as tasks do."""
    api.job()
    tag = api.get("/jobs/job1").headers["etag"]
    assert api.get("/jobs/job1", headers={"If-None-Match": f'"{tag}"'}).status_code == 304
    for method, path, body in [
        ("PATCH", "/jobs/job1", {"priority": 1}),
        ("POST", "/jobs/job1/disable", {"disableTasks": "wait"}),
        ("POST", "/jobs/job1/terminate", None),
        ("DELETE", "/jobs/job1", None),
    ]:
        refused(api.send(method, path, body, headers={"If-Match": "0x1"}), 412, "ConditionNotMet")
    assert api.get("/jobs/job1").json()["state"] == "active"


@pytest.mark.parametrize(
    "version", ["2022-01-01.15.0", "2024-02-01.19.0", "2024-07-01.20.0", "2025-06-01", "2026-10-01"]
)
def test_force_by_version(api: Any, refused: Refused, version: str) -> None:
    """The parameter came with 2024-07-01.20.0."""
    api.job()
    answer = api.send("DELETE", f"/jobs/job1?force=true&api-version={version}")
    if version < "2024-07":
        assert refused(answer, 400, "UnsupportedQueryParameter")["QueryParameterName"] == "force"
    else:
        assert answer.status_code == 202


def test_enum_values_in_any_letter_case(api: Any) -> None:
    """They are shown, and understood, in the form of the specification."""
    members = {"onAllTasksComplete": "NoAction", "onTaskFailure": "PerformExitOptionsJobAction"}
    api.job(usesTaskDependencies=True, **members)
    options = {"default": {"jobAction": "Disable", "dependencyAction": "Satisfy"}}
    answer = api.post("/jobs/job1/tasks", {"id": "t", "commandLine": "x", "exitConditions": options})
    assert answer.status_code == 201, answer.text
    shown = api.get("/jobs/job1").json()
    assert (shown["onAllTasksComplete"], shown["onTaskFailure"]) == ("noaction", "performexitoptionsjobaction")
    task = api.get("/jobs/job1/tasks/t").json()
    assert task["exitConditions"]["default"] == {"jobAction": "disable", "dependencyAction": "satisfy"}
    assert api.send("PATCH", "/jobs/job1", {"onAllTasksComplete": "TerminateJob"}).status_code == 200
    assert api.get("/jobs/job1").json()["onAllTasksComplete"] == "terminatejob"


def test_update_resets_what_is_left_out(api: Any, refused: Refused) -> None:
    """PUT, as `az batch job reset` sends it; 56 recorded. Conditions hold, and what cannot be changed stays."""
    api.job(priority=7, constraints={"maxTaskRetryCount": 5}, displayName="kept", usesTaskDependencies=True)
    before = api.get("/jobs/job1").json()
    answer = api.send("PUT", "/jobs/job1", {"poolInfo": {"poolId": "pool1"}, "maxParallelTasks": 3})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["dataserviceid"] == "http://127.0.0.1:10100/jobs/job1"
    after = api.get("/jobs/job1").json()
    assert after["eTag"] == answer.headers["etag"] != before["eTag"]
    assert (after["priority"], after["maxParallelTasks"], after["constraints"]["maxTaskRetryCount"]) == (0, 3, 0)
    assert (after["displayName"], after["usesTaskDependencies"]) == ("kept", True)
    body = {"poolInfo": {"poolId": "pool1"}}
    past = {"If-Unmodified-Since": "Fri, 05 Jan 2024 07:16:39 GMT"}
    refused(api.send("PUT", "/jobs/job1", body, headers=past), 412, "ConditionNotMet")
    refused(api.send("PUT", "/jobs/job1", {}), 400, "MissingRequiredProperty")
    refused(api.send("PUT", "/jobs/other", body), 404, "JobNotFound")


def test_what_an_update_must_not_change(api: Any, refused: Refused) -> None:
    """Another pool only while the job is disabled; never back from terminatejob, also by leaving it out."""
    api.job()
    other = {"poolInfo": {"poolId": "other"}}
    refused(api.send("PUT", "/jobs/job1", other), 409, "OperationInvalidForCurrentState")
    api.post("/jobs/job1/disable", {"disableTasks": "requeue"})
    assert api.send("PUT", "/jobs/job1", other).status_code == 200
    assert api.get("/jobs/job1").json()["executionInfo"]["poolId"] == "other"
    api.job("job2")
    api.tasks(1, "job2")
    same = {"poolInfo": {"poolId": "pool1"}}
    assert api.send("PUT", "/jobs/job2", {**same, "onAllTasksComplete": "terminatejob"}).status_code == 200
    values = refused(api.send("PUT", "/jobs/job2", same), 400, "InvalidPropertyValue")
    assert values["PropertyName"] == "onAllTasksComplete"


def test_keep_alive_of_an_auto_pool(api: Any, refused: Refused) -> None:
    """The one thing about a pool that can be changed while the job is active."""
    auto = {"poolLifetimeOption": "job", "pool": {"vmSize": "a"}}
    api.job(poolInfo={"autoPoolSpecification": auto})
    pool_id = api.get("/jobs/job1").json()["executionInfo"]["poolId"]
    changed = {"poolInfo": {"autoPoolSpecification": {**auto, "keepAlive": True}}}
    assert api.send("PATCH", "/jobs/job1", changed).status_code == 200
    job = api.get("/jobs/job1").json()
    assert job["poolInfo"]["autoPoolSpecification"]["keepAlive"] is True
    assert job["executionInfo"]["poolId"] == pool_id
    changed["poolInfo"]["autoPoolSpecification"]["pool"] = {"vmSize": "b"}
    refused(api.send("PATCH", "/jobs/job1", changed), 409, "OperationInvalidForCurrentState")
    refused(api.send("PATCH", "/jobs/job1", {"poolInfo": {"poolId": "p"}}), 409, "OperationInvalidForCurrentState")
    api.job("job2")
    refused(api.send("PATCH", "/jobs/job2", changed), 409, "OperationInvalidForCurrentState")


def test_status_of_preparation_and_release_tasks_of_a_job_without(api: Any, refused: Refused) -> None:
    """The recorded 409."""
    api.job()
    path = "/jobs/job1/jobpreparationandreleasetaskstatus"
    answer = api.get(path)
    refused(answer, 409, "JobPreparationTaskOrReleaseTaskNotSpecified")
    assert answer.json()["message"]["value"].startswith(
        "The specified job does not have either job preparation task or job release task."
    )
    refused(api.get(path.replace("job1", "other")), 404, "JobNotFound")
