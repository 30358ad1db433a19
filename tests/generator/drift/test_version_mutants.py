"""Every change from one state of our own documents to the next is reported once, judged for requests and answers apart."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import pytest

from generator.diff.compare import compare
from generator.diff.difference import Difference, Direction, gather
from generator.diff.reader import Part, read_api
from generator.diff.source import Document as Read
from generator.document import load, walk
from generator.make import SPEC
from generator.versions import api_versions, project
from tests.generator.drift.mutants import Document, Mutant, applied
from tests.generator.drift.mutations import mutants
from tests.generator.drift.test_mutants import keep_tasks, sample, wrong

OLDEST, *_, NEWEST = api_versions(load(SPEC))
# What each report of a sort of change means to (requests, answers), worst first; a sort that is not here depends on the
# value. What got another name is gone and come.
GONE_AND_COME = (("breaking", "breaking"), ("additive", "additive"))
MEANING: dict[str, tuple[tuple[str | None, str | None], ...]] = {
    "drop operation": (("breaking", None),),
    "rename operation": (("breaking", None),),
    "change verb": (("breaking", None),),
    "add operation": (("additive", None),),
    "deprecate operation": (("documentation", None),),
    "no security": (("breaking", None),),
    "no security of operation": (("breaking", None),),
    "add parameter": (("additive", None),),
    "add required parameter": (("breaking", None),),
    "drop parameter": (("breaking", None),),
    "place of parameter": (("breaking", None),),
    "type of parameter": (("breaking", None),),
    "list style of parameter": (("breaking", None),),
    "drop body": (("breaking", None),),
    "other media type": (("breaking", "breaking"),),
    "second media type": (("additive", "additive"),),
    "add field": (("additive", "additive"),),
    "add required field": (("breaking", "additive"),),
    "drop field": (("breaking", "breaking"),),
    "rename field": GONE_AND_COME,
    "rename required field": (("breaking", "breaking"), ("breaking", "additive")),
    "respell field": (("breaking", "breaking"),),
    "type of field": (("breaking", "breaking"),),
    "required field": (("breaking", "additive"),),
    "optional field": (("additive", "breaking"),),
    "read-only field": (("breaking", None),),
    "write-only field": ((None, "breaking"),),
    "nullable field": (("additive", "breaking"),),
    "deprecate field": (("documentation", "documentation"),),
    "closed object": (("breaking", "additive"),),
    "discriminator": (("breaking", "breaking"),),
    "drop value": (("breaking", "additive"),),
    "add value": (("additive", "additive"),),
    "any value": (("additive", "additive"),),
    "add header": ((None, "additive"),),
    "drop header": ((None, "breaking"),),
    "rename header": GONE_AND_COME,
    "type of header": ((None, "breaking"),),
    "add answer": ((None, "additive"),),
}
DIRECTIONS: tuple[Direction, ...] = ("request", "answer")


@cache
def plain_document(version: str) -> dict[str, Any]:
    return project(load(SPEC), version)


@cache
def facts(version: str) -> Part:
    return read_api(Read(plain_document(version)))


def news(version: str, document: dict[str, Any]) -> list[Difference]:
    return gather(compare(facts(version), read_api(Read(document)), names=True))


def misjudged(mutant: Mutant, found: list[Difference]) -> str:
    """How the severities of the reports differ from what the change means."""
    meant = MEANING.get(mutant.sort)
    bad = [
        (severities[side], want)
        for difference, row in zip(found, meant or (), strict=False)
        for side, want, severities in ((s, w, difference.severities) for s, w in zip(DIRECTIONS, row, strict=True))
        if side in severities and severities[side] != want
    ]
    return f"{mutant}: {bad}" if bad else ""


def judged(before: dict[str, Any], share: float, part: slice) -> int:
    """Judge one mutant of each of some sorts, and return how many they were."""
    known, after = read_api(Read(before)), copy.deepcopy(before)

    def changes() -> list[Difference]:
        return gather(compare(known, read_api(Read(after)), names=True))

    chosen = list(sample(mutants(Document(after, set(known.parts))), share))[part]
    complaints = []
    for mutant in chosen:
        with applied(mutant):
            found = changes()
        complaints += [complaint for complaint in (wrong(mutant, found), misjudged(mutant, found)) if complaint]
    assert complaints == []
    assert changes() == []
    return len(chosen)


@pytest.mark.parametrize(("version", "first"), [(OLDEST, 0), (NEWEST, 1)])
def test_each_sort_of_change_is_reported_once_with_what_it_means(version: str, first: int) -> None:
    """Every second sort in each version; the slow test has all in both."""
    assert judged(keep_tasks(project(load(SPEC), version)), 0.5, slice(first, None, 2)) >= 35


@pytest.mark.slow
@pytest.mark.parametrize(("version", "share"), [(OLDEST, 0.3), (NEWEST, 0.7)])
def test_each_change_is_reported_once_with_what_it_means(version: str, share: float) -> None:
    assert judged(plain_document(version), share, slice(None)) >= 70


def test_an_operation_that_is_called_otherwise_breaks_who_writes_its_name() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    after["paths"]["/jobs/{jobId}/tasks"]["post"]["operationId"] = "Task_Create"
    (found,) = news(NEWEST, after)
    assert (found.kind, found.each("left"), found.each("right")) == ("name", ["Task_Add"], ["Task_Create"])
    assert found.severity == "breaking"


def test_a_parameter_in_a_path_that_is_called_otherwise_breaks_who_writes_its_name() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    after["components"]["parameters"]["JobId"]["name"] = "job"
    paths = {path.replace("{jobId}", "{job}"): item for path, item in after["paths"].items()}
    after["paths"] = paths
    (found,) = news(NEWEST, after)
    assert (found.kind, found.each("left"), found.each("right")) == ("parameter", ["jobId"], ["job"])


def test_other_descriptions_change_nothing() -> None:
    after = copy.deepcopy(plain_document(NEWEST))
    changed = 0
    for trail, node in walk(after):
        if isinstance(node.get("description"), str) and "examples" not in trail:
            node["description"] = "Entirely other words."
            changed += 1
    assert changed > 400
    assert news(NEWEST, after) == []


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
