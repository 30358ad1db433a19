"""Requests in the background for bulk calls: threads for the blocking client, asyncio tasks for the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeAlias

from batchtasks_rest._call import Answer, AnyCall

if TYPE_CHECKING:
    import asyncio

# What the caller of `start` gets back with the outcome.
Tag: TypeAlias = Any
Outcome: TypeAlias = tuple[Tag, Answer | BaseException]


class ThreadWorkers:
    """Up to `size` threads, started when they are needed.

    They are daemon threads, so that an interrupted program ends at once and does not wait for requests in flight.
    """

    def __init__(self, size: int, work: Callable[[AnyCall], Answer]) -> None:
        self._size = size
        self._work = work
        self._jobs: queue.SimpleQueue[tuple[AnyCall, Tag] | None] = queue.SimpleQueue()
        self._finished: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._threads = 0
        self._open = 0

    def start(self, call: AnyCall, tag: Tag) -> None:
        """Send a call as soon as a thread is free; `tag` comes back with its outcome."""
        self._open += 1
        if self._threads < min(self._open, self._size):
            self._threads += 1
            threading.Thread(target=self._run, name=f"batchtasks-{self._threads}", daemon=True).start()
        self._jobs.put((call, tag))

    def next_finished(self, seconds: float | None) -> Outcome | None:
        """Block until a call has finished; return its tag and outcome, or None after `seconds`."""
        try:
            outcome = self._finished.get(timeout=seconds)
        except queue.Empty:
            return None
        self._open -= 1
        return outcome

    def close(self) -> None:
        """Let the threads end after their current calls, without waiting for them."""
        while True:
            try:
                self._jobs.get_nowait()
            except queue.Empty:
                break
        for _ in range(self._threads):
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            call, tag = job
            try:
                outcome: Answer | BaseException = self._work(call)
            except BaseException as error:
                outcome = error
            self._finished.put((tag, outcome))


class TaskWorkers:
    """Tasks of the running event loop."""

    def __init__(self, work: Callable[[AnyCall], Coroutine[Any, Any, Answer]]) -> None:
        import asyncio

        self._work = work
        self._finished: asyncio.Queue[Outcome] = asyncio.Queue()
        self._running: set[asyncio.Task[None]] = set()

    def start(self, call: AnyCall, tag: Tag) -> None:
        """Send a call; `tag` comes back with its outcome."""
        import asyncio

        task = asyncio.get_running_loop().create_task(self._run(call, tag))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def next_finished(self, seconds: float | None) -> Outcome | None:
        """Wait until a call has finished; return its tag and outcome, or None after `seconds`."""
        import asyncio

        if not self._finished.empty():
            # Yield to the event loop once, so that requests just started are written before this result is processed.
            await asyncio.sleep(0)
            return self._finished.get_nowait()
        try:
            async with asyncio.timeout(seconds):
                return await self._finished.get()
        except TimeoutError:
            return None

    async def close(self) -> None:
        """Cancel what still runs."""
        import asyncio

        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _run(self, call: AnyCall, tag: Tag) -> None:
        import asyncio

        try:
            outcome: Answer | BaseException = await self._work(call)
        except (Exception, asyncio.CancelledError) as error:
            # If something else than `close` cancels it, its outcome must arrive too: somebody waits for it.
            outcome = error
        self._finished.put_nowait((tag, outcome))
