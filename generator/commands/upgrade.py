"""`python -m generator upgrade-generator VERSION`: show what another openapi-python-client would make. Changes nothing.

A scratch folder gets that version and what it needs; our steps run over the same spec with that folder first on their path.
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
from generator.make import HERE, OUTPUT, ROOT, run, upstream_templates

PACKAGE = "openapi-python-client"
MAKE = """
import sys
from pathlib import Path
from generator.make import fill
sys.tracebacklimit = 0  # the error says it all
fill(Path(sys.argv[1]))
"""


def upgrade(version: str, full: bool = False) -> tuple[str, bool]:
    """Return the report, and whether our steps work with that version."""
    with TemporaryDirectory(prefix="batchtasks-upgrade-") as scratch:
        packages = Path(scratch) / "packages"
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--quiet",
            "--disable-pip-version-check",
            "install",
            "--target",
            str(packages),
        ]
        run([*pip, f"{PACKAGE}=={version}", f"ruff=={installed('ruff')}"], f"{PACKAGE} {version} cannot be installed")
        return report(packages, version, Path(scratch) / "generated", full)


def report(packages: Path, version: str, target: Path, full: bool = False) -> tuple[str, bool]:
    """Make everything with the packages in another folder and compare it with what is here."""
    folder = packages / "openapi_python_client" / "templates"
    lines = [f"{PACKAGE} {installed(PACKAGE)} -> {version}", "", *templates(folder)]
    target.mkdir()
    path = os.pathsep.join([str(packages), str(ROOT)])
    try:
        run([sys.executable, "-c", MAKE, str(target)], "our steps and templates do not work with it", PYTHONPATH=path)
    except GeneratorError as error:
        reason = str(error).splitlines()[-1]  # of a traceback, what was raised
        return "\n".join([*lines, "", f"Nothing was made: {reason}"]), False
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
