"""Locks and connections of event loops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")


class PerLoop(Generic[T]):
    """Makes an object for each event loop, as it works in one only; the blocking client has one for all threads."""

    def __init__(self, make: Callable[[], T], *, is_async: bool) -> None:
        self.make = make
        self._is_async = is_async
        self._lock = threading.Lock()
        self._found: dict[asyncio.AbstractEventLoop | None, T] = {}

    def get(self) -> T:
        """Return the object of the running event loop; make it if there is none, and forget those of loops that have ended."""
        loop = self._loop()
        with self._lock:
            if loop not in self._found:
                self._found = {one: found for one, found in self._found.items() if one and not one.is_closed()}
                self._found[loop] = self.make()
            return self._found[loop]

    def pop(self) -> T | None:
        """Forget the object of the running event loop and return it, or None if there is none."""
        with self._lock:
            return self._found.pop(self._loop(), None)

    def _loop(self) -> asyncio.AbstractEventLoop | None:
        if not self._is_async:
            return None
        import asyncio

        return asyncio.get_running_loop()


class ThreadLock:
    """A lock of threads in the form of asyncio.Lock; it blocks and never suspends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.locked = self._lock.locked

    async def __aenter__(self) -> None:
        self._lock.acquire()

    async def __aexit__(self, *error: object) -> None:
        self._lock.release()
