"""Numbers, times and durations: what users pass, and what HTTP and the service write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import formatdate, parsedate_to_datetime
from typing import Any

from batchtasks.errors import InvalidInputError


def http_date(seconds: float | None = None) -> str:
    """Return seconds since 1970 (default: now) as an HTTP date, in English whatever the locale."""
    return formatdate(seconds, usegmt=True)


def seconds_of_http_date(text: str | None) -> float | None:
    """Return an HTTP date as seconds since 1970; None for anything else."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def to_utc(value: datetime | str, name: str) -> datetime:
    """Return a time, given as an aware datetime or as text, in UTC.

    Args:
        value: The time. Text without a time zone is taken as UTC.
        name: What errors call the value.

    Raises:
        InvalidInputError: The value is no time, or a datetime without a time zone.
    """
    if isinstance(value, str):
        value = _parse(value, name)
    if not isinstance(value, datetime):
        raise InvalidInputError(f"{name} must be a datetime or text, not {type(value).__name__}.")
    if value.tzinfo is None:
        raise InvalidInputError(
            f"{name} {value.isoformat()} has no time zone: use datetime.now(timezone.utc), "
            "or .replace(tzinfo=timezone.utc) if it is in UTC already."
        )
    return value.astimezone(UTC)


def _parse(text: str, name: str) -> datetime:
    from dateutil import parser

    try:
        moment = parser.parse(text)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(f"{name} {text!r} cannot be read as a time.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def to_seconds(value: object, name: str, *, minimum: float = 0.0) -> float:
    """Return a duration, given as a timedelta or a number of seconds, in seconds.

    Raises:
        InvalidInputError: The value is no duration, below `minimum`, or not finite.
    """
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = float(value)
    else:
        raise InvalidInputError(f"{name} must be a timedelta or a number of seconds, not {type(value).__name__}.")
    if not minimum <= seconds < float("inf"):
        raise InvalidInputError(f"{name} must be at least {minimum:g} seconds and finite, not {seconds:g}.")
    return seconds


def validate_int(value: Any, name: str, minimum: int, maximum: int | None = None) -> int:
    """Return a whole number; raise InvalidInputError for anything else, also for a bool."""
    if type(value) is int and value >= minimum and (maximum is None or value <= maximum):
        return value
    limits = f"of {minimum} or more" if maximum is None else f"from {minimum} to {maximum}"
    raise InvalidInputError(f"{name} must be a whole number {limits}, not {value!r}.")
