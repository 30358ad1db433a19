"""`python -m generator drift`: holds the spec against Microsoft's own description of the service."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from generator.diff.accepted import Entry, accept, read_accepted
from generator.diff.compare import compare
from generator.diff.difference import Difference, gather
from generator.diff.reader import Api, area, read_api
from generator.diff.report import UPSTREAM, counts, rows, text
from generator.diff.source import Document, read
from generator.document import load
from generator.make import ROOT, SPEC
from generator.problem import Problem
from generator.versions import api_versions, check_marks, project

ACCEPTED = ROOT / "spec" / "accepted-drift.yaml"


@frozen
class Drift:
    """The outcome of one comparison."""

    upstream: Document
    version: str
    differences: Sequence[Difference]
    entries: Sequence[Entry]

    @property
    def stale(self) -> list[str]:
        return [line for entry in self.entries for line in entry.stale()]

    @property
    def clean(self) -> bool:
        return not self.differences and not self.stale


def drift(location: str, as_json: bool = False, against: str | None = None) -> tuple[str, bool]:
    """The report on one upstream document, and whether there is nothing to do."""
    found = find_drift(location, against)
    return (_json(found) if as_json else _text(found)), found.clean


def find_drift(location: str, against: str | None = None, spec_path: Path = SPEC, accepted: Path = ACCEPTED) -> Drift:
    """Compare a document with the spec as it is in the same API version, or in the one named by `against`."""
    spec = load(spec_path)
    check_marks(spec)
    versions = api_versions(spec)
    upstream = read(location)
    ours_of_all = read_api(Document(project(spec, versions[-1])))
    areas = {area(operation.path) for operation in ours_of_all.operations.values()}
    theirs = read_api(upstream, areas)
    _refuse_another_service(ours_of_all, theirs)
    version = _version(upstream, against, versions)
    ours = read_api(Document(project(spec, version)))
    entries = read_accepted(accepted, version, versions)
    left = accept(compare(ours, theirs), entries)
    return Drift(upstream, version, gather(left), entries)


def _refuse_another_service(ours: Api, theirs: Api) -> None:
    if not ours.operations.keys() & theirs.operations.keys():
        document = theirs.document
        example = next(iter(ours.operations.values()))
        raise Problem(
            f"{document.location} ({document.title!r}) describes another service: it has none of our operations, such as "
            f"{example.verb.upper()} {example.path}. Name the data-plane description of Azure Batch"
        )


def _version(upstream: Document, against: str | None, versions: Sequence[str]) -> str:
    version = against or upstream.version
    if version not in versions:
        raise Problem(
            f"{upstream.location} is of API version {upstream.version!r}; the spec knows {', '.join(versions)}. Add the "
            f"version with 'make bump VERSION={upstream.version}', or compare with a known one: --against VERSION"
            if not against
            else f"--against {against!r} is no API version of the spec; it knows {', '.join(versions)}"
        )
    return version


def _text(drift: Drift) -> str:
    upstream = drift.upstream
    lines = [
        f"upstream: {upstream.location} ({upstream.title}, {upstream.version}, {upstream.dialect})",
        f"ours:     generated/openapi/{drift.version}.yaml, from spec/openapi.yaml",
        f"accepted: {sum(entry.count for entry in drift.entries)} facts, by {len(drift.entries)} entries of "
        f"spec/{ACCEPTED.name}",
        f"drift:    {counts(drift.differences)}",
    ]
    if drift.differences:
        lines += ["", text(drift.differences, UPSTREAM)]
    if drift.stale:
        lines += ["", f"spec/{ACCEPTED.name} is stale; remove or mend:", *(f"  {line}" for line in drift.stale)]
    return "\n".join(lines)


def _json(drift: Drift) -> str:
    upstream = drift.upstream
    report: dict[str, Any] = {
        "upstream": {
            "location": upstream.location,
            "title": upstream.title,
            "version": upstream.version,
            "dialect": upstream.dialect,
        },
        "ours": f"generated/openapi/{drift.version}.yaml",
        "drift": rows(drift.differences, UPSTREAM),
        "accepted": [{"entry": e.number, "facts": e.count, "reason": e.reason} for e in drift.entries],
        "stale": drift.stale,
    }
    return json.dumps(report, indent=2)
