"""Says whether `generated/` is what the spec makes today, and if not, what differs and why."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.make import OUTPUT, SPEC, make, stamp

SHOWN = 12
NOTHING_MOVED = "no input in generated/stamp.json moved: a step in generator/*.py did, or the output was edited by hand"
HOW_TO_MEND = "run 'make generate' and commit the result"


def check(output: Path = OUTPUT, spec_path: Path = SPEC) -> list[str]:
    """What is wrong, a line each and worst first; empty when nothing is."""
    with TemporaryDirectory(prefix="batchtasks-check-") as scratch:
        fresh = Path(scratch) / "generated"
        fresh.mkdir()
        make(fresh, spec_path)
        complaints = compare(fresh, output)
    return [*moved(output, spec_path), *complaints, HOW_TO_MEND] if complaints else []


def compare(fresh: Path, output: Path) -> list[str]:
    """How two trees differ: files missing, files too many, and the first lines that are not the same."""
    wanted, found = files(fresh), files(output)
    complaints = [f"missing: generated/{name}" for name in sorted(wanted - found)]
    complaints += [f"not made by the generator: generated/{name}" for name in sorted(found - wanted)]
    for name in sorted(wanted & found):
        one, two = (fresh / name).read_bytes(), (output / name).read_bytes()
        if one != two:
            lines = first_lines(one.decode(errors="replace"), two.decode(errors="replace"))
            complaints += [f"differs: generated/{name}", *lines]
    return complaints


def files(root: Path) -> set[str]:
    """All files below a folder but for Python's own caches, as paths relative to it."""
    found = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix() for path in found}


def moved(output: Path, spec_path: Path) -> list[str]:
    """Which inputs changed since the output was made, as its stamp tells: the spec, a template, the generator ..."""
    try:
        then = json.loads((output / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["generated/stamp.json is missing or cannot be read"]
    now = stamp(spec_path)
    lines = [_moved_tool(name, then.get("tools", {}).get(name), version) for name, version in now["tools"].items()]
    before, after = then.get("inputs", {}), now["inputs"]
    lines += [_moved_input(name) for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return [line for line in lines if line] or [NOTHING_MOVED]


def _moved_tool(name: str, before: str | None, now: str) -> str:
    return "" if before == now else f"changed since: {name} {before or '(unknown)'} -> {now} (the generator's tools)"


def _moved_input(name: str) -> str:
    sorts = (
        ("spec/", "the spec"),
        ("generator/templates/", "a template"),
        ("generator/config.yaml", "the generator's config"),
        ("generator/facade.yaml", "names of methods and arguments"),
        ("", "code that is copied into the client"),
    )
    return f"changed since: {name} ({next(sort for start, sort in sorts if name.startswith(start))})"


def first_lines(fresh: str, found: str) -> list[str]:
    """The first lines that two texts do not share: `-` what is there, `+` what should be."""
    lines = difflib.unified_diff(found.splitlines(), fresh.splitlines(), lineterm="", n=0)
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return [f"    {line}" for line in changed[:SHOWN]] + (["    ..."] if len(changed) > SHOWN else [])
