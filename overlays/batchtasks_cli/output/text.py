"""Text, numbers, times and durations, as people write and read them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"w": 604800.0, "d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_NUMBER = r"\d+(?:\.\d+)?"
_PART = re.compile(rf"({_NUMBER})\s*(ms|w|d|h|m|s)\s*", re.IGNORECASE)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)", re.IGNORECASE)
_BREAKS = re.compile(r"[\t\n\v\f\r]+")
# Controls (C0, DEL, C1), separators of lines and paragraphs, marks that turn the direction of text, lone surrogates.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def escape(text: str) -> str:
    r"""Return text with every character that could steer a terminal written as \x1b or \u202e."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def one_line(text: str) -> str:
    """Return text in one line, escaped; line breaks and tabs become spaces."""
    return escape(_BREAKS.sub(" ", text)).strip()


def escape_json(text: str) -> str:
    """Return JSON with the characters of `escape` in JSON's own notation; the values stay the same."""
    return _STEERING.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def read_span(text: str) -> timedelta | None:
    """Read 90s, 15m, 2h30m, 1d, plain seconds or ISO 8601 (PT15M); return None for anything else."""
    text = text.strip()
    if text[:1] in ("P", "p"):
        from batchtasks.models import read_duration

        value = read_duration(text.upper())
        return value if isinstance(value, timedelta) else None
    text = f"{text}s" if re.fullmatch(_NUMBER, text) else text
    if not text or _PART.sub("", text):
        return None
    try:
        return timedelta(seconds=sum(float(number) * _UNITS[unit.lower()] for number, unit in _PART.findall(text)))
    except OverflowError:
        return None


def read_moment(text: str) -> datetime | None:
    """Read a time of ISO 8601 with Z or an offset, or an age such as 90m, 2h or 3d; return None for anything else."""
    text = text.strip()
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper().replace(",", "."))
        span = None if re.fullmatch(r"[\d.]*|[Pp].*", text) else read_span(text)
        return None if span is None else datetime.now(UTC) - span
    except (ValueError, OverflowError):
        return None


def show_span(span: timedelta | float | None) -> str:
    """Show a duration: 12 ms, 4.2 s, 3 m 20 s, 2 h 05 m, 3 d 04 h, unlimited."""
    seconds = -1.0 if span is None else span.total_seconds() if isinstance(span, timedelta) else span
    if seconds < 60:
        short = f"{seconds * 1000:.0f} ms" if seconds >= 0.001 else "0 ms"
        return "" if span is None else short if 0 < seconds < 0.1 else f"{seconds:.1f} s"
    if seconds >= 10000 * 365 * 86400:
        return "unlimited"
    sizes = ((86400, "d", 3600, "h"), (3600, "h", 60, "m"), (60, "m", 1, "s"))
    size, unit, part, smaller = next(each for each in sizes if seconds >= each[0])
    whole, rest = divmod(int(seconds), size)
    return f"{whole} {unit} {rest // part:02d} {smaller}" if rest >= part else f"{whole} {unit}"


def show_moment(moment: datetime, *, short: bool = False) -> str:
    """Show a time in UTC to the second; `short` leaves out the day if it is today's, else the seconds."""
    is_today = moment.astimezone(UTC).date() == datetime.now(UTC).date()
    form = "%Y-%m-%d %H:%M:%SZ" if not short else "%H:%M:%SZ" if is_today else "%Y-%m-%d %H:%MZ"
    return moment.astimezone(UTC).strftime(form)


def count(number: int, what: str) -> str:
    """Return 1 task, 2 tasks, 1,000 tasks."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def show_bytes(size: object) -> str:
    """Show a size: 512 B, 3.4 KiB, 120 MiB."""
    if not isinstance(size, int) or size < 1024:
        return f"{size} B" if isinstance(size, int) else ""
    power = min((size.bit_length() - 1) // 10, 4)
    amount = size / 1024**power
    return f"{amount:.{1 if amount < 100 else 0}f} {'KMGT'[power - 1]}iB"
