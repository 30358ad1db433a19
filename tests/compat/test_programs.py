"""Public programs of azure-batch 14 against the local service, with the import redirected and nothing else changed.

Each lives in an environment of its own, made from the registry: `pytest -m slow tests/compat`.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest

from batchtasks.testing import local_batch
from tests.package.support import ROOT, Environment

pytestmark = pytest.mark.slow
PROGRAMS = Path(__file__).parent / "programs"


def redirected(source: str) -> str:
    """Return a program with azure.batch replaced; azure.mgmt.batch and the rest of azure stay."""
    return re.sub(r"\bazure\.batch\b", "batchtasks.compat", source)


def redirect(folder: Path) -> int:
    """Redirect the imports of all modules of a folder; return how many changed."""
    changed = 0
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if (now := redirected(source)) != source:
            path.write_text(now, encoding="utf-8")
            changed += 1
    return changed


def make(folder: Path, *packages: str) -> Environment:
    """Return an environment with this checkout and some packages, but without azure-batch."""
    environment = Environment.make(folder / "env")
    environment.install(ROOT, *packages)
    environment.run("-m", "pip", "uninstall", "--quiet", "--yes", "azure-batch", "msrestazure")
    return environment


def installed(environment: Environment, package: str) -> Path:
    """Return the folder of an installed package."""
    return next(environment.folder.glob(f"lib/python*/site-packages/{package}"))


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Environment, Path]:
    """The SDK's own tests, from its sdist, in an environment without the SDK."""
    folder = tmp_path_factory.mktemp("sdk")
    environment = make(folder, "pytest")
    environment.run(
        "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest", folder, "azure-batch==14.2.0"
    )
    with tarfile.open(next(folder.glob("azure*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    tests = folder / "tests"
    tests.mkdir()
    original = next(folder.glob("azure*/tests/test_batch.py"))
    (tests / "test_batch.py").write_text(redirected(original.read_text(encoding="utf-8")), encoding="utf-8")
    for name in ("devtools_testutils", "batch_preparers"):
        shutil.copytree(PROGRAMS / "sdk" / name, tests / name)
    return environment, tests


@pytest.mark.parametrize(("name", "settings"), [("tasks", {"run": False}), ("jobs", {"run": False}), ("files", {})])
def test_the_tests_of_the_sdk(sdk: tuple[Environment, Path], name: str, settings: dict[str, Any]) -> None:
    environment, tests = sdk
    with local_batch(**settings) as batch:
        printed = environment.run(
            *("-m", "pytest", "-q", "-W", "ignore", "-p", "no:batchtasks", "-k", f"test_batch_{name}", "test_batch.py"),
            cwd=tests,
            **batch.environment,
        )
    assert "1 passed" in printed
