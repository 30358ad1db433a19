"""`generate` and `check`: everything that is made from the spec, below `generated/` and in `docs/api-changes.md`."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.check import HOW_TO_MEND, check, first_lines, moved
from generator.commands.changes import api_changes
from generator.document import load
from generator.make import OUTPUT, ROOT, SPEC, make

API_CHANGES = ROOT / "docs" / "api-changes.md"


def generate(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """Make everything anew beside the old, then put it in its place."""
    with TemporaryDirectory(prefix=".generated-", dir=output.parent) as scratch:
        fresh = Path(scratch) / "generated"
        fresh.mkdir()
        make(fresh, spec)
        text = api_changes(load(spec))
        if output.exists():
            output.rename(Path(scratch) / "old")
        shutil.move(fresh, output)
    api_changes_path.parent.mkdir(exist_ok=True)
    api_changes_path.write_text(text, encoding="utf-8")
    return "", True


def check_all(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """What is stale, worst first, and what to do."""
    complaints = check(output, spec)
    stale = check_api_changes(spec, api_changes_path)
    if stale:
        complaints = [*(complaints[:-1] or moved(output, spec)), *stale, HOW_TO_MEND]
    if complaints:
        return "\n".join(complaints), False
    return "generated/ and docs/api-changes.md are up to date", True


def check_api_changes(spec: Path = SPEC, path: Path = API_CHANGES) -> list[str]:
    """How the table of API changes differs from what the spec makes; empty when it does not."""
    fresh = api_changes(load(spec))
    if not path.exists():
        return ["missing: docs/api-changes.md"]
    found = path.read_text(encoding="utf-8")
    return [] if found == fresh else ["differs: docs/api-changes.md", *first_lines(fresh, found)]
