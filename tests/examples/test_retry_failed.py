"""The retry program runs again what may succeed, leaves what cannot, and says what is lost."""

from __future__ import annotations

import pytest

from batchtasks import task
from batchtasks.testing import RunningBatch
from tests.examples.support import EXAMPLES, run

pytestmark = pytest.mark.slow

# Fails so many times, by a count in the folder that all tasks of the node share.
FLAKY = """/bin/sh -c 'f="$AZ_BATCH_NODE_SHARED_DIR/$AZ_BATCH_TASK_ID"; echo x >> "$f"
test $(wc -l < "$f") -gt $FAILURES || { echo "not yet" >&2; exit 75; }'"""


def test_the_failed_tasks_get_their_chances(local_batch: RunningBatch) -> None:
    with local_batch.client() as client:
        client.job.add({"id": "job", "poolInfo": {"poolId": "any"}})
        flaky = [task(f"fails-{count}", FLAKY, env={"FAILURES": count}) for count in (0, 1, 2, 3)]
        client.task.add_collection("job", [*flaky, task("absent", "no-such-program")])

    program = EXAMPLES / "retry_failed.py"
    done = run(program, "job", "2", environment=local_batch.environment, status=1)

    lost = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    assert lost.keys() == {"fails-3", "absent"}
    assert lost["fails-3"].split("\t") == ["FailureExitCode 75", "not yet"]
    assert lost["absent"].startswith("CommandProgramNotFound")
    assert "3 of 4 failed tasks run again" in done.stderr
    assert "2 of 3 failed tasks run again" in done.stderr

    assert run(program, "job", "1", environment=local_batch.environment, status=1).stdout.startswith("absent\t")


def test_a_job_without_failures_is_fine(local_batch: RunningBatch) -> None:
    with local_batch.client() as client:
        client.job.add({"id": "job", "poolInfo": {"poolId": "any"}})
        client.task.add("job", task("fine", "true"))
    done = run(EXAMPLES / "retry_failed.py", "job", environment=local_batch.environment)
    assert (done.stdout, done.stderr) == ("", "")


def test_wrong_usage_is_said() -> None:
    assert "usage" in run(EXAMPLES / "retry_failed.py", status=2).stderr
