"""Running what users copy in a process of its own, against a local service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
# What users do not have installed; pytest would load it for half a second.
ONLY_OURS = {"PYTEST_ADDOPTS": "-p no:schemathesis -p no:hypothesispytest -p no:pytest_httpx -p no:anyio -p no:xdist"}


def run(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, cwd: Path | None = None, status: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments and hold it to an exit status."""
    hidden = ("BATCH_", "AZ_BATCH_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**kept, **ONLY_OURS, "COLUMNS": "100", **(environment or {})},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == status, f"exit status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done
