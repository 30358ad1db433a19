"""A deadline for a whole blocking attempt.

httpx limits each phase: a server that sends one byte every second never exceeds the limit for a read. (Under asyncio,
`asyncio.timeout` is the deadline.) httpcore lets its network be replaced for such purposes; this one shortens the time limit
of every step to what is left until the deadline of the thread that sends.
"""

from __future__ import annotations

import threading
import time
from typing import Any, Self


class _Deadline(threading.local):
    at = float("inf")

    def within(self, seconds: float) -> Self:
        """Return a context manager: the attempt of this thread ends after `seconds`."""
        self.at = time.monotonic() + seconds
        return self

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, *error: object) -> None:
        self.at = float("inf")  # others may use the same transport in this thread

    def shorten(self, timeout: float | None) -> float:
        """Return the seconds left until the deadline, at most `timeout`. The least is what a socket still waits for."""
        left = max(0.001, self.at - time.monotonic())
        return left if timeout is None else min(timeout, left)


deadline_of_thread = _Deadline()
# A time limit of a write counts for the whole of it.
_PIECE = 65536


class DeadlineNetwork:
    """A network backend of httpcore, or one of its streams, whose steps end at the thread's deadline."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @classmethod
    def install(cls, transport: object) -> None:
        """Put it into a transport of httpx or httpx2, which have no argument for it."""
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend") and not isinstance(pool._network_backend, cls):
            pool._network_backend = cls(pool._network_backend)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Self:
        timeout = deadline_of_thread.shorten(timeout)
        return type(self)(self._inner.connect_tcp(host, port, timeout=timeout, **options))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Self:
        timeout = deadline_of_thread.shorten(timeout)
        return type(self)(self._inner.start_tls(ssl_context, server_hostname, timeout))

    def read(self, max_bytes: int, timeout: float | None = None) -> Any:
        return self._inner.read(max_bytes, deadline_of_thread.shorten(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], deadline_of_thread.shorten(timeout))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
