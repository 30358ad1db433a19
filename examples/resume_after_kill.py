"""Adds a task for each line of a file. It can be killed and run again at any time: every task is added exactly once.

    python resume_after_kill.py JOB FILE

There is no list of what has been sent. The id of a task follows from its line, so adding it again does nothing: the
service answers that it exists. The tasks that a killed run has sent are there, and the next run adds the rest.
The account comes from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY, the pool from BATCH_POOL_ID.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from batchtasks import AlreadyExistsError, BatchClient, BulkAddError, task
from batchtasks.models import TaskAddParameter


def line_tasks(path: Path) -> Iterator[TaskAddParameter]:
    """A task for each line; two equal lines are two tasks with different numbers."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            text = line.rstrip("\n")
            mark = hashlib.sha256(text.encode()).hexdigest()[:12]
            yield task(f"{number:08}-{mark}", f"/bin/echo {shlex.quote(text)}")


def add_all(client: BatchClient, job_id: str, path: Path) -> str:
    """Add what is not there yet; how many were added and how many were there."""
    with suppress(AlreadyExistsError):
        client.job.add({"id": job_id, "poolInfo": {"poolId": os.environ.get("BATCH_POOL_ID", "local")}})
    report = client.task.add_collection(job_id, line_tasks(path), progress=lambda now: print(now, file=sys.stderr))
    return f"{report.added} added, {report.existed} were there"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: resume_after_kill.py JOB FILE", file=sys.stderr)
        return 2
    with BatchClient.from_env() as client:
        try:
            print(add_all(client, arguments[0], Path(arguments[1])))
        except BulkAddError as error:
            print(f"{error} Run the same command again to continue.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
