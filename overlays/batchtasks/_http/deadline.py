"""A deadline for a whole blocking attempt.

httpx limits each phase: a server that sends one byte every second never exceeds the limit for a read. (Under asyncio,
`asyncio.timeout` is the deadline.) httpcore lets its network be replaced for such purposes; this one shortens the time limit
of every step to what is left until the deadline of the thread that sends.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl

    import httpcore


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


class DeadlineBackend:
    """A network backend of httpcore whose steps end at the thread's deadline."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend

    @classmethod
    def install(cls, transport: object) -> None:
        """Put this backend into a transport of httpx or httpx2, which have no argument for it."""
        pool: Any = getattr(transport, "_pool", None)
        if hasattr(pool, "_network_backend") and not isinstance(pool._network_backend, cls):
            pool._network_backend = cls(pool._network_backend)

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> DeadlineStream:
        timeout = deadline_of_thread.shorten(timeout)
        return DeadlineStream(self._backend.connect_tcp(host, port, timeout=timeout, **options))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


class DeadlineStream:
    """A network stream of httpcore whose steps end at the thread's deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        content: bytes = self._stream.read(max_bytes, deadline_of_thread.shorten(timeout))
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], deadline_of_thread.shorten(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> DeadlineStream:
        timeout = deadline_of_thread.shorten(timeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
