"""What a person is told who has made a mistake: the property, the value, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
BAD, NO, MISSING = "InvalidPropertyValue", "UnsupportedProperty", "MissingRequiredProperty"


@pytest.mark.parametrize(
    ("members", "code", "name", "reason"),
    [
        ({"id": "a b"}, BAD, "id", "It may have letters, digits, hyphens and underscores only"),
        ({"id": "x" * 65}, BAD, "id", "It has 65 characters; at most 64 are allowed"),
        ({"commandLine": ""}, BAD, "commandLine", "It must not be empty"),
        ({"commandLine": None}, MISSING, "commandLine", "The request must have it"),
        ({"requiredSlots": "3"}, BAD, "requiredSlots", "It must be a whole number, not text"),
        ({"requiredSlots": 1.5}, BAD, "requiredSlots", "It must be a whole number, not a number with a fraction"),
        ({"requiredSlots": 0}, BAD, "requiredSlots", "It must be at least 1"),
        ({"requiredSlots": True}, BAD, "requiredSlots", "It must be a whole number, not true or false"),
        ({"resourceFiles": {}}, BAD, "resourceFiles", "It must be a list, not an object"),
        (
            {"resourceFiles": [{"filePath": "x"}]},
            BAD,
            "resourceFiles[0]",
            "Exactly one of autoStorageContainerName, storageContainerUrl, httpUrl must be given",
        ),
        (
            {"resourceFiles": [{"httpUrl": "http://x/y", "filePath": "y", "fileMode": "rwx"}]},
            BAD,
            "resourceFiles[0]/fileMode",
            "It must be three or four octal digits, such as 0770",
        ),
        (
            {"constraints": {"maxWallClockTime": "1h"}},
            BAD,
            "constraints/maxWallClockTime",
            "It must be an ISO 8601 duration, such as PT1H",
        ),
        (
            {"userIdentity": {"autoUser": {"scope": "node"}}},
            BAD,
            "userIdentity/autoUser/scope",
            "It must be one of task, pool",
        ),
        (
            {"comandLine": "x"},
            NO,
            "comandLine",
            "The request has no such property in this api-version; is 'commandLine' meant?",
        ),
        (
            {"constraints": {"max_task_retry_count": 1}},
            NO,
            "constraints/max_task_retry_count",
            "The request has no such property in this api-version; is 'maxTaskRetryCount' meant?",
        ),
        ({"zebra": "x"}, NO, "zebra", "The request has no such property in this api-version"),
    ],
)
def test_a_task(api: Any, refused: Refused, members: dict[str, Any], code: str, name: str, reason: str) -> None:
    """The same alone and in a collection, where it is said which task it is."""
    api.job()
    task = {"id": "t", "commandLine": "true", **members}
    values = refused(api.post("/jobs/job1/tasks", task), 400, code)
    assert (values["PropertyName"], values["Reason"]) == (name, reason)
    good = {"id": "good", "commandLine": "true"}
    values = refused(api.post("/jobs/job1/addtaskcollection", {"value": [good, task]}), 400, code)
    assert (values["PropertyName"], values["Reason"]) == (
        name,
        f"{reason} (task number 2 of the request, '{task['id']}')",
    )
    assert api.get("/jobs/job1/tasks").json()["value"] == []


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"dependsOn": {"taskIds": ["x"]}}, "TaskDependenciesNotSpecifiedOnJob"),
        ({"exitConditions": {"default": {"jobAction": "terminate"}}}, BAD),
        ({"multiInstanceSettings": {"coordinationCommandLine": "x"}, "requiredSlots": 2}, BAD),
    ],
)
def test_what_the_job_does_not_allow(api: Any, refused: Refused, members: dict[str, Any], code: str) -> None:
    """Of a hundred tasks, the one is named, and none of the others is added."""
    api.job()
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(99)]
    tasks.insert(70, {"id": "Odd", "commandLine": "true", **members})
    values = refused(api.post("/jobs/job1/addtaskcollection", {"value": tasks}), 400, code)
    assert values["TaskId"] == "Odd"
    assert api.get("/jobs/job1/tasks").json()["value"] == []


def test_too_many_tasks(api: Any, refused: Refused) -> None:
    """How many there are, and how many there may be."""
    api.job()
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(101)]
    values = refused(api.post("/jobs/job1/addtaskcollection", {"value": tasks}), 400, BAD)
    assert (values["PropertyName"], values["Reason"]) == ("value", "It has 101 items; at most 100 are allowed")


def test_requests(api: Any, refused: Refused) -> None:
    """Parameters, headers and paths."""
    values = refused(api.get("/jobs?$top=5"), 400, "UnsupportedQueryParameter")
    assert "This operation takes $filter, $select, $expand, maxresults" in values["Reason"]
    values = refused(api.get("/jobs", headers={"client-request-id": "{x}"}), 400, "InvalidHeaderValue")
    assert "It must be a GUID" in values["Reason"]
    assert "no operation of jobs, tasks or task files" in refused(api.get("/pools"), 404, "ResourceNotFound")["Reason"]
