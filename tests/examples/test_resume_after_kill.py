"""A bulk add that is killed half-way and run again brings every task in exactly once."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from batchtasks import BatchClient
from batchtasks.testing import BatchFaults, RunningBatch
from tests.examples.support import EXAMPLES, run

pytestmark = pytest.mark.slow

PROGRAM = EXAMPLES / "resume_after_kill.py"
LINES = 3000


def count(client: BatchClient) -> int:
    found = [job.id for job in client.job.list(select=["id"])]
    return len(list(client.task.list("job", select=["id"]))) if found else 0


@pytest.mark.local_batch(run=False)
def test_a_killed_run_is_gone_on_with(
    local_batch: RunningBatch, batch_faults: BatchFaults, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("input") / "lines.txt"
    # Every tenth line is like the one before; such lines are tasks of their own.
    path.write_text("".join(f"line {number - (number % 10 == 0)}\n" for number in range(LINES)))
    # Eight requests go through, all others hang long enough to be killed.
    slow = batch_faults("latency", seconds=1.5, skip=8, operations=["Task_AddCollection"])
    with local_batch.client() as client:
        first = subprocess.Popen(
            [sys.executable, PROGRAM, "job", path], env=local_batch.environment, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while count(client) < 800:
            assert time.monotonic() < until
            assert first.poll() is None
            time.sleep(0.02)
        first.kill()
        assert first.wait() == -9
        assert count(client) < LINES
        slow.remove()

        done = run(PROGRAM, "job", path, environment=local_batch.environment)

        ids = [one.id for one in client.task.list("job", select=["id"])]
        assert len(ids) == len(set(ids)) == LINES
        added, existed = (int(word) for word in done.stdout.split() if word.isdecimal())
        assert added + existed == LINES
        assert existed >= 800
        again = run(PROGRAM, "job", path, environment=local_batch.environment)
        assert again.stdout == f"0 added, {LINES} were there\n"
