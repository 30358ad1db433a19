"""Whole programs: killed half-way and run again, and interrupted by Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.batchtasks.bulk.faulty import ROOT, FaultServer

PROGRAM = ROOT / "tests" / "batchtasks" / "bulk" / "programs" / "add_many.py"
COUNT = 3_000
# After so many requests the server holds the others back. The program has four under way.
HALF, LANES = 12, 4


@contextmanager
def running(server: FaultServer, job: str, mode: str) -> Iterator[subprocess.Popen[str]]:
    """The program, half-way: some of its requests have been answered, and those under way are held back."""
    command = [sys.executable, str(PROGRAM), server.url, job, str(COUNT), mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            while server.state(job).requests < HALF + LANES:
                assert process.poll() is None, process.communicate()[1]
                time.sleep(0.01)
            yield process
        finally:
            process.kill()


def finish(server: FaultServer, job: str) -> dict[str, Any]:
    """Run the program again, to its end."""
    command = [sys.executable, str(PROGRAM), server.url, job, str(COUNT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    numbers: dict[str, Any] = json.loads(done.stdout)
    return numbers


def test_killed_half_way_and_run_again(fault_server: FaultServer) -> None:
    """Every task is in exactly once, and the second run says how many were there."""
    job = fault_server.job(faults=["lost", "busy"], share=0.02, delay=0.05, holds_after=HALF)
    with running(fault_server, job, "sync") as process:
        process.kill()
        process.wait()
    before = fault_server.state(job)
    assert 0 < len(before.tasks) < COUNT
    fault_server.go_on(job)  # what was under way arrives late
    second = finish(fault_server, job)
    state = fault_server.state(job)
    assert sorted(state.ids) == [f"part-{number:06d}" for number in range(COUNT)]
    # A task whose first answer got lost in the second run counts as added, although it had been there.
    assert second["added"] + second["existed"] == COUNT
    assert second["existed"] > 0


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_ctrl_c_stops_sending_and_tells_what_is_in(fault_server: FaultServer, mode: str) -> None:
    job = fault_server.job(delay=0.1, holds_after=HALF)
    with running(fault_server, job, mode) as process:
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)  # so that it notices the signal before the answers
        fault_server.go_on(job)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    report = json.loads(out)
    state = fault_server.state(job)
    assert "KeyboardInterrupt" in report["stopped"] or "Cancelled" in report["stopped"]
    assert state.requests <= HALF + 3 * LANES
    assert report["added"] <= len(state.tasks) <= report["added"] + report["unknown"]
    assert report["unknown"] <= 400
    assert report["pulled"] == report["added"] + report["unknown"] + report["unsent"]
    assert finish(fault_server, job)["existed"] == len(state.tasks)
