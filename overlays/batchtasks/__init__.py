"""The task operations of Azure Batch: `BatchClient`, `AsyncBatchClient` and what goes with them.

    from batchtasks import BatchClient, F, SharedKeyCredential, task

    with BatchClient(url, SharedKeyCredential(account, key)) as client:
        client.task.add("job1", task("t1", "/bin/sh -c 'echo hi'"))
        client.task.wait("job1")

Each name but the exceptions is imported when it is first used, so that a program pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from batchtasks.errors import *  # noqa: F403

__version__ = "0.1.0"

# The module of each name, apart from the modules' own; `__init__.pyi` says the same to type checkers and editors.
_MODULES = {
    "batchtasks._bulk.report": "BulkAddError BulkError BulkProgress BulkReport TaskOutcome",
    "batchtasks._core.hooks": "Exchange",
    "batchtasks._core.retry": "RetryPolicy",
    "batchtasks._operations.files": "AsyncFileOperations FileOperations",
    "batchtasks._operations.tasks": "AsyncTaskOperations TaskOperations",
    "batchtasks._waiting.wait": "first_failure",
    "batchtasks._waiting.result": (
        "BlockedTask JobEndedError TasksBlockedError WaitError WaitProgress WaitResult WaitTimeoutError"
    ),
    "batchtasks.auth": "SharedKeyCredential TaskTokenCredential",
    "batchtasks.client": "AsyncBatchClient BatchClient",
    "batchtasks.conditions": "Condition ETag if_match if_modified_since if_none_match if_unmodified_since",
    "batchtasks.filters": "F FileF Filter JobF any_of",
    "batchtasks.tasks": "task",
    "batchtasks_rest._call": "AsyncPages Call Page Pages Response",
    "batchtasks_rest._wire": "UNLIMITED",
    "batchtasks_rest.api.job": "AsyncJobOperations JobOperations",
}
_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted([*_HOME, "__version__", *[name for name in globals() if name.endswith("Error")]])


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
