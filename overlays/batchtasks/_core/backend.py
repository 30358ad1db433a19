"""The two backends: one blocks, one is awaited. Flows are written against the protocol `Backend` and do not see which.

A backend makes one attempt at a call. It knows neither retries nor the meaning of a status code.
"""

from __future__ import annotations

import os
import random
import threading
import time
import weakref
from typing import Any, Protocol

from batchtasks._core.hooks import Hooks
from batchtasks._core.workers import Outcome, Tag, TaskWorkers, ThreadWorkers
from batchtasks._http.transport import AsyncTransport, ClientConfig, SyncTransport
from batchtasks.errors import BatchTasksError, ConfigurationError
from batchtasks_rest._call import Answer, AnyCall

# Requests of one asynchronous client at once, outside of bulk calls; further ones wait for their turn.
MAX_REQUESTS = 100
# The longest time limit in seconds that sockets take: 2^31 milliseconds.
MAX_TIMEOUT = 2_147_483.0


class Backend(Protocol):
    """What flows need."""

    @property
    def is_async(self) -> bool:
        """Whether coroutines may suspend."""

    async def send(self, call: AnyCall) -> Answer:
        """Make one attempt; raise NoAnswerError if no answer comes."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""

    def clock(self) -> float:
        """Return the seconds of a clock that only goes forward."""

    def random(self) -> float:
        """Return a number from 0 up to, but not including, 1."""

    def pool(self, size: int) -> BulkBackend:
        """Return a backend for a bulk call with `size` attempts at once."""


class BulkBackend(Backend, Protocol):
    """What bulk calls need: attempts in the background."""

    def start(self, call: AnyCall, tag: Tag) -> None:
        """Begin an attempt in the background."""

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        """Return tag and outcome of the attempt that finishes next, or None after `timeout` seconds."""

    async def aclose(self) -> None:
        """Close; attempts that still run are abandoned."""


class _Base:
    """Clock, random numbers and sending with hooks: the same in both backends."""

    def __init__(self, config: ClientConfig, hooks: Hooks) -> None:
        self._config = config
        self._hooks = hooks
        self._in_flight = 0
        self._is_closed = False

    def check_open(self) -> None:
        """Raise ConfigurationError if the client has been closed."""
        if self._is_closed:
            raise ConfigurationError("This client has been closed.")

    def clock(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        return random.random()  # noqa: S311 - jitter, no secret


class SyncBackend(_Base):
    """The backend of BatchClient: its coroutines block inside and never suspend."""

    is_async = False

    def __init__(self, config: ClientConfig, hooks: Hooks) -> None:
        super().__init__(config, hooks)
        self._transport = SyncTransport(config)
        self._lock = threading.Lock()
        # Also closes the connections of a client that nobody closes.
        self._close_transport = weakref.finalize(self, self._transport.close)
        _SYNC_BACKENDS.add(self)

    async def send(self, call: AnyCall) -> Answer:
        return self.attempt(call)

    def attempt(self, call: AnyCall) -> Answer:
        """Make one attempt; raise NoAnswerError if no answer comes."""
        with self._lock:
            self.check_open()
            self._in_flight += 1
        try:
            began = self._hooks.before(call)
            try:
                answer = self._transport.send(call, seconds_of(call))
            except BatchTasksError as error:
                self._hooks.after(call, began, error)
                raise
            self._hooks.after(call, began, answer)
            return answer
        finally:
            with self._lock:
                self._in_flight -= 1
            if self._is_closed:
                self.close()

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)  # noqa: ASYNC251 - to block is the purpose of this backend

    def pool(self, size: int) -> SyncPool:
        return SyncPool(self, size)

    def close(self) -> None:
        """Refuse further requests; close the connections when the last request in flight has ended."""
        with self._lock:
            self._is_closed = True
            is_idle = self._in_flight == 0
        if is_idle:
            self._close_transport()

    def after_fork(self) -> None:
        """In a child process: leave connections and locks to the parent."""
        self._transport.after_fork()
        self._config.auth.after_fork()
        self._lock, self._in_flight = threading.Lock(), 0


_SYNC_BACKENDS: weakref.WeakSet[SyncBackend] = weakref.WeakSet()


def _after_fork() -> None:
    for backend in _SYNC_BACKENDS:
        backend.after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_after_fork)


class SyncPool:
    """A SyncBackend with threads for one bulk call."""

    is_async = False

    def __init__(self, backend: SyncBackend, size: int) -> None:
        self._backend = backend
        self._workers = ThreadWorkers(size, backend.attempt)
        self.send, self.sleep, self.pool = backend.send, backend.sleep, backend.pool
        self.clock, self.random = backend.clock, backend.random

    def start(self, call: AnyCall, tag: Tag) -> None:
        self._backend.check_open()
        self._workers.start(call, tag)

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        return self._workers.next_finished(timeout)

    async def aclose(self) -> None:
        self._workers.close()


class AsyncBackend(_Base):
    """The backend of AsyncBatchClient: its coroutines suspend until the event loop has an answer."""

    is_async = True

    def __init__(self, config: ClientConfig, hooks: Hooks) -> None:
        super().__init__(config, hooks)
        self._transport = AsyncTransport(config)
        # An event loop and its semaphore.
        self._turn: tuple[Any, Any] = (None, None)

    async def send(self, call: AnyCall) -> Answer:
        import asyncio

        loop = _running_loop()
        if self._turn[0] is not loop:
            self._turn = (loop, asyncio.Semaphore(MAX_REQUESTS))
        async with self._turn[1]:
            return await self.attempt(call)

    async def attempt(self, call: AnyCall) -> Answer:
        """Make one attempt, however many others run; raise NoAnswerError if no answer comes."""
        self.check_open()
        self._in_flight += 1
        try:
            began = self._hooks.before(call)
            try:
                answer = await self._transport.send(call, seconds_of(call))
            except BatchTasksError as error:
                self._hooks.after(call, began, error)
                raise
            self._hooks.after(call, began, answer)
            return answer
        finally:
            self._in_flight -= 1
            if self._is_closed:
                await self.close()

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)

    def pool(self, size: int) -> AsyncPool:
        _running_loop()
        return AsyncPool(self)

    async def close(self) -> None:
        """Refuse further requests; close the connections when the last request in flight has ended."""
        self._is_closed = True
        if self._in_flight == 0:
            await self._transport.close()


def _running_loop() -> Any:
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigurationError(
            "AsyncBatchClient needs a running event loop of asyncio. With anyio choose the backend asyncio; under trio use "
            "BatchClient in a thread."
        ) from None


class AsyncPool:
    """An AsyncBackend with tasks of the event loop for one bulk call."""

    is_async = True

    def __init__(self, backend: AsyncBackend) -> None:
        self._backend = backend
        self._workers = TaskWorkers(backend.attempt)
        self.send, self.sleep, self.pool = backend.attempt, backend.sleep, backend.pool
        self.clock, self.random = backend.clock, backend.random

    def start(self, call: AnyCall, tag: Tag) -> None:
        self._backend.check_open()
        self._workers.start(call, tag)

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        return await self._workers.next_finished(timeout)

    async def aclose(self) -> None:
        await self._workers.close()


def seconds_of(call: AnyCall) -> float:
    """Return the time limit of one attempt at a call."""
    return MAX_TIMEOUT if call.timeout is None else min(call.timeout, MAX_TIMEOUT)
