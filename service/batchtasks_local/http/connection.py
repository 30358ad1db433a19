"""HTTP on one connection: uvicorn's h11 protocol, with limits on slow clients, and on how many connections there are."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import resource
import sys
import termios
import uuid
from contextlib import suppress
from typing import Any

import h11
import orjson
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from batchtasks_local.http import errors
from batchtasks_local.http.exchange import JSON_TYPE
from batchtasks_local.settings import Settings

log = logging.getLogger("batchtasks_local")

_MAX_HEAD = 64 * 1024
_TLS = b"\x16\x03"
"""The beginning of a TLS handshake."""
_FILES_OF_CONNECTION = 2
"""Files that a connection may hold open: its socket, and the task file that it is sending."""
_FILES_OF_SLOT = 4
"""Files that a slot may hold open for a moment: the output files of a task and the pipe of its start, or a transfer."""
_OTHER_FILES = 128
"""Files for the database, for connections that are just being accepted, and for the program around the service."""
_FEWEST = 8
_WARNING_PERIOD = 60.0
_protocol_log = logging.getLogger("batchtasks_local.protocol")
# uvicorn warns of every request that offers an upgrade to another protocol. HTTP lets a server ignore such an offer
# (RFC 9110, 7.8), which browsers and Java's client make unasked.
_protocol_log.addFilter(lambda record: "upgrade" not in record.getMessage() and "WebSocket" not in record.getMessage())


def connection_limit(settings: Settings) -> int:
    """Return how many connections there may be at once, so that the limit of open files leaves enough for the tasks."""
    if settings.max_connections is not None:
        return settings.max_connections
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        limit = 1 << 20
    free = limit - len(os.listdir("/dev/fd")) - _OTHER_FILES - _FILES_OF_SLOT * settings.slots
    found = free // _FILES_OF_CONNECTION
    if found < _FEWEST:
        log.warning(
            "The limit of open files (ulimit -n), %d, is low for %d slots; tasks may have to wait for each other.",
            limit,
            settings.slots,
        )
    return max(found, _FEWEST)


_TLS_TEXT = b"This service speaks http, not https: let its URL begin with http://\n"
_TLS_ANSWER = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
    % (len(_TLS_TEXT), _TLS_TEXT)
)


class _H11(h11.Connection):
    """h11's side of a connection, with two things that uvicorn does not have.

    Attributes:
        reason: The reason phrase of the next answer; empty for the standard one.
        is_whole: The next answer is given in one piece, so it is sent in one piece: uvicorn writes the head, each chunk
            and the end one by one, which costs both sides a system call and a wake-up for each.
    """

    reason: str = ""
    is_whole: bool = False
    _held: bytes = b""

    def send(self, event: Any) -> Any:
        """Return the bytes that are to be sent now."""
        if isinstance(event, h11.Response) and self.reason:
            event = h11.Response(
                status_code=event.status_code, headers=event.headers, reason=self.reason.encode("ascii", "replace")
            )
        data = super().send(event)
        if isinstance(event, h11.Response) or (isinstance(event, h11.Data) and self.is_whole):
            self._held += data
            return b""
        if isinstance(event, h11.Data | h11.EndOfMessage):
            data, self._held = self._held + data, b""
        if isinstance(event, h11.EndOfMessage):
            # uvicorn's own answers, such as that to a request that is no HTTP, and those of the page set neither.
            self.reason, self.is_whole = "", False
        return data


class Connection(H11Protocol):
    """One connection. It is closed if a request's headers come too slowly, or if the client stops reading an answer.

    A request's ASGI scope has the connection in `scope["state"]["connection"]`, so that the application can close it, and
    see whether the client is still there.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        patience: float = 30.0,
        max_connections: int = 1 << 20,
    ) -> None:
        """Make the protocol of a new connection.

        Args:
            config, server_state, app_state, _loop: As uvicorn calls its own protocols; `app_state` comes into the scope
                of each request.
            patience: Seconds for the headers of a request, and for a client to read more of an answer.
            max_connections: How many connections there may be. For one more, the one that has been idle for longest is
                closed, first among those that have never sent a request; if none is idle, the new one is refused.
        """
        super().__init__(config, server_state, {**app_state, "connection": self}, _loop)
        self._h11 = self.conn = _H11(h11.SERVER, config.h11_max_incomplete_event_size or _MAX_HEAD)
        self.logger = _protocol_log
        self._patience = patience
        self._max_connections = max_connections
        self._idle_since = self.loop.time()
        self._has_served = False
        self._is_first = True
        self._head_timer: asyncio.TimerHandle | None = None
        self._read_timer: asyncio.TimerHandle | None = None
        self._unread = 0

    @property
    def is_closing(self) -> bool:
        """Whether the connection is closed or about to be."""
        return self.transport.is_closing()

    def begin_answer(self, reason: str, *, is_whole: bool) -> None:
        """Say how the next answer is sent: its reason phrase, if it is no standard one, and whether all of it is there."""
        self._h11.reason, self._h11.is_whole = reason, is_whole

    def abort(self) -> None:
        """Close the connection at once, without sending what is left."""
        self.transport.abort()

    # the head of a request

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._start_head_timer()
        if len(self.connections) > self._max_connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_head_timer()
        self._stop_read_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read a piece of what the client sends."""
        if self._is_first and data.startswith(_TLS):
            log.warning("a client speaks https, which this service does not: let its URL begin with http://")
            self.transport.write(_TLS_ANSWER)
            self.transport.close()
            return
        self._is_first = False
        super().data_received(data)
        self._watch_head()

    def on_response_complete(self) -> None:
        """Go on with what the client has sent already, which may be a part of the next request."""
        self._idle_since, self._has_served = self.loop.time(), True
        super().on_response_complete()
        self._watch_head()

    def _watch_head(self) -> None:
        """Give a request whose headers are not complete a limited time; it starts with the first byte.

        So is the rest of a body that was answered before it had come: nobody reads it.
        """
        is_head = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        is_rest = self.conn.their_state is h11.SEND_BODY and self._is_idle
        if not is_head and not is_rest:
            self._stop_head_timer()
        elif self._head_timer is None:
            self._start_head_timer()

    def _start_head_timer(self) -> None:
        self._head_timer = self.loop.call_later(self._patience, self._close_slow)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _close_slow(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()

    # the number of connections

    @property
    def _is_idle(self) -> bool:
        """Whether no request is being answered. A request whose headers are not complete does not count."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        others = [one for one in self.connections if isinstance(one, Connection) and not one.is_closing]
        if len(others) <= self._max_connections:
            return
        _warn_of_many(self._max_connections, self.loop.time())
        idle = [one for one in others if one._is_idle and one is not self]
        if idle:
            min(idle, key=lambda one: (one._has_served, one._idle_since)).transport.close()
        else:
            self.transport.write(_busy())
            self.transport.close()

    # the reading of an answer

    def pause_writing(self) -> None:
        """The buffer is full: watch whether the client reads."""
        super().pause_writing()
        self._start_read_timer()

    def resume_writing(self) -> None:
        """The client has read nearly everything."""
        self._stop_read_timer()
        super().resume_writing()

    def _start_read_timer(self) -> None:
        self._stop_read_timer()
        self._unread = _unread_bytes(self.transport)
        self._read_timer = self.loop.call_later(self._patience, self._check_reading)

    def _stop_read_timer(self) -> None:
        if self._read_timer is not None:
            self._read_timer.cancel()
            self._read_timer = None

    def _check_reading(self) -> None:
        """Close the connection if the client has not read a byte since the last look."""
        if _unread_bytes(self.transport) < self._unread:
            self._start_read_timer()
        else:
            self.transport.abort()


def _unread_bytes(transport: Any) -> int:
    """Return how many bytes the client has not read: in this process, and in the kernel where it tells (Linux)."""
    waiting = int(transport.get_write_buffer_size())
    with suppress(OSError):
        number = transport.get_extra_info("socket").fileno()
        waiting += int.from_bytes(fcntl.ioctl(number, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return waiting


_latest_warning = -_WARNING_PERIOD


def _warn_of_many(limit: int, now: float) -> None:
    global _latest_warning
    if now - _latest_warning >= _WARNING_PERIOD:
        _latest_warning = now
        log.warning("there are %d connections, as many as are allowed: idle ones are closed for new ones", limit)


def _busy() -> bytes:
    """Return the answer for a connection too many, as it is sent."""
    error = errors.server_busy(1)
    body = orjson.dumps(error.body(str(uuid.uuid4())))
    head = f"HTTP/1.1 503 Service Unavailable\r\nContent-Type: {JSON_TYPE}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Retry-After: 1\r\nConnection: close\r\n\r\n".encode() + body
