"""`python -m generator upgrade-generator VERSION`: what another openapi-python-client would make. Changes nothing.

A scratch environment gets that version beside the tools that are pinned here; our steps run there over the same spec.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from generator.check import files
from generator.make import HERE, OUTPUT, ROOT, SPEC
from generator.overrides import upstream_templates
from generator.problem import Problem

PACKAGE = "openapi-python-client"
SHOWN = 40  # lines of one file's difference, unless all are asked for
# Run in the scratch environment, with this checkout on the path.
FIND_TEMPLATES = "from generator.overrides import upstream_templates; print(upstream_templates())"
MAKE = (
    "import sys; from pathlib import Path; from generator.make import fill; fill(Path(sys.argv[1]), Path(sys.argv[2]))"
)


def upgrade(version: str, full: bool = False) -> tuple[str, bool]:
    """The report: templates of upstream's that changed, then what would be made, file by file; and whether it works."""
    with TemporaryDirectory(prefix="batchtasks-upgrade-") as scratch:
        python = _environment(Path(scratch) / "env", version)
        return report(python, version, Path(scratch) / "generated", full)


def report(python: Path, version: str, target: Path, full: bool = False) -> tuple[str, bool]:
    """Make everything with the interpreter of another environment and compare what comes with what is there."""
    templates = Path(_run([str(python), "-c", FIND_TEMPLATES], "the scratch environment cannot run our steps").strip())
    lines = [f"{PACKAGE} {installed(PACKAGE)} -> {version}", "", *_templates(upstream_templates(), templates, full)]
    target.mkdir()
    failure = "our steps and templates do not work with it"
    try:
        _run([str(python), "-c", MAKE, str(target), str(SPEC)], failure)
    except Problem as problem:
        return "\n".join([*lines, "", f"Nothing was made: {problem}"]), False
    lines += ["", *_output(OUTPUT, target, full), ""]
    lines += ["Nothing was changed. To take it: pin it in pyproject.toml, put the new hashes of the templates that we"]
    lines += ["replace into generator/templates/overrides.yaml, and run 'make setup generate check test'."]
    return "\n".join(lines), True


def _environment(folder: Path, version: str) -> Path:
    """A fresh environment with that version of the generator and with our other pins."""
    _run([sys.executable, "-m", "venv", str(folder)], "no scratch environment could be made")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted = [f"{PACKAGE}=={version}", f"ruff=={installed('ruff')}", "pyyaml", "attrs"]
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
    _run(command, f"{PACKAGE} {version} cannot be installed")
    return python


def _templates(mine: Path, theirs: Path, full: bool) -> list[str]:
    """Which of upstream's templates changed; those that we replace with their differences and new hashes."""
    replaced = yaml.safe_load((HERE / "templates" / "overrides.yaml").read_text(encoding="utf-8"))
    changed = [name for name in sorted(files(mine) | files(theirs)) if _read(mine / name) != _read(theirs / name)]
    ours = [name for name in changed if name in replaced]
    total = len(files(mine) | files(theirs))
    lines = [
        f"Upstream templates: {len(changed)} of {total} changed, {len(ours)} of them of the {len(replaced)} that we replace"
    ]
    for name in ours:
        digest = hashlib.sha256(_read(theirs / name).encode()).hexdigest() if (theirs / name).exists() else "(gone)"
        lines += ["", f"{name}: now {digest}", *_difference(_read(mine / name), _read(theirs / name), full)]
    return lines


def _output(mine: Path, theirs: Path, full: bool) -> list[str]:
    """How what would be made differs from what is there; the stamp always does, and is left out."""
    names = (files(mine) | files(theirs)) - {"stamp.json"}
    changed = [name for name in sorted(names) if _read(mine / name) != _read(theirs / name)]
    lines = [f"Output: {len(changed)} of {len(names)} files would change"]
    for name in changed:
        lines += ["", f"generated/{name}", *_difference(_read(mine / name), _read(theirs / name), full)]
    return lines


def _difference(before: str, after: str, full: bool) -> list[str]:
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), "now", "then", lineterm="", n=1))
    shown = lines if full or len(lines) <= SHOWN else [*lines[:SHOWN], f"... {len(lines) - SHOWN} more lines (--full)"]
    return [f"    {line}" for line in shown]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _run(command: list[str], complaint: str) -> str:
    """Run a program with this checkout on its path; its last words go into the complaint."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode != 0:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise Problem(f"{complaint}: {' '.join(last)}")
    return done.stdout
