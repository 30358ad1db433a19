"""`python -m generator drift`: compare the spec with Microsoft's own description of the service."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from generator.diff.accepted import Accepted, accept, read_accepted
from generator.diff.compare import compare
from generator.diff.difference import Difference, gather
from generator.diff.reader import Part, area, read_api
from generator.diff.report import UPSTREAM, counts, text
from generator.diff.source import Document, read
from generator.document import GeneratorError, load
from generator.make import ROOT, SPEC
from generator.versions import api_versions, check_spec, project

ACCEPTED = ROOT / "spec" / "accepted-drift.yaml"


@frozen
class Drift:
    """The outcome of one comparison."""

    upstream: Document
    version: str
    differences: Sequence[Difference]
    accepted: Sequence[Accepted]

    @property
    def stale(self) -> list[str]:
        """The accepted differences that are no longer there."""
        return [f"entry {one.entry}: {one.line!r} matches nothing any more" for one in self.accepted if not one.used]

    @property
    def clean(self) -> bool:
        return not self.differences and not self.stale


def drift(location: str, against: str | None = None) -> tuple[str, bool]:
    """Return the report on one upstream document, and whether there is nothing to do."""
    found = find_drift(location, against)
    return _text(found), found.clean


def find_drift(location: str, against: str | None = None, spec_path: Path = SPEC, accepted: Path = ACCEPTED) -> Drift:
    """Compare a document with the spec as it is in the same API version, or in the one named by `against`."""
    upstream = read(location)
    spec = load(spec_path)
    check_spec(spec)
    ours_of_all = read_api(Document(spec))
    areas = {area(operation.value("path")) for operation in ours_of_all.parts.values()}
    theirs = read_api(upstream, areas)
    _refuse_another_service(ours_of_all, theirs, upstream)
    version = _version(upstream, against, api_versions(spec))
    findings = compare(read_api(Document(project(spec, version))), theirs)
    lines = read_accepted(accepted, version, api_versions(spec))
    return Drift(upstream, version, gather(accept(findings, lines)), lines)


def _refuse_another_service(ours: Part, theirs: Part, document: Document) -> None:
    if not ours.parts.keys() & theirs.parts.keys():
        example = next(iter(ours.parts.values()))
        raise GeneratorError(
            f"{document.location} ({theirs.name!r}) describes another service: it has none of our operations, such as "
            f"{example.value('verb')} {example.value('path')}"
        )


def _version(upstream: Document, against: str | None, versions: Sequence[str]) -> str:
    given, known = upstream.info("version"), f"the spec knows {', '.join(versions)}"
    if against and against not in versions:
        raise GeneratorError(f"--against {against!r} is no API version of the spec: {known}")
    if not against and given not in versions:
        raise GeneratorError(
            f"{upstream.location} is of API version {given!r}, and {known}. Add the version with 'make bump "
            f"VERSION={given}', or compare with a known one: --against VERSION"
        )
    return against or given


def _text(drift: Drift) -> str:
    upstream, accepted = drift.upstream, sum(one.used for one in drift.accepted)
    lines = [
        f"upstream: {upstream.location} ({upstream.info('title')}, {upstream.info('version')}, {upstream.dialect})",
        f"ours:     generated/openapi/{drift.version}.yaml, from spec/openapi.yaml",
        f"accepted: {accepted} facts, by {len({one.entry for one in drift.accepted})} entries of spec/{ACCEPTED.name}",
        f"drift:    {counts(drift.differences)}",
    ]
    if drift.differences:
        lines += ["", text(drift.differences, UPSTREAM)]
    if drift.stale:
        lines += ["", f"spec/{ACCEPTED.name} is stale; remove or correct:", *(f"  {line}" for line in drift.stale)]
    return "\n".join(lines)
