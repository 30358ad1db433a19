"""`python -m generator bump VERSION`: adds an API version to the spec, regenerates, and says what changed for users."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from generator.check import files
from generator.commands.changes import between
from generator.commands.output import API_CHANGES, generate
from generator.diff.report import VERSIONS, counts, text
from generator.document import load
from generator.make import OUTPUT, SPEC
from generator.problem import Problem
from generator.versions import api_versions, default_version

WELL_FORMED = re.compile(r"\d{4}-\d{2}-\d{2}(\.\d+\.\d+)?")
LINE_LENGTH = 120


def bump(
    version: str,
    default: bool = False,
    spec_path: Path = SPEC,
    output: Path = OUTPUT,
    api_changes: Path = API_CHANGES,
) -> str:
    """Do it and tell. When the new spec cannot be generated, the file is put back as it was."""
    spec = load(spec_path)
    versions = api_versions(spec)
    _refuse(version, versions)
    before = spec_path.read_text(encoding="utf-8")
    spec_path.write_text(edited(before, version, default), encoding="utf-8")
    old = {name: (output / name).read_bytes() for name in files(output)} if output.exists() else {}
    try:
        generate(spec_path, output, api_changes)
    except BaseException:
        spec_path.write_text(before, encoding="utf-8")
        raise
    return _report(spec_path, versions[-1], version, _changed(old, output))


def _refuse(version: str, versions: tuple[str, ...]) -> None:
    if not WELL_FORMED.fullmatch(version):
        raise Problem(f"{version!r} is no API version: they read YYYY-MM-DD, older ones YYYY-MM-DD.major.minor")
    if version in versions:
        raise Problem(f"the spec has API version {version} already")
    if version < versions[-1]:
        raise Problem(
            f"{version} is older than {versions[-1]}, the newest of the spec: put an older version into "
            "info.x-api-versions by hand, and mark what came after it with x-since"
        )


def edited(text: str, version: str, default: bool) -> str:
    """The text of the spec with one version more, layout and comments kept."""
    info = dict(_members(yaml.compose(text, Loader=yaml.CSafeLoader)))["info"]
    members = dict(_members(info))
    edits = [_addition(text, members["x-api-versions"], version)]
    if default:
        edits += [_replacement(text, members[name], version) for name in ("version", "x-default-api-version")]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _members(node: yaml.Node | None) -> list[tuple[str, yaml.Node]]:
    assert isinstance(node, yaml.MappingNode)
    return [(key.value, value) for key, value in node.value]


def _addition(text: str, listed: yaml.Node, version: str) -> tuple[int, int, str]:
    """The new version behind the last one, written as that one is; on a line of its own where it would be too long."""
    assert isinstance(listed, yaml.SequenceNode)
    last = listed.value[-1]
    start, end = _offset(text, last.start_mark), _offset(text, last.end_mark)
    new = _quoted(text[start:end], version)
    if not listed.flow_style:
        return end, end, "\n" + " " * (last.start_mark.column - 2) + "- " + new
    line_end = text.index("\n", end)
    column = end - text.rindex("\n", 0, end) - 1
    too_long = column + len(f", {new}") + (line_end - end) > LINE_LENGTH
    first = listed.value[0].start_mark
    return end, end, (",\n" + " " * first.column if too_long else ", ") + new


def _replacement(text: str, node: yaml.Node, version: str) -> tuple[int, int, str]:
    start, end = _offset(text, node.start_mark), _offset(text, node.end_mark)
    return start, end, _quoted(text[start:end], version)


def _quoted(like: str, version: str) -> str:
    quote = like[0] if like[0] in "\"'" else '"'
    return f"{quote}{version}{quote}"


def _offset(text: str, mark: yaml.Mark) -> int:
    """Where a mark stands in the text; its own index counts otherwise."""
    start = 0
    for _ in range(mark.line):
        start = text.index("\n", start) + 1
    return start + mark.column


def _changed(old: dict[str, bytes], output: Path) -> list[str]:
    new = {name: (output / name).read_bytes() for name in files(output)}
    words = [(name, "new" if name not in old else "gone" if name not in new else "changed") for name in {*old, *new}]
    return [f"  {word:8} generated/{name}" for name, word in sorted(words) if old.get(name) != new.get(name)]


def _report(spec_path: Path, before: str, version: str, changed: list[str]) -> str:
    spec = load(spec_path)
    found = between(spec, before, version)
    lines = [f"API version {version} is in the spec; the default is {default_version(spec)}.", "", "Files:", *changed]
    lines += ["", f"For users, compared with {before}: {counts(found)}"]
    if found:
        lines += ["", text(found, VERSIONS)]
    lines += [
        "",
        f"Next: mark in spec/openapi.yaml what {version} adds (x-since) and drops (x-until), 'make generate', read the "
        "diff of docs/api-changes.md, 'make check test', and say it in CHANGELOG.md.",
    ]
    return "\n".join(lines)
