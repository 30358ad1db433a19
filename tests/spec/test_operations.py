"""The operations, compared with a second table of what the service takes and answers."""

from __future__ import annotations

import pytest
from attrs import frozen

from tests.spec.document import Operation, operations, recorded, spec

ALL = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
DATES = ("If-Modified-Since", "If-Unmodified-Since")
COMMON_QUERY = {"api-version", "timeout", "timeOut"}
COMMON_HEADERS = {"client-request-id", "return-client-request-id", "ocp-date"}
COMMON_ANSWER = {"request-id", "client-request-id", "DataServiceVersion"}
CHANGED = ("ETag", "Last-Modified", "DataServiceId")
FILE = ("ETag", "Last-Modified", "Content-Length", "Content-Type", "ocp-creation-time", "ocp-batch-file-isdirectory",
        "ocp-batch-file-mode", "ocp-batch-file-url")  # fmt: skip


@frozen
class Row:
    line: str
    status: int
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    body: str | None = None
    answer: str | None = None
    answer_headers: tuple[str, ...] = ()


POOL, LIST = "/pools/{poolId}", ("$filter", "$select", "$expand", "maxresults")
TASK, FILES = "/jobs/{jobId}/tasks/{taskId}", "/jobs/{jobId}/tasks/{taskId}/files"
TABLE = {
    "Task_Add": Row("post /jobs/{jobId}/tasks", 201, body="TaskAddParameter", answer_headers=(*CHANGED, "Location")),
    "Task_AddCollection": Row(
        "post /jobs/{jobId}/addtaskcollection", 200, body="TaskAddCollectionParameter",
        answer="TaskAddCollectionResult", answer_headers=("ETag", "Last-Modified"),
    ),
    "Task_Delete": Row(f"delete {TASK}", 200, headers=ALL),
    "Task_Get": Row(f"get {TASK}", 200, ("$select", "$expand"), ALL, answer="CloudTask", answer_headers=CHANGED),
    "Task_List": Row(
        "get /jobs/{jobId}/tasks", 200, ("$filter", "$select", "$expand", "maxresults"), answer="CloudTaskListResult"
    ),
    "Task_ListSubtasks": Row(
        f"get {TASK}/subtasksinfo", 200, ("$select",), answer="CloudTaskListSubtasksResult",
        answer_headers=("ETag", "Last-Modified"),
    ),
    "Task_Reactivate": Row(f"post {TASK}/reactivate", 204, headers=ALL, answer_headers=CHANGED),
    "Task_Terminate": Row(f"post {TASK}/terminate", 204, headers=ALL, answer_headers=CHANGED),
    "Task_Update": Row(f"put {TASK}", 200, headers=ALL, body="TaskUpdateParameter", answer_headers=CHANGED),
    "Job_Add": Row("post /jobs", 201, body="JobAddParameter", answer_headers=(*CHANGED, "Location")),
    "Job_Get": Row(
        "get /jobs/{jobId}", 200, ("$select", "$expand"), ALL, answer="CloudJob",
        answer_headers=("ETag", "Last-Modified"),
    ),
    "Job_List": Row("get /jobs", 200, ("$filter", "$select", "$expand", "maxresults"), answer="CloudJobListResult"),
    "Job_Delete": Row("delete /jobs/{jobId}", 202, ("force",), ALL),
    "Job_Terminate": Row(
        "post /jobs/{jobId}/terminate", 202, ("force",), ALL, "JobTerminateParameter", answer_headers=CHANGED
    ),
    "Job_Patch": Row("patch /jobs/{jobId}", 200, headers=ALL, body="JobPatchParameter", answer_headers=CHANGED),
    "Job_Disable": Row(
        "post /jobs/{jobId}/disable", 202, headers=ALL, body="JobDisableParameter", answer_headers=CHANGED
    ),
    "Job_Enable": Row("post /jobs/{jobId}/enable", 202, headers=ALL, answer_headers=CHANGED),
    "Job_Update": Row("put /jobs/{jobId}", 200, headers=ALL, body="JobUpdateParameter", answer_headers=CHANGED),
    "Job_ListPreparationAndReleaseTaskStatus": Row(
        "get /jobs/{jobId}/jobpreparationandreleasetaskstatus", 200, ("$filter", "$select", "maxresults"),
        answer="CloudJobListPreparationAndReleaseTaskStatusResult",
    ),
    "Job_GetTaskCounts": Row("get /jobs/{jobId}/taskcounts", 200, answer="TaskCountsResult"),
    "File_ListFromTask": Row(
        f"get {FILES}", 200, ("recursive", "$filter", "maxresults"), answer="NodeFileListResult"
    ),
    "File_GetFromTask": Row(
        f"get {FILES}/{{filePath}}", 200, headers=("ocp-range", *DATES), answer="binary", answer_headers=FILE
    ),
    "File_GetPropertiesFromTask": Row(f"head {FILES}/{{filePath}}", 200, headers=DATES, answer_headers=FILE),
    "File_DeleteFromTask": Row(f"delete {FILES}/{{filePath}}", 200, ("recursive",)),
    "Pool_Add": Row("post /pools", 201, body="PoolAddParameter", answer_headers=(*CHANGED, "Location")),
    "Pool_List": Row("get /pools", 200, LIST, answer="CloudPoolListResult"),
    "Pool_Get": Row(f"get {POOL}", 200, ("$select", "$expand"), ALL, answer="CloudPool", answer_headers=CHANGED[:2]),
    "Pool_Exists": Row(f"head {POOL}", 200, headers=ALL, answer_headers=CHANGED[:2]),
    "Pool_Patch": Row(f"patch {POOL}", 200, headers=ALL, body="PoolPatchParameter", answer_headers=CHANGED),
    "Pool_Delete": Row(f"delete {POOL}", 202, headers=ALL),
    "Pool_Resize": Row(f"post {POOL}/resize", 202, headers=ALL, body="PoolResizeParameter", answer_headers=CHANGED),
    "Pool_StopResize": Row(f"post {POOL}/stopresize", 202, headers=ALL, answer_headers=CHANGED),
    "ComputeNode_List": Row(
        f"get {POOL}/nodes", 200, ("$filter", "$select", "maxresults"), answer="ComputeNodeListResult"
    ),
    "ComputeNode_Get": Row(f"get {POOL}/nodes/{{nodeId}}", 200, ("$select",), answer="ComputeNode"),
    "Account_ListSupportedImages": Row(
        "get /supportedimages", 200, ("$filter", "maxresults"), answer="AccountListSupportedImagesResult"
    ),
    "JobSchedule_Add": Row(
        "post /jobschedules", 201, body="JobScheduleAddParameter", answer_headers=(*CHANGED, "Location")
    ),
    "JobSchedule_List": Row("get /jobschedules", 200, LIST, answer="CloudJobScheduleListResult"),
    "Application_List": Row("get /applications", 200, ("maxresults",), answer="ApplicationListResult"),
}  # fmt: skip
each_operation = pytest.mark.parametrize("op", operations(recorded()), ids=lambda o: o.id)


def test_the_operations_are_those_of_the_table() -> None:
    assert {o.id for o in operations(recorded())} == set(TABLE)


@each_operation
def test_verb_path_and_status(op: Operation) -> None:
    row = TABLE[op.id]
    assert f"{op.verb} {op.path}" == row.line
    assert op.success() == str(row.status)


@each_operation
def test_query_parameters_and_request_headers(op: Operation) -> None:
    row = TABLE[op.id]
    assert set(op.parameter_names("query")) == COMMON_QUERY | set(row.query)
    assert set(op.parameter_names("header")) == COMMON_HEADERS | set(row.headers)
    assert op.parameter_names("cookie") == []


@each_operation
def test_bodies(op: Operation) -> None:
    row = TABLE[op.id]
    request, answer = op.request_schema(), op.answer_schema()
    assert request == (row.body and {"$ref": f"#/components/schemas/{row.body}"})
    binary = {"type": "string", "format": "binary"}
    assert answer == (
        binary if row.answer == "binary" else row.answer and {"$ref": f"#/components/schemas/{row.answer}"}
    )


@each_operation
def test_answer_headers(op: Operation) -> None:
    answer = op.responses()[op.success()]
    assert set(answer["headers"]) == COMMON_ANSWER | set(TABLE[op.id].answer_headers)


@each_operation
def test_a_read_under_a_condition_can_answer_304(op: Operation) -> None:
    conditional_read = op.verb in ("get", "head") and "If-Modified-Since" in op.parameter_names("header")
    assert ("304" in op.node["responses"]) == conditional_read
    if conditional_read:
        assert "content" not in op.responses()["304"]


@each_operation
def test_only_the_reason_of_ending_a_job_may_be_left_out(op: Operation) -> None:
    if "requestBody" in op.node:
        assert op.node["requestBody"]["required"] == (op.id != "Job_Terminate")
        assert list(op.node["requestBody"]["content"]) == ["application/json; odata=minimalmetadata"]


def test_formats_of_the_common_headers() -> None:
    parameters = spec()["components"]["parameters"]
    assert parameters["ClientRequestId"]["schema"]["format"] == "uuid"
    assert parameters["ReturnClientRequestId"]["schema"]["type"] == "boolean"
    for name in ("OcpDate", "IfModifiedSince", "IfUnmodifiedSince"):
        assert parameters[name]["schema"]["format"] == "date-time-rfc1123"


def test_ranges_of_the_common_query_parameters() -> None:
    parameters = spec()["components"]["parameters"]
    for name, least, most, default in (("Timeout", 1, 30, 30), ("TimeOut", 1, 30, 30), ("MaxResults", 1, 1000, 1000)):
        schema = parameters[name]["schema"]
        assert (schema["minimum"], schema["maximum"], schema["default"]) == (least, most, default)
        assert (schema["type"], schema["format"]) == ("integer", "int32")
    for name in ("Select", "Expand"):
        assert (parameters[name]["style"], parameters[name]["explode"]) == ("form", False)
        assert parameters[name]["schema"]["type"] == "array"
    assert parameters["ApiVersion"]["required"] is True


def test_what_only_words_can_say() -> None:
    """A default that is not stated, and the two versions that give one operation more time."""
    parameters = spec()["components"]["parameters"]
    assert "default" not in parameters["Force"]["schema"]
    assert (
        "of Task_AddCollection in 2024-02-01.19.0 and 2024-07-01.20.0 one above 120 as 120"
        in parameters["Timeout"]["description"]
    )
