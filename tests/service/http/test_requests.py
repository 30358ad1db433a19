"""What holds for every request: versions, paths, parameters, bodies, limits, headers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from batchtasks_local.http.contract.documents import Contracts

Refused = Callable[[httpx.Response, int, str], dict[str, str]]
TASK = {"id": "t", "commandLine": "x"}


def test_api_version(api: Any, refused: Refused) -> None:
    """Needed, known, in any letter case."""
    values = refused(api.get("/jobs", bare=True), 400, "MissingRequiredQueryParameter")
    assert values == {"QueryParameterName": "api-version"}
    values = refused(api.get("/jobs?api-version=2030-01-01"), 400, "UnsupportedRequestVersion")
    assert "2025-06-01" in values["Reason"]
    assert api.get("/jobs?API-Version=2022-01-01.15.0").status_code == 200
    assert api.get("/jobs?api-version=2023-05-01.17.0").status_code == 200


def test_a_member_that_the_version_lacks(api: Any, refused: Refused) -> None:
    """UnsupportedProperty that names it; a newer version takes it."""
    api.job()
    body = {**TASK, "containerSettings": {"imageName": "i", "containerHostBatchBindMounts": []}}
    values = refused(api.post("/jobs/job1/tasks?api-version=2024-02-01.19.0", body), 400, "UnsupportedProperty")
    assert values["PropertyName"] == "containerSettings/containerHostBatchBindMounts"
    assert api.post("/jobs/job1/tasks?api-version=2024-07-01.20.0", body).status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/certificates", 404, "ResourceNotFound"),
        ("GET", "/jobs/job1/nothing", 404, "ResourceNotFound"),
        ("GET", "/jobs/job1/tasks/t0/nothing", 404, "ResourceNotFound"),
        ("GET", "/jobs//tasks", 404, "ResourceNotFound"),
        ("GET", "/jobs/job1/tasks/t0/files/", 404, "ResourceNotFound"),
        ("PUT", "/jobs/job1/taskcounts", 405, "UnsupportedHttpVerb"),
        ("DELETE", "/jobs", 405, "UnsupportedHttpVerb"),
        ("GET", "/jobs/%FF", 400, "RequestUrlFailedToParse"),
        ("GET", "/jobs?$filter=%FF", 400, "RequestUrlFailedToParse"),
        ("GET", "/jobs/job%3A1", 404, "JobNotFound"),
        ("GET", "/jobs/job1/tasks/Task_%C3%A9%20b", 404, "JobNotFound"),
    ],
)
def test_paths(api: Any, refused: Refused, method: str, path: str, status: int, code: str) -> None:
    """What is not there, and what cannot be done with it."""
    refused(api.send(method, path), status, code)


def test_verbs_are_told(api: Any) -> None:
    """405 names what may be done."""
    assert api.send("PUT", "/jobs").headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("query", "code", "name"),
    [
        ("maxresults=0", "OutOfRangeQueryParameterValue", "maxresults"),
        ("maxresults=1001", "OutOfRangeQueryParameterValue", "maxresults"),
        ("maxresults=ten", "InvalidQueryParameterValue", "maxresults"),
        ("maxresults=", "InvalidQueryParameterValue", "maxresults"),
        ("timeout=0", "OutOfRangeQueryParameterValue", "timeout"),
        ("timeOut=x", "InvalidQueryParameterValue", "timeOut"),
        ("colour=red", "UnsupportedQueryParameter", "colour"),
        ("maxresults=1&maxresults=2", "InvalidQueryParameterValue", "maxresults"),
    ],
)
def test_query_parameters(api: Any, refused: Refused, query: str, code: str, name: str) -> None:
    """Each refusal names the parameter."""
    assert refused(api.get(f"/jobs?{query}"), 400, code)["QueryParameterName"] == name


@pytest.mark.parametrize("query", ["timeout=30", "timeOut=20", "timeout=900", "MaxResults=5", "$Select=id"])
def test_names_in_any_case_and_long_timeouts(api: Any, query: str) -> None:
    """Both spellings of the server timeout; more than thirty seconds counts as thirty."""
    assert api.get(f"/jobs?{query}").status_code == 200


def test_flags(api: Any, refused: Refused) -> None:
    """true or false."""
    refused(api.send("DELETE", "/jobs/job1?force=maybe"), 400, "InvalidQueryParameterValue")


@pytest.mark.parametrize(
    "type_",
    [
        "application/json",
        "application/json; odata=minimalmetadata",
        "Application/JSON;odata=minimalmetadata; charset=utf-8",
        None,
    ],
)
def test_content_types(api: Any, type_: str | None) -> None:
    """JSON with any parameters, or no type at all."""
    headers = {"Content-Type": type_} if type_ else {}
    answer = api.send("POST", "/jobs", headers=headers, content=b'{"id": "j", "poolInfo": {"poolId": "p"}}')
    assert answer.status_code == 201


def test_other_content_types(api: Any, refused: Refused) -> None:
    """Refused, with the header's value."""
    answer = api.send("POST", "/jobs", content=b"id=1", headers={"Content-Type": "application/x-www-form-urlencoded"})
    values = refused(answer, 400, "InvalidHeaderValue")
    assert (values["HeaderName"], values["HeaderValue"]) == ("Content-Type", "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("body", "code", "name"),
    [
        (b"", "InvalidRequestBody", None),
        (b"{", "InvalidRequestBody", None),
        (b"[]", "InvalidRequestBody", None),
        (b"\xff", "InvalidRequestBody", None),
        (b"[" * 2000 + b"null", "InvalidRequestBody", None),
        (b'{"a":' * 1000 + b"null" + b"}" * 1000, "InvalidRequestBody", None),
        ({"commandLine": "x"}, "MissingRequiredProperty", "id"),
        ({"id": "t"}, "MissingRequiredProperty", "commandLine"),
        ({"id": None, "commandLine": "x"}, "MissingRequiredProperty", "id"),
        ({**TASK, "ID": "t"}, "UnsupportedProperty", "ID"),
        ({"id": "a b", "commandLine": "x"}, "InvalidPropertyValue", "id"),
        ({"id": "ä", "commandLine": "x"}, "InvalidPropertyValue", "id"),
        ({"id": "x" * 65, "commandLine": "x"}, "InvalidPropertyValue", "id"),
        ({"id": 5, "commandLine": "x"}, "InvalidPropertyValue", "id"),
        ({"id": "t\n", "commandLine": "x"}, "InvalidPropertyValue", "id"),
        ({**TASK, "displayName": "x" * 1025}, "InvalidPropertyValue", "displayName"),
        ({**TASK, "requiredSlots": 0}, "InvalidPropertyValue", "requiredSlots"),
        ({**TASK, "requiredSlots": 2**31}, "InvalidPropertyValue", "requiredSlots"),
        (
            {**TASK, "constraints": {"maxWallClockTime": "1 hour"}},
            "InvalidPropertyValue",
            "constraints/maxWallClockTime",
        ),
        (
            {**TASK, "constraints": {"maxWallClockTime": "P-1D"}},
            "InvalidPropertyValue",
            "constraints/maxWallClockTime",
        ),
        ({**TASK, "constraints": {"maxTaskRetryCount": -2}}, "InvalidPropertyValue", "constraints/maxTaskRetryCount"),
        (
            {**TASK, "environmentSettings": [{"name": "a"}, {"value": "b"}]},
            "MissingRequiredProperty",
            "environmentSettings[1]/name",
        ),
        (
            {**TASK, "userIdentity": {"autoUser": {"scope": "me"}}},
            "InvalidPropertyValue",
            "userIdentity/autoUser/scope",
        ),
        ({**TASK, "userIdentity": {"autoUser": {}, "username": "u"}}, "InvalidPropertyValue", "userIdentity"),
        ({**TASK, "resourceFiles": [{"filePath": "x"}]}, "InvalidPropertyValue", "resourceFiles[0]"),
        (
            {**TASK, "resourceFiles": [{"httpUrl": "http://x/y"}]},
            "MissingRequiredProperty",
            "resourceFiles[0]/filePath",
        ),
    ],
)
def test_bodies(api: Any, refused: Refused, body: Any, code: str, name: str | None) -> None:
    """Each refusal names the property and says what is wrong; nothing is added."""
    api.job()
    values = refused(api.post("/jobs/job1/tasks", body), 400, code)
    assert values.get("PropertyName") == name
    assert values["Reason"]
    assert api.get("/jobs/job1/tasks").json()["value"] == []


def test_reasons_list_the_choices(api: Any, refused: Refused) -> None:
    """The error for a value outside an enum lists the values."""
    body = {"id": "j", "poolInfo": {"poolId": "p"}, "onTaskFailure": "explode"}
    values = refused(api.post("/jobs", body), 400, "InvalidPropertyValue")
    assert values["PropertyValue"] == "explode"
    assert values["Reason"] == "It must be one of noaction, performexitoptionsjobaction"


def test_body_limit(api: Any, refused: Refused) -> None:
    """1,048,576 bytes pass, one more is 413 with the limit."""
    api.job()
    empty = len(b'{"id":"t","commandLine":""}')
    fits = b'{"id":"t","commandLine":"' + b"x" * (1_048_576 - empty) + b'"}'
    values = refused(api.post("/jobs/job1/tasks", fits + b" "), 413, "RequestBodyTooLarge")
    assert values == {"MaxLimit": "1048576"}
    assert api.post("/jobs/job1/tasks", fits).status_code == 201


def test_body_limit_without_a_length(api: Any, refused: Refused) -> None:
    """A body in chunks is counted as it comes."""

    async def chunks() -> Any:
        for _ in range(20):
            yield b" " * 65_536

    headers = {"Content-Type": "application/json"}
    refused(api.send("POST", "/jobs", content=chunks(), headers=headers), 413, "RequestBodyTooLarge")


def test_client_request_id(api: Any) -> None:
    """Repeated only when asked for."""
    name = "5d1f5a0e-9a55-4c5c-9c5d-2f8d6f3b1c11"
    assert "client-request-id" not in api.get("/jobs", headers={"client-request-id": name}).headers
    both = {"client-request-id": name, "return-client-request-id": "True"}
    assert api.get("/jobs", headers=both).headers["client-request-id"] == name
    assert api.get("/nothing", headers=both).headers["client-request-id"] == name


@pytest.mark.parametrize("name", ["{5d1f5a0e-9a55-4c5c-9c5d-2f8d6f3b1c11}", "mine", "", "ä"])
def test_client_request_id_must_be_a_guid(api: Any, refused: Refused, name: str) -> None:
    """Plain, without braces; another one is refused and not repeated."""
    headers = {"client-request-id": name.encode(), "return-client-request-id": b"true"}
    answer = api.get("/jobs", headers=headers)
    assert refused(answer, 400, "InvalidHeaderValue")["HeaderName"] == "client-request-id"
    assert "client-request-id" not in answer.headers


def test_request_ids_differ(api: Any) -> None:
    """Each answer has its own."""
    assert api.get("/jobs").headers["request-id"] != api.get("/jobs").headers["request-id"]


def test_a_strange_host_is_refused(api: Any, refused: Refused) -> None:
    """The host goes into links, so it must look like one."""
    refused(api.get("/jobs", headers={"Host": "a b<c>"}), 400, "InvalidHeaderValue")


def test_links_use_the_host_of_the_request(make_api: Any) -> None:
    """A client that reaches the service by another name gets links that it can follow."""
    api = make_api(key="c2VjcmV0")
    api.job()
    answer = api.get("/jobs/job1", headers={"Host": "batch.example:81"})
    assert answer.json()["url"] == "http://batch.example:81/jobs/job1"


def test_long_urls(make_api: Any, refused: Refused) -> None:
    """There is a limit."""
    api = make_api(max_header=1000)
    refused(api.get(f"/jobs?$filter={'x' * 1000}"), 400, "RequestUrlFailedToParse")


def test_an_error_inside_is_500_and_logged(api: Any, refused: Refused, caplog: pytest.LogCaptureFixture) -> None:
    """The client learns the request id; the log has the rest."""
    api.context.store.close()
    answer = api.get("/jobs")
    refused(answer, 500, "InternalError")
    assert answer.headers["request-id"] in caplog.text
    assert "closed" in caplog.text
    assert "closed" not in answer.text


def test_an_encoded_body(api: Any, refused: Refused) -> None:
    """It would have to be decoded within the limits, and no client of the service sends one."""
    api.job()
    task = {"id": "t", "commandLine": "true"}
    values = refused(api.post("/jobs/job1/tasks", task, headers={"Content-Encoding": "gzip"}), 400, "UnsupportedHeader")
    assert (values["HeaderName"], values["HeaderValue"]) == ("Content-Encoding", "gzip")
    assert api.post("/jobs/job1/tasks", task, headers={"Content-Encoding": "Identity"}).status_code == 201


@pytest.mark.parametrize("version", ["2020-09-01.12.0", "2021-06-01.14.0", "2023-05-01.17.0"])
def test_older_versions_are_answered(api: Any, caplog: pytest.LogCaptureFixture, version: str) -> None:
    """With the nearest document, and the log says so once: the quickstart pins azure-batch 11.0.0 (2021-06-01.14.0)."""
    documents = Contracts()
    for _ in range(2):
        assert documents.get(version) is not None
    assert [record.getMessage() for record in caplog.records if version in record.getMessage()] == [
        f"a client asks for api-version {version}; it is answered as 2022-01-01.15.0"
    ]
    api.job()
    assert api.get(f"/jobs/job1?api-version={version}").status_code == 200


def test_still_older_versions_are_refused(api: Any, refused: Refused) -> None:
    """As versions that nobody has published."""
    for version in ("2019-08-01.10.0", "2021-06-01.15.0", "2027-01-01"):
        refused(api.get(f"/jobs?api-version={version}"), 400, "UnsupportedRequestVersion")


def test_bodies_are_chunked_and_errors_have_a_length(api: Any) -> None:
    """Recorded: every 200 with a body is chunked; a HEAD that fails has neither a length nor a Content-Type."""
    api.job()
    assert "content-length" not in api.get("/jobs/job1").headers
    missing = api.get("/jobs/nope")
    assert missing.headers["content-length"] == str(len(missing.content))
    head = api.send("HEAD", "/jobs/job1/tasks/nope/files/x")
    assert head.status_code == 404
    assert not {"content-length", "content-type"} & head.headers.keys()


def test_members_come_in_the_recorded_order(api: Any) -> None:
    """At every level, whatever the sender's."""
    metadata = [{"value": "v", "name": "n"}]
    api.job(usesTaskDependencies=True, onTaskFailure="performexitoptionsjobaction", metadata=metadata)
    body = {
        "requiredSlots": 1,
        "exitConditions": {
            "default": {"dependencyAction": "block", "jobAction": "none"},
            "exitCodes": [{"exitOptions": {"jobAction": "none"}, "code": 1}],
        },
        "multiInstanceSettings": {"coordinationCommandLine": "x", "numberOfInstances": 2},
        "environmentSettings": [{"value": "b", "name": "a"}],
        "userIdentity": {"autoUser": {"elevationLevel": "admin", "scope": "task"}},
        "outputFiles": [
            {
                "uploadOptions": {"uploadCondition": "taskSuccess"},
                "destination": {"container": {"path": "p", "containerUrl": "http://x/c"}},
                "filePattern": "*",
            }
        ],
        "commandLine": "x",
        "id": "t",
    }
    assert api.post("/jobs/job1/tasks", body).status_code == 201
    task = api.get("/jobs/job1/tasks/t").json()
    assert list(task["exitConditions"]) == ["exitCodes", "default"]
    assert list(task["exitConditions"]["exitCodes"][0]) == ["code", "exitOptions"]
    assert list(task["exitConditions"]["default"]) == ["jobAction", "dependencyAction"]
    assert list(task["multiInstanceSettings"]) == ["numberOfInstances", "coordinationCommandLine"]
    assert list(task["environmentSettings"][0]) == ["name", "value"]
    assert list(task["userIdentity"]["autoUser"]) == ["scope", "elevationLevel"]
    assert list(task["outputFiles"][0]) == ["filePattern", "destination", "uploadOptions"]
    assert list(api.get("/jobs/job1").json()["metadata"][0]) == ["name", "value"]
    order = list(api.get("/jobs/job1").json())
    assert order[order.index("poolInfo") :] == [
        "poolInfo", "metadata", "executionInfo", "onAllTasksComplete", "onTaskFailure",
    ]  # fmt: skip
