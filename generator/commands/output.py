"""`generate` and `check`: make what is made from the spec, and say whether it is what the spec makes today."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.changes import api_changes
from generator.document import load
from generator.make import OUTPUT, ROOT, SPEC, make, stamp

API_CHANGES = ROOT / "docs" / "api-changes.md"
SHOWN = 12
NOTHING_MOVED = "no input in generated/stamp.json changed: a module of generator/ did, or the output was edited by hand"
HOW_TO_CORRECT = "run 'make generate' and commit the result"


def generate(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """Make everything in a folder beside the old one, then put it in its place."""
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


def check(spec: Path = SPEC, output: Path = OUTPUT, api_changes_path: Path = API_CHANGES) -> tuple[str, bool]:
    """Return what is out of date, the cause first, and what to do, and whether nothing is."""
    with TemporaryDirectory(prefix="batchtasks-check-") as scratch:
        fresh = Path(scratch) / "generated"
        fresh.mkdir()
        make(fresh, spec)
        complaints = [*compare(fresh, output), *compare_api_changes(spec, api_changes_path)]
    if complaints:
        return "\n".join([*moved(output, spec), *complaints, HOW_TO_CORRECT]), False
    return "generated/ and docs/api-changes.md are up to date", True


def compare_api_changes(spec: Path = SPEC, path: Path = API_CHANGES) -> list[str]:
    """Return how the table of API changes differs from what the spec makes; empty when it does not."""
    fresh = api_changes(load(spec))
    if not path.exists():
        return ["missing: docs/api-changes.md"]
    found = path.read_text(encoding="utf-8")
    return [] if found == fresh else ["differs: docs/api-changes.md", *first_lines(fresh, found)]


def compare(fresh: Path, output: Path) -> list[str]:
    """Return how two trees differ: what is missing or too many, kinds and modes, and the first lines that differ."""
    wanted, found = entries(fresh), entries(output)
    complaints = [f"missing: generated/{name}" for name in sorted(wanted.keys() - found)]
    complaints += [f"not made by the generator: generated/{name}" for name in sorted(found.keys() - wanted)]
    for name in sorted(wanted.keys() & found):
        if wanted[name] != found[name]:
            complaints.append(f"differs: generated/{name} is {found[name]} in place of {wanted[name]}")
        elif wanted[name].endswith("file"):
            one, two = (fresh / name).read_bytes(), (output / name).read_bytes()
            lines = first_lines(one.decode(errors="replace"), two.decode(errors="replace")) if one != two else []
            complaints += [f"differs: generated/{name}", *lines] if one != two else []
    return complaints


def entries(root: Path) -> dict[str, str]:
    """Return what is below a folder but for Python's own caches, by its path: what kind of thing it is.

    Of the modes of files only the one that git keeps counts: whether they can be executed.
    """
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for path in (Path(folder, name) for name in (*folders, *names)):
            mode = path.lstat().st_mode
            kind = "a folder" if stat.S_ISDIR(mode) else "a file" if stat.S_ISREG(mode) else "a link"
            if kind == "a file" and mode & 0o111:
                kind = "an executable file"
            found[path.relative_to(root).as_posix()] = kind
    return found


def files(root: Path) -> set[str]:
    """Return the paths of all files below a folder, but for Python's own caches."""
    return {name for name, kind in entries(root).items() if kind.endswith("file")}


def moved(output: Path, spec_path: Path) -> list[str]:
    """Return which inputs changed since the output was made, by its stamp."""
    try:
        then = json.loads((output / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["generated/stamp.json is missing or cannot be read"]
    now = stamp(spec_path)
    lines = [
        f"changed since: {name} {then.get('tools', {}).get(name) or '(unknown)'} -> {version} (the generator's tools)"
        for name, version in now["tools"].items()
        if then.get("tools", {}).get(name) != version
    ]
    before, after = then.get("inputs", {}), now["inputs"]
    lines += [f"changed since: {name}" for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return lines or [NOTHING_MOVED]


def first_lines(fresh: str, found: str) -> list[str]:
    """Return the first lines that two texts do not share: `-` what is there, `+` what should be."""
    lines = difflib.unified_diff(found.splitlines(), fresh.splitlines(), lineterm="", n=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return [f"    {line}" for line in changed[:SHOWN]] + (["    ..."] if len(changed) > SHOWN else [])
