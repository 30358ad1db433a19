"""`client.task`: the generated task operations, and what is built on them."""

from __future__ import annotations

from batchtasks import _task_flows as flows
from batchtasks._bulk import flows as bulk
from batchtasks._colours import awaiting, blocking, instead
from batchtasks._send import Desk
from batchtasks._senders import AwaitingRawSender, AwaitingSender, BlockingRawSender, BlockingSender
from batchtasks.paging import awaiting_pages, blocking_pages
from batchtasks.waiting import wait as wait_flow
from batchtasks_rest.api.task import (
    AsyncRawTaskOperations,
    RawTaskOperations,
)
from batchtasks_rest.api.task import AsyncTaskOperations as GeneratedAsyncTaskOperations
from batchtasks_rest.api.task import TaskOperations as GeneratedTaskOperations


class TaskOperations(GeneratedTaskOperations):
    """Operations on tasks; each call blocks until it is done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(BlockingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.task

    @property
    def raw(self) -> RawTaskOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = RawTaskOperations(BlockingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    # The plain operations of these names (one page, one collection) are in `raw`.
    @instead(blocking_pages(flows.list_tasks))
    def list(self) -> None: ...  # type: ignore[override]

    @instead(blocking_pages(flows.list_subtasks))
    def list_subtasks(self) -> None: ...  # type: ignore[override]

    @instead(blocking(bulk.add_collection))
    def add_collection(self) -> None: ...  # type: ignore[override]

    get_if_changed = blocking(flows.get_if_changed)
    update_with = blocking(flows.update_with)
    wait = blocking(wait_flow)
    delete_many = blocking(bulk.delete_many)
    terminate_many = blocking(bulk.terminate_many)
    reactivate_many = blocking(bulk.reactivate_many)


class AsyncTaskOperations(GeneratedAsyncTaskOperations):
    """Operations on tasks; each call is to be awaited, lists are walked with `async for`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(AwaitingSender(desk), desk.api_version)
        self._desk = desk
        self._calls = desk.task

    @property
    def raw(self) -> AsyncRawTaskOperations:
        """The plain operations, one request each, giving a Response with value, status, headers and request id."""
        raw = AsyncRawTaskOperations(AwaitingRawSender(self._desk), self._desk.api_version)
        raw._calls = self._calls
        return raw

    @instead(awaiting_pages(flows.list_tasks))
    def list(self) -> None: ...  # type: ignore[override]

    @instead(awaiting_pages(flows.list_subtasks))
    def list_subtasks(self) -> None: ...  # type: ignore[override]

    @instead(awaiting(bulk.add_collection))
    def add_collection(self) -> None: ...  # type: ignore[override]

    get_if_changed = awaiting(flows.get_if_changed)
    update_with = awaiting(flows.update_with)
    wait = awaiting(wait_flow)
    delete_many = awaiting(bulk.delete_many)
    terminate_many = awaiting(bulk.terminate_many)
    reactivate_many = awaiting(bulk.reactivate_many)
