"""Conditions: the service carries out a request only if the job or task is still as the caller last saw it.

A condition protects an edit against the edits of others. It cannot show that a task has started or ended: the service does
not change ETag and last-modified time when a task changes its state by itself (all recordings agree). Use `wait` for that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import formatdate
from typing import Any, TypeAlias

from attrs import asdict, evolve, frozen

from batchtasks._validation.values import to_utc
from batchtasks.errors import ConditionError
from batchtasks_rest import models
from batchtasks_rest._call import Response

_TAG = re.compile(r"[!\x23-\x7e]+")


class ETag(str):
    """An entity tag as the service writes it, without quotes; the text may have them.

    Two tags are equal if their texts without quotes are. As a condition, a tag means `if_match`.

    Raises:
        ConditionError: The text is no tag.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> ETag:
        if not isinstance(text, str):
            raise ConditionError(f"An ETag is text such as '0x8DC0DBE42D1E1FE', not {type(text).__name__}.")
        bare = text.strip().removeprefix("W/")
        if len(bare) > 1 and bare[0] == bare[-1] == '"':
            bare = bare[1:-1]
        if not _TAG.fullmatch(bare):
            raise ConditionError(f"{text!r} is no ETag.")
        return super().__new__(cls, bare)

    def __repr__(self) -> str:
        return f"ETag({str(self)!r})"

    @property
    def if_match(self) -> str:
        """The tag itself."""
        return str(self)

    if_none_match = if_modified_since = if_unmodified_since = None


# Text, the response of an operation (from `.raw`), or what was read: a task or a job, say.
Tagged: TypeAlias = (
    "str | Response[Any] | models.CloudTask | models.CloudJob | models.CloudPool | models.CloudJobSchedule"
)

_NAMES = ("if_match", "if_none_match", "if_modified_since", "if_unmodified_since")

# What may stand together; of each pair the service looks at the first only.
_PAIRS = ({"if_match", "if_unmodified_since"}, {"if_none_match", "if_modified_since"})


@frozen
class Condition:
    """The conditional headers of one request, made by the functions of this module; `a & b` joins two.

    Together the service takes If-Match with If-Unmodified-Since and If-None-Match with If-Modified-Since, and of both
    pairs it looks at the tag only. Anything else it refuses with 400, and so does this class with a ConditionError.
    """

    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None

    def __attrs_post_init__(self) -> None:
        given = self._given().keys()
        if len(given) > 1 and given not in _PAIRS:
            raise ConditionError(f"The service does not take {' and '.join(sorted(given))} together.")

    def _given(self) -> dict[str, str]:
        return asdict(self, filter=lambda _, value: value is not None)

    def __and__(self, other: Condition) -> Condition:
        if not isinstance(other, Condition):
            return NotImplemented
        if twice := self._given().keys() & other._given().keys():
            raise ConditionError(f"{' and '.join(sorted(twice))} is given twice.")
        return evolve(self, **other._given())


def if_match(tag: Tagged) -> Condition:
    """Return the condition that the resource still has this ETag; "*" means that it exists.

    Otherwise ConditionNotMetError is raised. `tag` is the text of a tag, with or without quotes, a response of `.raw`, or a
    task or job that was read.
    """
    return Condition(if_match=_tag_of(tag))


def if_none_match(tag: Tagged) -> Condition:
    """Return the condition that the resource has another ETag.

    Otherwise a read raises NotModifiedError and a change ConditionNotMetError.
    """
    return Condition(if_none_match=_tag_of(tag))


def if_modified_since(when: datetime | str) -> Condition:
    """Return the condition that somebody changed the resource after this time.

    Otherwise a read raises NotModifiedError and everything else ConditionNotMetError. `when` is an aware datetime, ISO 8601
    text with an offset or Z, or an HTTP date. HTTP dates have whole seconds.
    """
    return Condition(if_modified_since=_date_of(when, "if_modified_since"))


def if_unmodified_since(when: datetime | str) -> Condition:
    """Return the condition that nobody changed the resource after this time; otherwise ConditionNotMetError is raised.

    The time is given as for `if_modified_since`.
    """
    return Condition(if_unmodified_since=_date_of(when, "if_unmodified_since"))


def etag_of(source: object) -> ETag | None:
    """Return the ETag of text, a response, a task or a job, or None."""
    if isinstance(source, str):
        return ETag(source)
    for name in ("etag", "e_tag"):
        if isinstance(text := getattr(source, name, None), str):
            return ETag(text)
    return None


def _tag_of(source: Tagged) -> str:
    tag = etag_of(source)
    if tag is None:
        raise ConditionError(
            f"{type(source).__name__} has no ETag; if it was read with select, select eTag too. Nothing was sent."
        )
    return str(tag)


def _date_of(when: datetime | str, what: str) -> str:
    return formatdate(to_utc(when, what, http_dates=True).timestamp() // 1, usegmt=True)


def validate_condition(value: object, headers: Mapping[str, str] | None = None) -> None:
    """Raise ConditionError for what is no condition, or if the caller's headers contradict it."""
    if value is not None and not all(hasattr(value, name) for name in _NAMES):
        raise ConditionError(
            f"condition={value!r} is no condition: write condition=if_match(...) or another function of "
            "batchtasks.conditions. Nothing was sent."
        )
    named = {name.lower().replace("-", "_") for name in headers or () if isinstance(name, str)}.intersection(_NAMES)
    if named:
        given = {name: getattr(value, name, None) for name in _NAMES}
        _ = Condition(**given) & Condition(**dict.fromkeys(named, "as a header"))
