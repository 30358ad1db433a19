"""Conditional requests: which headers may stand together, and what an unmet one answers.

| header not satisfied | GET, HEAD | POST, PUT, PATCH, DELETE |
|---|---|---|
| If-Match | 412 | 412 |
| If-None-Match | 304 | 412 |
| If-Modified-Since | 304 | 412 |
| If-Unmodified-Since | 412 | 412 |

If-None-Match outranks If-Modified-Since, If-Match outranks If-Unmodified-Since, every other pair and anything more is
refused. A resource that does not exist is 404 whatever the condition, so the caller looks it up first. Dates have the
grain of a second, so the stored time is cut to seconds before it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from batchtasks_local import clock, errors

HEADERS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")
DATES = ("if-modified-since", "if-unmodified-since")
# the header that decides when these two come together
_TOGETHER = {
    frozenset(("if-none-match", "if-modified-since")): "if-none-match",
    frozenset(("if-match", "if-unmodified-since")): "if-match",
}


@frozen
class Condition:
    """The one conditional header that decides, read: tags without quotes, or a time in ticks."""

    header: str
    tags: tuple[str, ...] = ()
    time: int = 0

    def met(self, modified: int) -> bool:
        """Whether a resource last modified then satisfies it."""
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
    """The condition of a request, or None; refuses headers that the operation does not take, and bad combinations."""
    given = [name for name in HEADERS if name in headers]
    for name in given:
        if name not in allowed:
            known = ", ".join(map(_written, sorted(allowed))) or "no conditional header"
            raise errors.unsupported_header(_written(name), headers[name], f"This operation takes {known}")
    if not given:
        return None
    times = {name: _time(name, headers[name]) for name in given if name in DATES}
    header = given[0] if len(given) == 1 else _TOGETHER.get(frozenset(given))
    if header is None:
        raise errors.several_conditions(map(_written, given))
    if header in times:
        return Condition(header, time=times[header])
    return Condition(header, tags=_tags(header, headers[header]))


def check(condition: Condition | None, modified: int, *, reading: bool) -> None:
    """Raise ConditionNotMet (304 or 412) when a resource last modified then does not satisfy the condition."""
    if condition is None or condition.met(modified):
        return
    if reading and condition.header in ("if-none-match", "if-modified-since"):
        # what a cache wants to know with a 304; the body is empty
        raise errors.condition_not_met(
            304, (("ETag", clock.etag(modified)), ("Last-Modified", clock.http_date(modified)))
        )
    raise errors.condition_not_met(412)


def _tags(name: str, value: str) -> tuple[str, ...]:
    """Tags of a header, quoted or not, weak or strong, one or several, in lower case."""
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
