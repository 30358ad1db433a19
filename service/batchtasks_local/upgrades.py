"""HTTP without upgrades: a request that offers to change the protocol is answered as if it did not.

HTTP lets a server pass over such an offer (RFC 9110, 7.8), which browsers' and Java's clients make unasked. The parser
does not: it takes a request that offers an upgrade to end with its headers, and what follows for another protocol.
"""

from __future__ import annotations

from typing import Any

from httptools import HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_FRAMING = (b"content-length", b"transfer-encoding")


class IgnoresUpgrades(HttpToolsProtocol):
    """Reads on behind the headers of a request that offers an upgrade."""

    _resuming = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.parser: Any = _Parser(self)

    def framing(self) -> list[tuple[bytes, bytes]]:
        """The headers of this request that say how its body is sent; none if it has no body."""
        return [header for header in self.headers if header[0] in _FRAMING and header[1] != b"0"]

    def resume(self, parser: HttpRequestParser) -> None:
        """Let a new parser expect the body of the request whose headers have been read."""
        lines = [b"%s: %s\r\n" % header for header in self.framing()]
        self._resuming = True
        try:
            parser.feed_data(b"POST / HTTP/1.1\r\n%s\r\n" % b"".join(lines))
        finally:
            self._resuming = False

    def on_message_begin(self) -> None:
        """A request begins, unless it is one that goes on."""
        if not self._resuming:
            super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Its URL."""
        if not self._resuming:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers."""
        if not self._resuming:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its headers are all there."""
        if self._resuming:
            return
        super().on_headers_complete()
        # Older uvicorns look at nothing but whether it is HTTP/1.0.
        if self.cycle is not None and not self.parser.should_keep_alive():
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """It has ended, but for a body that the parser did not look for."""
        if not (self.parser.should_upgrade() and self.framing()):
            super().on_message_complete()


class _Parser:
    """A parser that does not stop at an upgrade; all else is asked of the real one."""

    def __init__(self, protocol: IgnoresUpgrades) -> None:
        self._protocol = protocol
        self._parser = self._new()

    def _new(self) -> HttpRequestParser:
        parser = HttpRequestParser(self._protocol)
        # As uvicorn has it: a request that is to be the last is answered, whatever comes after it.
        parser.set_dangerous_leniencies(lenient_data_after_close=True)
        return parser

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def feed_data(self, data: bytes) -> None:
        """Read a piece of what the client sends."""
        while data:
            try:
                self._parser.feed_data(data)
                return
            except HttpParserUpgrade as stopped:
                data = data[stopped.args[0] :]
            if self._protocol.framing():
                self._parser = self._new()
                self._protocol.resume(self._parser)
