"""`python -m generator bump VERSION`: add an API version to the spec, regenerate, and say what changed for users."""

from __future__ import annotations

import re
from pathlib import Path

from generator.commands.changes import compare_specs
from generator.commands.output import API_CHANGES, generate
from generator.document import GeneratorError, load, parse_description
from generator.make import OUTPUT, SPEC
from generator.versions import api_versions

WELL_FORMED = re.compile(r"\d{4}-\d{2}-\d{2}(\.\d+\.\d+)?")


def bump(
    version: str, default: bool = False, spec_path: Path = SPEC, output: Path = OUTPUT, api_changes: Path = API_CHANGES
) -> tuple[str, bool]:
    """Do it and return a report. When the new spec cannot be generated, the file is put back as it was."""
    if not WELL_FORMED.fullmatch(version):
        raise GeneratorError(f"{version!r} is no API version: they read YYYY-MM-DD, older ones YYYY-MM-DD.major.minor")
    before, text = load(spec_path), spec_path.read_text(encoding="utf-8")
    longer = edited(text, version, default)
    after = parse_description(longer.encode(), str(spec_path))
    if api_versions(after) != (*api_versions(before), version):
        raise GeneratorError(f"{spec_path}: info.x-api-versions must be a list with one version a line")
    spec_path.write_text(longer, encoding="utf-8")
    try:
        generate(spec_path, output, api_changes)
    except BaseException:
        spec_path.write_text(text, encoding="utf-8")
        raise
    todo = (
        f"\n\nNext: mark in spec/openapi.yaml what {version} adds (x-since) and drops (x-until), run 'make generate', read\n"
        "'git diff docs generated', run 'make check test', and describe the change in CHANGELOG.md."
    )
    return compare_specs(before, after, "before") + todo, True


def edited(text: str, version: str, default: bool) -> str:
    """Return the text of the spec with one version more, everything else as it is."""
    text = re.sub(r"(\n  x-api-versions:[^\n\[]*\n(?:    - .*\n)+)", rf'\g<1>    - "{version}"\n', text, count=1)
    if default:
        text = re.sub(r'(\n  (?:version|x-default-api-version): )"[^"]*"', rf'\g<1>"{version}"', text, count=2)
    return text
