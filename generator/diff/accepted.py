"""Differences from upstream that are known and intended: `spec/accepted-drift.yaml`, each with its reason.

An entry accepts lines of the report: the sentence and the place, joined by " at ", with `*` for anything. `since` and
`until` limit it to some API versions: the first that it is about, and the first that it is not. A line that matches
nothing is reported as stale, so that none outlives its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import define

from generator.diff.difference import Finding
from generator.diff.report import UPSTREAM, line_of
from generator.document import GeneratorError, parse
from generator.versions import span

KEYS = {"accept", "since", "until", "reason"}


@define(eq=False)
class Accepted:
    """One line of an entry, and how many findings it covers."""

    entry: int
    line: str
    pattern: re.Pattern[str]
    used: int = 0


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
