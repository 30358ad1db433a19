"""Every change of an upstream-shaped description is reported once, in its place, and nothing else is.

One mutant of each sort is judged, in one of the forms that have room for it. The slow tests judge one of each sort in each
form; with ALL_MUTANTS=1 in the environment they judge all (some minutes).
"""

from __future__ import annotations

import itertools
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from attrs import frozen

from generator.diff.compare import compare
from generator.diff.difference import Difference, Finding, gather
from generator.diff.reader import Part, read_api
from generator.diff.source import Document as Read
from generator.document import load
from generator.make import SPEC
from generator.versions import project
from tests.generator.drift.mutants import Document, Mutant, Report, applied
from tests.generator.drift.mutations import mutants
from tests.generator.drift.upstream import BY_HAND, FORMS, upstream_like

AREAS = {"jobs"}
EVERY = os.environ.get("ALL_MUTANTS") == "1"
# Sorts that only say or unsay something, which can make upstream say what ours does.
SAYINGS = {
    "required field", "optional field", "read-only field", "writable field", "any value", "field that is shown only",
}  # fmt: skip
NOW_SAID = ("drop format", "minLength", "minItems", "pattern", "uniqueItems")


@frozen
class Case:
    """One version in one form: ours, upstream's, and how they differ before anything is changed."""

    ours: Part
    upstream: dict[str, Any]
    before: list[Finding]
    document: Document

    def findings(self) -> list[Finding]:
        return compare(self.ours, read_api(Read(self.upstream), AREAS))

    def news(self) -> list[Difference]:
        """What is reported now and was not before."""
        known = {_key(finding) for finding in self.before}
        return gather(finding for finding in self.findings() if _key(finding) not in known)

    def drifts(self, mutant: Mutant) -> bool:
        """Whether a mutant takes upstream away from ours, and does not bring it nearer."""
        if mutant.sort not in SAYINGS and not mutant.sort.startswith(NOW_SAID):
            return True
        (report,) = mutant.reports
        return not any(
            f.kind == report.kind
            and f.right_pointer in report.pointers
            and (f.kind != "required" or f.place.way[-1] == report.name)
            for f in self.before
        )


def _key(finding: Finding) -> tuple[str, ...]:
    return finding.kind, repr(finding.left), repr(finding.right), str(finding.place)


def keep_tasks(document: dict[str, Any]) -> dict[str, Any]:
    """Keep the operations on tasks and files, and one on jobs: a quarter of a description, with something of each sort."""
    kept = re.compile(r"/jobs/{\w+}/(tasks|addtaskcollection|terminate)")
    document["paths"] = {path: item for path, item in document["paths"].items() if kept.match(path)}
    return document


@cache
def case(version: str, form: str, part: bool = False) -> Case:
    mine, upstream = project(load(SPEC), version), upstream_like(version, form)
    if part:
        mine, upstream = keep_tasks(mine), keep_tasks(upstream)
    ours = read_api(Read(mine), AREAS)
    before = compare(ours, read_api(Read(upstream), AREAS))
    things = ("field", "header", "operation", "answer", "parameter")
    foreign = {f.right_pointer for f in before if f.left is None and f.kind in things}
    foreign |= set(passed_on(upstream))
    return Case(ours, upstream, before, Document(upstream, set(ours.parts), foreign, version in BY_HAND))


def passed_on(upstream: dict[str, Any]) -> Iterator[str]:
    """The pointers of the schemas that ours leaves open: nothing below them is compared."""
    swagger = "swagger" in upstream
    schemas = upstream["definitions"] if swagger else upstream["components"]["schemas"]
    for name, schema in schemas.items():
        if {"like", "many"} <= schema.get("properties", {}).keys():
            yield f"#/{'definitions' if swagger else 'components/schemas'}/{name}"


def by_sort(found: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    sorts: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in found:
        sorts[mutant.sort].append(mutant)
    return sorts


def sample(found: Iterable[Mutant], share: float) -> Iterator[Mutant]:
    """One of each sort, from a place of the document that `share` (0 to 1) chooses."""
    for listed in by_sort(found).values():
        yield from listed if EVERY else [listed[int(share * len(listed))]]


def wrong(mutant: Mutant, news: list[Difference]) -> str:
    """What is wrong with a report, empty when it is as expected: the kinds, in the places, by the names."""
    left = list(news)
    for report in mutant.reports:
        found = next((difference for difference in left if _is(report, difference)), None)
        if found is None:
            told = [(n.kind, n.name, n.places[:1], n.each("right_pointer")[:2]) for n in news]
            return f"{mutant}: {report} is not among {told}"
        left.remove(found)
    more = [(n.kind, n.name, n.each("left"), n.each("right"), n.each("right_pointer")[:2]) for n in left]
    return f"{mutant}: also reported {more}" if more else ""


def _is(report: Report, found: Difference) -> bool:
    said = (found.name, *found.places, *map(str, found.each("left")), *map(str, found.each("right")))
    names = {report.name, report.other_name or report.name}
    return (
        found.kind == report.kind
        and any(name in words for words in said for name in names)
        and not set(found.each("right_pointer")).isdisjoint(report.pointers)
    )


@pytest.mark.parametrize(("version", "form"), FORMS)
def test_without_a_change_nothing_is_new(version: str, form: str) -> None:
    assert case(version, form).news() == []


def complaints(this: Case, found: Iterable[Mutant]) -> list[str]:
    """What is wrong with the reports on some mutants."""
    answers = []
    for mutant in found:
        with applied(mutant):
            answers.append(wrong(mutant, this.news()))
    return [answer for answer in answers if answer]


# The API versions differ little: one in each form.
EACH_FORM = [FORMS[0], *FORMS[-3:]]


@pytest.mark.slow
def test_each_sort_of_change_is_reported_once_and_nothing_else_is() -> None:
    cases = [case(version, form, part=True) for version, form in EACH_FORM]
    sorts = [by_sort(mutant for mutant in mutants(this.document) if this.drifts(mutant)) for this in cases]
    chosen: list[list[Mutant]] = [[] for _ in cases]
    for number, sort in enumerate(dict.fromkeys(itertools.chain(*sorts))):
        at = [index for index, found in enumerate(sorts) if sort in found]
        form = at[number % len(at)]
        listed = sorts[form][sort]
        chosen[form].append(listed[number * 7 % len(listed)])
    assert [complaints(this, found) for this, found in zip(cases, chosen, strict=True)] == [[]] * len(cases)
    assert sum(map(len, chosen)) >= 80
    assert all(map(len, chosen))


@pytest.mark.slow
@pytest.mark.parametrize(("version", "form"), EACH_FORM)
def test_each_change_is_reported_once_in_every_form(version: str, form: str) -> None:
    this = case(version, form)
    share = FORMS.index((version, form)) / len(FORMS)
    chosen = list(sample((m for m in mutants(this.document) if this.drifts(m)), share))
    assert complaints(this, chosen) == []
    assert len(chosen) >= 70
    assert this.news() == []
