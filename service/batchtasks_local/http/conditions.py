"""Conditional requests: which headers may be combined, and what the answer is if a condition is not met.

| header that is not met | GET, HEAD | POST, PUT, PATCH, DELETE |
|---|---|---|
| If-Match | 412 | 412 |
| If-None-Match | 304 | 412 |
| If-Modified-Since | 304 | 412 |
| If-Unmodified-Since | 412 | 412 |

If-None-Match takes precedence over If-Modified-Since, and If-Match over If-Unmodified-Since. Every other combination is
refused. A resource that does not exist is 404 whatever the condition, so the caller looks it up first. HTTP dates have
whole seconds, so the stored time is rounded down before it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from batchtasks_local.domain import clock
from batchtasks_local.http import errors

HEADERS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")
DATES = ("if-modified-since", "if-unmodified-since")
# The header that decides when these two come together.
_PAIRS = {
    frozenset(("if-none-match", "if-modified-since")): "if-none-match",
    frozenset(("if-match", "if-unmodified-since")): "if-match",
}


@frozen
class Condition:
    """The conditional header that decides: its tags, without quotes and in lower case, or its time in ticks."""

    header: str
    tags: tuple[str, ...] = ()
    time: int = 0

    def is_met(self, modified: int) -> bool:
        """Return whether a resource with this time of the last change meets the condition."""
        match self.header:
            case "if-match":
                return self._names(modified)
            case "if-none-match":
                return not self._names(modified)
            case "if-modified-since":
                return clock.cut_to_second(modified) > self.time
            case _:
                return clock.cut_to_second(modified) <= self.time

    def _names(self, modified: int) -> bool:
        return "*" in self.tags or clock.etag(modified).lower() in self.tags


def read(headers: Mapping[str, str], allowed: frozenset[str]) -> Condition | None:
    """Return the condition of a request, or None.

    Raises:
        BatchError: The operation does not take a header, the combination is not allowed, or a value cannot be read.
    """
    given = [name for name in HEADERS if name in headers]
    for name in given:
        if name not in allowed:
            known = ", ".join(map(_written, sorted(allowed))) or "no conditional header"
            raise errors.unsupported_header(_written(name), headers[name], f"This operation takes {known}")
    if not given:
        return None
    times = {name: _time(name, headers[name]) for name in given if name in DATES}
    header = given[0] if len(given) == 1 else _PAIRS.get(frozenset(given))
    if header is None:
        raise errors.several_conditions(map(_written, given))
    if header in times:
        return Condition(header, time=times[header])
    return Condition(header, tags=_tags(header, headers[header]))


def check(condition: Condition | None, modified: int, *, reading: bool) -> None:
    """Raise ConditionNotMet (304 or 412) if a resource does not meet the condition.

    Args:
        condition: The condition of the request.
        modified: When the resource was changed last.
        reading: The operation only reads, so that 304 is possible.
    """
    if condition is None or condition.is_met(modified):
        return
    if reading and condition.header in ("if-none-match", "if-modified-since"):
        headers = (("ETag", clock.etag(modified)), ("Last-Modified", clock.http_date(modified)))
        raise errors.condition_not_met(304, headers)
    raise errors.condition_not_met(412)


def _tags(name: str, value: str) -> tuple[str, ...]:
    """Return the tags of a header, which may be quoted or not, weak or strong, one or several."""
    tags = tuple(tag for tag in (_bare(part) for part in value.split(",")) if tag)
    if not tags:
        raise errors.invalid_header(_written(name), value, "It must hold an entity tag or *")
    return tags


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"').lower()


def _time(name: str, value: str) -> int:
    try:
        return clock.from_http_date(value)
    except ValueError:
        reason = "It must be an RFC 1123 date, such as Fri, 05 Jan 2024 07:16:39 GMT"
        raise errors.invalid_header(_written(name), value, reason) from None


def _written(name: str) -> str:
    return "-".join(part.capitalize() for part in name.split("-"))
