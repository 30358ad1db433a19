"""The official packages' own tests of tasks, jobs and files, from their sdists, unchanged but for what needs a node's files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from batchtasks.testing import local_batch
from tests.programs.support import environment, source
from tests.programs.support import run as run_program

pytestmark = pytest.mark.slow
TOOLS = Path(__file__).parent / "devtools"
COMMON = ("pytest", "pytest-asyncio", "six", "requests")
SDKS = {"14.2.0": ("azure-batch==14.2.0", *COMMON), "15.1.0": ("azure-batch==15.1.0", "aiohttp", *COMMON)}
# Files of nodes are not among the operations here: this part is cut out of the test of files.
NODE_FILES = re.compile(
    r"^ +# Test List Files from (?:Compute|Batch) Node\n.*?(?=^ +# Test List Files from Task\n)", re.M | re.S
)


def prepare(folder: Path, package: str) -> None:
    """Copy the tests of a package, and put our account where they would make one in Azure."""
    theirs = source(package) / "tests"
    for path in theirs.glob("*.py"):
        if path.name not in ("conftest.py", "batch_preparers.py"):
            shutil.copy(path, folder)
    shutil.copytree(TOOLS, folder, dirs_exist_ok=True)
    tests = folder / "test_batch.py"
    text, cut = NODE_FILES.subn("", tests.read_text(encoding="utf-8"))
    assert cut == 1
    # It compares a number with the text of a header, which no answer can satisfy.
    text = text.replace("== props.headers['Content-Length']", "== int(props.headers['Content-Length'])")
    tests.write_text(text, encoding="utf-8")


def run(folder: Path, version: str, test: str, *, starts_tasks: bool) -> str:
    """Run one of the tests in its own environment against a service of its own; return what pytest printed."""
    prepare(folder, f"azure-batch=={version}")
    options = ("-q", "-x", "-W", "ignore", "-o", "asyncio_mode=auto", "-p", "no:cacheprovider")
    with local_batch(run=starts_tasks) as batch:
        python = environment(f"azure-batch-{version}", *SDKS[version])
        named = f"test_batch.py::TestBatch::test_batch_{test}"
        return run_program(python, "-m", "pytest", *options, named, cwd=folder, variables=batch.environment)


# A pool has no nodes in their tests of tasks and jobs.
TESTS = [
    pytest.param("tasks", False),
    pytest.param("jobs", False),
    pytest.param("files", True),
]


@pytest.mark.parametrize(("test", "starts_tasks"), TESTS)
def test_of_14_2_0(tmp_path: Path, test: str, starts_tasks: bool) -> None:
    assert "1 passed" in run(tmp_path, "14.2.0", test, starts_tasks=starts_tasks)


@pytest.mark.parametrize("client", ["sync", "async"])
@pytest.mark.parametrize(("test", "starts_tasks"), [*TESTS, pytest.param("exception_policy", False)])
def test_of_15_1_0(tmp_path: Path, test: str, starts_tasks: bool, client: str) -> None:
    assert "1 passed" in run(tmp_path, "15.1.0", f"{test}[{client}]", starts_tasks=starts_tasks)
