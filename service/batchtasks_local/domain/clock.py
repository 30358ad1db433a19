"""Time as .NET ticks (units of 100 ns since 0001-01-01, UTC), and as the text that requests and answers hold."""

from __future__ import annotations

import re
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache

MICROSECOND = 10
SECOND = 10_000_000
MINUTE = 60 * SECOND
DAY = 24 * 60 * MINUTE
UNIX_EPOCH = 621_355_968_000_000_000
"""1970-01-01 in ticks."""
LAST = 3_155_378_975_999_999_999
"""9999-12-31T23:59:59.9999999 in ticks."""
UNLIMITED = 2**63 - 1
"""The duration that means "no limit", in ticks."""
UNLIMITED_TEXT = "P10675199DT2H48M5.4775807S"

_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)
_ONE_MICROSECOND = timedelta(microseconds=1)
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?)?\s*([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.ASCII | re.IGNORECASE,
)
_DURATION_UNITS = (365 * DAY, 30 * DAY, 7 * DAY, DAY, 60 * MINUTE, MINUTE, SECOND)

_lock = threading.Lock()
_latest = 0


def now(count: int = 1) -> int:
    """Return the current time in ticks; the first of `count` consecutive ticks that no other call returns.

    The value always grows within one process, also when the clock of the machine is set back.
    """
    global _latest
    with _lock:
        first = max(wall(), _latest + 1)
        _latest = first + count - 1
        return first


def wall() -> int:
    """Return the time of the machine's clock in ticks. Unlike `now`, it goes back when the clock is set back."""
    return time.time_ns() // 100 + UNIX_EPOCH


def etag(ticks: int) -> str:
    """Return the ETag of an object modified at that time: `0x` and upper-case hexadecimal digits, without quotes."""
    return f"0x{ticks:X}"


def to_text(ticks: int) -> str:
    """Format ticks as ISO 8601 in UTC, with up to seven decimals: `2024-01-05T07:16:39.576627Z`."""
    second, rest = divmod(ticks, SECOND)
    if not rest:
        return _second_text(second) + "Z"
    return f"{_second_text(second)}.{rest:07d}".rstrip("0") + "Z"


@lru_cache(maxsize=4096)
def _second_text(second: int) -> str:
    return (_FIRST_DAY + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")


def from_text(text: str) -> int:
    """Parse an ISO 8601 date and time. Without a zone it is UTC; decimals after the seventh are ignored.

    Raises:
        ValueError: It is not a date and time, or not within the years 1 to 9999.
    """
    found = _DATE_TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not an ISO 8601 date and time: {text!r}")
    day, clock, decimals, zone = found.groups()
    moment = datetime.fromisoformat(f"{day}T{clock or '00:00'}{'+00:00' if zone in (None, 'Z', 'z') else zone}")
    ticks = from_datetime(moment) + int((decimals or "")[:7].ljust(7, "0"))
    if not 0 <= ticks <= LAST:
        raise ValueError(f"outside the years 1 to 9999: {text!r}")
    return ticks


def from_datetime(moment: datetime) -> int:
    """Return the ticks of a datetime with a zone; ValueError without one."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return (moment - _FIRST_DAY) // _ONE_MICROSECOND * MICROSECOND


def http_date(ticks: int) -> str:
    """Format ticks as an HTTP date (RFC 1123), in whole seconds: `Fri, 05 Jan 2024 07:16:39 GMT`."""
    return _http_second(ticks // SECOND)


@lru_cache(maxsize=1024)
def _http_second(second: int) -> str:
    return formatdate(second - UNIX_EPOCH // SECOND, usegmt=True)


def from_http_date(text: str) -> int:
    """Parse an HTTP date, in RFC 1123 or one of the older forms; ValueError for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"not an HTTP date: {text!r}") from error
    return from_datetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def cut_to_second(ticks: int) -> int:
    """Round down to whole seconds, the precision of HTTP dates."""
    return ticks - ticks % SECOND


def duration_from_text(text: str) -> int:
    """Parse an ISO 8601 duration into ticks; a year counts 365 days, a month 30, and each number may have a fraction.

    A longer duration than `UNLIMITED` is that: clients send back what they have read, and have rounded it up.

    Raises:
        ValueError: It is not a duration.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError(f"not an ISO 8601 duration: {text!r}")
    ticks = 0
    for number, unit in zip(found.groups(), _DURATION_UNITS, strict=True):
        if number:
            whole, _, decimals = number.replace(",", ".").partition(".")
            ticks += int(whole[:24]) * unit + (int(decimals[:12]) * unit // 10 ** len(decimals[:12]) if decimals else 0)
    return min(ticks, UNLIMITED)


def duration_text(ticks: int) -> str:
    """Format a duration as the service does: days, hours, minutes and seconds."""
    if ticks == UNLIMITED:
        return UNLIMITED_TEXT
    days, rest = divmod(ticks, DAY)
    minutes, rest = divmod(rest, MINUTE)
    hours, minutes = divmod(minutes, 60)
    seconds, rest = divmod(rest, SECOND)
    decimals = f".{rest:07d}".rstrip("0") if rest else ""
    parts = ((hours, "H"), (minutes, "M"), (f"{seconds}{decimals}" if seconds or rest else 0, "S"))
    clock = "".join(f"{number}{unit}" for number, unit in parts if number)
    day = f"{days}D" if days else ""
    return f"P{day}T{clock}" if clock else f"P{day or 'T0S'}"


@lru_cache(maxsize=4096)
def normal_duration(text: str) -> str:
    """Return a duration as the service writes it, whatever form it was given in; ValueError if it is not one."""
    return duration_text(duration_from_text(text))
