"""Every change of an upstream-shaped description is reported once, in its place, and nothing else is.

A sample of the mutants is judged here; with ALL_MUTANTS=1 in the environment all of them are (some minutes).
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from attrs import frozen

from generator.diff.compare import compare
from generator.diff.difference import Difference, Finding, gather, without
from generator.diff.reader import Api, read_api
from generator.diff.source import Document as Read
from generator.document import load, walk
from generator.make import SPEC
from generator.versions import project
from tests.generator.mutants import Document, Mutant, applied
from tests.generator.mutations import mutants
from tests.generator.upstream import VERSIONS, upstream_like

AREAS = {"jobs"}
EVERY = os.environ.get("ALL_MUTANTS") == "1"
OF_EACH_SORT = 3
# Sorts that only say or unsay something, which can make upstream say what ours does.
SAYINGS = {"required field", "optional field", "read-only field", "writable field"}


@frozen
class Case:
    """One version: ours, upstream's, and how they differ before anything is changed."""

    ours: Api
    upstream: dict[str, Any]
    before: list[Finding]
    document: Document

    def findings(self) -> list[Finding]:
        return compare(self.ours, read_api(Read(self.upstream), AREAS))

    def news(self) -> list[Difference]:
        """What is reported now and was not before."""
        return gather(without(self.findings(), self.before))

    def drifts(self, mutant: Mutant) -> bool:
        """Whether a mutant takes upstream away from ours, and does not bring it nearer."""
        if mutant.sort not in SAYINGS and not mutant.sort.startswith("drop format"):
            return True
        return not any(
            f.kind == mutant.kind
            and f.right_pointer in mutant.pointers
            and (f.kind != "required" or f.place.way[-1] == mutant.name)
            for f in self.before
        )


@cache
def case(version: str) -> Case:
    ours = read_api(Read(project(load(SPEC), version)))
    upstream = upstream_like(version)
    before = compare(ours, read_api(Read(upstream), AREAS))
    things = ("field", "header", "operation", "answer", "parameter")
    foreign = {f.right_pointer for f in before if f.left is None and f.kind in things}
    return Case(ours, upstream, before, Document(upstream, set(ours.operations), foreign))


def sample(found: Iterable[Mutant], of_each: int = OF_EACH_SORT) -> Iterator[Mutant]:
    """Some of each sort, spread over the document."""
    sorts: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in found:
        sorts[mutant.sort].append(mutant)
    for listed in sorts.values():
        yield from listed if EVERY else listed[:: max(1, -(-len(listed) // of_each))]


def wrong(mutant: Mutant, news: list[Difference]) -> str:
    """What is wrong with a report, empty when it is one difference of that kind, in that place, by that name."""
    if len(news) != 1:
        return f"{mutant}: {len(news)} reports: {[(n.kind, n.name) for n in news]}"
    (found,) = news
    said = (found.name, *found.places, str(found.first.left), str(found.first.right))
    names = {mutant.name, mutant.other_name or mutant.name}
    if found.kind != mutant.kind or not any(name in words for words in said for name in names):
        return f"{mutant}: reported as {found.kind} {said}"
    if not set(found.right_pointers) & set(mutant.pointers):
        return f"{mutant}: reported at {found.right_pointers}"
    return ""


@pytest.mark.parametrize("version", VERSIONS)
def test_each_change_is_reported_once_and_nothing_else_is(version: str) -> None:
    # The versions differ little: more of each sort for one, every sort for all.
    of_each = OF_EACH_SORT if version == VERSIONS[-1] else 1
    this = case(version)
    judged, complaints = 0, []
    for mutant in sample((m for m in mutants(this.document) if this.drifts(m)), of_each):
        with applied(mutant):
            complaints += [complaint for complaint in [wrong(mutant, this.news())] if complaint]
        judged += 1
    assert complaints == []
    assert judged >= of_each * 40
    assert this.news() == []


@pytest.mark.parametrize("version", VERSIONS)
def test_every_kind_of_change_is_among_the_mutants(version: str) -> None:
    sorts = {mutant.sort for mutant in mutants(case(version).document)}
    things = ("operation", "parameter", "header", "field", "value", "answer")
    assert {f"{change} {thing}" for thing in things[:5] for change in ("drop", "add", "rename")} <= sorts
    assert {"drop answer", "add answer", "change status", "change verb", "place of parameter", "drop body"} <= sorts
    for what in ("parameter", "header", "field"):
        assert {f"{change} of {what}" for change in ("type", "format", "limit")} <= sorts
    assert {"required field", "required of parameter", "required of body", "read-only field"} <= sorts


@pytest.mark.parametrize("version", VERSIONS)
def test_words_and_extensions_of_others_are_no_drift(version: str) -> None:
    changed = 0
    upstream = upstream_like(version)
    for _, node in list(walk(upstream)):
        named = {"description", "summary", "title", "tags"} & set(node)
        for key in named:
            if isinstance(node[key], str):
                node[key] = "Entirely other words."
                changed += 1
        if "type" in node and isinstance(node["type"], str):
            node["description"] = "Words where there were none."
            node["x-ms-client-name"] = "elsewhere"
            changed += 1
    assert changed > 1000
    assert list(without(compare(case(version).ours, read_api(Read(upstream), AREAS)), case(version).before)) == []


def test_operations_of_the_rest_of_the_service_do_not_count() -> None:
    upstream = upstream_like(VERSIONS[0])
    outside = [path for path in upstream["paths"] if not path.startswith("/jobs/") and path != "/jobs"]
    assert len(outside) > 50
    for path in outside:
        del upstream["paths"][path]
    assert compare(case(VERSIONS[0]).ours, read_api(Read(upstream), AREAS)) == case(VERSIONS[0]).before
