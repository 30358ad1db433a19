"""Says whether `generated/` is what the spec makes today, and if not, what differs and why."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.make import OUTPUT, SPEC, make, stamp

SHOWN = 12


def check(output: Path = OUTPUT, spec_path: Path = SPEC) -> list[str]:
    """What is wrong, a line each and worst first; empty when nothing is."""
    with TemporaryDirectory(prefix="batchtasks-check-") as scratch:
        fresh = Path(scratch) / "generated"
        fresh.mkdir()
        make(fresh, spec_path)
        complaints = compare(fresh, output)
    return [*moved(output, spec_path), *complaints, "run 'make generate' and commit the result"] if complaints else []


def compare(fresh: Path, output: Path) -> list[str]:
    """How two trees differ: files missing, files too many, and the first lines that are not the same."""
    wanted, found = files(fresh), files(output)
    complaints = [f"missing: generated/{name}" for name in sorted(wanted - found)]
    complaints += [f"not made by the generator: generated/{name}" for name in sorted(found - wanted)]
    for name in sorted(wanted & found):
        if (fresh / name).read_bytes() != (output / name).read_bytes():
            complaints += [f"differs: generated/{name}", *_first_lines(fresh / name, output / name)]
    return complaints


def files(root: Path) -> set[str]:
    """All files below a folder but for Python's own caches, as paths relative to it."""
    found = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix() for path in found}


def moved(output: Path, spec_path: Path) -> list[str]:
    """Which inputs changed since the output was made, as its stamp tells."""
    try:
        then = json.loads((output / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ["generated/stamp.json is missing or cannot be read"]
    now = stamp(spec_path)
    return [
        f"changed since: {name}"
        for group in ("tools", "inputs")
        for name in sorted({*then.get(group, {}), *now[group]})
        if then.get(group, {}).get(name) != now[group].get(name)
    ]


def _first_lines(fresh: Path, output: Path) -> list[str]:
    lines = difflib.unified_diff(
        output.read_text(errors="replace").splitlines(),
        fresh.read_text(errors="replace").splitlines(),
        lineterm="",
        n=0,
    )
    changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return [f"    {line}" for line in changed[:SHOWN]] + (["    ..."] if len(changed) > SHOWN else [])
