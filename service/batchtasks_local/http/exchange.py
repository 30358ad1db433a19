"""One request and its answer, as plain values."""

from __future__ import annotations

import uuid
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import unquote, unquote_plus

import orjson
from attrs import define, evolve, field, frozen

from batchtasks_local.http import errors
from batchtasks_local.http.conditions import Condition
from batchtasks_local.http.contract.documents import Contract, Operation

JSON_TYPE = "application/json;odata=minimalmetadata"
ERROR_METADATA = "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element"

Scope = dict[str, Any]
Headers = tuple[tuple[str, str], ...]


@frozen
class Answer:
    """What goes back to the client.

    Attributes:
        body: None means that there is none; it is sent in chunks with zero bytes, as the real service does for 200.
        stream: The content of a file, instead of a body.
        reason: The reason phrase; empty for the standard one. That of an error is the first line of its message.
    """

    status_code: int
    headers: Headers = ()
    body: bytes | None = None
    stream: AsyncGenerator[bytes, None] | None = None
    reason: str = ""


@define
class Exchange:
    """A request as it arrived, and what the steps (see `app`) have found out about it.

    Attributes:
        raw_path, raw_query: As received, still percent-encoded, because the signature covers them.
        headers: Names in lower case; the values of a repeated header are joined with commas.
        base: The beginning of all URLs in the answer: the host as the client addressed it.
        request_id: The identifier of this request in the answer and in the log.
        contract, operation, ids, query, content, condition: Set by the step that reads each of them. `query` has
            decoded values by names in lower case, `content` is the checked body.
        lost: The connection is closed instead of sending the answer, for an injected fault.
    """

    method: str
    raw_path: str
    raw_query: str
    headers: dict[str, str]
    base: str
    client: str | None = None
    body: bytes = b""
    request_id: str = field(factory=lambda: str(uuid.uuid4()))
    contract: Contract = field(init=False)
    operation: Operation = field(init=False)
    ids: tuple[str, ...] = ()
    query: dict[str, str] = field(factory=dict)
    content: Any = None
    condition: Condition | None = None
    lost: bool = False

    @classmethod
    def from_scope(cls, scope: Scope) -> Exchange:
        """Read an ASGI scope."""
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
        """Return the query parameters in the order sent, decoded, with names as written."""
        pieces = (piece.partition("=") for piece in self.raw_query.split("&") if piece)
        try:
            return [
                (unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")) for name, _, value in pieces
            ]
        except UnicodeDecodeError:
            raise errors.url_failed_to_parse("The query is not UTF-8") from None

    def segments(self) -> list[str]:
        """Return the segments of the path, each decoded by itself, so that an encoded slash does not split one."""
        try:
            return [unquote(part, errors="strict") for part in self.raw_path.lstrip("/").split("/")]
        except UnicodeDecodeError:
            raise errors.url_failed_to_parse("The path is not UTF-8") from None


def json_answer(body: Any, headers: Headers = (), status_code: int = 200) -> Answer:
    """Return an answer with a JSON body."""
    return Answer(status_code, (("Content-Type", JSON_TYPE), *headers), orjson.dumps(body))


def error_answer(error: errors.BatchError, exchange: Exchange) -> Answer:
    """Return the answer for an error: a BatchError as JSON, or only headers for 304."""
    if error.status_code == 304:
        return Answer(304, error.headers, reason=error.text)
    body = {"odata.metadata": exchange.base + ERROR_METADATA, **error.body(exchange.request_id)}
    return evolve(json_answer(body, error.headers, error.status_code), reason=error.text)


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
