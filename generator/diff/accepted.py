"""Differences from upstream that are known and meant: `spec/accepted-drift.yaml`, each entry with its reason.

An entry says which findings it takes: `kind` (one or several), and if it wants `where` (places) and `name`, both with
`*` for anything, `ours`, `upstream` (a value, or the words absent and present), and `since` and `until` as the marks of
the spec have them: the first API version that it speaks of, and the first that it does not. Whatever an entry names and
that matches nothing any more is reported as stale, so that none outlives its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from attrs import define, field

from generator.diff.difference import THINGS, Finding
from generator.diff.severity import LIMITS
from generator.document import Loader
from generator.problem import Problem

FACTS = ("type", "format", "enum", "required", "read-only", "default", "nullable", "deprecated", "closed")
KINDS = {*THINGS, *FACTS, *LIMITS, "verb", "path", "place", "list style", "media type"}
KEYS = {"kind", "where", "name", "ours", "upstream", "since", "until", "reason"}


@define(eq=False)
class Entry:
    """One known difference, or many of one kind with one reason."""

    number: int
    reason: str
    kinds: tuple[str, ...]
    where: tuple[str, ...] = ("*",)
    names: tuple[str, ...] = ()
    sides: dict[str, Any] = field(factory=dict)  # "ours" and "upstream", where the entry says anything of them
    versions: Sequence[str] = ()
    used: dict[str, int] = field(factory=dict)

    def takes(self, finding: Finding) -> bool:
        """Whether this entry covers a finding; remembers what of it was of use."""
        if finding.kind not in self.kinds or not self._sides_match(finding):
            return False
        called = _names(finding)
        name = next((name for name in self.names if any(_pattern(name).fullmatch(word) for word in called)), "")
        where = next((where for where in self.where if _pattern(where).fullmatch(str(finding.place))), "")
        if not where or (self.names and not name):
            return False
        for part in (finding.kind, f"where {where}", f"name {name}"):
            self.used[part] = self.used.get(part, 0) + 1
        return True

    def _sides_match(self, finding: Finding) -> bool:
        values = {"ours": finding.left, "upstream": finding.right}
        return all(_matches(wanted, values[side]) for side, wanted in self.sides.items())

    @property
    def count(self) -> int:
        return sum(self.used.get(kind, 0) for kind in self.kinds)

    def stale(self) -> list[str]:
        """What of this entry matched nothing."""
        if not self.count:
            return [f"entry {self.number} matches nothing any more ({self.reason})"]
        named = [*self.kinds, *(f"where {where}" for where in self.where), *(f"name {name}" for name in self.names)]
        return [f"entry {self.number}: {part!r} matches nothing any more" for part in named if part not in self.used]


def accept(findings: Iterable[Finding], entries: Sequence[Entry]) -> list[Finding]:
    """The findings that no entry takes."""
    return [finding for finding in findings if not any(entry.takes(finding) for entry in entries)]


def read_accepted(path: Path, version: str, versions: Sequence[str]) -> list[Entry]:
    """The entries that speak of one version; a `Problem` says which entry cannot be read and why."""
    try:
        listed = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        return []
    except yaml.YAMLError as error:
        raise Problem(f"{path} is not YAML: {error}") from None
    if not isinstance(listed, list):
        raise Problem(f"{path} must hold a list of entries")
    entries = [_entry(number, row, versions, path.name) for number, row in enumerate(listed, 1)]
    return [entry for entry in entries if version in entry.versions]


def _entry(number: int, row: Any, versions: Sequence[str], file: str) -> Entry:
    complaint = f"{file}, entry {number}: "
    if not isinstance(row, dict) or not row.keys() <= KEYS:
        raise Problem(f"{complaint}only {', '.join(sorted(KEYS))} may be said")
    reason = " ".join(str(row.get("reason") or "").split())
    entry = Entry(number, reason, _words(row.get("kind")))
    entry.where = _words(row.get("where")) or ("*",)
    entry.names = _words(row.get("name"))
    entry.sides = {side: row[side] for side in ("ours", "upstream") if side in row}
    if not entry.reason:
        raise Problem(f"{complaint}say in 'reason' why the difference is right")
    if not entry.kinds or not set(entry.kinds) <= KINDS:
        raise Problem(f"{complaint}'kind' must be of {', '.join(sorted(KINDS))}")
    entry.versions = _span(row, versions, complaint)
    return entry


def _span(row: dict[str, Any], versions: Sequence[str], complaint: str) -> Sequence[str]:
    since, until = row.get("since", versions[0]), row.get("until")
    for version in (since, until):
        if version is not None and version not in versions:
            raise Problem(f"{complaint}{version!r} is no API version of the spec; it knows {', '.join(versions)}")
    span = versions[versions.index(since) : None if until is None else versions.index(until)]
    if not span:
        raise Problem(f"{complaint}'since' must come before 'until'")
    return span


def _words(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(str(word) for word in listed if word is not None)


def _names(finding: Finding) -> tuple[str, ...]:
    """The names that an entry can call a finding by: both names of a thing, or the last step to a fact."""
    if finding.kind in THINGS:
        return tuple(str(name) for name in (finding.left, finding.right) if name is not None)
    return (finding.place.way or (finding.place.part.rpartition(" ")[2],))[-1:]


def _matches(wanted: Any, value: Any) -> bool:
    if wanted in ("absent", "present"):
        return bool((value is None) == (wanted == "absent"))
    return bool(wanted == (list(value) if isinstance(value, tuple) else value))


@lru_cache
def _pattern(where: str) -> re.Pattern[str]:
    return re.compile(re.escape(where).replace(r"\*", ".*"))
