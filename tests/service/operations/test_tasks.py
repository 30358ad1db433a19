"""The nine task operations, as requests and answers: statuses, headers, bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
UNLIMITED = "P10675199DT2H48M5.4775807S"


def test_add(api: Any) -> None:
    """201 without a body, sent in chunks; four headers; the task is active with its defaults."""
    api.job()
    answer = api.post("/jobs/job1/tasks", {"id": "Task1", "commandLine": "/bin/true"})
    assert (answer.status_code, answer.content) == (201, b"")
    assert "content-type" not in answer.headers
    assert "content-length" not in answer.headers
    url = "http://127.0.0.1:10100/jobs/job1/tasks/Task1"
    assert answer.headers["location"] == answer.headers["dataserviceid"] == url
    assert re.fullmatch("0x8[0-9A-F]{14}", answer.headers["etag"])
    assert answer.headers["dataserviceversion"] == "3.0"
    assert answer.headers["server"] == "Microsoft-HTTPAPI/2.0"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("wake",) in api.runner.calls

    got = api.get("/jobs/job1/tasks/task1")
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/json;odata=minimalmetadata"
    assert got.headers["etag"] == answer.headers["etag"]
    assert got.headers["last-modified"] == answer.headers["last-modified"]
    task = got.json()
    assert list(task) == [
        "odata.metadata", "id", "url", "eTag", "creationTime", "lastModified", "state", "stateTransitionTime",
        "commandLine", "userIdentity", "constraints", "requiredSlots", "executionInfo",
    ]  # fmt: skip
    assert task["odata.metadata"] == "http://127.0.0.1:10100/$metadata#tasks/@Element"
    assert (task["id"], task["url"], task["state"]) == ("Task1", url, "active")
    assert task["creationTime"] == task["lastModified"] == task["stateTransitionTime"]
    assert task["userIdentity"] == {"autoUser": {"scope": "pool", "elevationLevel": "nonadmin"}}
    assert task["constraints"] == {"maxWallClockTime": UNLIMITED, "retentionTime": "P7D", "maxTaskRetryCount": 0}
    assert (task["requiredSlots"], task["executionInfo"]) == (1, {"retryCount": 0, "requeueCount": 0})


def test_values_come_back_in_the_services_own_form(api: Any) -> None:
    """Durations are normalised, enum values get the service's casing, secrets are not read back."""
    api.job()
    body = {
        "id": "t",
        "displayName": "d",
        "commandLine": "x",
        "constraints": {
            "maxWallClockTime": "P3Y6M4DT12H30M5S",
            "retentionTime": "PT01H00M00S",
            "maxTaskRetryCount": -1,
        },
        "userIdentity": {"autoUser": {"scope": "TASK", "elevationLevel": "NonAdmin"}},
        "outputFiles": [
            {
                "filePattern": "*",
                "destination": {"container": {"containerUrl": "file:///tmp/x"}},
                "uploadOptions": {"uploadCondition": "taskCompletion"},
            }
        ],
        "containerSettings": {"imageName": "i", "registry": {"username": "u", "password": "secret"}},
        "affinityInfo": None,
        "odata.metadata": "ignored",
    }
    assert api.post("/jobs/job1/tasks", body).status_code == 201
    answer = api.get("/jobs/job1/tasks/t")
    task = answer.json()
    assert task["constraints"] == {
        "maxWallClockTime": "P1279DT12H30M5S",
        "retentionTime": "PT1H",
        "maxTaskRetryCount": -1,
    }
    assert task["userIdentity"] == {"autoUser": {"scope": "task", "elevationLevel": "nonadmin"}}
    assert task["outputFiles"][0]["uploadOptions"] == {"uploadCondition": "TaskCompletion"}
    assert task["containerSettings"] == {
        "imageName": "i",
        "registry": {"username": "u"},
        "workingDirectory": "taskWorkingDirectory",
    }
    assert "secret" not in answer.text
    assert "affinityInfo" not in task


def test_add_refuses(api: Any, refused: Refused) -> None:
    """An id that is taken, whatever its case; a job that is not there."""
    api.job()
    api.tasks(1)
    values = refused(api.post("/jobs/job1/tasks", {"id": "T0", "commandLine": "x"}), 409, "TaskExists")
    assert values == {}
    refused(api.post("/jobs/nojob/tasks", {"id": "T0", "commandLine": "x"}), 404, "JobNotFound")


def test_collection(api: Any) -> None:
    """One result for each task, each with its own ETag; one that exists is an item's error, not the call's."""
    api.job()
    api.post("/jobs/job1/tasks", {"id": "t2", "commandLine": "x"})
    specs = [{"id": name, "commandLine": "x"} for name in ("t1", "T2", "t3", "t3")]
    answer = api.post("/jobs/job1/addtaskcollection", {"value": specs})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    body = answer.json()
    assert body["odata.metadata"] == "http://127.0.0.1:10100/$metadata#taskaddresult"
    statuses = {result["taskId"]: result["status"] for result in body["value"][:3]}
    assert statuses == {"t1": "Success", "T2": "ClientError", "t3": "Success"}
    good, bad, other, again = body["value"]
    assert set(good) == {"status", "taskId", "eTag", "lastModified", "location"}
    assert good["location"] == "http://127.0.0.1:10100/jobs/job1/tasks/t1"
    assert good["eTag"] != other["eTag"]
    assert bad["error"]["code"] == again["error"]["code"] == "TaskExists"
    assert bad["error"]["message"]["value"].startswith("The specified task already exists.\nRequestId:")


def test_lower_case_statuses_on_request(make_api: Any) -> None:
    """The other letter case that the real service may use, for clients that compare exactly."""
    api = make_api(lower_status=True)
    api.job()
    body = {"value": [{"id": "t", "commandLine": "x"}, {"id": "t", "commandLine": "x"}]}
    results = api.post("/jobs/job1/addtaskcollection", body).json()["value"]
    assert [result["status"] for result in results] == ["success", "clienterror"]


def test_a_task_with_a_bad_property_fails_alone(api: Any) -> None:
    """The others are added (azure-sdk-for-python issues 27859, 42399)."""
    api.job()
    specs: list[dict[str, Any]] = [
        {"id": "t1", "commandLine": "x", "colour": 1},
        {"id": "t2", "commandLine": "x"},
        {"id": "t3", "commandLine": "x", "dependsOn": {"taskIds": ["t1"]}},
        {"id": "t4", "commandLine": "x", "constraints": {"retentionTime": "PT60M"}},
    ]
    results = api.post("/jobs/job1/addtaskcollection", {"value": specs}).json()["value"]
    assert [result["taskId"] for result in results] == ["t1", "t2", "t3", "t4"]
    assert [result["status"] for result in results] == ["ClientError", "Success", "ClientError", "Success"]
    assert [result.get("error", {}).get("code") for result in results] == [
        "UnsupportedProperty", None, "UnsupportedProperty", None,
    ]  # fmt: skip
    assert api.get("/jobs/job1/tasks/t4").json()["constraints"]["retentionTime"] == "PT1H"
    assert [task["id"] for task in api.get("/jobs/job1/tasks").json()["value"]] == ["t2", "t4"]


def test_a_task_that_ended_before_it_had_a_node(api: Any) -> None:
    """Its nodeInfo is empty, not missing (node 2016, python 2018); reactivating it takes that away (net 2025-09)."""
    api.job()
    api.tasks(1)
    assert "nodeInfo" not in api.get("/jobs/job1/tasks/t0").json()
    api.post("/jobs/job1/tasks/t0/terminate")
    shown = api.get("/jobs/job1/tasks/t0").json()
    assert shown["nodeInfo"] == {}
    assert not {"startTime", "exitCode"} & shown["executionInfo"].keys()
    api.post("/jobs/job1/tasks/t0/reactivate")
    assert "nodeInfo" not in api.get("/jobs/job1/tasks/t0").json()


def test_collection_takes_a_hundred(api: Any, refused: Refused) -> None:
    """One more is refused."""
    api.job()
    specs = [{"id": f"t{n}", "commandLine": "x"} for n in range(101)]
    values = refused(api.post("/jobs/job1/addtaskcollection", {"value": specs}), 400, "InvalidPropertyValue")
    assert values["PropertyName"] == "value"
    assert api.post("/jobs/job1/addtaskcollection", {"value": specs[:100]}).status_code == 200


def test_update(api: Any) -> None:
    """The constraints are replaced whole, the ETag moves, the state does not; without them come the defaults."""
    api.job()
    api.tasks(1)
    before = api.get("/jobs/job1/tasks/t0").json()
    body = {"constraints": {"maxTaskRetryCount": 3, "maxWallClockTime": UNLIMITED}}
    answer = api.send("PUT", "/jobs/job1/tasks/t0", body)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["dataserviceid"] == "http://127.0.0.1:10100/jobs/job1/tasks/t0"
    after = api.get("/jobs/job1/tasks/t0").json()
    assert api.runner.calls[-1] == ("wake",)  # the run under way has another limit now
    assert after["eTag"] == answer.headers["etag"] != before["eTag"]
    assert after["constraints"] == {"maxWallClockTime": UNLIMITED, "retentionTime": "P7D", "maxTaskRetryCount": 3}
    assert after["stateTransitionTime"] == before["stateTransitionTime"]
    assert api.send("PUT", "/jobs/job1/tasks/t0", {}).status_code == 200
    assert api.get("/jobs/job1/tasks/t0").json()["constraints"]["maxTaskRetryCount"] == 0


def test_terminate_and_reactivate(api: Any, refused: Refused) -> None:
    """204 with the headers of the captures; a terminated task can be had back, once."""
    api.job()
    api.tasks(1)
    first = api.get("/jobs/job1/tasks/t0").json()
    refused(api.post("/jobs/job1/tasks/t0/reactivate"), 409, "TaskNotCompleted")
    answer = api.post("/jobs/job1/tasks/t0/terminate")
    assert answer.status_code == 204
    assert answer.headers["content-length"] == "0"
    assert answer.headers["dataserviceid"] == "http://127.0.0.1:10100/jobs/job1/tasks/t0/terminate"
    assert api.runner.calls[-1] == ("wake",)
    ended = api.get("/jobs/job1/tasks/t0").json()
    assert ended["eTag"] == answer.headers["etag"] != first["eTag"]
    assert (ended["state"], ended["previousState"]) == ("completed", "active")
    assert ended["executionInfo"]["failureInfo"]["code"] == "TaskEnded"
    assert ended["executionInfo"]["failureInfo"]["category"] == "UserError"
    assert ended["executionInfo"]["endTime"] == ended["stateTransitionTime"] == ended["lastModified"]
    refused(api.post("/jobs/job1/tasks/t0/terminate"), 409, "TaskCompleted")
    again = api.post("/jobs/job1/tasks/t0/reactivate")
    assert again.status_code == 204
    assert "dataserviceid" not in again.headers
    active = api.get("/jobs/job1/tasks/t0").json()
    assert active["state"] == "active"
    assert active["executionInfo"] == {"retryCount": 0, "requeueCount": 0}
    assert active["eTag"] == again.headers["etag"] != ended["eTag"]


def test_delete(api: Any, refused: Refused) -> None:
    """200 without a body or an ETag; the id is free again."""
    api.job()
    api.tasks(1)
    answer = api.send("DELETE", "/jobs/job1/tasks/T0")
    assert (answer.status_code, answer.content) == (200, b"")
    assert "etag" not in answer.headers
    assert "dataserviceid" not in answer.headers
    assert api.runner.calls[-1] == ("remove_task_files", "job1", "t0")
    refused(api.get("/jobs/job1/tasks/t0"), 404, "TaskNotFound")
    refused(api.send("DELETE", "/jobs/job1/tasks/t0"), 404, "TaskNotFound")
    refused(api.send("DELETE", "/jobs/nojob/tasks/t0"), 404, "JobNotFound")
    api.tasks(1)


def test_subtasks_of_an_ordinary_task(api: Any, refused: Refused) -> None:
    """There are none."""
    api.job()
    api.tasks(1)
    answer = api.get("/jobs/job1/tasks/t0/subtasksinfo")
    assert answer.json() == {"odata.metadata": "http://127.0.0.1:10100/$metadata#subtaskinfo", "value": []}
    refused(api.get("/jobs/job1/tasks/t1/subtasksinfo"), 404, "TaskNotFound")


WRITES: list[tuple[str, str, Any]] = [
    ("PUT", "/jobs/job1/tasks/t0", {}),
    ("DELETE", "/jobs/job1/tasks/t0", None),
    ("POST", "/jobs/job1/tasks/t0/terminate", None),
    ("POST", "/jobs/job1/tasks/t0/reactivate", None),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_writes_under_a_condition(api: Any, refused: Refused, method: str, path: str, body: Any) -> None:
    """412 before anything else is looked at, and nothing is changed; 404 when the task is not there."""
    api.job()
    api.tasks(1)
    before = api.get("/jobs/job1/tasks/t0").json()
    for headers in (
        {"If-Match": "0x1"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 05 Jan 2034 07:16:39 GMT"},
    ):
        refused(api.send(method, path, body, headers=headers), 412, "ConditionNotMet")
    assert api.get("/jobs/job1/tasks/t0").json() == before
    gone = path.replace("t0", "t9")
    refused(api.send(method, gone, body, headers={"If-Match": "*"}), 404, "TaskNotFound")
    if "reactivate" not in path:
        answer = api.send(method, path, body, headers={"If-Match": f'"{before["eTag"]}"'})
        assert answer.status_code in (200, 204)


def test_reads_under_a_condition(api: Any, refused: Refused) -> None:
    """304 has no body; the writing kind of condition gives 412."""
    api.job()
    api.tasks(1)
    tag = api.get("/jobs/job1/tasks/t0").headers["etag"]
    answer = api.get("/jobs/job1/tasks/t0", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    refused(api.get("/jobs/job1/tasks/t0", headers={"If-Match": "0x1"}), 412, "ConditionNotMet")
    both = {"If-Match": tag, "If-None-Match": tag}
    refused(api.get("/jobs/job1/tasks/t0", headers=both), 400, "MultipleConditionHeadersNotSupported")
    refused(api.get("/jobs/job1/tasks", headers={"If-Match": tag}), 400, "UnsupportedHeader")
