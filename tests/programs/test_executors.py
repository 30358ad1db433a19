"""Executors of workflow programs with the official package that they bring along: Airflow, Snakemake, covalent.

The scripts of tests/batchtasks/compat/programs say what each of them does; there they run without the official package.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from batchtasks.testing import local_batch
from tests.programs.support import environment, run_json

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
SHARED = HERE.parent / "batchtasks" / "compat" / "programs"
PROVIDER = "apache-airflow-providers-microsoft-azure"
AIRFLOW = {
    "12.10.0": (f"{PROVIDER}==12.10.0", "azure-batch==14.2.0"),
    "15.2.1": (f"{PROVIDER}==15.2.1",),  # brings azure-batch 15
}
# It runs what stands after the name of the image; a task without a command line is the image's own entry point.
ENGINE = """#!{python}
import os, sys
command = sys.argv[sys.argv.index("image") + 1 :] if sys.argv[1] == "run" else ["true"]
command = command or ["/bin/echo", "entry point"]
os.execvp(command[0], command)
"""


@pytest.fixture
def engine(tmp_path: Path) -> str:
    """The command of a stand-in for a container engine."""
    path = tmp_path / "engine"
    path.write_text(ENGINE.replace("{python}", sys.executable))
    path.chmod(0o755)
    return str(path)


def run(name: str, packages: tuple[str, ...], script: Path, *, pool: bool = False, **settings: Any) -> dict[str, Any]:
    """Run a script in its own environment against a service of its own; return what it saw."""
    python = environment(name, *packages)
    with local_batch(**settings) as batch:
        if pool:  # which another package, for the management of Azure, would have made
            with batch.client() as client:
                client.pool.add({"id": "snakemake", "vmSize": "standard_d2_v2", "targetDedicatedNodes": 1})
        return run_json(python, script, batch.url, variables=batch.environment)


@pytest.mark.parametrize("version", AIRFLOW)
def test_airflows_operator(version: str) -> None:
    seen = run(f"airflow-{version}", AIRFLOW[version], SHARED / "airflow_operator.py")
    assert seen["official"]
    assert seen["connected"] == [True, "Successfully connected to Azure Batch."]
    assert (seen["good"], seen["again"]) == ("done", "done")
    assert "fail" in seen["bad"].lower()


def test_airflows_trigger() -> None:
    seen = run("airflow-15.2.1", AIRFLOW["15.2.1"], HERE / "scripts" / "airflow_trigger.py")
    assert seen["images"] > 0
    assert seen["good"]["status"] == "success"
    assert seen["bad"]["status"] != "success"


def test_snakemakes_executor(engine: str) -> None:
    package = "snakemake-executor-plugin-azure-batch==0.3.0"
    seen = run("snakemake", (package,), SHARED / "snakemake_executor.py", pool=True, container_engine=engine)
    assert seen["official"]
    good, bad = seen["submitted"]
    assert seen["successes"] == [good]
    ((failed, message, output),) = seen["errors"]
    assert failed == bad
    assert "FailureExitCode" in message
    assert output.keys() == {"stderr", "stdout"}


COVALENT = ("covalent-azurebatch-plugin==0.17.0",)


def test_covalents_executor_cancels() -> None:
    seen = run("covalent", COVALENT, SHARED / "covalent_plugin.py", run=False)
    assert seen["official"]
    assert (seen["before"], seen["after"]) == (["active", None], ["completed", None])
    assert (seen["environment"], seen["reason"], seen["empty"]) == (5, "Completed", True)


def test_covalents_task_runs_the_images_entry_point(engine: str) -> None:
    seen = run("covalent", COVALENT, HERE / "scripts" / "covalent_run.py", container_engine=engine)
    assert seen == {"state": "completed", "code": 0, "printed": "entry point\n", "command": ""}
