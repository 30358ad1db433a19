"""The types: written from the tables, up to date, and such that a program of azure-batch 14 checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.batchtasks.compat.stubs import FOLDER, STUBS

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", STUBS)
def test_the_types_are_those_of_the_tables(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == STUBS[name](), "run: python -m tests.batchtasks.compat.stubs"


@pytest.mark.slow
def test_mistakes_are_found(tmp_path: Path) -> None:
    """`make check` checks typed_program.py; here what it must not let pass."""
    pytest.importorskip("mypy")
    program = tmp_path / "wrong.py"
    program.write_text(
        "from batchtasks.compat import BatchServiceClient, models\n"
        "def use(client: BatchServiceClient) -> None:\n"
        "    models.TaskAddParameter(id='t')\n"
        "    models.TaskAddParameter(id='t', command_line='c', constrains=None)\n"
        "    client.task.get('j', 't').exit_code\n"
        "    client.task.add('j')\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", program], capture_output=True, text=True, check=False
    )
    assert [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line] == ["3", "4", "5", "6"]
