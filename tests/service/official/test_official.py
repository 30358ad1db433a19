"""The official clients, unchanged, against the local service: azure-batch 14.2.0, and 15.1.0 sync and async.

They live in environments of their own, `.venv/azure-batch-<version>` of the checkout, which `make test` makes. Others may be
named by BATCHTASKS_AZURE_14 and BATCHTASKS_AZURE_15: interpreters with the package, for 15.1.0 also with aiohttp.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from batchtasks_local import LocalBatch, Settings

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
DAY = "1 day, 0:00:00"
FOREVER = "10675199 days, 2:48:05.477581"
NARROW = ["b99", *(f"b99{n}" for n in range(10))]
THOUSAND = {"active": 0, "running": 0, "completed": 1000, "succeeded": 1000, "failed": 0}


SEEN_14: dict[str, dict[str, Any]] = {
    "jobs": {
        "again": ["BatchErrorException", "JobExists", 409],
        "missing": ["BatchErrorException", "JobNotFound", 404],
        "state": "JobState.active",
        "retries": 5,
        "wall": FOREVER,
        "priority": [0, 7],
        "metadata": "b",
        "unselected": None,
        "listed": ["official14"],
    },
    "bulk": {
        "statuses": ["TaskAddStatus.success"],
        "count": 1000,
        "again": ["TaskAddStatus.client_error TaskExists"],
        "listed": 1000,
        "narrow": NARROW,
        "unselected": None,
        "counts": THOUSAND,
    },
    "one": {
        "id": "One",
        "name": "über",
        "exit": 3,
        "failure": ["ErrorCategory.user_error", "FailureExitCode"],
        "result": "TaskExecutionResult.failure",
        "node": "workitems/official14/job-1/One",
        "wall": DAY,
        "kept": "1:00:00",
        "scope": "AutoUserScope.pool",
        "unchanged": ["BatchErrorException", None, 304],
        "retries": 2,
        "reset": "7 days, 0:00:00",
        "stale": ["BatchErrorException", "ConditionNotMet", 412],
        "gone": ["BatchErrorException", "ConditionNotMet", 412],
        "ended": ["BatchErrorException", "TaskCompleted", 409],
        "succeeded": ["BatchErrorException", "TaskSucceeded", 409],
        "subtasks": 0,
        "missing": ["BatchErrorException", "TaskNotFound", 404],
        "odd": ["BatchErrorException", "TaskNotFound", 404],
    },
    "files": {
        "names": ["stderr.txt", "stdout.txt", "wd"],
        "length": 16,
        "directory": True,
        "text": "hello red world\n",
        "part": "hello",
        "head": [16, False, "0o100644"],
        "deep": "x\n",
        "only": ["wd/out.txt"],
        "deleted": ["BatchErrorException", "FileNotFound", 404],
    },
    "errors": {
        "key": ["BatchErrorException", "AuthenticationFailed", 403],
        "filter": ["$filter", True, "RequestId"],
        "id": ["BatchErrorException", "InvalidPropertyValue", 400],
    },
    "ends": {
        "long": ["TaskState.completed", "TaskEnded"],
        "late": True,
        "reason": "done with it",
        "gone": ["BatchErrorException", "JobNotFound", 404],
    },
}

SEEN_15: dict[str, dict[str, Any]] = {
    "jobs": {
        "again": ["ResourceExistsError", "JobExists", 409],
        "missing": ["ResourceNotFoundError", "JobNotFound", 404],
        "state": "active",
        "retries": 5,
        "wall": FOREVER,
        "priority": [0, 7],
        "unselected": None,
        "listed": ["official15"],
    },
    "bulk": {
        "statuses": ["Success"],
        "count": 1000,
        "again": ["ClientError TaskExists"],
        "listed": 1000,
        "narrow": NARROW,
        "unselected": None,
        "counts": THOUSAND,
    },
    "one": {
        "id": "One",
        "name": "über",
        "state": "completed",
        "exit": 3,
        "failure": ["UserError", "FailureExitCode"],
        "result": "failure",
        "wall": "1:00:00",
        "unchanged": ["ResourceModifiedError", None, 304],
        "updated": [2, "1:00:00"],
        "stale": ["ResourceModifiedError", "ConditionNotMet", 412],
        "ended": ["ResourceExistsError", "TaskCompleted", 409],
        "succeeded": ["ResourceExistsError", "TaskSucceeded", 409],
        "subtasks": 0,
        "missing": ["ResourceNotFoundError", "TaskNotFound", 404],
        "odd": ["ResourceNotFoundError", "TaskNotFound", 404],
    },
    "files": {
        "names": ["stderr.txt", "stdout.txt", "wd"],
        "length": 12,
        "text": "hello world\n",
        "part": "hello",
        "head": [12, False, "0o100644"],
        "deep": "x\n",
        "deleted": ["ResourceNotFoundError", None, 404],
    },
    "errors": {
        "key": ["HttpResponseError", "AuthenticationFailed", 403],
        "filter": ["HttpResponseError", "InvalidQueryParameterValue", 400],
        "id": ["HttpResponseError", "InvalidPropertyValue", 400],
    },
    "ends": {
        "long": ["completed", "TaskEnded"],
        "late": ["ResourceExistsError", "JobCompleted", 409],
        "reason": ["completed", "done with it"],
        "gone": ["ResourceNotFoundError", "JobNotFound", 404],
    },
}


def interpreter(variable: str, version: str) -> str:
    """The Python that has this version of the official client."""
    made = ROOT / ".venv" / f"azure-batch-{version}" / "bin" / "python"
    chosen = os.environ.get(variable) or str(made)
    if not Path(chosen).exists():
        pytest.skip(f"azure-batch {version} is not installed: there is no {chosen}; `make test` makes {made}")
    return chosen


def drive(python: str, script: str, *arguments: str) -> dict[str, Any]:
    """What a client saw of a fresh service, by part."""
    with LocalBatch(Settings(slots=2)) as batch:
        command = [python, str(HERE / script), batch.url, batch.account, batch.key, *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


@pytest.mark.slow
def test_azure_batch_14() -> None:
    """Shared Key, all task operations, jobs, files, a thousand tasks by one call, its own error class."""
    seen = drive(interpreter("BATCHTASKS_AZURE_14", "14.2.0"), "drive_14.py")
    seen["bulk"]["narrow"].sort()
    for part, expected in SEEN_14.items():
        assert seen[part] == expected


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_azure_batch_15(mode: str) -> None:
    """The same with the newer client, whose long-running operations poll the job; its error classes are its own."""
    seen = drive(interpreter("BATCHTASKS_AZURE_15", "15.1.0"), "drive_15.py", mode)
    for part, expected in SEEN_15.items():
        assert seen[part] == expected
