"""Lists: `$filter`, `$select` and `$expand`, and pages with the link to the next one.

A page begins after the last row of the page before. Rows keep their `seq`, so pages stay right while rows are added and
deleted. The link repeats the caller's own parameters, so that it works when it is followed as it is, and when a client
takes it apart and builds it again.
"""

from __future__ import annotations

import base64
import binascii
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from attrs import evolve

from batchtasks_local.domain import clock
from batchtasks_local.domain.filters import Compare, FilterError, Node, Values, parse
from batchtasks_local.http import errors
from batchtasks_local.http.contract.documents import Members
from batchtasks_local.http.exchange import Exchange

SKIP_TOKEN = "$skiptoken"  # noqa: S105  (the name of a parameter)
LARGEST_PAGE = 1000
_PREFIX = b"after:"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

T = TypeVar("T")
Item = dict[str, Any]


def filter_tree(exchange: Exchange, values: Values | None = None) -> Node | None:
    """Return the `$filter` of a request, or None.

    Args:
        exchange: The request.
        values: The values of properties that have a fixed set of them.
    """
    text = exchange.query.get("$filter")
    if text is None:
        return None
    try:
        return parse(text, exchange.operation.filter, values)
    except FilterError as error:
        raise errors.invalid_query("$filter", text, str(error)) from None


# --- pages ------------------------------------------------------------------------------------------------------------


def page_size(exchange: Exchange) -> int:
    """Return how many rows a page may have; `maxresults` has been checked already."""
    return int(exchange.query.get("maxresults", LARGEST_PAGE))


def after_seq(exchange: Exchange) -> int:
    """Return the `seq` after which the requested page begins, 0 for the first page."""
    position = after_position(exchange)
    if position is None:
        return 0
    if not position.isascii() or not position.isdigit() or len(position) > 18:
        raise _foreign_token(exchange.query[SKIP_TOKEN])
    return int(position)


def after_id(exchange: Exchange) -> str:
    """Return the id after which the requested page begins, "" for the first page."""
    position = after_position(exchange)
    if position is not None and not _ID.fullmatch(position):
        raise _foreign_token(exchange.query[SKIP_TOKEN])
    return position or ""


def after_position(exchange: Exchange) -> str | None:
    """Return the position in the request's skip token, or None on the first page."""
    token = exchange.query.get(SKIP_TOKEN)
    if token is None:
        return None
    try:
        text = base64.urlsafe_b64decode(token.encode("ascii"))
        if not text.startswith(_PREFIX):
            raise _foreign_token(token)
        return text.removeprefix(_PREFIX).decode()
    except (ValueError, binascii.Error):
        raise _foreign_token(token) from None


def _foreign_token(token: str) -> errors.BatchError:
    return errors.invalid_query(SKIP_TOKEN, token, "It is not a token that this service has made")


def page_body(
    exchange: Exchange, rows: Sequence[T], render: Callable[[T], Any], position: Callable[[T], int | str]
) -> dict[str, Any]:
    """Return the members `value` and, if there is more, `odata.nextLink`.

    Args:
        exchange: The request.
        rows: The rows of the page, and one more if there is one.
        render: Returns a row as JSON.
        position: Returns the position of a row in the list.
    """
    size = page_size(exchange)
    body: dict[str, Any] = {"value": [render(row) for row in rows[:size]]}
    if len(rows) > size:
        body["odata.nextLink"] = next_link(exchange, str(position(rows[size - 1])))
    return body


def whole_list(exchange: Exchange, items: Sequence[Item], values: Values | None = None) -> dict[str, Any]:
    """Return the members of a page of a list that is small enough to be filtered here; a position is a place in it."""
    tree = filter_tree(exchange, values)
    found = [(place, item) for place, item in enumerate(items, 1) if tree is None or matches(tree, item)]
    rows = [one for one in found if one[0] > after_seq(exchange)][: page_size(exchange) + 1]
    select = selection(exchange)
    return page_body(exchange, rows, lambda row: select(row[1]), lambda row: row[0])


def matches(node: Node, item: Item) -> bool:
    """Return whether a `$filter` holds for an item as JSON; a comparison with a member that is not there never holds."""
    if not isinstance(node, Compare):
        return (all if node.kind == "and" else any)(matches(part, item) for part in node.parts)
    found: Any = item
    for part in node.property.split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    if found is None:
        return False
    if isinstance(node.value, int):
        found = clock.from_text(found) if isinstance(found, str) else found
        return bool(_COMPARE[node.operator](found, node.value))
    return bool(_COMPARE[node.operator](str(found).lower(), str(node.value).lower()))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "ge": operator.ge, "gt": operator.gt, "le": operator.le, "lt": operator.lt,
    "startswith": str.startswith,
}  # fmt: skip


def next_link(exchange: Exchange, position: str) -> str:
    """Return the URL of the page after a position."""
    kept = [pair for pair in exchange.pairs() if pair[0].lower() != SKIP_TOKEN]
    token = base64.urlsafe_b64encode(_PREFIX + position.encode()).decode()
    query = "&".join(f"{quote(name, safe='$')}={quote(value, safe='')}" for name, value in [*kept, (SKIP_TOKEN, token)])
    return f"{exchange.base}{exchange.raw_path}?{query}"


# --- $select and $expand ----------------------------------------------------------------------------------------------


def selection(exchange: Exchange) -> Callable[[Item], Item]:
    """Return a function that keeps the members of an item that the request asks for and its API version has."""
    members, text = exchange.operation.members, exchange.query.get("$select", "")
    if not text.strip():
        return lambda item: _known(item, members)
    wanted = _wanted(text, members.names)
    chosen = evolve(members, names=frozenset(wanted))
    return lambda item: {name: _inside(value, wanted[name]) for name, value in _known(item, chosen).items()}


def _wanted(text: str, members: frozenset[str]) -> dict[str, list[str]]:
    """Return the selected members, each with the paths inside it; an empty path selects all of it."""
    names = {member.lower(): member for member in members}
    wanted: dict[str, list[str]] = {}
    for path in filter(None, (part.strip() for part in text.split(","))):
        first, _, rest = path.partition("/")
        if first.lower() not in names:
            raise errors.invalid_query("$select", text, f"'{path}' is not one of {', '.join(sorted(members))}")
        wanted.setdefault(names[first.lower()], []).append(rest)
    return wanted


def _known(value: Any, members: Members) -> Any:
    """Return an object, or a list of them, without what the API version lacks; the value itself if it lacks nothing."""
    if isinstance(value, list):
        return [_known(part, members) for part in value]
    if not members.names.issuperset(value):
        value = {name: part for name, part in value.items() if name in members.names}
    if members.inner:
        for name in members.inner.keys() & value.keys():
            part = _known(value[name], members.inner[name])
            if part is not value[name]:
                value = {**value, name: part}
    return value


def _inside(value: Any, paths: list[str]) -> Any:
    """Return the parts of a selected member that are asked for by path (`executionInfo/exitCode`)."""
    if "" in paths or not isinstance(value, dict):
        return value
    wanted = {path.partition("/")[0] for path in paths}
    return {name: part for name, part in value.items() if name in wanted}


def expands(exchange: Exchange, name: str) -> bool:
    """Return whether the request asks to expand a member; refuse names that cannot be expanded."""
    text = exchange.query.get("$expand")
    if text is None:
        return False
    asked = [part.strip() for part in text.split(",") if part.strip()]
    for part in asked:
        if part not in exchange.operation.expandable:
            can = ", ".join(exchange.operation.expandable) or "nothing"
            raise errors.invalid_query("$expand", text, f"'{part}' cannot be expanded; that can: {can}")
    return name in asked
