"""Runs the failed tasks of a job again, in some rounds, and reports which failed in all of them.

    python retry_failed.py JOB [ROUNDS]

ROUNDS is 2 if it is not given. A task whose program cannot be found, or that somebody ended, is not run again. The exit
status is 1 if a task failed in the end. The account comes from BATCH_ACCOUNT_URL, BATCH_ACCOUNT_NAME and BATCH_ACCOUNT_KEY.
"""

from __future__ import annotations

import sys
from collections import Counter

from batchtasks import BatchClient, BatchTasksError, F
from batchtasks.models import CloudTask

# To run these again changes nothing.
HOPELESS = {"CommandProgramNotFound", "TaskEnded"}


def reason(one: CloudTask) -> str:
    """Why a task failed: the service's code, and the exit code if there is one."""
    info = one.execution_info
    code = (info and info.failure_info and info.failure_info.code) or "unknown"
    exit_code = info.exit_code if info else None
    return code if exit_code is None else f"{code} {exit_code}"


def failed(client: BatchClient, job_id: str) -> dict[str, str]:
    """The tasks that have failed and why, by id."""
    found = client.task.list(job_id, filter=F.result == "failure", select=["id", "executionInfo"])
    return {str(one.id): reason(one) for one in found}


def retry(client: BatchClient, job_id: str, rounds: int) -> dict[str, str]:
    """Wait for the job's tasks and run the failed ones again, so many times; what failed for good."""
    for left in range(rounds, -1, -1):
        client.task.wait(job_id, list_succeeded=False)
        losses = failed(client, job_id)
        again = [name for name, why in losses.items() if why.partition(" ")[0] not in HOPELESS]
        if not again or not left:
            return losses
        print(f"{len(again)} of {len(losses)} failed tasks run again: {_counted(losses)}", file=sys.stderr)
        client.task.reactivate_many(job_id, again)
    raise AssertionError("the last round returns")


def _counted(losses: dict[str, str]) -> str:
    return ", ".join(f"{count} x {why}" for why, count in Counter(losses.values()).most_common())


def _last_words(client: BatchClient, job_id: str, name: str) -> str:
    try:
        text = client.file.get_from_task(job_id, name, "stderr.txt").decode(errors="replace").strip()
    except BatchTasksError:
        return "(no stderr.txt)"
    return text.splitlines()[-1] if text else "(nothing on stderr)"


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print("usage: retry_failed.py JOB [ROUNDS]", file=sys.stderr)
        return 2
    job_id, rounds = arguments[0], int(arguments[1]) if len(arguments) > 1 else 2
    with BatchClient.from_env() as client:
        losses = retry(client, job_id, rounds)
        for name, why in losses.items():
            print(f"{name}\t{why}\t{_last_words(client, job_id, name)}")
    return 1 if losses else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
