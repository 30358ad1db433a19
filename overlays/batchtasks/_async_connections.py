"""The awaiting client's connections, kept open from one request to the next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from batchtasks._connections import LONGEST_IDLE
from batchtasks._http1 import Http1
from batchtasks._outgoing import Outgoing
from batchtasks._tls import new_context
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    import ssl


class AsyncConnections:
    """Connections to the one origin that a client talks to, at most `room` of them in use at once."""

    def __init__(self, room: int, *, tls: bool) -> None:
        self._tls = new_context() if tls else None
        self._room = asyncio.Semaphore(room)
        # The one used last is used next, so that those which are too many grow old.
        self._idle: list[_Connection] = []
        self._closed = False

    async def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        async with self._room:
            connection = self._take() or await _connect(request, self._tls)
            reusable = False
            try:
                answer = await connection.exchange(request)
                reusable = connection.end()
            finally:
                # After a cancellation too: half an answer may still be on its way.
                if reusable and not self._closed:
                    self._idle.append(connection)
                else:
                    connection.close()
        return answer

    def _take(self) -> _Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.is_alive():
                return connection
            connection.close()
        return None

    async def close(self) -> None:
        """Close the connections, those in use at the end of their requests."""
        self._closed = True
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        await asyncio.gather(*(connection.closed() for connection in idle))


async def _connect(request: Outgoing, tls: ssl.SSLContext | None) -> _Connection:
    loop = asyncio.get_running_loop()
    host, port = request.origin.host, request.origin.port
    try:
        async with asyncio.timeout(request.seconds):
            _, connection = await loop.create_connection(_Connection, host, port, ssl=tls, happy_eyeballs_delay=0.25)
    except TimeoutError as error:
        raise request.timed_out(str(error) or "timed out", sent=False) from error
    except OSError as error:
        raise request.broke_off(str(error), sent=False) from error
    return connection


class _Connection(asyncio.Protocol):
    """A connection of the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._http = Http1()
        self._transport: asyncio.Transport
        self._request: Outgoing
        # Of the request under way, and the time by which its next piece has to come.
        self._answer: asyncio.Future[Answer] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._ended = self._loop.create_future()

    async def exchange(self, request: Outgoing) -> Answer:
        self._request = request
        data = self._http.begin(request)
        self._answer = self._loop.create_future()
        self._last = self._loop.time()
        self._timer = self._loop.call_later(request.seconds, self._look_at_the_clock)
        try:
            if self._ended.done():
                self._fail(request.broke_off("the server closed it without an answer", sent=True))
            else:
                self._transport.write(data)
            return await self._answer
        finally:
            self._timer.cancel()
            self._answer = None

    def _look_at_the_clock(self) -> None:
        left = self._last + self._request.seconds - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._look_at_the_clock)
        else:
            self._fail(self._request.timed_out("timed out", sent=True))

    def _fail(self, error: BaseException) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)

    def end(self) -> bool:
        self._since = self._loop.time()
        return self._http.end() and not self._ended.done()

    def is_alive(self) -> bool:
        """Whether another request may be sent."""
        return self._loop.time() - self._since < LONGEST_IDLE and not self._ended.done()

    def close(self) -> None:
        self._transport.close()

    async def closed(self) -> None:
        await asyncio.wait([self._ended], timeout=1)

    # What the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._answer is None:
            # Before anything was asked: a farewell. This connection is not used again.
            self._transport.close()
            return
        self._last = self._loop.time()
        self._read(data)

    def _read(self, data: bytes) -> None:
        if self._answer is None or self._answer.done():
            return
        try:
            answer = self._http.read(data)
        except Exception as error:
            self._answer.set_exception(error)
            return
        if answer is not None:
            self._answer.set_result(answer)

    def eof_received(self) -> bool:
        self._read(b"")
        return False

    def connection_lost(self, error: Exception | None) -> None:
        if not self._ended.done():
            self._ended.set_result(None)
        if self._answer is not None and not self._answer.done():
            text = str(error) if error else "the server closed it before the answer was whole"
            self._fail(self._request.broke_off(text, sent=True))
