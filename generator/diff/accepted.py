"""Differences from upstream that are known and intended: `spec/accepted-drift.yaml`, each with its reason.

An entry accepts lines of the report: the sentence and the place, joined by " at ", with `*` for anything. `since` and
`until` limit it to some API versions: the first that it is about, and the first that it is not. A line that matches
nothing is reported as stale, so that none outlives its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import define, field

from generator.diff.difference import Finding
from generator.diff.report import UPSTREAM, line_of
from generator.document import GeneratorError, parse
from generator.versions import span

KEYS = {"accept", "since", "until", "reason"}


@define(eq=False)
class Entry:
    """Some lines with one reason."""

    number: int
    reason: str
    lines: tuple[str, ...]
    versions: Sequence[str]
    used: Counter[str] = field(factory=Counter)

    def takes(self, line: str) -> bool:
        """Return whether this entry covers a line of the report, and count it."""
        found = next((pattern for pattern in self.lines if _compiled(pattern).fullmatch(line)), None)
        self.used.update([found] if found else [])
        return found is not None

    def stale(self) -> list[str]:
        """Return which lines of this entry matched nothing."""
        return [f"entry {self.number}: {line!r} matches nothing any more" for line in self.lines if not self.used[line]]


def accept(findings: Iterable[Finding], entries: Sequence[Entry]) -> list[Finding]:
    """Return the findings that no entry takes."""
    lines = ((finding, line_of(finding, UPSTREAM)) for finding in findings)
    return [finding for finding, line in lines if not any(entry.takes(line) for entry in entries)]


def read_accepted(path: Path, version: str, versions: Sequence[str]) -> list[Entry]:
    """Return the entries about one version; raise `GeneratorError` when an entry cannot be read."""
    if not path.exists():
        return []
    listed = parse(path.read_bytes(), str(path))
    if not isinstance(listed, list):
        raise GeneratorError(f"{path} must hold a list of entries")
    entries = [_entry(number, row, versions, f"{path.name}, entry {number}") for number, row in enumerate(listed, 1)]
    return [entry for entry in entries if version in entry.versions]


def _entry(number: int, row: Any, versions: Sequence[str], place: str) -> Entry:
    if not isinstance(row, dict) or not row.keys() <= KEYS:
        raise GeneratorError(f"{place}: only {', '.join(sorted(KEYS))} may be said")
    reason, lines = " ".join(str(row.get("reason") or "").split()), row.get("accept")
    lines = tuple(str(line) for line in (lines if isinstance(lines, list) else [lines]) if line)
    if not reason or not lines:
        raise GeneratorError(f"{place}: say in 'accept' which lines of the report are right, and in 'reason' why")
    return Entry(number, reason, lines, span(place, row.get("since"), row.get("until"), versions))


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*"))
