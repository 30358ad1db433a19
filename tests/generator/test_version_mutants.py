"""Every change from one state of our own documents to the next is reported once, judged for requests and answers apart."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from generator.commands.changes import OURS
from generator.diff.compare import compare
from generator.diff.difference import Difference, gather
from generator.diff.reader import Api, read_api
from generator.diff.source import Document as Read
from generator.document import load, walk
from generator.make import SPEC
from generator.versions import api_versions, project
from tests.generator.mutants import Document, Mutant, applied
from tests.generator.mutations import mutants
from tests.generator.test_drift_mutants import sample, wrong

OLDEST, *_, NEWEST = api_versions(load(SPEC))
# What each sort of change means to (requests, answers); a sort that is not here depends on the value.
MEANING = {
    "drop operation": ("breaking", None),
    "rename operation": ("breaking", None),
    "change verb": ("breaking", None),
    "add operation": ("additive", None),
    "add parameter": ("additive", None),
    "add required parameter": ("breaking", None),
    "drop parameter": ("breaking", None),
    "rename parameter": ("breaking", None),
    "place of parameter": ("breaking", None),
    "type of parameter": ("breaking", None),
    "drop body": ("breaking", None),
    "add field": ("additive", "additive"),
    "add required field": ("breaking", "additive"),
    "drop field": ("breaking", "breaking"),
    "rename field": ("breaking", "breaking"),
    "type of field": ("breaking", "breaking"),
    "required field": ("breaking", "additive"),
    "optional field": ("additive", "breaking"),
    "read-only field": ("breaking", "documentation"),
    "drop value": ("breaking", "additive"),
    "add value": ("additive", "additive"),
    "rename value": ("breaking", "additive"),
    "add header": (None, "additive"),
    "drop header": (None, "breaking"),
    "rename header": (None, "breaking"),
    "type of header": (None, "breaking"),
    "add answer": (None, "additive"),
    "change status": (None, "breaking"),
}


@cache
def plain_document(version: str) -> dict[str, Any]:
    return project(load(SPEC), version)


@cache
def facts(version: str) -> Api:
    return read_api(Read(plain_document(version)))


def news(version: str, document: dict[str, Any]) -> list[Difference]:
    return gather(compare(facts(version), read_api(Read(document)), OURS))


def misjudged(mutant: Mutant, found: list[Difference]) -> str:
    """How the severities of a report differ from what the change means."""
    meant = MEANING.get(mutant.sort)
    if meant is None or len(found) != 1:
        return ""
    severities = found[0].severities
    pairs = zip(("request", "answer"), meant, strict=True)
    bad = [(side, severities[side], want) for side, want in pairs if side in severities and severities[side] != want]
    return f"{mutant}: {bad}" if bad else ""


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_each_change_is_reported_once_with_what_it_means(version: str) -> None:
    after = copy.deepcopy(plain_document(version))
    judged, complaints = 0, []
    for mutant in sample(mutants(Document(after, set(facts(version).operations)))):
        with applied(mutant):
            found = news(version, after)
        complaints += [complaint for complaint in (wrong(mutant, found), misjudged(mutant, found)) if complaint]
        judged += 1
    assert complaints == []
    assert judged >= 110
    assert news(version, after) == []


def test_an_operation_that_is_called_otherwise_breaks_who_writes_its_name() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    after["paths"]["/jobs/{jobId}/tasks"]["post"]["operationId"] = "Task_Create"
    (found,) = news(NEWEST, after)
    assert (found.kind, found.first.left, found.first.right) == ("name", "Task_Add", "Task_Create")
    assert found.severity == "breaking"


def test_a_parameter_in_a_path_that_is_called_otherwise_breaks_who_writes_its_name() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    after["components"]["parameters"]["JobId"]["name"] = "job"
    paths = {path.replace("{jobId}", "{job}"): item for path, item in after["paths"].items()}
    after["paths"] = paths
    (found,) = news(NEWEST, after)
    assert (found.kind, found.first.left, found.first.right) == ("parameter", "jobId", "job")


def test_words_alone_are_documentation() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    changed = 0
    for trail, node in walk(after):
        if isinstance(node.get("description"), str) and "examples" not in trail:
            node["description"] = "Entirely other words."
            changed += 1
    found = news(NEWEST, after)
    assert changed > 400
    assert {(difference.kind, difference.severity) for difference in found} == {("text", "documentation")}
    assert len(found) > 300


@pytest.mark.parametrize(
    ("limit", "before", "after", "severity"),
    [
        ("maxLength", 64, 32, "breaking"),
        ("maxLength", 64, 128, "additive"),
        ("minLength", 1, 2, "breaking"),
        ("minLength", 2, 1, "additive"),
        ("maxLength", None, 64, "breaking"),
        ("maxLength", 64, None, "additive"),
        ("pattern", "^a$", "^b$", "breaking"),
        ("default", "a", "b", "breaking"),
        ("default", None, "b", "documentation"),
        ("format", "date-time", "duration", "breaking"),
        ("format", None, "uri", "documentation"),
        ("deprecated", None, True, "documentation"),
        ("nullable", None, True, "additive"),
    ],
)
def test_limits_and_the_rest_are_judged_by_whether_a_request_may_say_less(
    limit: str, before: Any, after: Any, severity: str
) -> None:
    documents = []
    for value in (before, after):
        schema = {"type": "string"} if value is None else {"type": "string", limit: value}
        body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"p": schema}}}}}
        post = {"operationId": "A", "requestBody": body, "responses": {}}
        documents.append(Read({"openapi": "3.0.0", "info": {}, "paths": {"/a": {"post": post}}}))
    (found,) = compare(read_api(documents[0]), read_api(documents[1]))
    assert (found.kind, found.left, found.right, found.severity) == (limit, before, after, severity)
    assert str(found.place) == "A request p"
