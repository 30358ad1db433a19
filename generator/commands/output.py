"""`generate` and `check`: make what is made from the spec, and say whether it is what the spec makes today."""

from __future__ import annotations

import difflib
import os
import shutil
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.changes import api_changes
from generator.document import load
from generator.make import OUTPUT, ROOT, SPEC, check_overrides, make

API_CHANGES = ROOT / "docs" / "api-changes.md"
SHOWN = 12  # lines of each difference
HOW_TO_CORRECT = (
    "run 'make generate' and commit the result. generated/stamp.json has the inputs: where it is the same, a module of "
    "generator/ changed, or the output was edited by hand"
)


def generate(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """Make everything in a folder beside the old one, then put it in its place."""
    with TemporaryDirectory(prefix=".generated-", dir=output.parent) as scratch:
        fresh, table = _fresh(Path(scratch), spec)
        if output.exists():
            output.rename(Path(scratch) / "old")
        shutil.move(fresh, output)
        api_changes_path.parent.mkdir(exist_ok=True)
        shutil.move(table, api_changes_path)
    return "", True


def check(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """Return what is out of date, and what to do, and whether nothing is."""
    with TemporaryDirectory(prefix="batchtasks-check-") as scratch:
        fresh, table = _fresh(Path(scratch), spec)
        complaints = [*compare(fresh, output), *compare(table, api_changes_path, "docs/api-changes.md")]
    if complaints:
        return "\n".join([*complaints, HOW_TO_CORRECT]), False
    return "generated/ and docs/api-changes.md are up to date", True


def _fresh(scratch: Path, spec: Path) -> tuple[Path, Path]:
    """Make everything in a folder, and return the paths of the output and of the table of API changes."""
    check_overrides()
    output, table = scratch / "generated", scratch / "api-changes.md"
    make(output, spec)
    table.write_text(api_changes(load(spec)), encoding="utf-8")
    return output, table


def compare(fresh: Path, found: Path, name: str = "generated", shown: int = SHOWN) -> list[str]:
    """Return how two trees or files of a name differ: what only one has, and the first lines that differ.

    `-` is what is there, `+` what should be.
    """
    wanted, there = snapshot(fresh, name), snapshot(found, name)
    complaints = []
    for path in sorted(wanted.keys() | there):
        if path not in there:
            complaints.append(f"missing: {path}")
        elif path not in wanted:
            complaints.append(f"no longer made: {path}")
        elif wanted[path] != there[path]:
            lines = list(difflib.unified_diff(there[path], wanted[path], n=0))[2:]
            changed = [f"    {line[:200]}".rstrip("\n") for line in lines if not line.startswith("@@")]
            complaints += [f"differs: {path}", *changed[:shown], *(["    ..."] if len(changed) > shown else [])]
    return complaints


def snapshot(root: Path, name: str) -> dict[str, list[str]]:
    """Return what is at a path and below it but for Python's own caches: its kind, then the lines of a file.

    Of the modes of files only the one that git keeps counts: whether they can be executed.
    """
    found = {}
    for path in (root, *root.rglob("*")):
        if os.path.lexists(path) and "__pycache__" not in path.parts:
            mode = path.lstat().st_mode
            kind = "an executable file" if mode & 0o111 else "a file"
            kind = "a folder" if stat.S_ISDIR(mode) else "a link" if stat.S_ISLNK(mode) else kind
            text = path.read_bytes().decode(errors="backslashreplace") if kind.endswith("file") else ""
            found[(name / path.relative_to(root)).as_posix()] = [f"{kind}\n", *text.splitlines(keepends=True)]
    return found
