"""One request on its way through the service, and its answer, as plain values."""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, unquote_plus

from attrs import define, field, frozen

if TYPE_CHECKING:
    from batchtasks_local.conditions import Condition
    from batchtasks_local.contract import Contract, Operation

JSON_TYPE = "application/json;odata=minimalmetadata"

Scope = dict[str, Any]


@frozen
class Answer:
    """What goes back: `body` None means none at all, sent chunked with zero bytes as the service does for 200."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    stream: AsyncGenerator[bytes, None] | None = None


@define
class Exchange:
    """A request as it came in, and what the steps have learned of it so far.

    `raw_path` and `raw_query` are as on the wire, still percent-encoded: the signature covers them. `headers` has
    lower-case names; a header that came more than once has its values joined with commas. `query` is filled by the step
    that knows the operation: lower-case names to decoded values. `lost` says that the answer shall not arrive.
    """

    method: str
    raw_path: str
    raw_query: str
    headers: dict[str, str]
    base: str
    client: str | None = None
    body: bytes = b""
    request_id: str = field(factory=lambda: str(uuid.uuid4()))
    contract: Contract | None = None
    operation: Operation | None = None
    ids: tuple[str, ...] = ()
    query: dict[str, str] = field(factory=dict)
    content: Any = None
    condition: Condition | None = None
    lost: bool = False

    @property
    def asked(self) -> Operation:
        """The operation, once the step that finds it has run."""
        assert self.operation is not None
        return self.operation

    @classmethod
    def of_scope(cls, scope: Scope) -> Exchange:
        """Read an ASGI scope; the base of all URLs in the answer is the host that the client spoke to."""
        headers = _headers(scope["headers"])
        host = headers.get("host") or _own_host(scope)
        client = scope.get("client")
        return cls(
            method=scope["method"],
            raw_path=scope["raw_path"].decode("latin-1"),
            raw_query=scope["query_string"].decode("latin-1"),
            headers=headers,
            base=f"{scope['scheme']}://{host}",
            client=client[0] if client else None,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The query parameters in the order sent, decoded, names as written."""
        pieces = (piece.partition("=") for piece in self.raw_query.split("&") if piece)
        return [
            (unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")) for name, _, value in pieces
        ]

    def segments(self) -> list[str]:
        """The path's segments, each decoded by itself, so that an encoded slash does not cut one in two."""
        return [unquote(part, errors="strict") for part in self.raw_path.lstrip("/").split("/")]


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1"), value.decode("latin-1").strip()
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    return headers


def _own_host(scope: Scope) -> str:
    host, port = scope.get("server") or ("127.0.0.1", None)
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port else host
