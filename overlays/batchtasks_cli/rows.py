"""Rows of JSON Lines, JSON, CSV or plain lines, each with its place in the input; a row that cannot be read says why.

All readers are iterators that can be asked again after an interruption, and that go on after a row that is not usable
(except inside broken JSON, where nobody can say where the next value begins).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from batchtasks_cli.errors import Complaint
from batchtasks_cli.json_stream import JsonStream
from batchtasks_cli.source import Bytes, Lines

_NOT_UTF8 = "this is not UTF-8"


class Format(str, Enum):  # noqa: UP042 - see options.State
    """How the rows are written."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    LINES = "lines"


class Row(NamedTuple):
    """One row: its number from 1, the line on which it begins, and its values by name."""

    number: int
    line: int
    values: dict[str, Any]


class BadRow:
    """A row that no task can be made of; in a bulk call it fails alone, in its place."""

    def __init__(self, place: str, trouble: str) -> None:
        self.place = place
        self.trouble = trouble


class Rows(Protocol):
    """What all readers have; `columns` are known beforehand for CSV and lines only."""

    name: str

    @property
    def columns(self) -> tuple[str, ...] | None: ...

    def __next__(self) -> Row | BadRow: ...


def place(name: str, line: int) -> str:
    """Where in the input something is."""
    return f"{name}, line {line}"


class _LineRows:
    """What readers of lines share."""

    columns: tuple[str, ...] | None = None

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.name = lines.name
        self._number = 0

    def __iter__(self) -> Iterator[Row | BadRow]:
        return self

    def __next__(self) -> Row | BadRow:
        lines = self._lines
        while not (line := next(lines)).strip():
            pass
        self._number += 1
        try:
            return Row(self._number, lines.number, self._read(line.decode()))
        except UnicodeDecodeError:
            return BadRow(place(self.name, lines.number), _NOT_UTF8)
        except _Unreadable as error:
            return BadRow(place(self.name, lines.number), str(error))

    def _read(self, line: str) -> dict[str, Any]:
        raise NotImplementedError


class _Unreadable(Exception):
    pass


class JsonLineRows(_LineRows):
    """A JSON object on every line."""

    def _read(self, line: str) -> dict[str, Any]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            what = f"{error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else error
            hint = " (a JSON array over several lines is read with --format json)" if line.lstrip()[:1] == "[" else ""
            raise _Unreadable(f"this is no JSON: {what}{hint}") from None
        if not isinstance(value, dict):
            raise _Unreadable("this is no JSON object")
        return value


class TextRows(_LineRows):
    """Every line is a value, called `line`."""

    columns = ("line",)

    def _read(self, line: str) -> dict[str, Any]:
        return {"line": line}


class CsvRows:
    """CSV with a header."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        self._lines = lines
        self.name = lines.name
        # It begins every record afresh, so that it can be asked again after an error in its lines.
        self._records = csv.reader(_Decoded(lines), delimiter=delimiter, strict=True)
        self._number = 0
        found = self._record()
        if not isinstance(found, list):
            what = found.trouble if isinstance(found, BadRow) else "it is empty"
            remedy = "Save it as UTF-8." if what == _NOT_UTF8 else "The first line must name the columns."
            raise Complaint(f"{self.name} has no header: {what}.", remedy)
        names = [name.strip() for name in found]
        twice = {name for name in names if names.count(name) > 1 or not name}
        if twice:
            raise Complaint(
                f"{self.name}: columns without a name of their own: {', '.join(map(repr, twice))}.", "Name them."
            )
        self.columns: tuple[str, ...] | None = tuple(names)

    def __iter__(self) -> Iterator[Row | BadRow]:
        return self

    def __next__(self) -> Row | BadRow:
        record = self._record()
        if record is None:
            raise StopIteration
        self._number += 1
        if isinstance(record, BadRow):
            return record
        columns = self.columns or ()
        if len(record) != len(columns):
            return BadRow(place(self.name, self._line), f"{len(record)} values for {len(columns)} columns")
        return Row(self._number, self._line, dict(zip(columns, record, strict=True)))

    def _record(self) -> list[str] | BadRow | None:
        """Read one record, which may have several lines; None at the end."""
        while True:
            self._lines.begin_record()
            self._line = self._lines.number + 1
            try:
                record = next(self._records, None)
            except UnicodeDecodeError:
                return BadRow(place(self.name, self._lines.number), _NOT_UTF8)
            except csv.Error as error:
                return BadRow(place(self.name, self._line), f"this is no CSV: {error}")
            except BaseException:
                self._lines.rewind()
                raise
            if record is None or any(cell.strip() for cell in record):
                return record


class _Decoded:
    """Lines as csv wants them; unlike a generator it goes on after an interruption."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return next(self._lines).decode() + "\n"


class JsonRows:
    """JSON objects: one, several after each other, in an array, or in the service's own {"value": [...]}."""

    columns: tuple[str, ...] | None = None

    def __init__(self, source: Bytes) -> None:
        self.name = source.name
        self._stream = JsonStream(source)
        self._number = 0

    def __iter__(self) -> Iterator[Row | BadRow]:
        return self

    def __next__(self) -> Row | BadRow:
        line, value = next(self._stream)
        self._number += 1
        if not isinstance(value, dict):
            return BadRow(place(self.name, line), "this is no JSON object")
        return Row(self._number, line, value)


def format_of(path: Path | None, wanted: Format | None) -> Format:
    """Tell the format: as it was asked for, by the end of the name, or JSON Lines for standard input."""
    if wanted is not None:
        return wanted
    if path is None:
        return Format.JSONL
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    known = {
        ".jsonl": Format.JSONL,
        ".ndjson": Format.JSONL,
        ".json": Format.JSON,
        ".csv": Format.CSV,
        ".tsv": Format.TSV,
    }
    if suffix.lower() not in known:
        raise Complaint(
            f"{path}: the name does not tell how it is written.", "Give --format: jsonl, json, csv, tsv or lines."
        )
    return known[suffix.lower()]


def rows_of(source: Bytes, kind: Format) -> Rows:
    """Make the reader for a format."""
    if kind is Format.JSON:
        return JsonRows(source)
    readers: dict[Format, Callable[[Lines], Rows]] = {
        Format.JSONL: JsonLineRows,
        Format.LINES: TextRows,
        Format.CSV: lambda lines: CsvRows(lines, ","),
        Format.TSV: lambda lines: CsvRows(lines, "\t"),
    }
    return readers[kind](Lines(source))
