"""Times and durations as people write them, and as HTTP and the service write them."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from batchtasks.errors import InvalidInputError

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def http_date(seconds: float | None = None) -> str:
    """Write a time (seconds since 1970; default now) as HTTP does, in English whatever the locale."""
    t = time.gmtime(seconds)
    clock = f"{t.tm_hour:02d}:{t.tm_min:02d}:{t.tm_sec:02d}"
    return f"{_DAYS[t.tm_wday]}, {t.tm_mday:02d} {_MONTHS[t.tm_mon - 1]} {t.tm_year:04d} {clock} GMT"


def http_date_to_seconds(text: str | None) -> float | None:
    """Read an HTTP date to seconds since 1970; None for anything else."""
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def to_utc(value: datetime | str, what: str) -> datetime:
    """Read a time given as an aware datetime or as text, and give it in UTC; text without a zone counts as UTC."""
    if isinstance(value, str):
        value = _parse(value, what)
    if not isinstance(value, datetime):
        raise InvalidInputError(f"{what} must be a datetime or text, not {type(value).__name__}.")
    if value.tzinfo is None:
        raise InvalidInputError(
            f"{what} {value.isoformat()} has no time zone: use datetime.now(timezone.utc), "
            "or .replace(tzinfo=timezone.utc) if it is in UTC already."
        )
    return value.astimezone(UTC)


def _parse(text: str, what: str) -> datetime:
    from dateutil import parser

    try:
        moment = parser.parse(text)
    except (ValueError, OverflowError) as error:
        raise InvalidInputError(f"{what} {text!r} cannot be read as a time.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def to_seconds(value: object, what: str, *, least: float = 0.0) -> float:
    """Read a span of time given as a timedelta or as seconds."""
    if isinstance(value, timedelta):
        seconds = value.total_seconds()
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = float(value)
    else:
        raise InvalidInputError(f"{what} must be a timedelta or a number of seconds, not {type(value).__name__}.")
    if not least <= seconds < float("inf"):
        raise InvalidInputError(f"{what} must be at least {least:g} seconds and finite, not {seconds:g}.")
    return seconds
