# Made by `make generate` from spec/openapi.yaml. Do not edit: see CONTRIBUTING.md.
"""Read and write values as JSON: liberal in what is read, exact in what is sent. The generated models call these functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

loads: Callable[[bytes], Any]
try:  # optional: takes half of the time for the JSON, a fifth less for a page of tasks
    from orjson import loads
except ImportError:
    from json import loads

UNLIMITED = timedelta(days=10675199, hours=2, minutes=48, seconds=5, microseconds=477580)
"""The longest duration that the service knows, which it shows for "no limit" (`P10675199DT2H48M5.4775807S`)."""

_SIGNATURE = re.compile(r"([?&]sig=)[^&'\"\s]+", re.IGNORECASE)
_UNLIMITED_TEXT = "P10675199DT2H48M5.4775807S"
_NUMBER = r"\d+(?:[.,]\d+)?"
_DURATION = re.compile(
    r"(?P<sign>[+-])?P(?=.)(?!.*[.,]\d+[A-Z]+\d)"  # only the last number may have a fraction
    rf"(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?=.)(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?",
    re.IGNORECASE | re.ASCII,
)


# The members of each enumeration by their values: attributes of the class itself are slow to find before Python 3.12.
_MEMBERS: dict[type[OpenEnum], dict[Any, Any]] = {}


class OpenEnum(StrEnum):
    """An enumeration that takes any text: known values in any letter case, unknown ones as they are.

    A value that this version of the client does not know becomes a member of its own that compares equal to its text.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _MEMBERS[cls] = cls._value2member_map_

    @classmethod
    def _missing_(cls, value: object) -> Self:
        text = str(value)
        folded = text.casefold()
        for member in cls:
            if member.value.casefold() == folded:
                return member
        stranger = str.__new__(cls, text)
        stranger._name_ = text
        stranger._value_ = text
        return stranger

    def __str__(self) -> str:
        return str(self.value)


def read_enum(kind: type[OpenEnum], value: Any) -> Any:
    """Return the member of the enumeration; what is not text passes as it is."""
    try:
        return _MEMBERS[kind][value]
    except (KeyError, TypeError):
        return kind(value) if isinstance(value, str) else value


def read_datetime(value: Any) -> Any:
    """Return an aware time in UTC; text without a zone is UTC, digits after the sixth are cut, odd text passes."""
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is UTC:
            return moment
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        return value


def write_datetime(value: datetime | str) -> str:
    """Return ISO 8601 in UTC with a Z; a time without a zone is UTC; text passes as it is."""
    if isinstance(value, str):
        return value
    if value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


@lru_cache(maxsize=256)  # a job's tasks share a handful of durations
def _parse_duration(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    if text == _UNLIMITED_TEXT:
        return UNLIMITED
    part = {name: float(text.replace(",", ".")) for name, text in match.groupdict().items() if text and name != "sign"}
    days = part.pop("years", 0) * 365 + part.pop("months", 0) * 30 + part.pop("days", 0)
    sign = -1 if match["sign"] == "-" else 1
    try:
        return min(sign * timedelta(days=days, **part), UNLIMITED)
    except OverflowError:
        return UNLIMITED if sign > 0 else None


def read_duration(value: Any) -> Any:
    """Return a timedelta, at most UNLIMITED; years have 365 days and months 30, as for the service; odd text passes."""
    length = _parse_duration(value) if isinstance(value, str) else None
    return value if length is None else length


def write_duration(value: timedelta | float | str) -> str:
    """Return ISO 8601 of days, hours, minutes and seconds; a number is one of seconds; text passes as it is."""
    if isinstance(value, str):
        return value
    if not isinstance(value, timedelta):
        value = UNLIMITED if value >= UNLIMITED.total_seconds() else timedelta(seconds=value)
    if value >= UNLIMITED:
        return _UNLIMITED_TEXT
    sign, length = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06d}".rstrip("0") if length.microseconds else ""
    clock = "".join(
        f"{amount}{unit}"
        for amount, unit in ((hours, "H"), (minutes, "M"), (f"{seconds}{fraction}" if seconds or fraction else 0, "S"))
        if amount
    )
    days = f"{length.days}D" if length.days else ""
    return f"{sign}P{days}{'T' + clock if clock else ''}" if days or clock else "PT0S"


def read_int(value: Any) -> Any:
    """Return an int, also from text (64-bit integers are sent as text); what is no number passes as it is."""
    if type(value) is int:
        return value
    try:
        return int(value)
    except (TypeError, ValueError):
        return value


def read_list(read: Callable[[Any], Any], value: Any) -> Any:
    """Return a list with every element read and without nulls; anything but a list passes as it is."""
    if not isinstance(value, list):
        return value
    return [read(element) for element in value if element is not None]


def read_models(kind: Any, value: Any) -> Any:
    """Return a list of models, read like `read_list` does; an element that is no object passes as it is."""
    if not isinstance(value, list):
        return value
    read = kind.from_dict
    return [read(element) if isinstance(element, dict) else element for element in value if element is not None]


def write_model(value: Any) -> Any:
    """Return the JSON object of a model; a plain mapping passes as it is."""
    return value if isinstance(value, Mapping) else value.to_dict()


def show(model: Any) -> str:
    """Return the short form of a model, in at most 200 characters: state, outcome and what was set; `to_dict()` has all."""
    parts = [f"{name}={text}" for name, text in shown_members(model).items()]
    text = f"{type(model).__name__}({', '.join(parts)})"
    return text if len(text) <= 200 else f"{text[:195]} ...)"


def show_html(model: Any) -> str:
    """Return a table of the members that `repr` shows, for notebooks."""
    from html import escape

    rows = (
        f"<tr><th>{escape(name)}</th><td>{escape(text.strip(QUOTE))}</td></tr>"
        for name, text in shown_members(model).items()
    )
    return f"<table><caption>{type(model).__name__}</caption>{''.join(rows)}</table>"


QUOTE = "'"
_FIRST = ("id", "state", "exit_code", "failure", "display_name", "command_line", "start_time", "end_time")
# What the service adds to every task and job, and what has a place of its own.
_LEFT_OUT = {
    *("url", "e_tag", "creation_time", "last_modified", "state_transition_time", "execution_info", "node_info"),
    *("previous_state", "previous_state_transition_time", "stats", "odata_metadata", "additional_properties"),
}
_DEFAULTS = {"retention_time": timedelta(days=7), "max_task_retry_count": 0, "required_slots": 1, "priority": 0}


def shown_members(model: Any) -> dict[str, str]:
    """Return name and text of the members that are worth showing, the most telling first."""
    members = {name: getattr(model, name) for name in model.__slots__ if not name.startswith("_")}
    run = members.get("execution_info")
    for name in ("exit_code", "start_time", "end_time"):
        members.setdefault(name, getattr(run, name, None))
    if (failure := getattr(run, "failure_info", None)) is not None:
        members["failure"] = f"{failure.code}: {failure.message}"
    first = {name: members.pop(name) for name in _FIRST if name in members}
    texts = {name: _shown(name, value) for name, value in (first | members).items() if name not in _LEFT_OUT}
    return {name: text for name, text in texts.items() if text}


def _shown(name: str, value: Any) -> str:
    """Return the text of a value, or "" for one that says nothing."""
    if value is None or value in (UNLIMITED, [], {}) or value == _DEFAULTS.get(name):
        return ""
    if name == "password":
        return "'***'"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, StrEnum):
        return repr(str(value))
    if isinstance(value, list) and len(value) > 3:
        return f"[{len(value)} of them]"
    text = _SIGNATURE.sub(r"\1***", repr(value))
    if text.endswith("()"):
        return ""  # a model in which nothing is set
    return text if len(text) <= 80 else text[:77] + "..."


def read_object(content: bytes) -> dict[str, Any]:
    """Return the JSON object in the body of an answer; raise ValueError, which says what came instead."""
    value = loads(content)
    if not isinstance(value, dict):
        raise ValueError(f"a JSON object was expected, the answer holds {type(value).__name__}")
    return value
