"""`python -m generator upgrade-generator VERSION`: show what another openapi-python-client would make. Changes nothing.

A scratch environment gets that version and the other tools as they are pinned; our steps run there over the same spec.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from generator.document import GeneratorError
from generator.make import HERE, OUTPUT, ROOT, SPEC, upstream_templates

PACKAGE = "openapi-python-client"
# Run in the scratch environment, with this checkout on the path.
FIND_TEMPLATES = "from generator.make import upstream_templates; print(upstream_templates())"
MAKE = "import sys; from pathlib import Path; from generator.make import fill; fill(*map(Path, sys.argv[1:]))"


def upgrade(version: str, full: bool = False) -> tuple[str, bool]:
    """Return the report, and whether our steps work with that version."""
    with TemporaryDirectory(prefix="batchtasks-upgrade-") as scratch:
        folder = Path(scratch) / "env"
        run([sys.executable, "-m", "venv", "--without-pip", str(folder)], "no scratch environment could be made")
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        wanted = [f"{PACKAGE}=={version}", f"ruff=={installed('ruff')}", "pyyaml", "attrs"]
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
        run([*pip, "install", *wanted], f"{PACKAGE} {version} cannot be installed")
        return report(python, version, Path(scratch) / "generated", full)


def report(python: Path, version: str, target: Path, full: bool = False) -> tuple[str, bool]:
    """Make everything with the interpreter of another environment and compare it with what is here."""
    found = run([str(python), "-c", FIND_TEMPLATES], "the scratch environment cannot run our steps")
    lines = [f"{PACKAGE} {installed(PACKAGE)} -> {version}", "", *templates(Path(found.strip()))]
    target.mkdir()
    try:
        run([str(python), "-c", MAKE, str(target), str(SPEC)], "our steps and templates do not work with it")
    except GeneratorError as error:
        return "\n".join([*lines, "", f"Nothing was made: {error}"]), False
    now = shutil.copytree(OUTPUT, target.parent / "now", ignore=shutil.ignore_patterns("__pycache__", "stamp.json"))
    (target / "stamp.json").unlink()
    lines += ["", "Output (but for stamp.json):", difference(now, target, full) or "  the same", ""]
    lines += ["Nothing was changed. To take it: pin it in pyproject.toml, put the new hashes of the templates that we"]
    lines += ["replace into generator/templates/overrides.yaml, and run 'make setup generate check test'."]
    return "\n".join(lines), True


def templates(theirs: Path) -> list[str]:
    """Return how those of upstream's templates changed that we replace, with their new hashes."""
    replaced = yaml.safe_load((HERE / "templates" / "overrides.yaml").read_text(encoding="utf-8"))
    lines = []
    for name, row in replaced.items():
        path = theirs / name
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "gone"
        if digest != row["upstream"]:
            shown = difference(upstream_templates() / name, path, full=True) if path.exists() else ""
            lines += ["", f"{name}: now {digest}", *shown.splitlines()]
    changed = sum(": now " in line for line in lines)
    return [f"Upstream templates that we replace: {changed} of {len(replaced)} changed", *lines]


def difference(mine: Path, theirs: Path, full: bool) -> str:
    """Return how two files or folders differ: the names of files and the numbers of lines, or all of it."""
    command = ["git", "--no-pager", "diff", "--no-index", "--patch" if full else "--stat=120", str(mine), str(theirs)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.rstrip()  # noqa: S603


def run(command: list[str], complaint: str) -> str:
    """Run a program with this checkout on its path; its last words go into the complaint."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
    if done.returncode != 0:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise GeneratorError(f"{complaint}: {' '.join(last)}")
    return done.stdout
