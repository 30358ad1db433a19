"""The awaiting client's connections, kept open from one request to the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, cast

from batchtasks._colours import drive
from batchtasks._http1 import Http1
from batchtasks._idle import Idle, is_readable
from batchtasks._outgoing import Outgoing
from batchtasks._tls import new_context
from batchtasks._unreachable import Hindrance, hindrance
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    import ssl


class AsyncConnections:
    """Connections to the one origin that a client talks to, at most `room` of them in use at once.

    They belong to the event loop in which this is made.
    """

    def __init__(self, room: int, *, tls: bool) -> None:
        self._tls = new_context() if tls else None
        self._room = asyncio.Semaphore(room)
        self._idle: Idle[_Connection] = Idle()
        self._end = _drop_at_the_end(self._idle)
        drive(self._end.__anext__())

    async def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        async with self._room:
            connection = self._idle.take() or await _connect(request, self._tls)
            reusable = False
            try:
                answer = await connection.exchange(request)
                reusable = connection.end()
            finally:
                # After a cancellation too: half an answer may still be on its way.
                if reusable:
                    self._idle.keep(connection)
                else:
                    connection.close()
        return answer

    async def close(self) -> None:
        """Close the connections, those in use at the end of their requests."""
        self._idle.closed = True
        await self._end.aclose()


async def _drop_at_the_end(idle: Idle[_Connection]) -> AsyncGenerator[None, None]:
    """Drop what is idle as soon as this generator is closed.

    That is done by the client; or by the event loop, which closes all generators when it ends, or when one is dropped.
    """
    loop = asyncio.get_running_loop()
    try:
        yield
    finally:
        dropped = idle.drop()
        if loop is asyncio.get_running_loop():
            await asyncio.gather(*(connection.ended for connection in dropped))


async def _connect(request: Outgoing, tls: ssl.SSLContext | None) -> _Connection:
    loop = asyncio.get_running_loop()
    host, port = request.origin.host, request.origin.port
    try:
        async with asyncio.timeout(request.seconds):
            _, connection = await loop.create_connection(_Connection, host, port, ssl=tls, **_haste(loop))
    except TimeoutError as error:
        raise request.timed_out(str(error) or "timed out", sent=False) from error
    except OSError as error:
        raise request.not_connected(hindrance(error)) from error
    return connection


def _haste(loop: asyncio.AbstractEventLoop) -> dict[str, Any]:
    """Try a second address of a host soon if the first does not answer, where that can be done.

    uvloop does not know it, and up to CPython 3.13.0 it breaks with eager tasks (cpython issue 124309).
    """
    plain = isinstance(loop, asyncio.BaseEventLoop) and loop.get_task_factory() is None
    return {"happy_eyeballs_delay": 0.25} if plain else {}


class _Connection(asyncio.Protocol):
    """A connection of the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._http = Http1()
        self._transport: asyncio.Transport
        self._request: Outgoing
        # Of the request under way, and the time at which something of it moved last.
        self._answer: asyncio.Future[Answer] | None = None
        self._timer: asyncio.TimerHandle
        self._last = 0.0
        # Why no further request can be sent.
        self._over = ""
        self.ended: asyncio.Future[None] = self._loop.create_future()

    async def exchange(self, request: Outgoing) -> Answer:
        if self._over:
            raise request.not_connected(Hindrance(self._over))
        self._request = request
        data = self._http.begin(request)
        self._answer = self._loop.create_future()
        self._last = self._loop.time()
        self._timer = self._loop.call_later(request.seconds, self._look_at_the_clock)
        try:
            self._transport.write(data)
            return await self._answer
        finally:
            self._timer.cancel()
            self._answer = None
            del self._request

    def _look_at_the_clock(self) -> None:
        left = self._last + self._request.seconds - self._loop.time()
        if left > 0:
            self._timer = self._loop.call_later(left, self._look_at_the_clock)
        elif waiting := self._waiting():
            waiting.set_exception(self._request.timed_out("timed out", sent=True))

    def _waiting(self) -> asyncio.Future[Answer] | None:
        """What has to be told the outcome of the request under way, if it has none yet."""
        return None if self._answer is None or self._answer.done() else self._answer

    def end(self) -> bool:
        """Get ready for the next request; False if the connection cannot take one."""
        return self._transport.get_write_buffer_size() == 0 and self._http.end()

    def is_alive(self) -> bool:
        """Whether another request may be sent; the event loop may not have looked at the socket for a while."""
        socket = self._transport.get_extra_info("socket")
        return not self._over and socket is not None and not is_readable(socket)

    def close(self) -> None:
        """Drop it, with what is not yet sent, and without waiting for the other side."""
        if not self._loop.is_closed():
            self._transport.abort()

    # What the event loop tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Of that kind whatever its class: those of uvloop are their own.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if waiting := self._waiting():
            self._last = self._loop.time()
            self._read(data, waiting)
        else:
            self._over = "the server spoke without being asked"
            self._transport.abort()

    def resume_writing(self) -> None:
        # What did not fit into the socket at first is sent now.
        self._last = self._loop.time()

    def eof_received(self) -> None:
        self._over = self._over or "the server closed it"
        if waiting := self._waiting():
            self._read(b"", waiting)

    def _read(self, data: bytes, waiting: asyncio.Future[Answer]) -> None:
        try:
            answer = self._http.read(data)
        except Exception as error:
            waiting.set_exception(error)
        else:
            if answer is not None:
                waiting.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        self._over = self._over or "the server closed it"
        waiting = self._waiting()
        if waiting and error:
            waiting.set_exception(self._request.broke_off(str(error)))
        elif waiting:  # uvloop tells only so of an end without a farewell of TLS
            self._read(b"", waiting)
        if not self.ended.done():  # whoever waited for it may have been cancelled
            self.ended.set_result(None)
