"""What goes to standard output: tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

from batchtasks_cli.errors import Complaint
from batchtasks_cli.table import Style, write_rows
from batchtasks_cli.text import heading, one_line, show_moment, show_span, wire_moment

T = TypeVar("T")


@dataclass(frozen=True)
class Column:
    """A column: its name and what it holds of an item; `show` is for people, where that differs.

    `spare` and `shorter` say what becomes of it where a terminal is too narrow for all: see `table.Style`.
    """

    name: str
    value: Callable[[Any], Any]
    show: Callable[[Any], str] | None = None
    spare: int = 0
    shorter: Callable[[str], str] | None = None

    @property
    def style(self) -> Style:
        """How a table shows it."""
        return Style(heading(self.name), self.spare, self.shorter)

    def text(self, item: Any) -> str:
        """The cell for people."""
        value = self.value(item)
        return one_line(self.show(value) if self.show is not None else _shown(value))


class Form(Enum):
    """How a list is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def form_of(as_json: bool, as_csv: bool) -> Form:
    """Read the two flags."""
    if as_json and as_csv:
        raise Complaint("--json and --csv exclude each other.", "Give one of them.")
    return Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE


def write_document(document: Any) -> None:
    """Write one JSON document."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=not _takes_all()) + "\n")


def write_line(document: Any) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(document, ensure_ascii=not _takes_all()) + "\n")


def _takes_all() -> bool:
    """Whether standard output has every character; where it has not, JSON is escaped."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def write_items(items: Iterable[T], columns: Sequence[Column], form: Form) -> int:
    """Write a list as it comes and give its length; items have `to_dict`."""
    writer = {Form.TABLE: _table, Form.JSON: _json_lines, Form.CSV: _csv}[form]
    return writer(items, columns)


def _json_lines(items: Iterable[Any], columns: Sequence[Column]) -> int:
    number = 0
    for item in items:
        write_line(item.to_dict())
        number += 1
    return number


def _csv(items: Iterable[Any], columns: Sequence[Column]) -> int:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    number = 0
    for item in items:
        writer.writerow([_plain(column.value(item)) for column in columns])
        number += 1
    return number


def _table(items: Iterable[Any], columns: Sequence[Column]) -> int:
    rows = ([column.text(item) for column in columns] for item in items)
    return write_rows([column.style for column in columns], rows)


def write_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Write names and values below each other, those without a value left out."""
    shown = [(name, _shown(value)) for name, value in pairs]
    shown = [(name, text) for name, text in shown if text]
    width = max((len(name) for name, _ in shown), default=0)
    for name, text in shown:
        sys.stdout.write(f"{name.ljust(width)}  {text}\n")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return show_moment(value)
    if isinstance(value, timedelta):
        return show_span(value)
    return one_line(str(value))


def _plain(value: object) -> object:
    """A CSV cell: times as the service writes them, durations in seconds."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return wire_moment(value)
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    return "" if value is None else str(value)


def written(items: Iterable[T], tell: Callable[[str], object], what: str) -> Iterator[T]:
    """Pass items on, telling now and then how many there have been."""
    for number, item in enumerate(items, 1):
        if number % 100 == 0:
            tell(f"{number:,} {what} ...")
        yield item
