"""HTTP/1.1 for one connection, without the network: `h11` with an `Outgoing` on one side and an `Answer` on the other.

httpx with httpcore takes three times the processor time of this for a request (five times under asyncio), and that would
be most of what bulk add costs.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import h11
import httpx

from batchtasks._outgoing import Outgoing
from batchtasks.errors import InvalidInputError
from batchtasks_rest._call import Answer

# Of the head of an answer.
MOST_HEAD_BYTES = 65_536
# A server that waited or read for long enough may close without having said so: 408 Request Timeout, 413 too large.
_PARTING = (408, 413)


class Http1:
    """One request after the other, and their answers."""

    def __init__(self) -> None:
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEAD_BYTES)
        self._request: Outgoing
        self._response: h11.Response
        self._parts: list[bytes] = []
        self._heard = False

    def begin(self, request: Outgoing) -> memoryview:
        """Give the bytes of a request, head and body in one piece, which spares both ends a packet.

        As a view, because tracebacks are often printed with the values of variables, and these hold the signature.
        """
        self._request, self._parts, self._heard = request, [], False
        try:
            return memoryview(b"".join(self._pieces(request)))
        except h11.LocalProtocolError:
            pass
        # Out here because h11's own error knows the headers.
        raise InvalidInputError(f"{request.method} {request.path} is not what HTTP allows.")

    def _pieces(self, request: Outgoing) -> Iterator[bytes]:
        send = self._state.send_with_data_passthrough
        yield from (
            send(
                h11.Request(
                    method=request.method,
                    target=request.address.target,
                    headers=[("Host", request.address.netloc), *request.headers.items()],
                )
            )
            or ()
        )
        if request.content:
            yield from send(h11.Data(request.content)) or ()
        yield from send(h11.EndOfMessage()) or ()

    def read(self, data: bytes) -> Answer | None:
        """Take in what has come, b"" for the end of the connection; the answer as soon as it is whole."""
        try:
            self._state.receive_data(data)
            while True:
                event = self._state.next_event()
                if event is h11.NEED_DATA:
                    self._heard = True
                    return None
                if isinstance(event, h11.Data):
                    self._parts.append(bytes(event.data))
                elif isinstance(event, h11.Response):
                    self._response = event
                elif isinstance(event, h11.EndOfMessage):
                    return self._answer()
                elif not isinstance(event, h11.InformationalResponse):
                    raise self._request.broke_off("the server went over to another protocol", sent=True)
        except h11.RemoteProtocolError as error:
            closed = f"the server closed it {'before the answer was whole' if self._heard else 'without an answer'}"
            raise self._request.broke_off(str(error) if data else closed, sent=True) from error

    def end(self) -> bool:
        """Get ready for the next request; False if the connection cannot take one."""
        both_done = self._state.our_state is h11.DONE and self._state.their_state is h11.DONE
        if not both_done or self._state.trailing_data[0] or self._response.status_code in _PARTING:
            return False
        # An idle connection need not hold a megabyte, nor a signature.
        del self._request, self._response
        self._parts = []
        self._state.start_next_cycle()
        return True

    def _answer(self) -> Answer:
        content = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        headers = httpx.Headers(list(self._response.headers))
        if content and "content-encoding" in headers:
            content = _unpacked(content, headers["content-encoding"], self._request)
        return Answer(self._response.status_code, headers, content)


def _unpacked(content: bytes, encodings: str, request: Outgoing) -> bytes:
    try:
        for encoding in reversed([name.strip() for name in encodings.lower().split(",")]):
            if encoding in ("gzip", "x-gzip"):
                content = _inflate(content, 16 + zlib.MAX_WBITS)
            elif encoding == "deflate":
                content = _deflated(content)
            elif encoding != "identity":
                break  # nothing that was asked for: it is handed on as it is
    except zlib.error as error:
        raise request.broke_off(f"the answer's {encodings} cannot be unpacked: {error}", sent=True) from None
    return content


def _deflated(content: bytes) -> bytes:
    try:
        return _inflate(content, zlib.MAX_WBITS)
    except zlib.error:
        # Some servers leave the wrapping out.
        return _inflate(content, -zlib.MAX_WBITS)


def _inflate(content: bytes, kind: int) -> bytes:
    parts = []
    while content:  # gzip may come in several members
        reader = zlib.decompressobj(kind)
        parts.append(reader.decompress(content))
        if not reader.eof:
            raise zlib.error("it is cut short")
        content = reader.unused_data
    return b"".join(parts)
