"""One HTTP request as plain values, and the words for it when it gets no answer."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

import httpx
from attrs import define, field, frozen

from batchtasks._origin import Origin
from batchtasks._unreachable import Hindrance
from batchtasks.errors import ConnectionFailed, InvalidInputError, RequestTimedOut
from batchtasks_rest._call import Call


@frozen
class Address:
    """Where a request goes; `target` is what its first line names, `netloc` the value of its Host header."""

    url: httpx.URL = field(repr=False)
    scheme: str
    host: str
    port: int | None
    netloc: str
    target: str


@define
class Outgoing:
    """A request; Host is not among its headers."""

    method: str
    # As the caller knows it, without the query.
    path: str
    origin: Origin
    address: Address
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)
    # For the connection, and for each part of the answer.
    seconds: float

    def timed_out(self, text: str, *, sent: bool) -> RequestTimedOut:
        """Word that the time ran out."""
        doing = "waiting for" if sent else "connecting to"
        what = f"{self.method} {self.path} timed out {doing} {self.origin.url} ({text})."
        return RequestTimedOut(what, sent=sent, method=self.method, path=self.path)

    def broke_off(self, text: str) -> ConnectionFailed:
        """Word that the connection came to an end before the answer did."""
        what = f"The exchange with {self.origin.url} broke off ({text})."
        return ConnectionFailed(what, sent=True, method=self.method, path=self.path)

    def not_connected(self, why: Hindrance) -> ConnectionFailed:
        """Word that there was no connection."""
        return ConnectionFailed(
            f"The connection to {self.origin.url} could not be made ({why.what}).",
            sent=False,
            method=self.method,
            path=self.path,
            hint=why.advice,
            most_attempts=why.most_attempts,
        )


def outgoing(call: Call[object], origin: Origin, user_agent: str, seconds: float) -> Outgoing:
    """Make the request of a call, not signed yet; raises InvalidInputError for one that HTTP does not allow."""
    given = {str(name).lower() for name in call.headers}
    headers = {name: value for name, value in (*_OWN, ("User-Agent", user_agent)) if name.lower() not in given}
    for name, value in call.headers.items():
        _check_header(call, name, value)
        if name.lower() not in _WRITTEN_LATER:
            headers[name] = value.strip(" \t")
    if call.content is not None:
        headers["Content-Length"] = str(len(call.content))
    elif call.method not in ("GET", "HEAD"):
        # The service's own clients send and sign an explicit length.
        headers["Content-Length"] = "0"
    text = origin.url + call.path
    if call.query:
        pairs = [f"{quote(name, safe='$')}={quote(value, safe=_PLAIN)}" for name, value in call.query.items()]
        text += ("&" if "?" in call.path else "?") + "&".join(pairs)
    try:
        address = _address(text)
    except (ValueError, TypeError, httpx.InvalidURL) as error:
        raise InvalidInputError(f"{call.method} {call.path} cannot be sent: {error}") from None
    return Outgoing(call.method, call.path, origin, address, headers, call.content, seconds)


_OWN = (("Accept", "application/json"), ("Accept-Encoding", "gzip, deflate"))
# By this module, by the signature, or by HTTP itself.
_WRITTEN_LATER = frozenset({"authorization", "content-length", "host", "ocp-date", "transfer-encoding"})
# Besides what `quote` leaves alone anyway: characters that are read the same encoded or not.
_PLAIN = "$,()'-._~"
_IS_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch
_IS_STEP = re.compile(r"/\.\.?(/|$)").search
_IS_VALUE = re.compile(r"[\t\x20-\x7e]*").fullmatch


def _check_header(call: Call[object], name: str, value: str) -> None:
    if not isinstance(value, str) or not isinstance(name, str):
        raise InvalidInputError(f"{call.method} {call.path} cannot be sent: the header {name!r} is not text.")
    if not _IS_NAME(name):
        raise InvalidInputError(f"{call.method} {call.path} has a header whose name HTTP does not allow: {name!r}.")
    # The value may be a secret, so it is not shown.
    if not value.isascii():
        raise InvalidInputError(
            f"{call.method} {call.path} cannot be sent: the header {name} has characters outside of ASCII."
        )
    if not _IS_VALUE(value):
        raise InvalidInputError(f"{call.method} {call.path} has a header that HTTP does not allow: {name}.")


# Bulk add sends all its requests to one address, and reading one is a fifth of making a request.
@lru_cache(maxsize=16)
def _address(text: str) -> Address:
    if _IS_STEP(text.partition("?")[0]):
        # It would be taken for a step in the path, and lead to something else: a file called ".." to its task.
        raise ValueError("a part of the path is . or ..")
    url = httpx.URL(text)
    host, netloc, target = (part.decode("ascii") for part in (url.raw_host, url.netloc, url.raw_path))
    return Address(url, url.scheme, host, url.port, netloc, target)
