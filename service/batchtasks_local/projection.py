"""`$select` and `$expand`: which members of a job or a task an answer holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from batchtasks_local import errors
from batchtasks_local.exchange import Exchange

Item = dict[str, Any]


def selection(exchange: Exchange) -> Callable[[Item], Item]:
    """The function that leaves in an item what the request asks for, and what its api-version has."""
    operation, text = exchange.asked, exchange.query.get("$select", "")
    if not text.strip():
        known = frozenset(operation.members)
        return lambda item: _known(item, known, operation.inner)
    wanted = _wanted(text, operation.members)
    return lambda item: {
        name: _inside(value, wanted[name]) for name, value in _known(item, wanted.keys(), operation.inner).items()
    }


def _wanted(text: str, members: Sequence[str]) -> dict[str, list[str]]:
    """The members that are asked for, each with the paths inside it, an empty one for all of it."""
    names = {member.lower(): member for member in members}
    wanted: dict[str, list[str]] = {}
    for path in filter(None, (part.strip() for part in text.split(","))):
        first, _, rest = path.partition("/")
        if first.lower() not in names:
            raise errors.invalid_query("$select", text, f"'{path}' is not one of {', '.join(members)}")
        wanted.setdefault(names[first.lower()], []).append(rest)
    return wanted


def _known(item: Item, names: Set[str], inner: Mapping[str, Set[str]]) -> Item:
    """An item without members that are not among these, and without what the api-version lacks inside them."""
    if not item.keys() <= names:
        item = {name: value for name, value in item.items() if name in names}
    for name in inner.keys() & item.keys():
        if not item[name].keys() <= inner[name]:
            item = {**item, name: {part: value for part, value in item[name].items() if part in inner[name]}}
    return item


def expands(exchange: Exchange, name: str) -> bool:
    """Whether a request asks to expand a member; refuses members that cannot be expanded."""
    text = exchange.query.get("$expand")
    if text is None:
        return False
    asked = [part.strip() for part in text.split(",") if part.strip()]
    for part in asked:
        if part not in exchange.asked.expandable:
            can = ", ".join(exchange.asked.expandable) or "nothing"
            raise errors.invalid_query("$expand", text, f"'{part}' cannot be expanded; that can: {can}")
    return name in asked


def _inside(value: Any, paths: list[str]) -> Any:
    """The parts of a selected member that are asked for by path (`executionInfo/exitCode`); all of it without one."""
    if "" in paths or not isinstance(value, dict):
        return value
    wanted = {path.partition("/")[0] for path in paths}
    return {name: part for name, part in value.items() if name in wanted}
