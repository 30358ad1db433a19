"""HTTP/1.1 for one connection, without the network: an `Outgoing` becomes bytes, and bytes become an `Answer`.

An answer of the plainest form, which nearly all of the service have, is read here; any other (in chunks, until the end
of the connection, to HEAD, broken, ...) by `h11`, which takes five times as long for the plainest. With httpx and
httpcore a request would take many times the processor time, and that would be most of what bulk add costs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import httpx

from batchtasks._outgoing import Outgoing
from batchtasks._unpack import unpacked
from batchtasks.errors import InvalidInputError
from batchtasks_rest._call import Answer

if TYPE_CHECKING:
    from batchtasks._http1_by_h11 import ByH11

# A server that waited or read for long enough may close without having said so: 408 Request Timeout, 413 too large.
_PARTING = (408, 413)
_IS_HEAD = re.compile(r"[!#-'*+.^_`|~\w-]+ [!-~]+ HTTP/1\.1\r\n(?:[!-9;-~]+: [\t -~]*\r\n)+\r\n", re.ASCII).fullmatch
# A status that comes with a body, names and values of printable ASCII, one blank between them.
_PLAIN_HEAD = re.compile(rb"HTTP/1\.1 (20[0-3]|[45]\d\d) [ -~]*\r\n((?:[\w-]+: [!-~](?:[ -~]*[!-~])?\r\n)+)\r\n").match
_PLAIN_LENGTH = re.compile(rb"\d{1,15}").fullmatch
# What says that a body ends otherwise than by its length, or the connection after it.
_NOT_PLAIN = frozenset({b"connection", b"transfer-encoding"})


class Http1:
    """One request after the other, and their answers."""

    def __init__(self) -> None:
        self._request: Outgoing
        # What has come, unless h11 has it.
        self._pieces: list[bytes] = []
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        # Where the body begins, and how many bytes of it are still to come.
        self._body_at = self._missing = 0
        self._by_h11: ByH11 | None = None

    def begin(self, request: Outgoing) -> memoryview:
        """Give the bytes of a request, head and body in one piece, which spares both ends a packet.

        As a view, because tracebacks are often printed with the values of variables, and these hold the signature.
        """
        self._request, self._pieces, self._by_h11 = request, [], None
        return memoryview(_head_of(request).encode() + (request.content or b""))

    def read(self, data: bytes) -> Answer | None:
        """Take in what has come, b"" for the end of the connection; the answer as soon as it is whole."""
        if self._by_h11 is None:
            self._missing = self._missing - len(data) if self._pieces else self._read_head(data)
            self._pieces.append(data)
            if self._missing > 0 and data:
                return None
            if self._missing == 0:
                self._pieces[0] = self._pieces[0][self._body_at :]
                return self._answer(self._status, self._headers, b"".join(self._pieces))
            from batchtasks._http1_by_h11 import ByH11  # late: many programs never need it

            self._by_h11 = ByH11(self._request)
            *earlier, data = self._pieces
            if earlier:
                self._by_h11.read(b"".join(earlier))
        if not self._by_h11.read(data):
            return None
        response = self._by_h11.response
        return self._answer(response.status_code, response.headers, self._by_h11.content)

    def _read_head(self, data: bytes) -> int:
        """Tell how many bytes are to come after these, the first ones; less than 0 if the answer is not a plain one."""
        head = _PLAIN_HEAD(data)
        if head is None or self._request.method == "HEAD":
            return -1
        lines = head[2].split(b"\r\n")[:-1]
        self._headers = [(name, value) for name, _, value in [line.partition(b": ") for line in lines]]
        by_name = {name.lower(): value for name, value in self._headers}
        length = by_name.get(b"content-length", b"")
        if len(by_name) < len(lines) or not _NOT_PLAIN.isdisjoint(by_name) or not _PLAIN_LENGTH(length):
            return -1
        self._status, self._body_at = int(head[1]), head.end()
        return self._body_at + int(length) - len(data)

    def _answer(self, status: int, fields: Sequence[tuple[bytes, bytes]], content: bytes) -> Answer:
        self._status = status
        headers = httpx.Headers(list(fields))
        if content and "content-encoding" in headers:
            content = unpacked(content, headers["content-encoding"], self._request)
        return Answer(status, headers, content)

    def end(self) -> bool:
        """Get ready for the next request; False if the connection cannot take one."""
        # An idle connection need not hold a megabyte, nor a signature.
        del self._request
        self._pieces = []
        return self._status not in _PARTING and (self._by_h11 is None or self._by_h11.lasts)


def _head_of(request: Outgoing) -> str:
    lines = [f"{request.method} {request.address.target} HTTP/1.1", f"Host: {request.address.netloc}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    head = "\r\n".join([*lines, "", ""])
    # A line break within a line would make two of it.
    if _IS_HEAD(head) and head.count("\n") == len(lines) + 1:
        return head
    del lines, head
    raise InvalidInputError(f"{request.method} {request.path} is not what HTTP allows.")
