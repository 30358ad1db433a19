"""`$select` and `$expand`: which members of a job or a task an answer holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batchtasks_local import errors
from batchtasks_local.exchange import Exchange

Item = dict[str, Any]


def selection(exchange: Exchange) -> Callable[[Item], Item]:
    """The function that leaves in an item what the request asks for, and what its api-version has."""
    text = exchange.query.get("$select")
    members = exchange.asked.members
    if text is None:
        known = frozenset(members)
        return lambda item: item if item.keys() <= known else {name: item[name] for name in item if name in known}
    names = {member.lower(): member for member in members}
    wanted: dict[str, list[str]] = {}
    for path in filter(None, (part.strip() for part in text.split(","))):
        first, _, rest = path.partition("/")
        if first.lower() not in names:
            raise errors.invalid_query("$select", text, f"'{path}' is not one of {', '.join(members)}")
        wanted.setdefault(names[first.lower()], []).append(rest)
    return lambda item: {name: _inside(item[name], wanted[name]) for name in item if name in wanted}


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
