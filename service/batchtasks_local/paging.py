"""Pages of a list: how long, where they begin, and the link to the next one.

A page begins after the `seq` of the last row of the page before. Rows keep their `seq`, so pages stay right while rows
are added and deleted. The link holds the caller's own parameters, re-encoded, so that it works when it is followed as it
is and when a client takes it apart and puts it together again.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from attrs import frozen

from batchtasks_local import errors
from batchtasks_local.exchange import Exchange

TOKEN = "$skiptoken"  # noqa: S105  (the name of a parameter)
LARGEST = 1000
_PREFIX = b"after:"


T = TypeVar("T")


@frozen
class Page:
    """Where a page begins and how many rows it may have."""

    after: int
    size: int


def page_of(exchange: Exchange) -> Page:
    """The page that a list request asks for; `maxresults` has been checked already."""
    return Page(_after(exchange), size_of(exchange))


def size_of(exchange: Exchange) -> int:
    """How many rows a page may have."""
    return int(exchange.query.get("maxresults", LARGEST))


def cut(
    exchange: Exchange, rows: Sequence[T], render: Callable[[T], Any], position: Callable[[T], int | str]
) -> dict[str, Any]:
    """The members `value` and, if there is more, `odata.nextLink`.

    `rows` has one row more than the page holds, if there is one; `position` is what tells where a row stands.
    """
    size = size_of(exchange)
    body: dict[str, Any] = {"value": [render(row) for row in rows[:size]]}
    if len(rows) > size:
        body["odata.nextLink"] = next_link(exchange, str(position(rows[size - 1])))
    return body


def next_link(exchange: Exchange, position: str) -> str:
    """The URL of the page after a position."""
    kept = [pair for pair in exchange.pairs() if pair[0].lower() != TOKEN]
    query = "&".join(
        f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in [*kept, (TOKEN, _token(position))]
    )
    return f"{exchange.base}{exchange.raw_path}?{query}"


def position_of(exchange: Exchange) -> str | None:
    """The position in a request's skip token, or None on the first page."""
    token = exchange.query.get(TOKEN)
    if token is None:
        return None
    try:
        text = base64.urlsafe_b64decode(token.encode("ascii"))
        if not text.startswith(_PREFIX):
            raise ValueError("not ours")
        return text.removeprefix(_PREFIX).decode()
    except (ValueError, binascii.Error):
        raise errors.invalid_query(TOKEN, token, "It is not a token that this service has made") from None


def _after(exchange: Exchange) -> int:
    position = position_of(exchange)
    if position is None:
        return 0
    if not position.isascii() or not position.isdigit() or len(position) > 18:
        raise errors.invalid_query(TOKEN, exchange.query[TOKEN], "It is not a token that this service has made")
    return int(position)


def _token(position: str) -> str:
    return base64.urlsafe_b64encode(_PREFIX + position.encode()).decode()
