"""HTTP on a connection: uvicorn's own protocol, with limits on the headers' size and on a client's slowness."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import sys
import termios
from contextlib import suppress
from typing import Any

from batchtasks_local.settings import Settings
from batchtasks_local.upgrades import IgnoresUpgrades

log = logging.getLogger("batchtasks_local")

_TLS = b"\x16\x03"
"""How a TLS handshake begins."""


def limited(settings: Settings) -> type[LimitedProtocol]:
    """The protocol class for these settings."""

    class Limited(LimitedProtocol):
        max_header = settings.max_header
        patience = settings.client_patience

    return Limited


class LimitedProtocol(IgnoresUpgrades):
    """Ends a connection whose headers are too long or too slow in coming, or whose answers are not taken.

    Lets the application close it at will, and see whether anybody is still there.
    """

    max_header = 64 * 1024
    patience = 30.0
    _timer: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None
    _untaken = 0
    _unread = 0
    _in_headers = False
    _fresh = False

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self._stop_watching()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what belongs to headers that are not complete yet, beside the piece in which they begin."""
        if self.scope is None and data.startswith(_TLS):
            log.warning("a client speaks https, which this service does not: let its URL begin with http://")
            self.transport.close()
            return
        super().data_received(data)
        if not self._in_headers:
            return
        self._unread += 0 if self._fresh else len(data)
        self._fresh = False
        if self._unread > self.max_header and not self.transport.is_closing():
            self.send_400_response(f"The headers are longer than {self.max_header} bytes.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.scope["extensions"] = {"batchtasks": {"abort": self.transport.abort, "closing": self.transport.is_closing}}
        self._in_headers = self._fresh = True
        self._unread = 0
        self._wait()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header. What stands after a body in chunks is none, and would come among them if it were kept."""
        if self._in_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its headers are all there."""
        self._in_headers = False
        self._stop_waiting()
        super().on_headers_complete()

    def pause_writing(self) -> None:
        """There is more to send than the client takes: watch it."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """It has taken nearly all."""
        self._stop_watching()
        super().resume_writing()

    def _watch(self) -> None:
        self._stop_watching()
        self._untaken = _untaken(self.transport)
        self._taking = self.loop.call_later(self.patience, self._check_taken)

    def _stop_watching(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _check_taken(self) -> None:
        """End a connection of which not a byte was taken in all the time."""
        if _untaken(self.transport) < self._untaken:
            self._watch()
        else:
            self.transport.abort()

    def _wait(self) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(self.patience, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def _untaken(transport: Any) -> int:
    """Bytes that a client has not taken yet: those here, and those with the kernel where it tells (Linux)."""
    waiting = int(transport.get_write_buffer_size())
    with suppress(OSError):
        number = transport.get_extra_info("socket").fileno()
        waiting += int.from_bytes(fcntl.ioctl(number, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return waiting
