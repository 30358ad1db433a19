"""Renders numbered frames on Azure Batch: one task a frame, a summary, and one more try for those that failed.

    python frames.py film-7 1 240

reads the account from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, and the pool from BATCH_POOL_ID.
`test_frames.py` tests all of it on a local service, with no account.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import timedelta

from batchtasks import AlreadyExistsError, BatchClient, F, task
from batchtasks.models import JobAddParameter, PoolInformation, TaskAddParameter

RENDER = """/bin/sh -c 'echo "frame $FRAME rendered"'"""


def frame_task(number: int, command: str = RENDER) -> TaskAddParameter:
    """The task of one frame."""
    return task(f"frame-{number:05}", command, env={"FRAME": number}, max_wall_clock_time=timedelta(minutes=10))


def submit(client: BatchClient, job_id: str, frames: list[TaskAddParameter]) -> int:
    """Add the job and its frames; the number of frames that are in. To call it again after a crash is safe."""
    pool = PoolInformation(pool_id=os.environ.get("BATCH_POOL_ID", "render"))
    with suppress(AlreadyExistsError):
        client.job.add(JobAddParameter(id=job_id, pool_info=pool))
    report = client.task.add_collection(job_id, frames)
    return report.added + report.existed


def failures(client: BatchClient, job_id: str) -> dict[str, str]:
    """The frames that failed, each with the end of its standard error."""
    failed = client.task.list(job_id, filter=F.result == "failure", select=["id"])
    names = [str(one.id) for one in failed]
    return {name: _stderr(client, job_id, name) for name in names}


def _stderr(client: BatchClient, job_id: str, name: str) -> str:
    return client.file.get_from_task(job_id, name, "stderr.txt").decode(errors="replace").strip()[-500:]


def render(client: BatchClient, job_id: str, frames: list[TaskAddParameter], patience: timedelta) -> dict[str, str]:
    """Render all frames, those that fail twice; what failed for good, with its standard error."""
    submit(client, job_id, frames)
    client.task.wait(job_id, timeout=patience)
    again = failures(client, job_id)
    if not again:
        return {}
    client.task.reactivate_many(job_id, list(again))
    client.task.wait(job_id, timeout=patience)
    return failures(client, job_id)


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print("usage: frames.py JOB FIRST LAST", file=sys.stderr)
        return 2
    job_id, first, last = arguments[0], int(arguments[1]), int(arguments[2])
    frames = [frame_task(number) for number in range(first, last + 1)]
    with BatchClient.from_env() as client:
        lost = render(client, job_id, frames, patience=timedelta(hours=2))
    print(f"{len(frames) - len(lost)} of {len(frames)} frames rendered")
    for name, reason in lost.items():
        print(f"{name}: {reason}", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
