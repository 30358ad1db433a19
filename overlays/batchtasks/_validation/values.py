"""Numbers, times and durations: what users pass, and what HTTP and the service write."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from numbers import Real
from operator import index

from batchtasks.errors import InvalidInputError
from batchtasks_rest._wire import UNLIMITED, read_duration

_is_http_date = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT", re.ASCII).fullmatch


def read_http_date(text: str | None) -> datetime | None:
    """Return an HTTP date as a time in UTC; None for anything else."""
    try:
        moment = parsedate_to_datetime(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def to_utc(value: object, name: str, *, http_dates: bool = False) -> datetime:
    """Return a time in UTC; raise InvalidInputError for what is none, or has no time zone.

    `value` is an aware datetime, ISO 8601 text with an offset or Z, or with `http_dates` also a date as HTTP writes it, such as
    that of a Last-Modified header.
    """
    if isinstance(value, str):
        value = _parse(value, name, http_dates)
    if not isinstance(value, datetime):
        raise InvalidInputError(f"{name} must be a datetime or text, not {type(value).__name__}.")
    if value.tzinfo is None:
        raise InvalidInputError(
            f"{name} {value.isoformat()} has no time zone: use datetime.now(timezone.utc), "
            "or .replace(tzinfo=timezone.utc) if it is in UTC already."
        )
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise InvalidInputError(f"{name} {value.isoformat()} is not in the years 1 to 9999 of UTC.") from None


def _parse(text: str, name: str, http_dates: bool) -> datetime:
    from dateutil.parser import isoparser

    try:
        if http_dates and _is_http_date(text):
            return parsedate_to_datetime(text)
        moment = isoparser("T").isoparse(text.strip().replace(" ", "T", 1))
    except (ValueError, OverflowError):
        pass
    else:
        if moment.tzinfo is not None:
            return moment
    other = " or Fri, 05 Jan 2024 07:16:00 GMT" if http_dates else ""
    raise InvalidInputError(
        f"{name} {text!r} cannot be read as a time: write ISO 8601 with an offset or Z, such as 2024-01-05T07:16:00Z{other}."
    )


def to_timedelta(value: object, name: str) -> timedelta:
    """Return a duration above zero, given as a timedelta, a number of seconds or ISO 8601 text."""
    given = value
    if isinstance(value, str):
        value = read_duration(value)
    elif isinstance(value, Real) and not isinstance(value, bool):
        seconds = float(value)
        if seconds == seconds:  # not nan
            value = UNLIMITED if seconds >= UNLIMITED.total_seconds() else timedelta(seconds=max(seconds, -1.0))
    if not isinstance(value, timedelta) or value <= timedelta():
        raise InvalidInputError(
            f"{name} must be a duration above zero (a timedelta, seconds, or text such as PT1H30M), not {given!r}."
        )
    return value


def to_seconds(value: object, name: str, *, minimum: float = 0.0) -> float:
    """Return a duration, given as a timedelta or a number of seconds, in seconds."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
    elif isinstance(value, Real) and not isinstance(value, bool):
        seconds = float(value)
    else:
        raise InvalidInputError(f"{name} must be a timedelta or a number of seconds, not {type(value).__name__}.")
    if not minimum <= seconds < float("inf"):
        raise InvalidInputError(f"{name} must be at least {minimum:g} seconds and finite, not {seconds:g}.")
    return seconds


def validate_int(value: object, name: str, minimum: int, maximum: int | None = None) -> int:
    """Return a whole number as an int; raise InvalidInputError for anything else, also for a bool."""
    if hasattr(value, "__index__") and not isinstance(value, bool):
        number = index(value)
        if number >= minimum and (maximum is None or number <= maximum):
            return number
    limits = f"of {minimum} or more" if maximum is None else f"from {minimum} to {maximum}"
    raise InvalidInputError(f"{name} must be a whole number {limits}, not {value!r}.")
