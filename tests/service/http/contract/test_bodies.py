"""The errors for bad bodies: the property, the value, and what to write instead."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from batchtasks_local import LocalBatch, Settings
from batchtasks_local.http.contract.bodies import FORMAT_REASONS, PATTERN_REASONS
from batchtasks_local.http.contract.documents import Contracts

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
BAD, NO, MISSING = "InvalidPropertyValue", "UnsupportedProperty", "MissingRequiredProperty"


@pytest.mark.parametrize(
    ("members", "code", "name", "reason"),
    [
        ({"id": "a b"}, BAD, "id", "It may have letters, digits, hyphens and underscores only"),
        ({"id": "x" * 65}, BAD, "id", "It has 65 characters; at most 64 are allowed"),
        ({"commandLine": ""}, BAD, "commandLine", "It must not be empty"),
        ({"commandLine": None}, MISSING, "commandLine", "The request must have it"),
        ({"requiredSlots": "three"}, BAD, "requiredSlots", "It must be a whole number, not text"),
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
        ({"ID": "x"}, NO, "ID", "The request has no such property in this api-version; is 'id' meant?"),
        ({"displayName": "x" * 1025}, BAD, "displayName", "It has 1025 characters; at most 1024 are allowed"),
        ({"requiredSlots": 2**31}, BAD, "requiredSlots", "It must be at most 2147483647"),
        ({"constraints": {"maxTaskRetryCount": -2}}, BAD, "constraints/maxTaskRetryCount", "It must be at least -1"),
        (
            {"constraints": {"retentionTime": "P1S"}},
            BAD,
            "constraints/retentionTime",
            "It must be an ISO 8601 duration, such as PT1H",
        ),
        ({"constraints": {"retentionTime": 5}}, BAD, "constraints/retentionTime", "It must be text, not a number"),
        ({"constraints": []}, BAD, "constraints", "It must be an object, not a list"),
        ({"dependsOn": {"taskIds": ["a", ""]}}, BAD, "dependsOn/taskIds[1]", "It must not be empty"),
        (
            {"resourceFiles": [{"httpUrl": "http://x/y"}]},
            MISSING,
            "resourceFiles[0]/filePath",
            "The request must have it",
        ),
        (
            {"userIdentity": {"username": "a", "autoUser": {}}},
            BAD,
            "userIdentity",
            "At most one of username, autoUser may be given",
        ),
    ],
)
def test_a_task(api: Any, refused: Refused, members: dict[str, Any], code: str, name: str, reason: str) -> None:
    """The same alone and in a collection, where the task fails alone, if it has an id that can be said."""
    api.job()
    task = {"id": "t", "commandLine": "true", **members}
    values = refused(api.post("/jobs/job1/tasks", task), 400, code)
    assert (values["PropertyName"], values["Reason"]) == (name, reason)
    good = {"id": "good", "commandLine": "true"}
    answer = api.post("/jobs/job1/addtaskcollection", {"value": [good, task]})
    if not (isinstance(task["id"], str) and task["id"]):
        values = refused(answer, 400, code)
    else:
        first, second = answer.json()["value"]
        assert (first["status"], second["status"], second["taskId"]) == ("Success", "ClientError", task["id"])
        assert second["error"]["code"] == code
        values = {item["key"]: item["value"] for item in second["error"]["values"]}
    assert (values["PropertyName"], values["Reason"]) == (
        name,
        f"{reason} (task number 2 of the request, '{task['id']}')",
    )
    assert {item["id"] for item in api.get("/jobs/job1/tasks").json()["value"]} <= {"good"}


REVERSED = [{"start": 1, "end": 2}, {"start": 5, "end": 4}]
ACTION = {"jobAction": "terminate"}
TOLD = [
    (
        {"dependsOn": {"taskIds": ["x"]}},
        {},
        "TaskDependenciesNotSpecifiedOnJob",
        "dependsOn",
        "The job was added without usesTaskDependencies: true, which cannot be changed later",
    ),
    (
        {"dependsOn": {"taskIds": ["a" * 64] * 1001}},
        {"usesTaskDependencies": True},
        "TaskDependencyListTooLong",
        "dependsOn/taskIds",
        "It has 64064 characters; at most 64000 are allowed",
    ),
    (
        {"dependsOn": {"taskIdRanges": [{"start": 1, "end": 2}] * 5001}},
        {"usesTaskDependencies": True},
        "TaskDependencyRangesTooLong",
        "dependsOn/taskIdRanges",
        "It has 5001 items; at most 5000 are allowed",
    ),
    (
        {"dependsOn": {"taskIdRanges": REVERSED}},
        {"usesTaskDependencies": True},
        BAD,
        "dependsOn/taskIdRanges[1]/end",
        "It must not be less than start, 5",
    ),
    (
        {"exitConditions": {"exitCodeRanges": [{**one, "exitOptions": {}} for one in REVERSED]}},
        {},
        BAD,
        "exitConditions/exitCodeRanges[1]/end",
        "It must not be less than start, 5",
    ),
    (
        {"exitConditions": {"default": ACTION}},
        {},
        BAD,
        "exitConditions/default/jobAction",
        "The job's onTaskFailure is not performexitoptionsjobaction",
    ),
    (
        {"exitConditions": {"exitCodes": [{"code": 1, "exitOptions": {"dependencyAction": "satisfy"}}]}},
        {},
        BAD,
        "exitConditions/exitCodes[0]/exitOptions/dependencyAction",
        "The job does not use task dependencies",
    ),
    (
        {"multiInstanceSettings": {"coordinationCommandLine": "x"}, "requiredSlots": 2},
        {},
        BAD,
        "requiredSlots",
        "A multi-instance task must require exactly one slot",
    ),
]


@pytest.mark.parametrize(("members", "job", "code", "name", "reason"), TOLD)
def test_what_the_job_does_not_allow(
    api: Any, refused: Refused, members: dict[str, Any], job: dict[str, Any], code: str, name: str, reason: str
) -> None:
    """Of many tasks, the one fails alone; recorded for `dependsOn`, as UnsupportedProperty (azure-sdk-for-python 27859)."""
    api.job(**job)
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(9)]
    tasks.insert(7, {"id": "Odd", "commandLine": "true", **members})
    alone = refused(api.post("/jobs/job1/tasks", tasks[7]), 400, code)
    results = api.post("/jobs/job1/addtaskcollection", {"value": tasks}).json()["value"]
    odd = results.pop(7)
    assert {result["status"] for result in results} == {"Success"}
    assert (odd["status"], odd["taskId"]) == ("ClientError", "Odd")
    is_dependency = code == "TaskDependenciesNotSpecifiedOnJob"
    assert odd["error"]["code"] == ("UnsupportedProperty" if is_dependency else code)
    in_collection = {item["key"]: item["value"] for item in odd["error"]["values"]}
    for values in (alone, in_collection):
        assert (values["TaskId"], values["PropertyName"], values["Reason"]) == ("Odd", name, reason)
    assert len(api.get("/jobs/job1/tasks").json()["value"]) == 9


def test_numbers_as_text(api: Any, refused: Refused) -> None:
    """az 2.91 sends `"maxTaskRetryCount": "5"`; what is no whole number, or out of range, is still refused."""
    api.job(constraints={"maxTaskRetryCount": "5"}, priority="-7")
    assert api.get("/jobs/job1").json()["constraints"]["maxTaskRetryCount"] == 5
    assert api.get("/jobs/job1").json()["priority"] == -7
    task = {"id": "t", "commandLine": "x", "constraints": {"maxTaskRetryCount": "3"}, "requiredSlots": "2"}
    assert api.post("/jobs/job1/addtaskcollection", {"value": [task]}).json()["value"][0]["status"] == "Success"
    shown = api.get("/jobs/job1/tasks/t").json()
    assert (shown["constraints"]["maxTaskRetryCount"], shown["requiredSlots"]) == (3, 2)
    for text in ("five", "1.5", "", "0"):
        refused(api.post("/jobs/job1/tasks", {**task, "id": "u", "requiredSlots": text}), 400, BAD)


@pytest.mark.parametrize(
    ("body", "name", "reason"),
    [
        ({"value": [{"id": "a", "commandLine": "x"}, 5]}, "value[1]", "It must be an object, not a number"),
        ({"value": [None]}, "value[0]", "It must be an object, not null"),
        ({"value": {}}, "value", "It must be a list, not an object"),
    ],
)
def test_what_is_no_task(api: Any, refused: Refused, body: Any, name: str, reason: str) -> None:
    """A collection of something else."""
    api.job()
    values = refused(api.post("/jobs/job1/addtaskcollection", body), 400, BAD)
    assert (values["PropertyName"], values["Reason"].partition(" (")[0]) == (name, reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The request must have a body"),
        (b" ", "The request must have a body"),
        (b"[]", "The body must be a JSON object"),
        (b"null", "The body must be a JSON object"),
        (b"{", "The body is not JSON: "),
        (b"[" * 200_000, "The body is not JSON: "),
    ],
)
def test_what_is_no_body(api: Any, refused: Refused, body: bytes, reason: str) -> None:
    """What is wrong with it as a whole."""
    api.job()
    values = refused(api.post("/jobs/job1/addtaskcollection", body), 400, "InvalidRequestBody")
    assert values.keys() == {"Reason"}
    assert values["Reason"].startswith(reason)


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from _parts(part)


def test_there_are_words_for_whatever_a_document_can_refuse() -> None:
    """A pattern, a format or a keyword that is new to the specification has its own sentence in `bodies`."""
    contracts = Contracts()
    found = [contracts.get(version) for version in contracts.versions]
    bodies = [one.body.schema for contract in found if contract for one in contract.operations.values() if one.body]
    asked = [{"components": body["components"], **body} for body in bodies]
    reached = [
        part for body in asked for part in _parts(_followed(body["$defs"]["body"], body["components"]["schemas"]))
    ]
    patterns = {part["pattern"] for part in reached if isinstance(part.get("pattern"), str)}
    formats = {part["format"] for part in reached if isinstance(part.get("format"), str)}
    assert patterns
    assert patterns <= set(PATTERN_REASONS)
    assert formats <= set(FORMAT_REASONS)


def _followed(schema: Any, schemas: dict[str, Any]) -> Any:
    """A schema with what it refers to in place of the references; no schema of a request refers to itself."""
    if isinstance(schema, list):
        return [_followed(part, schemas) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _followed(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    return {name: _followed(part, schemas) for name, part in schema.items()}


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
    assert "no operation at this path" in refused(api.get("/certificates"), 404, "ResourceNotFound")["Reason"]


_TASK = b'{"id":"a","commandLine":"x"'
_MILLION = 1_000_000


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"value":[%s]}' % b",".join([b"1"] * 500_000), BAD),
        (b'{"value":[%s}]}' % b"},".join([_TASK] * 35_000), BAD),
        (b'{"value":[%s,"environmentSettings":[%s]}]}' % (_TASK, b",".join([b"1"] * 500_000)), BAD),
        (b'{"value":[%s,"environmentSettings":[%s]}]}' % (_TASK, b",".join([b'{"nme":"x"}'] * 80_000)), NO),
        (b'{"value":[%s,%s}]}' % (_TASK, b",".join(b'"k%d":1' % number for number in range(90_000))), NO),
        (b'{"value":[%s,"%s":1}]}' % (_TASK, b"k" * _MILLION), NO),
        (b'{"value":[%s,"constraints":{"maxWallClockTime":"P%s"}}]}' % (_TASK, b"1" * _MILLION), BAD),
    ],
    ids=["numbers", "tasks", "inner numbers", "inner names", "names", "name", "duration"],
)
def test_a_large_body_is_refused_in_bounded_time(api: Any, refused: Refused, body: bytes, code: str) -> None:
    """A megabyte of errors takes under half a second; building all of them took half a minute."""
    api.job()
    began = time.process_time()
    answer = api.post("/jobs/job1/addtaskcollection", body)
    assert time.process_time() - began < 5
    if answer.status_code == 200:  # only that task is refused
        error = answer.json()["value"][0]["error"]
        assert error["code"] == code
        values = {value["key"]: value["value"] for value in error["values"]}
    else:
        values = refused(answer, 400, code)
    assert all(len(value) < 500 for value in values.values())


@pytest.mark.parametrize("depth", [70, 300, 900])
@pytest.mark.parametrize("inner", [b"", b"null", b'{"id":1}'])
def test_a_body_that_is_nested_deeply(api: Any, refused: Refused, depth: int, inner: bytes) -> None:
    """Refused as such, however deep it is."""
    api.job()
    body = b'{"value":%s%s%s}' % (b"[" * depth, inner, b"]" * depth)
    values = refused(api.post("/jobs/job1/addtaskcollection", body), 400, "InvalidRequestBody")
    assert values["Reason"] == "The body is nested too deeply"


def test_others_do_not_wait_for_a_large_body() -> None:
    """It is checked in a thread."""
    tasks = [{"id": f"t{number}", "commandLine": "x" * 9_000} for number in range(100)]
    with LocalBatch(Settings(run=False)) as batch, ThreadPoolExecutor(4) as pool:
        auth, version = {"Authorization": "Bearer x"}, {"api-version": "2025-06-01"}
        client = httpx.Client(base_url=batch.url, headers=auth, params=version, timeout=30)
        with client:
            client.post("/jobs", json={"id": "j", "poolInfo": {"poolId": "p"}})
            bad = '{"value":[' + ",".join(["1"] * 500_000) + "]}"
            head = {"Content-Type": "application/json"}
            large = [pool.submit(client.post, "/jobs/j/addtaskcollection", content=bad, headers=head) for _ in range(3)]
            good = pool.submit(client.post, "/jobs/j/addtaskcollection", json={"value": tasks})
            assert good.result().status_code == 200
            assert {one.result().status_code for one in large} == {400}
