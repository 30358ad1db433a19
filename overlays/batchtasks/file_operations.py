"""`client.file`: the generated operations on task files, and reading files of any size."""

from __future__ import annotations

from batchtasks import _file_flows as flows
from batchtasks._colours import awaiting, awaiting_iterator, blocking, blocking_iterator, instead
from batchtasks._send import Desk
from batchtasks._senders import AwaitingRawSender, AwaitingSender, BlockingRawSender, BlockingSender
from batchtasks.paging import awaiting_pages, blocking_pages
from batchtasks_rest.api.file import AsyncFileOperations as GeneratedAsyncFileOperations
from batchtasks_rest.api.file import (
    AsyncRawFileOperations,
    RawFileOperations,
)
from batchtasks_rest.api.file import FileOperations as GeneratedFileOperations


class FileOperations(GeneratedFileOperations):
    """Operations on the files of tasks; each call blocks until it is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(BlockingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.file

    @property
    def raw(self) -> RawFileOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = RawFileOperations(BlockingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    # The plain operations of these names (one page, headers only) are in `raw`.
    @instead(blocking_pages(flows.list_from_task))
    def list_from_task(self) -> None: ...  # type: ignore[override]

    @instead(blocking(flows.get_properties_from_task))
    def get_properties_from_task(self) -> None: ...  # type: ignore[override]

    stream_from_task = blocking_iterator(flows.stream_from_task)
    save_from_task = blocking(flows.save_from_task)


class AsyncFileOperations(GeneratedAsyncFileOperations):
    """Operations on the files of tasks; each call is to be awaited, lists and pieces are walked with `async for`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(AwaitingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.file

    @property
    def raw(self) -> AsyncRawFileOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = AsyncRawFileOperations(AwaitingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    @instead(awaiting_pages(flows.list_from_task))
    def list_from_task(self) -> None: ...  # type: ignore[override]

    @instead(awaiting(flows.get_properties_from_task))
    def get_properties_from_task(self) -> None: ...  # type: ignore[override]

    stream_from_task = awaiting_iterator(flows.stream_from_task)
    save_from_task = awaiting(flows.save_from_task)
