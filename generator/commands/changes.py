"""What changes for users: from one API version to the next, and from one commit of the spec to another."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from generator.diff.compare import Rules, compare
from generator.diff.difference import SEVERITIES, THINGS, Difference, gather
from generator.diff.reader import Api, read_api
from generator.diff.report import VERSIONS, counts, few, sentence, shown
from generator.diff.source import Document
from generator.document import Loader, load
from generator.make import ROOT, SPEC
from generator.problem import Problem
from generator.versions import api_versions, check_marks, default_version, project

OURS = Rules(names=True, text=True)
INTRODUCTION = """\
<!-- Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md. -->
# What API versions change

Everything in which the API versions of `spec/openapi.yaml` differ, as a caller of the task, job and file operations sees
it. A change is *breaking* when a call that worked may stop working, *additive* when there is only more to use, and
*documentation* when the exchange stays the same; requests and answers are judged apart, since a new required field
breaks who sends it and nobody who reads it. A thing that a version lacks stands as `-`.
"""


def differences(left: dict[str, Any], right: dict[str, Any]) -> list[Difference]:
    """What differs for users from one plain document of ours to another, worst first."""
    return gather(compare(_api(left), _api(right), OURS))


def between(spec: dict[str, Any], before: str, after: str) -> list[Difference]:
    """What differs for users from one API version of the spec to another."""
    return differences(project(spec, before), project(spec, after))


def _api(document: dict[str, Any]) -> Api:
    return read_api(Document(document))


def api_changes(spec: dict[str, Any]) -> str:
    """The text of `docs/api-changes.md`: all versions side by side."""
    check_marks(spec)
    versions = api_versions(spec)
    steps = {(before, after): between(spec, before, after) for before, after in pairwise(versions)}
    parts = [INTRODUCTION, f"The default is {default_version(spec)}.\n", "## From version to version\n"]
    parts.append(_table(("from", "to", *SEVERITIES), [_summary(step, found) for step, found in steps.items()]))
    parts += ["## Side by side\n", _side_by_side(versions, steps)]
    return "\n".join(parts)


def _summary(step: tuple[str, str], found: Sequence[Difference]) -> list[str]:
    return [*step, *(str(sum(difference.severity == severity for difference in found)) for severity in SEVERITIES)]


def _side_by_side(versions: Sequence[str], steps: Mapping[tuple[str, str], Sequence[Difference]]) -> str:
    """A row for each thing that ever changes: its value in every version, and how bad each change is."""
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    effects: dict[tuple[str, ...], list[Difference]] = {}
    for (_, after), found in steps.items():
        for difference in found:
            key = (difference.kind, difference.name, *sorted(difference.places))
            row = rows.setdefault(key, {version: _cell(difference, "left") for version in versions})
            row.update({version: _cell(difference, "right") for version in versions[versions.index(after) :]})
            effects.setdefault(key, []).append(difference)
    if not rows:
        return "The versions do not differ.\n"
    table = [[*_subject(effects[key]), *row.values()] for key, row in rows.items()]
    return _table(("what", "where", "for requests", "for answers", *versions), table)


def _subject(found: Sequence[Difference]) -> list[str]:
    first = found[0]
    kind = "status" if first.kind == "answer" else first.kind
    what = f"{kind} `{first.name}`" if first.kind in THINGS else f"{kind} of `{first.name}`"
    return [what, _places(first), *(_effect(found, direction) for direction in ("request", "answer"))]


def _cell(difference: Difference, side: str) -> str:
    value, other = difference.first.left, difference.first.right
    if side == "right":
        value, other = other, value
    if difference.kind == "text":
        return "-" if value is None else "words" if side == "left" else "other words"
    if difference.kind not in THINGS:
        return _code(shown(value)) if value is not None else "-"
    return "-" if value is None else "yes" if other is None else _code(str(value))


def _effect(found: Sequence[Difference], direction: Any) -> str:
    judged = [difference.severities.get(direction, "") for difference in found]
    return ", then ".join(severity for severity in judged if severity) or "-"


def _places(difference: Difference) -> str:
    return "<br>".join(place if place.startswith("and ") else _code(place) for place in few(difference.places))


def _code(text: str) -> str:
    return "`" + text.replace("|", "\\|") + "`"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def comment(base: str) -> str:
    """What the spec changes for users since a commit, as the Markdown body of a comment on a pull request."""
    return compare_specs(spec_at(base), load(SPEC), base)


def compare_specs(before: dict[str, Any], after: dict[str, Any], base: str) -> str:
    """The Markdown for two states of the spec: new and lost API versions, then what changed within the others."""
    check_marks(after)
    old, new = api_versions(before), api_versions(after)
    lines = [f"### What this changes for users of the API\n\nCompared with `{base}`.\n"]
    if default_version(before) != default_version(after):
        lines.append(f"- The default API version moves from `{default_version(before)}` to `{default_version(after)}`.")
    lines += [
        f"- API version `{version}` is gone: **breaking** for who asks for it." for version in old if version not in new
    ]
    lines += [_new_version(after, version, new) for version in new if version not in old]
    lines += [""] if len(lines) > 1 else []
    changed = _common(before, after, [version for version in new if version in old])
    lines.append(changed or "Nothing changes within the API versions that both have.")
    return "\n".join(lines)


def _new_version(spec: dict[str, Any], version: str, versions: Sequence[str]) -> str:
    at = versions.index(version)
    if at == 0:
        return f"- API version `{version}` is new."
    found = between(spec, versions[at - 1], version)
    return (
        f"- API version `{version}` is new; compared with `{versions[at - 1]}`: {counts(found)} (docs/api-changes.md)."
    )


def _common(before: dict[str, Any], after: dict[str, Any], versions: Sequence[str]) -> str:
    """A table of changes, each with the versions that it is in; empty when there are none."""
    found: dict[tuple[str, ...], Difference] = {}
    where: dict[tuple[str, ...], list[str]] = {}
    for version in versions:
        for difference in differences(project(before, version), project(after, version)):
            key = (sentence(difference, VERSIONS), *difference.places)
            found.setdefault(key, difference)
            where.setdefault(key, []).append(version)
    ordered = sorted(found, key=lambda key: SEVERITIES.index(found[key].severity))
    rows = [[*_row(found[key]), _versions(where[key], versions)] for key in ordered]
    head = ("change", "where", "for requests", "for answers", "API versions")
    return f"{counts(list(found.values()))}:\n\n{_table(head, rows)}" if rows else ""


def _row(difference: Difference) -> list[str]:
    what = "description changed" if difference.kind == "text" else sentence(difference, VERSIONS).replace("|", "\\|")
    return [what, _places(difference), *(_effect([difference], direction) for direction in ("request", "answer"))]


def _versions(found: Sequence[str], all_of_them: Sequence[str]) -> str:
    return "all" if len(found) == len(all_of_them) else ", ".join(found)


def spec_at(reference: str, root: Path = ROOT) -> dict[str, Any]:
    """The spec as it is in a commit."""
    command = ["git", "show", f"{reference}:spec/openapi.yaml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    if done.returncode != 0:
        raise Problem(f"there is no spec/openapi.yaml in {reference!r}: {' '.join(done.stderr.split())}")
    spec: dict[str, Any] = yaml.load(done.stdout, Loader=Loader)  # noqa: S506 - a safe loader
    return spec
