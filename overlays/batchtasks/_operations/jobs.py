"""`client.job`: the generated job operations."""

from __future__ import annotations

from batchtasks._core.executor import AsyncSender, Executor, SyncSender
from batchtasks_rest.api.job import AsyncJobOperations as GeneratedAsyncJobOperations
from batchtasks_rest.api.job import JobOperations as GeneratedJobOperations


class JobOperations(GeneratedJobOperations):
    """Operations on jobs; each call blocks until it is done."""

    def __init__(self, executor: Executor) -> None:
        super().__init__(executor.job, SyncSender(executor))


class AsyncJobOperations(GeneratedAsyncJobOperations):
    """Operations on jobs; each call is to be awaited, lists are read with `async for`."""

    def __init__(self, executor: Executor) -> None:
        super().__init__(executor.job, AsyncSender(executor))
