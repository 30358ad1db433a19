"""Reads plain answers: a status with a body, a head of printable ASCII, a body in chunks or of stated length.

Recorded answers of the service are like that, in chunks. A general reader takes several times as long for them.
"""

from __future__ import annotations

import re

_HEAD = re.compile(rb"HTTP/1\.1 (20[0-3]|[45]\d\d) [ -~]*\r\n((?:[\w-]+: [!-~](?:[ -~]*[!-~])?\r\n)+)\r\n").match
_LENGTH = re.compile(rb"\d{1,15}").fullmatch
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})\r\n").match
# Of the line above.
_LONGEST_SIZE = 10


class NotPlainError(Exception):
    """The answer has another form; nothing is said about whether it is allowed."""


class PlainAnswer:
    """One answer."""

    status: int
    fields: list[tuple[bytes, bytes]]
    # Of the fields.
    encoding = "ascii"
    # Nothing of it says that the connection ends.
    lasts = True

    def __init__(self, method: str) -> None:
        self._method = method
        # All that has come.
        self.pieces: list[bytes] = []
        self._body: _ByLength | _InChunks | None = None

    @property
    def content(self) -> bytes:
        """The body, as it came."""
        return b"".join(self._body.parts) if self._body else b""

    def read(self, data: bytes) -> bool:
        """Take in what has come, b"" for the end of the connection; True as soon as the answer is whole.

        Raises NotPlainError, after which `pieces` has all that came.
        """
        self.pieces.append(data)
        if self._body is None:
            self._body, data = self._begin(data)
        self._body.take(data)
        if self._body.missing > 0 and self.pieces[-1]:
            return False
        if self._body.missing:
            raise NotPlainError
        return True

    def _begin(self, data: bytes) -> tuple[_ByLength | _InChunks, bytes]:
        """Read the head, which is whole as a rule; give what the body will be, and what has come of it."""
        head = _HEAD(data)
        if head is None or self._method == "HEAD":
            raise NotPlainError
        lines = head[2].split(b"\r\n")[:-1]
        self.status = int(head[1])
        self.fields = [(name, value) for name, _, value in [line.partition(b": ") for line in lines]]
        by_name = {name.lower(): value for name, value in self.fields}
        if len(by_name) == len(lines) and b"connection" not in by_name:
            length, encoding = by_name.get(b"content-length"), by_name.get(b"transfer-encoding")
            if length is None and encoding == b"chunked":
                return _InChunks(), data[head.end() :]
            if encoding is None and length is not None and _LENGTH(length):
                return _ByLength(int(length)), data[head.end() :]
        raise NotPlainError


class _ByLength:
    """A body of stated length."""

    def __init__(self, length: int) -> None:
        self.parts: list[bytes] = []
        # How many bytes are still to come at least; less than 0 if there were too many.
        self.missing = length

    def take(self, data: bytes) -> None:
        self.parts.append(data)
        self.missing -= len(data)


class _InChunks:
    """A body in chunks."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.missing = 1
        self._unread: list[bytes] = []

    def take(self, data: bytes) -> None:
        self._unread.append(data)
        self.missing -= len(data)
        if self.missing <= 0:
            data = b"".join(self._unread)
            self._unread = [data[self._read(data) :]]

    def _read(self, data: bytes) -> int:
        """Take whole chunks, set `missing`, and tell where the first chunk begins that is not whole."""
        at = 0
        while size := _CHUNK(data, at):
            begin, end = size.end(), size.end() + int(size[1], 16)
            if not b"\r\n".startswith(data[end : end + 2]):
                # Not even allowed, or, after the last chunk, further fields.
                raise NotPlainError
            behind = len(data) - end
            if behind < 2:
                self.missing = max(1, 1 - behind)
                return at
            if begin == end:
                self.missing = 2 - behind
                return at
            self.parts.append(data[begin:end])
            at = end + 2
        if len(data) - at >= _LONGEST_SIZE or b"\n" in data[at:]:
            raise NotPlainError
        self.missing = 1
        return at
