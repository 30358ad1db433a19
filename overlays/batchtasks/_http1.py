"""HTTP/1.1 for one connection, without the network: an `Outgoing` becomes bytes, and bytes become an `Answer`.

With httpx and httpcore a request would take several times the processor time, which would be most of what bulk add costs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx

from batchtasks._outgoing import Outgoing
from batchtasks._plain_answer import NotPlainError, PlainAnswer
from batchtasks._unpack import unpacked
from batchtasks.errors import InvalidInputError
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    from batchtasks._http1_by_h11 import ByH11

# A server that waited or read for long enough may close without having said so: 408 Request Timeout, 413 too large.
_PARTING = (408, 413)
_IS_HEAD = re.compile(r"[!#-'*+.^_`|~\w-]+ [!-~]+ HTTP/1\.1\r\n(?:[!-9;-~]+: [\t -~]*\r\n)+\r\n", re.ASCII).fullmatch


class Http1:
    """One request after the other, and their answers."""

    def __init__(self) -> None:
        self._request: Outgoing
        self._reader: PlainAnswer | ByH11

    def begin(self, request: Outgoing) -> memoryview:
        """Give the bytes of a request, head and body in one piece, which spares both ends a packet.

        As a view, because tracebacks are often printed with the values of variables, and these hold the signature.
        """
        self._request, self._reader = request, PlainAnswer(request.method)
        return memoryview(_head_of(request).encode() + (request.content or b""))

    def read(self, data: bytes) -> Answer | None:
        """Take in what has come, b"" for the end of the connection; the answer as soon as it is whole."""
        try:
            whole = self._reader.read(data)
        except NotPlainError:
            whole = None
        if whole is None:
            whole = self._read_by_h11()
        return self._answer() if whole else None

    def _read_by_h11(self) -> bool:
        from batchtasks._http1_by_h11 import ByH11  # late: many programs never need it

        assert isinstance(self._reader, PlainAnswer)
        pieces, self._reader = self._reader.pieces, ByH11(self._request)
        return [self._reader.read(piece) for piece in pieces][-1]

    def _answer(self) -> Answer:
        headers = httpx.Headers(self._reader.fields, self._reader.encoding)
        content = self._reader.content
        if content and "content-encoding" in headers:
            content = unpacked(content, headers["content-encoding"], self._request)
        return Answer(self._reader.status, headers, content)

    def end(self) -> bool:
        """Get ready for the next request; False if the connection cannot take one."""
        lasts = self._reader.lasts and self._reader.status not in _PARTING
        # An idle connection need not hold a megabyte, nor a signature.
        del self._request, self._reader
        return lasts


def _head_of(request: Outgoing) -> str:
    lines = [f"{request.method} {request.address.target} HTTP/1.1", f"Host: {request.address.netloc}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    head = "\r\n".join([*lines, "", ""])
    # A line break within a line would make two of it.
    if _IS_HEAD(head) and head.count("\n") == len(lines) + 1:
        return head
    del lines, head
    raise InvalidInputError(f"{request.method} {request.path} is not what HTTP allows.")
