"""Reads any answer that HTTP/1.1 allows, by `h11`."""

from __future__ import annotations

import h11

from batchtasks._outgoing import Outgoing

# Of the head of an answer.
MOST_HEAD_BYTES = 65_536


class ByH11:
    """One answer."""

    # Of the fields: to be found out.
    encoding = None

    def __init__(self, request: Outgoing) -> None:
        self._request = request
        self._response: h11.Response
        self._parts: list[bytes] = []
        self._heard = False
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MOST_HEAD_BYTES)
        # Of the request only the method matters to how its answer is read.
        self._state.send(h11.Request(method=request.method, target="/", headers=[("Host", "")]))
        self._state.send(h11.EndOfMessage())

    def read(self, data: bytes) -> bool:
        """Take in what has come, b"" for the end of the connection; True as soon as the answer is whole."""
        try:
            self._state.receive_data(data)
            while True:
                event = self._state.next_event()
                if event is h11.NEED_DATA:
                    self._heard = True
                    return False
                if isinstance(event, h11.Data):
                    self._parts.append(bytes(event.data))
                elif isinstance(event, h11.Response):
                    self._response = event
                elif isinstance(event, h11.EndOfMessage):
                    return True
                elif not isinstance(event, h11.InformationalResponse):
                    raise self._request.broke_off("the server went over to another protocol")
        except h11.RemoteProtocolError as error:
            closed = f"the server closed it {'before the answer was whole' if self._heard else 'without an answer'}"
            raise self._request.broke_off(str(error) if data else closed) from error

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self._response.status_code

    @property
    def fields(self) -> list[tuple[bytes, bytes]]:
        """The names and values of its headers."""
        return list(self._response.headers)

    @property
    def content(self) -> bytes:
        """The body, as it came."""
        return b"".join(self._parts)

    @property
    def lasts(self) -> bool:
        """Whether the connection may take another request."""
        both_done = self._state.our_state is h11.DONE and self._state.their_state is h11.DONE
        return both_done and not self._state.trailing_data[0]
