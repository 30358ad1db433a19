"""Numbers, times and durations, as people write and read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"w": 604800.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|w|d|h|m|s)\s*", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def one_line(text: str) -> str:
    """Text without line breaks and control characters, which could also steer a terminal."""
    return _CONTROL.sub(" ", text).strip()


def read_span(text: str) -> timedelta | None:
    """Read 90s, 15m, 2h30m, 1d, plain seconds or ISO 8601 (PT15M); None for anything else."""
    text = text.strip()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _as_span(float(text))
    if text[:1] in "Pp" and text:
        from batchtasks_rest._wire import read_duration

        value = read_duration(text.upper())
        return value if isinstance(value, timedelta) else None
    if not text or _PART.sub("", text):
        return None
    return _as_span(sum(float(number) * _UNITS[unit.lower()] for number, unit in _PART.findall(text)))


def _as_span(seconds: float) -> timedelta | None:
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        return None


def show_span(span: timedelta | float | None) -> str:
    """Show a duration: 12 ms, 4.2 s, 3 m 20 s, 2 h 05 m, 3 d 04 h, unlimited."""
    if span is None:
        return ""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    if seconds >= 10000 * 365 * 86400:
        return "unlimited"
    if 0 < seconds < 0.1:
        return f"{seconds * 1000:.0f} ms" if seconds >= 0.001 else "0 ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    for size, unit, part, smaller in ((86400, "d", 3600, "h"), (3600, "h", 60, "m"), (60, "m", 1, "s")):
        if seconds >= size:
            whole, rest = divmod(int(seconds), size)
            return f"{whole} {unit} {rest // part:02d} {smaller}" if rest >= part else f"{whole} {unit}"
    raise AssertionError("not reached")


def show_moment(moment: object) -> str:
    """Show a time in UTC to the second."""
    if not isinstance(moment, datetime):
        return "" if moment is None else str(moment)
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def shorter_moment(shown: str) -> str:
    """A time as `show_moment` has it, in less room: of today without the day, of another day without the seconds."""
    day, _, time = shown.partition(" ")
    return time if day == datetime.now(UTC).strftime("%Y-%m-%d") else f"{day} {time[:5]}Z" if time else shown


def wire_moment(moment: datetime) -> str:
    """A time as the service writes it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def heading(name: str) -> str:
    """A column's name as people read it: exitCode becomes EXIT CODE."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).upper()


def count(number: int, what: str) -> str:
    """1 task, 2 tasks, 1,000 tasks."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def show_bytes(size: object) -> str:
    """Show a size: 512 B, 3.4 KiB, 120 MiB."""
    if not isinstance(size, int):
        return ""
    if size < 1024:
        return f"{size} B"
    amount = float(size)
    for unit in ("KiB", "MiB", "GiB", "TiB"):
        amount /= 1024
        if amount < 1024 or unit == "TiB":
            break
    return f"{amount:.1f} {unit}" if amount < 100 else f"{amount:.0f} {unit}"
