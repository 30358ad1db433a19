"""The blocking client's connections, kept open from one request to the next."""

from __future__ import annotations

import socket
import threading
import weakref
from typing import TYPE_CHECKING

from batchtasks._http1 import Http1
from batchtasks._idle import Idle, is_readable
from batchtasks._outgoing import Outgoing
from batchtasks._tls import new_context
from batchtasks._unreachable import hindrance
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    import ssl

_PIECE = 65_536


class Connections:
    """Connections to the one origin that a client talks to, at most `room` of them in use at once."""

    def __init__(self, room: int, *, tls: bool) -> None:
        self._tls = new_context() if tls else None
        self._room = threading.BoundedSemaphore(room)
        self._idle: Idle[_Connection] = Idle()
        # For a client that nobody closes.
        weakref.finalize(self, self._idle.drop)

    def send(self, request: Outgoing) -> Answer:
        """Send a request and read the whole answer; raises NoAnswerError."""
        with self._room:
            connection = self._idle.take() or _Connection(request, self._tls)
            reusable = False
            try:
                answer = connection.exchange(request)
                reusable = connection.end()
            finally:
                # After Ctrl-C too: half an answer may still be on its way.
                if reusable:
                    self._idle.keep(connection)
                else:
                    connection.close()
        return answer

    def close(self) -> None:
        """Close the connections, those in use at the end of their requests."""
        self._idle.closed = True
        self._idle.drop()


class _Connection:
    """A socket."""

    def __init__(self, request: Outgoing, tls: ssl.SSLContext | None) -> None:
        self._http = Http1()
        self._all_sent = True
        try:
            self._socket = _open(request, tls)
        except TimeoutError as error:
            raise request.timed_out(str(error) or "timed out", sent=False) from error
        except OSError as error:
            raise request.not_connected(hindrance(error)) from error

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
            raise request.broke_off(str(error)) from error
        return answer

    def _send(self, data: memoryview) -> None:
        try:
            self._socket.sendall(data)
        except OSError:
            self._all_sent = False
            # A server that will not read all of it may have answered already, for example that it is too large.
            if not is_readable(self._socket):
                raise

    def end(self) -> bool:
        """Get ready for the next request; False if the connection cannot take one."""
        return self._all_sent and self._http.end()

    def is_alive(self) -> bool:
        """Whether another request may be sent."""
        return not is_readable(self._socket)

    def close(self) -> None:
        """Drop it."""
        self._socket.close()


def _open(request: Outgoing, tls: ssl.SSLContext | None) -> socket.socket:
    host, port = request.origin.host, request.origin.port
    opened = socket.create_connection((host, port), request.seconds)
    try:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            opened = secured = tls.wrap_socket(opened, server_hostname=host, do_handshake_on_connect=False)
            secured.do_handshake()
    except BaseException:
        opened.close()
        raise
    return opened
