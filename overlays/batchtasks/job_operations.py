"""`client.job`: the generated job operations, with a list that can be walked."""

from __future__ import annotations

from batchtasks._colours import instead
from batchtasks._job_flows import list_jobs
from batchtasks._send import Desk
from batchtasks._senders import AwaitingRawSender, AwaitingSender, BlockingRawSender, BlockingSender
from batchtasks.paging import awaiting_pages, blocking_pages
from batchtasks_rest.api.job import AsyncJobOperations as GeneratedAsyncJobOperations
from batchtasks_rest.api.job import (
    AsyncRawJobOperations,
    RawJobOperations,
)
from batchtasks_rest.api.job import JobOperations as GeneratedJobOperations


class JobOperations(GeneratedJobOperations):
    """Operations on jobs; each call blocks until it is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(BlockingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.job

    @property
    def raw(self) -> RawJobOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = RawJobOperations(BlockingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    @instead(blocking_pages(list_jobs))
    def list(self) -> None: ...  # type: ignore[override]


class AsyncJobOperations(GeneratedAsyncJobOperations):
    """Operations on jobs; each call is to be awaited, lists are walked with `async for`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(AwaitingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.job

    @property
    def raw(self) -> AsyncRawJobOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = AsyncRawJobOperations(AwaitingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    @instead(awaiting_pages(list_jobs))
    def list(self) -> None: ...  # type: ignore[override]
