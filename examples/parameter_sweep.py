"""A parameter sweep with a reduce step: at which frequency does a damped, driven oscillator swing most?

One task for each point of a grid integrates the motion and leaves a line of CSV; a last task depends on all of them, gets
their files, and prints the resonance of each damping.

With nothing set it starts a local Batch service. With BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME, BATCH_ACCOUNT_KEY and
BATCH_POOL_ID set it runs on that pool; then SWEEP_CONTAINER_URL names a blob container with a SAS that allows read, write
and list. Nodes need sh, awk and sort.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from batchtasks import BatchClient, F, first_failure, task
from batchtasks.models import TaskAddParameter
from batchtasks.testing import local_batch

DAMPINGS = (0.1, 0.2, 0.3)
FREQUENCIES = tuple(round(0.80 + 0.01 * step, 2) for step in range(25))

# x'' + 2 d x' + x = cos(w t), by small steps; the amplitude once the beginning has died away.
INTEGRATE = """BEGIN {
    d = ENVIRON["DAMPING"]; w = ENVIRON["FREQUENCY"]; h = 0.02; x = v = most = 0
    for (t = 0; t < 150; t += h) {
        v += h * (cos(w * t) - 2 * d * v - x); x += h * v
        if (t > 120 && x > most) most = x
    }
    printf "%s,%s,%.4f\\n", d, w, most
}"""
# The line of each damping with the largest amplitude.
REDUCE = """cat points/*/*.csv | sort -t, -k1,1n -k3,3nr | awk -F, '$1 != last { print; last = $1 }'"""


@contextmanager
def account() -> Iterator[tuple[BatchClient, str]]:
    """A client and the container for the files between tasks: of the environment, else local and temporary."""
    if "BATCH_ACCOUNT_URL" in os.environ:
        if not (container := os.environ.get("SWEEP_CONTAINER_URL")):
            sys.exit("Set SWEEP_CONTAINER_URL to a blob container; or unset BATCH_ACCOUNT_URL for a local service.")
        with BatchClient.from_env() as client:
            yield client, container
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        local_batch(file_roots=(Path(folder),)) as service,
        service.client() as client,
    ):
        yield client, Path(folder).as_uri()


def point_task(number: int, damping: float, frequency: float, container: str, prefix: str) -> TaskAddParameter:
    """The task of one point of the grid; its id is a whole number, so that a range can name it."""
    return task(
        str(number),
        """/bin/sh -c 'awk "$PROGRAM" > point.csv'""",
        env={"PROGRAM": INTEGRATE, "DAMPING": damping, "FREQUENCY": frequency},
        max_wall_clock_time=timedelta(minutes=5),
        max_task_retry_count=2,
        output_files=[
            {
                "filePattern": "point.csv",
                "destination": {"container": {"containerUrl": container, "path": f"{prefix}/{number}.csv"}},
                "uploadOptions": {"uploadCondition": "taskSuccess"},
            }
        ],
    )


def reduce_task(points: int, container: str, prefix: str) -> TaskAddParameter:
    """The task that runs when every point has succeeded."""
    return task(
        "reduce",
        """/bin/sh -c 'eval "$PROGRAM"'""",
        env={"PROGRAM": REDUCE},
        depends_on=range(points),
        resource_files=[{"storageContainerUrl": container, "blobPrefix": f"{prefix}/", "filePath": "points"}],
    )


def sweep(client: BatchClient, container: str, job_id: str) -> str:
    """Run the sweep; what the reduce step printed. RuntimeError names the points that failed."""
    pool = {"poolId": os.environ.get("BATCH_POOL_ID", "local")}
    client.job.add({"id": job_id, "poolInfo": pool, "usesTaskDependencies": True})
    grid = list(itertools.product(DAMPINGS, FREQUENCIES))
    tasks = [point_task(number, *point, container, job_id) for number, point in enumerate(grid)]
    client.task.add_collection(job_id, [*tasks, reduce_task(len(grid), container, job_id)])
    # A point that fails for good would keep the reduce step waiting for ever, so the wait ends there.
    client.task.wait(job_id, timeout=timedelta(hours=1), stop_when=first_failure)
    failed = [str(one.id) for one in client.task.list(job_id, filter=F.result == "failure", select=["id"])]
    if failed:
        raise RuntimeError(f"these points failed, see their stderr.txt: {', '.join(failed)}")
    return client.file.get_from_task(job_id, "reduce", "stdout.txt").decode()


def main() -> int:
    with account() as (client, container):
        print("damping,frequency,amplitude")
        print(sweep(client, container, f"sweep-{time.strftime('%Y%m%d-%H%M%S')}"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
