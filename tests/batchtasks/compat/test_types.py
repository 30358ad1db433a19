"""The types: such that a program of azure-batch 14 checks, and that its mistakes are found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


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
