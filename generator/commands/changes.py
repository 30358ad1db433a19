"""What changes for users: from one API version to the next, and from one commit of the spec to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from generator.diff.compare import compare
from generator.diff.difference import DIRECTIONS, SEVERITIES, THINGS, Difference, Direction, gather
from generator.diff.reader import read_api
from generator.diff.report import VERSIONS, counts, few, shown, text
from generator.diff.source import Document
from generator.document import load, parse_description
from generator.make import ROOT, SPEC, run
from generator.versions import api_versions, check_spec, default_version, project

INTRODUCTION = """\
<!-- Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md. -->
# What API versions change

All differences between the API versions of `spec/openapi.yaml` that a caller of the task, job and file operations can
see. A change is *breaking* when a call that worked may stop working, *additive* when there is more to use, and
*documentation* when the exchange stays the same. Requests and answers are judged separately, since a new required field
breaks those who send it and nobody who reads it. `-` means that a version does not have the thing.
"""


def differences(left: dict[str, Any], right: dict[str, Any]) -> list[Difference]:
    """Return what differs for users from one plain document of ours to another, worst first."""
    return gather(compare(read_api(Document(left)), read_api(Document(right)), names=True))


def between(spec: dict[str, Any], before: str, after: str) -> list[Difference]:
    """Return what differs for users from one API version of the spec to another."""
    return differences(project(spec, before), project(spec, after))


def api_changes(spec: dict[str, Any]) -> str:
    """Return the text of `docs/api-changes.md`: all versions side by side."""
    check_spec(spec)
    versions = api_versions(spec)
    steps = {(before, after): between(spec, before, after) for before, after in pairwise(versions)}
    summary = [
        [*step, *(str(sum(d.severity == s for d in found)) for s in SEVERITIES)] for step, found in steps.items()
    ]
    parts = [INTRODUCTION, f"The default is {default_version(spec)}.\n", "## From version to version\n"]
    parts += [_table(("from", "to", *SEVERITIES), summary), "## Side by side\n", _side_by_side(versions, steps)]
    return "\n".join(parts)


def _side_by_side(versions: Sequence[str], steps: Mapping[tuple[str, str], Sequence[Difference]]) -> str:
    """A row for each thing that ever changes: its value in every version, and how bad each change is."""
    histories: dict[tuple[str, ...], dict[str, Difference]] = {}  # by what changes: by the version that changes it
    for (_, after), found in steps.items():
        for difference in found:
            key = (difference.kind, difference.name.casefold(), *sorted(map(str.casefold, difference.places)))
            histories.setdefault(key, {})[after] = difference
    rows = []
    for history in histories.values():
        first = next(iter(history.values()))
        kind = "status" if first.kind == "answer" else first.kind
        what = f"{kind} `{first.name}`" if first.kind in THINGS else f"{kind} of `{first.name}`"
        effects = [_effect(list(history.values()), direction) for direction in DIRECTIONS]
        cell, cells = _cell(first, left=True), []
        for version in versions:
            cell = _cell(history[version], left=False) if version in history else cell
            cells.append(cell)
        rows.append([what, _places(first), *effects, *cells])
    head = ("what", "where", "for requests", "for answers", *versions)
    return _table(head, rows) if rows else "The versions do not differ.\n"


def _cell(difference: Difference, left: bool) -> str:
    first = difference.findings[0]
    value, other = (first.left, first.right) if left else (first.right, first.left)
    if value is None:
        return "-"
    return "yes" if difference.kind in THINGS and other is None else _code(shown(value))


def _effect(found: Sequence[Difference], direction: Direction) -> str:
    judged = [difference.severities[direction] for difference in found if direction in difference.severities]
    return ", then ".join(judged) or "-"


def _places(difference: Difference) -> str:
    return "<br>".join(place if place.startswith("and ") else _code(place) for place in few(difference.places))


def _code(words: str) -> str:
    return "`" + words.replace("|", "\\|") + "`"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def changes(base: str) -> tuple[str, bool]:
    """Return what the spec changes for users since a commit, as the Markdown body of a comment on a pull request."""
    return compare_specs(spec_at(base), load(SPEC), base), True


def compare_specs(before: dict[str, Any], after: dict[str, Any], base: str) -> str:
    """Return the Markdown for two states of the spec: new and lost API versions, then what changed within the others."""
    check_spec(after)
    old, new = api_versions(before), api_versions(after)
    lines = [f"### What this changes for users of the API\n\nCompared with `{base}`.\n"]
    lines += [f"- API version `{v}` is gone: **breaking** for those who ask for it." for v in old if v not in new]
    for at, version in enumerate(new):
        if version not in old:
            step = f"; compared with `{new[at - 1]}`: {counts(between(after, new[at - 1], version))}" if at else ""
            lines.append(f"- API version `{version}` is new{step}.")
    if default_version(before) != default_version(after):
        lines.append(f"- The default API version moves from `{default_version(before)}` to `{default_version(after)}`.")
    reports: dict[str, list[str]] = {}  # what is the same in several versions is said once
    for version in (version for version in new if version in old):
        found = differences(project(before, version), project(after, version))
        report = f"{counts(found)}\n\n```text\n{text(found, VERSIONS)}\n```" if found else ""
        reports.setdefault(report, []).append(version)
    blocks = [f"\n{', '.join(where)}: {report}" for report, where in reports.items() if report]
    return "\n".join([*lines, *(blocks or ["\nNothing changes within the API versions that both have."])])


def spec_at(reference: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the spec as it is in a commit."""
    command = ["git", "-C", str(root), "show", f"{reference}:spec/openapi.yaml"]
    text = run(command, f"there is no spec/openapi.yaml in {reference!r}")
    return parse_description(text.encode(), f"spec/openapi.yaml in {reference}")
