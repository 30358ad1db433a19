"""Every example is what the document says: address, headers and bodies are checked against their schemas, formats too."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from tests.spec.document import Operation, operation, operations, resolve, spec

HTTP_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z")
FORMATS = FormatChecker(formats=())
each_operation = pytest.mark.parametrize("op", operations(), ids=lambda o: o.id)


FORMATS.checks("date-time-rfc1123")(lambda text: HTTP_DATE.fullmatch(text) is not None)
FORMATS.checks("duration")(lambda text: DURATION.fullmatch(text) is not None)
FORMATS.checks("date-time")(lambda text: DATE_TIME.fullmatch(text) is not None)
FORMATS.checks("uri")(lambda text: urlsplit(text).scheme == "https" and " " not in text)
FORMATS.checks("uuid", raises=ValueError)(lambda text: str(UUID(text)) == text)
FORMATS.checks("int64")(lambda value: -(2**63) <= int(value) < 2**63)
FORMATS.checks("int32")(lambda value: -(2**31) <= value < 2**31)


def as_written(node: Any) -> Any:
    """The schemas as the wire has them: enums take what the service writes too, and objects take no unknown member."""
    if isinstance(node, list):
        return [as_written(value) for value in node]
    if not isinstance(node, dict):
        return node
    schema = {key: as_written(value) for key, value in node.items()}
    if isinstance(schema.get("enum"), list):
        schema["enum"] = [*schema["enum"], *schema.get("x-written-as", {}).values()]
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        schema["additionalProperties"] = False
    return schema


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    parts = {name: as_written(part) for name, part in spec()["components"]["schemas"].items()}
    whole = {**as_written(schema), "components": {"schemas": parts}}
    validator = Draft202012Validator(whole, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def text_problems(schema: dict[str, Any], text: str) -> list[str]:
    """The same for a value that travels as text in an address or a header."""
    schema = resolve(schema)
    value: Any = text
    if schema["type"] == "array":
        value = text.split(",")
    elif schema["type"] == "boolean":
        value = {"true": True, "false": False}[text]
    elif schema["type"] == "integer":
        value = int(text)
    return problems(schema, value)


def bodies(holder: dict[str, Any]) -> list[Any]:
    (media,) = holder["content"].values()
    return [resolve(example)["value"] for example in media["examples"].values()]


@each_operation
def test_every_operation_shows_one_request_and_one_answer(op: Operation) -> None:
    assert set(op.node["x-example"]) == {"request", "answer"}
    assert "requestBody" not in op.node or len(bodies(op.node["requestBody"])) == 1
    answer = op.responses()[op.success()]
    assert "content" not in answer or len(bodies(answer)) == 1


@each_operation
def test_the_address_of_the_request(op: Operation) -> None:
    verb, _, target = op.node["x-example"]["request"]["line"].partition(" ")
    address = urlsplit(target)
    match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", op.path), address.path)
    assert verb == op.verb.upper()
    assert match is not None
    by_name = {(p["in"], p["name"]): p["schema"] for p in op.parameters()}
    for name, value in match.groupdict().items():
        assert text_problems(by_name["path", name], unquote(value)) == []
    query = parse_qsl(address.query, keep_blank_values=True, strict_parsing=True)
    version = dict(query)["api-version"]
    assert version in spec()["info"]["x-api-versions"]
    assert op.node.get("x-since", "") <= version < op.node.get("x-until", "9")
    for name, value in query:
        assert text_problems(by_name["query", name], value) == []


@each_operation
def test_the_headers_of_the_request(op: Operation) -> None:
    schemas = {p["name"]: p["schema"] for p in op.parameters() if p["in"] == "header"}
    headers = dict(op.node["x-example"]["request"]["headers"])
    content_type = headers.pop("Content-Type", None)
    assert content_type == (next(iter(op.node["requestBody"]["content"])) if "requestBody" in op.node else None)
    assert "ocp-date" in headers
    for name, value in headers.items():
        assert text_problems(schemas[name], value) == [], name


@each_operation
def test_status_and_headers_of_the_answer(op: Operation) -> None:
    example = op.node["x-example"]["answer"]
    declared = op.responses()[str(example["status"])]
    assert str(example["status"]) == op.success()
    assert {"request-id", "DataServiceVersion"} <= set(example["headers"])
    for name, value in example["headers"].items():
        assert text_problems(resolve(declared["headers"][name])["schema"], value) == [], name


@each_operation
def test_an_answer_shows_every_header_that_is_known_to_come(op: Operation) -> None:
    declared = {name: resolve(node) for name, node in op.responses()[op.success()]["headers"].items()}
    sometimes = {"client-request-id", "ocp-creation-time", "Content-Length"}
    known = {name for name, node in declared.items() if "x-unconfirmed" not in node and "x-since" not in node}
    assert known - sometimes <= set(op.node["x-example"]["answer"]["headers"])


@each_operation
def test_bodies_fit_their_schemas(op: Operation) -> None:
    holders = [op.node["requestBody"]] if "requestBody" in op.node else []
    holders += [response for response in op.responses().values() if "content" in response]
    for holder in holders:
        (media,) = holder["content"].values()
        assert media["examples"]
        for value in bodies(holder):
            assert problems(media["schema"], value) == []


@each_operation
def test_body_and_headers_of_an_answer_agree(op: Operation) -> None:
    answer = op.responses()[op.success()]
    headers = op.node["x-example"]["answer"]["headers"]
    value = bodies(answer)[0] if "content" in answer else {}
    if "ETag" in headers and "eTag" in value:
        assert headers["ETag"] == value["eTag"]


METADATA = {
    "Task_List": "tasks",
    "Task_Get": "tasks/@Element",
    "Task_AddCollection": "taskaddresult",
    "Task_ListSubtasks": "subtaskinfo",
    "Job_List": "jobs",
    "Job_Get": "jobs/@Element",
    "Job_GetTaskCounts": "taskcountsresult/@Element",
    "Job_ListPreparationAndReleaseTaskStatus": "jobpreparationandreleasetaskstatuslist",
    "File_ListFromTask": "files",
}


@pytest.mark.parametrize("name", METADATA)
def test_the_type_of_an_answer_is_the_recorded_one(name: str) -> None:
    op = operation(name)
    (value,) = bodies(op.responses()[op.success()])
    assert value["odata.metadata"].rpartition("#")[2] == METADATA[name]


def test_the_check_sees_what_is_wrong() -> None:
    task = {"$ref": "#/components/schemas/TaskAddParameter"}
    result = {"$ref": "#/components/schemas/TaskAddResult"}
    assert problems(task, {"id": "t1", "commandLine": "true"}) == []
    assert len(problems(task, {"id": "t 1"})) == 2
    assert problems(task, {"id": "t1", "commandLine": "true", "commandline": "x"})
    assert problems(task, {"id": "t1", "commandLine": "true", "constraints": {"retentionTime": "7 days"}})
    assert problems(result, {"status": "ClientError"}) == []
    assert problems(result, {"status": "nonsense"})
    assert problems(result, {"lastModified": "yesterday"})
    assert text_problems({"type": "string", "format": "date-time-rfc1123"}, "2024-01-05T07:16:39Z")
    assert text_problems({"type": "string", "format": "uuid"}, "{9c4d50ee-2d56-4cd3-8152-34347dc9f2b0}")
