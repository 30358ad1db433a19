"""`python -m generator upgrade-generator VERSION`: show what another openapi-python-client would make. Changes nothing.

A scratch folder gets that version and what it needs; our steps run over the same spec with that folder first on their path.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version as installed
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.commands.output import compare
from generator.document import GeneratorError
from generator.make import OUTPUT, ROOT, TEMPLATES, run, upstream_templates

PACKAGE = "openapi-python-client"
SHOWN = 100  # lines of each difference
MAKE = """
import sys
from pathlib import Path
from generator.make import make
sys.tracebacklimit = 0  # the error says it all
make(Path(sys.argv[1]))
"""
NEXT = """
Nothing was changed. To take it: pin it in pyproject.toml, bring our templates in line with what changed in those that they
replace, name the version in generator/templates/overrides.yaml, and run 'make setup generate check test'."""


def upgrade(version: str) -> tuple[str, bool]:
    """Return the report, and whether our steps work with that version."""
    with TemporaryDirectory(prefix="batchtasks-upgrade-") as scratch:
        packages = Path(scratch) / "packages"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(packages)]
        run([*pip, f"{PACKAGE}=={version}", f"ruff=={installed('ruff')}"], f"{PACKAGE} {version} cannot be installed")
        return report(packages, version, Path(scratch) / "generated")


def report(packages: Path, version: str, target: Path) -> tuple[str, bool]:
    """Make everything with the packages in another folder and compare it with what is here."""
    lines = [f"{PACKAGE} {installed(PACKAGE)} -> {version}", "", "Its templates that we replace:"]
    lines += templates(packages / "openapi_python_client" / "templates") or ["  the same"]
    path = os.pathsep.join([str(packages), str(ROOT)])
    try:
        run([sys.executable, "-c", MAKE, str(target)], "our steps and templates do not work with it", PYTHONPATH=path)
    except GeneratorError as error:
        reason = str(error).splitlines()[-1]  # of a traceback, what was raised
        return "\n".join([*lines, "", f"Nothing was made: {reason}"]), False
    return "\n".join([*lines, "", "Output:", *(compare(target, OUTPUT, shown=SHOWN) or ["  the same"]), NEXT]), True


def templates(theirs: Path) -> list[str]:
    """Return how those of upstream's templates changed that we replace."""
    replaced = sorted(path.name for path in TEMPLATES.glob("*.jinja"))
    return [line for name in replaced for line in compare(theirs / name, upstream_templates() / name, name, SHOWN)]
