"""The fault server, once for all tests, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.batchtasks.bulk.faulty import ROOT, FaultServer
from tests.batchtasks.bulk.scripted import ScriptedBackend


@pytest.fixture(scope="session")
def fault_server() -> Iterator[FaultServer]:
    """A running fault server."""
    program = str(ROOT / "tests" / "batchtasks" / "bulk" / "fault_server.py")
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield FaultServer(int(process.stdout.readline()))
        finally:
            process.kill()


@pytest.fixture(params=["sync", "async"])
def both_modes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test once with backends that block and once with backends that suspend."""
    monkeypatch.setattr(ScriptedBackend, "default_is_async", request.param == "async")
