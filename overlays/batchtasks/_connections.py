"""The blocking client's connections, kept open from one request to the next."""

from __future__ import annotations

import select
import socket
import threading
import time
from typing import TYPE_CHECKING

from batchtasks._http1 import Http1
from batchtasks._outgoing import Outgoing
from batchtasks._tls import new_context
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    import ssl

# Seconds after which an idle connection is not used again: servers and the boxes between close them without a word.
LONGEST_IDLE = 5.0
_PIECE = 65_536


class Connections:
    """Connections to the one origin that a client talks to, at most `room` of them in use at once."""

    def __init__(self, room: int, *, tls: bool) -> None:
        self._tls = new_context() if tls else None
        self._room = threading.BoundedSemaphore(room)
        # The one used last is used next, so that those which are too many grow old.
        self._idle: list[_Connection] = []
        self._closed = False

    def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        with self._room:
            connection = self._take() or _Connection(request, self._tls)
            reusable = False
            try:
                answer = connection.exchange(request)
                reusable = connection.end()
            finally:
                # After Ctrl-C too: half an answer may still be on its way.
                if reusable and not self._closed:
                    self._idle.append(connection)
                else:
                    connection.close()
        return answer

    def _take(self) -> _Connection | None:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:  # another thread was faster
                return None
            if connection.is_alive():
                return connection
            connection.close()
        return None

    def close(self) -> None:
        """Close the connections, those in use at the end of their requests."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()


class _Connection:
    """A socket."""

    def __init__(self, request: Outgoing, tls: ssl.SSLContext | None) -> None:
        host, seconds = request.origin.host, request.seconds
        self._http = Http1()
        self._since = 0.0
        try:
            self._socket = socket.create_connection((host, request.origin.port), seconds)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is not None:
                self._socket = tls.wrap_socket(self._socket, server_hostname=host)
        except TimeoutError as error:
            raise request.timed_out(str(error) or "timed out", sent=False) from error
        except OSError as error:
            raise request.broke_off(str(error), sent=False) from error

    def exchange(self, request: Outgoing) -> Answer:
        data = self._http.begin(request)
        self._socket.settimeout(request.seconds)
        try:
            self._send(data)
            while (answer := self._http.read(self._socket.recv(_PIECE))) is None:
                pass
        except TimeoutError as error:
            raise request.timed_out(str(error) or "timed out", sent=True) from error
        except OSError as error:
            raise request.broke_off(str(error), sent=True) from error
        return answer

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except ConnectionError:
            # A server that will not read all of it may have answered already, for example that it is too large.
            if not self._is_readable():
                raise

    def end(self) -> bool:
        self._since = time.monotonic()
        return self._http.end()

    def is_alive(self) -> bool:
        """Whether another request may be sent; something to read before that is the server's farewell."""
        return time.monotonic() - self._since < LONGEST_IDLE and not self._is_readable()

    def _is_readable(self) -> bool:
        if not hasattr(select, "poll"):  # Windows
            return bool(select.select([self._socket], [], [], 0)[0])
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        return bool(poll.poll(0))

    def close(self) -> None:
        self._socket.close()
