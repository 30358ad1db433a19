"""`python -m generator drift`: compare the spec with Microsoft's own description of the service.

Differences that are known and intended are in `spec/accepted-drift.yaml`, each with its reason. An entry accepts lines of
the report: the sentence and the place, joined by " at ", with `*` for anything. `since` and `until` limit it to some API
versions: the first that it is about, and the first that it is not. A line that matches nothing is reported as stale, so
that none outlives its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import define, frozen

from generator.diff.compare import compare
from generator.diff.difference import Difference, Finding, gather
from generator.diff.reader import Part, area, plain, read_api
from generator.diff.report import UPSTREAM, counts, line_of, text
from generator.diff.source import Document, read
from generator.document import GeneratorError, load, operations, parse
from generator.make import ROOT, SPEC
from generator.versions import api_versions, check_spec, project, span

ACCEPTED = ROOT / "spec" / "accepted-drift.yaml"
KEYS = {"accept", "since", "until", "reason"}


@define(eq=False)
class Accepted:
    """One line of an entry, and how many findings it covers."""

    entry: int
    line: str
    pattern: re.Pattern[str]
    used: int = 0


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
    theirs = read_api(upstream, {area(path) for path in spec["paths"]})
    _refuse_another_service(spec, theirs, upstream)
    version = _version(upstream, against, api_versions(spec))
    findings = compare(read_api(Document(project(spec, version))), theirs)
    lines = read_accepted(accepted, version, api_versions(spec))
    return Drift(upstream, version, gather(accept(findings, lines)), lines)


def _refuse_another_service(spec: dict[str, Any], theirs: Part, document: Document) -> None:
    ours = [f"{one.verb} {plain(one.path)}" for one in operations(spec)]
    if theirs.parts.keys().isdisjoint(ours):
        raise GeneratorError(
            f"{document.location} ({theirs.name!r}) describes another service: it has none of our operations, such as {ours[0]}"
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


def accept(findings: Iterable[Finding], accepted: Sequence[Accepted]) -> Iterator[Finding]:
    """Yield the findings that no line covers, and count those that one does."""
    for finding in findings:
        line = line_of(finding, UPSTREAM)
        taker = next((one for one in accepted if one.pattern.fullmatch(line)), None)
        if taker:
            taker.used += 1
        else:
            yield finding


def read_accepted(path: Path, version: str, versions: Sequence[str]) -> list[Accepted]:
    """Return the lines about one version; raise `GeneratorError` when an entry cannot be read."""
    listed = parse(path.read_bytes(), str(path)) if path.exists() else []
    if not isinstance(listed, list):
        raise GeneratorError(f"{path} must hold a list of entries")
    return [line for number, row in enumerate(listed, 1) for line in _lines(path.name, number, row, version, versions)]


def _lines(file: str, number: int, row: Any, version: str, versions: Sequence[str]) -> list[Accepted]:
    place = f"{file}, entry {number}"
    if not isinstance(row, dict) or not row.keys() <= KEYS:
        raise GeneratorError(f"{place}: only {', '.join(sorted(KEYS))} may be said")
    listed = row.get("accept")
    lines = [str(line) for line in (listed if isinstance(listed, list) else [listed]) if line]
    if not lines or not str(row.get("reason") or "").strip():
        raise GeneratorError(f"{place}: say in 'accept' which lines of the report are right, and in 'reason' why")
    is_about = version in span(place, row.get("since"), row.get("until"), versions)
    return [Accepted(number, one, re.compile(re.escape(one).replace(r"\*", ".*"))) for one in lines if is_about]


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
