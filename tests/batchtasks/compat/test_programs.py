"""Public programs of azure-batch 14 against the local service, with the import redirected and nothing else changed.

Each lives in an environment of its own, made from the registry: `pytest -m slow tests/batchtasks/compat`.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tarfile
from collections.abc import Mapping
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
    environment.run("-m", "pip", "uninstall", "--quiet", "--yes", "azure-batch")
    return environment


def _named(variables: Mapping[str, str]) -> Any:
    """Return variables as keyword arguments, whose types mypy cannot match with those of the others."""
    return dict(variables)


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


# Its test of files reads those of nodes, and the others need certificates, schedules and users of nodes.
@pytest.mark.parametrize("what", ["tasks", "jobs"])
def test_the_tests_of_the_sdk(sdk: tuple[Environment, Path], what: str) -> None:
    environment, folder = sdk
    with local_batch(run=False) as batch:  # its pools have no nodes
        printed = environment.run(
            *(
                "-m",
                "pytest",
                "-q",
                "-W",
                "ignore",
                "-p",
                "no:batchtasks",
                "-k",
                f"test_batch_{what}",
                "test_batch.py",
            ),
            cwd=folder,
            **_named(batch.environment),
        )
    assert "1 passed" in printed


ENGINE = """#!{python}
# A container engine without containers: it runs what stands after the name of the image.
import os, sys
command = sys.argv[sys.argv.index("image") + 1 :] if sys.argv[1] == "run" else []
command and os.execvp(command[0], command)
"""


@pytest.fixture
def engine(tmp_path: Path) -> str:
    path = tmp_path / "engine"
    path.write_text(ENGINE.replace("{python}", sys.executable))
    path.chmod(0o755)
    return str(path)


def run(folder: Path, program: str, package: str, *packages: str, pool: str | None = None, **settings: Any) -> Any:
    """Run a program of this folder with a public package whose imports are redirected; return what it saw."""
    environment = make(folder, *packages)
    assert redirect(installed(environment, package)) > 0
    with local_batch(**settings) as batch:
        if pool is not None:  # which another package, for the management of Azure, would have made
            with batch.client() as client:
                client.pool.add({"id": pool, "vmSize": "standard_d2_v2", "targetDedicatedNodes": 1})
        printed = environment.run("-W", "ignore", PROGRAMS / program, batch.url, **_named(batch.environment))
    seen = json.loads(printed.strip().splitlines()[-1])
    assert not seen["official"], "azure-batch itself was imported"
    return seen


def test_covalent(tmp_path: Path) -> None:
    seen = run(
        tmp_path, "covalent_plugin.py", "covalent_azurebatch_plugin", "covalent-azurebatch-plugin==0.17.0", run=False
    )
    assert seen["job"] == "covalent-batch-abc-0"
    assert (seen["before"], seen["after"]) == (["active", None], ["completed", None])
    assert seen["constraints"] == {"max_wall_clock_time": "PT5M", "retention_time": "P7D", "max_task_retry_count": 3}
    assert (seen["environment"], seen["reason"], seen["empty"]) == (5, "Completed", True)


def test_airflow(tmp_path: Path) -> None:
    package = "apache-airflow-providers-microsoft-azure==12.10.0"
    seen = run(tmp_path, "airflow_operator.py", "airflow/providers/microsoft/azure", package)
    assert seen["connected"] == [True, "Successfully connected to Azure Batch."]
    assert (seen["good"], seen["again"]) == ("done", "done")
    assert "FailureExitCode" in seen["bad"]


def test_snakemake(tmp_path: Path, engine: str) -> None:
    package = "snakemake-executor-plugin-azure-batch==0.3.0"
    name = "snakemake_executor_plugin_azure_batch"
    seen = run(tmp_path, "snakemake_executor.py", name, package, pool="snakemake", container_engine=engine)
    good, bad = seen["submitted"]
    assert seen["successes"] == [good]
    ((failed, message, output),) = seen["errors"]
    assert failed == bad
    assert "FailureExitCode" in message
    assert output.keys() == {"stderr", "stdout"}
