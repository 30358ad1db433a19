"""The two backends: one blocks, one is awaited. Flows are written against their base class and do not see which.

A backend makes one attempt at a call. It knows neither retries nor the meaning of a status code.
"""

from __future__ import annotations

import os
import queue
import random
import threading
import time
import weakref
from abc import ABC, abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from batchtasks._core.hooks import Hooks
from batchtasks._core.sync_async import PerLoop, run_sync, running_loop
from batchtasks._http.transport import Transport
from batchtasks.errors import BatchTasksError, ConfigurationError
from batchtasks_rest._call import Answer, AnyCall

if TYPE_CHECKING:
    import asyncio

# What the caller of `start` gets back with the outcome.
Tag: TypeAlias = Any
Outcome: TypeAlias = tuple[Tag, Answer | BaseException]
Pool: TypeAlias = "ThreadPool | TaskPool"
# Requests of one asynchronous client at once, outside of bulk calls; further ones wait for their turn.
MAX_REQUESTS = 100
# The longest time limit in seconds that sockets take: 2^31 milliseconds.
MAX_TIMEOUT = 2_147_483.0


class Backend(ABC):
    """What flows need.

    Attributes:
        is_async: Whether coroutines may suspend.
        clock: Returns the seconds of a clock that only goes forward.
        random: Returns a number from 0 up to, but not including, 1.
    """

    is_async: bool
    clock = staticmethod(time.monotonic)
    random = staticmethod(random.random)

    def __init__(self, transport: Transport, hooks: Hooks) -> None:
        self._transport = transport
        self._hooks = hooks
        self._lock = threading.Lock()
        self._in_flight = 0
        self._is_closed = False

    async def attempt(self, call: AnyCall) -> Answer:
        """Make one attempt, however many others run; raise NoAnswerError, or ConfigurationError if the client is closed."""
        with self._lock:
            if self._is_closed:
                raise ConfigurationError("This client has been closed.")
            self._in_flight += 1
        try:
            if self._hooks.on_request is not None:
                self._hooks.on_request(call)
            began = time.perf_counter()
            seconds = MAX_TIMEOUT if call.timeout is None else min(call.timeout, MAX_TIMEOUT)
            try:
                answer = await self._transport.send(call, seconds)
            except BatchTasksError as error:
                self._hooks.after(call, began, error)
                raise
            self._hooks.after(call, began, answer)
            return answer
        finally:
            with self._lock:
                self._in_flight -= 1
            if self._is_closed:
                await self.close()

    # What flows call; that of AsyncBackend waits for its turn.
    send = attempt

    async def close(self) -> None:
        """Refuse further requests; close the connections when the last request in flight has ended."""
        with self._lock:
            self._is_closed = True
            is_idle = self._in_flight == 0
        if is_idle:
            await self._transport.close()

    @abstractmethod
    async def sleep(self, seconds: float) -> None:
        """Wait."""

    @abstractmethod
    def pool(self, size: int) -> Pool:
        """Return a pool for a bulk call with `size` attempts at once."""


class SyncBackend(Backend):
    """The backend of BatchClient: its coroutines block inside and never suspend."""

    is_async = False

    def __init__(self, transport: Transport, hooks: Hooks) -> None:
        super().__init__(transport, hooks)
        # Also closes the connections of a client that nobody closes.
        weakref.finalize(self, lambda: run_sync(transport.close()))
        _SYNC_BACKENDS.add(self)

    async def sleep(self, seconds: float) -> None:
        time.sleep(seconds)  # noqa: ASYNC251 - to block is the purpose of this backend

    def pool(self, size: int) -> ThreadPool:
        return ThreadPool(self, size)

    def after_fork(self) -> None:
        """In a child process: leave connections and locks to the parent."""
        self._transport.after_fork()
        self._lock, self._in_flight = threading.Lock(), 0


_SYNC_BACKENDS: weakref.WeakSet[SyncBackend] = weakref.WeakSet()


def _after_fork() -> None:
    for backend in _SYNC_BACKENDS:
        backend.after_fork()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_after_fork)


class AsyncBackend(Backend):
    """The backend of AsyncBatchClient: its coroutines suspend until the event loop has an answer."""

    is_async = True

    def __init__(self, transport: Transport, hooks: Hooks) -> None:
        import asyncio

        super().__init__(transport, hooks)
        self._turns = PerLoop(partial(asyncio.Semaphore, MAX_REQUESTS), is_async=True)

    async def send(self, call: AnyCall) -> Answer:
        async with self._turns.get():
            return await self.attempt(call)

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await asyncio.sleep(seconds)

    def pool(self, size: int) -> TaskPool:
        return TaskPool(self)


class ThreadPool:
    """Attempts in the background, for one bulk call: up to `size` threads, started when they are needed.

    They are daemon threads, so that an interrupted program ends at once and does not wait for requests in flight.
    """

    def __init__(self, backend: SyncBackend, size: int) -> None:
        self._backend = backend
        self._size = size
        self._jobs: queue.SimpleQueue[tuple[AnyCall, Tag] | None] = queue.SimpleQueue()
        self._finished: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._threads = self._open = 0
        self._is_closed = False

    def start(self, call: AnyCall, tag: Tag) -> None:
        """Begin an attempt in the background."""
        self._open += 1
        if self._threads < min(self._open, self._size):
            self._threads += 1
            threading.Thread(target=self._run, name=f"batchtasks-{self._threads}", daemon=True).start()
        self._jobs.put((call, tag))

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        """Return tag and outcome of the attempt that finishes next, or None after `timeout` seconds."""
        try:
            outcome = self._finished.get(timeout=timeout)
        except queue.Empty:
            return None
        self._open -= 1
        return outcome

    async def aclose(self) -> None:
        """Close; attempts that still run are abandoned."""
        self._is_closed = True
        for _ in range(self._threads):
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None and not self._is_closed:
            call, tag = job
            try:
                outcome: Answer | BaseException = run_sync(self._backend.attempt(call))
            except BaseException as error:
                outcome = error
            self._finished.put((tag, outcome))


class TaskPool:
    """Attempts in the background, as ThreadPool: tasks of the running event loop."""

    def __init__(self, backend: AsyncBackend) -> None:
        import asyncio

        self._backend = backend
        self._loop = running_loop()
        self._finished: asyncio.Queue[Outcome] = asyncio.Queue()
        self._running: set[asyncio.Task[Answer]] = set()

    def start(self, call: AnyCall, tag: Tag) -> None:
        task = self._loop.create_task(self._backend.attempt(call))
        self._running.add(task)
        task.add_done_callback(partial(self._ended, tag))

    def _ended(self, tag: Tag, task: asyncio.Task[Answer]) -> None:
        import asyncio

        self._running.discard(task)
        # Somebody else may cancel it, even before it has begun: its outcome must arrive too, because it is waited for.
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        self._finished.put_nowait((tag, task.result() if error is None else error))

    async def next_finished(self, timeout: float | None) -> Outcome | None:  # noqa: ASYNC109
        import asyncio

        if not self._finished.empty():
            # Yield to the event loop once, so that requests just started are written before this result is processed.
            await asyncio.sleep(0)
            return self._finished.get_nowait()
        try:
            async with asyncio.timeout(timeout):
                return await self._finished.get()
        except TimeoutError:
            return None

    async def aclose(self) -> None:
        import asyncio

        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
