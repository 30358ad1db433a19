"""Rows of JSON Lines, JSON, CSV or plain lines, each with its place in the input; a row that cannot be read says why.

All readers are iterators that can be asked again after an interruption, and that go on after a row that is not usable
(except inside broken JSON, where nobody can say where the next value begins).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.source import Lines

_NOT_UTF8 = "this is not UTF-8"
_blank = re.compile(r"\s*").match

# How the rows are written. (typer's lowest version shows the values of this kind of enumeration only.)
Format = Enum("Format", {"JSONL": "jsonl", "JSON": "json", "CSV": "csv", "TSV": "tsv", "LINES": "lines"}, type=str)


class Row(NamedTuple):
    """One row: its number from 1, the line on which it begins, and its values by name."""

    number: int
    line: int
    values: dict[str, Any]


class BadRow:
    """A row that no task can be made of; in a bulk call it fails alone, in its place."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason


class _UnreadableError(Exception):
    """A row that cannot be read; the text says why."""


class Rows:
    """Rows of an input; `columns` are known beforehand for CSV and lines only."""

    columns: tuple[str, ...] | None = None

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.name = lines.name
        self._number = 0

    def __iter__(self) -> Iterator[Row | BadRow]:
        return self

    def __next__(self) -> Row | BadRow:
        while not (line := next(self.lines)).strip():
            pass
        self.lines.mark()
        return self._row(self.lines.number, line)

    def _row(self, at: int, content: Any) -> Row | BadRow:
        self._number += 1
        try:
            return Row(self._number, at, self._read(content))
        except (UnicodeDecodeError, _UnreadableError) as error:
            return BadRow(self.place(at), _NOT_UTF8 if isinstance(error, UnicodeDecodeError) else str(error))

    def _read(self, content: Any) -> dict[str, Any]:
        """Return the values of a row: here those of a JSON value."""
        if not isinstance(content, dict):
            raise _UnreadableError("this is not a JSON object")
        return content

    def place(self, line: int) -> str:
        """Return where in the input a line is."""
        return f"{self.name}, line {line}"


class JsonLineRows(Rows):
    """A JSON object on every line."""

    def _read(self, content: bytes) -> dict[str, Any]:
        line = content.decode()
        try:
            return super()._read(json.loads(line))
        except (ValueError, RecursionError) as error:
            what = f"{error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else error
            hint = " (a JSON array over several lines is read with --format json)" if line.lstrip()[:1] == "[" else ""
            raise _UnreadableError(f"this is not JSON: {what}{hint}") from None


class TextRows(Rows):
    """Every line is a value, called `line`."""

    columns = ("line",)

    def _read(self, content: bytes) -> dict[str, Any]:
        return {"line": content.decode()}


class CsvRows(Rows):
    """CSV with a header."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        super().__init__(lines)
        # Both begin every record afresh, so that they can be asked again after an error in it.
        decoded = map(lambda line: line.decode() + "\n", lines)  # noqa: C417 - a generator would have ended
        self._records = csv.reader(decoded, delimiter=delimiter, strict=True)
        found = self._record()
        if not isinstance(found, list):
            what = "it is empty" if found is None else found.reason
            remedy = "Save it as UTF-8." if what == _NOT_UTF8 else "The first line must name the columns."
            raise CliError(f"{self.name} has no header: {what}.", remedy)
        names = [name.strip() for name in found]
        if twice := {name for name in names if names.count(name) > 1 or not name}:
            what = f"{self.name}: column names are empty or occur twice: {', '.join(map(repr, twice))}."
            raise CliError(what, "Give each column its own name.")
        self.columns = tuple(names)

    def __next__(self) -> Row | BadRow:
        if (record := self._record()) is None:
            raise StopIteration
        if isinstance(record, BadRow):
            self._number += 1
        return record if isinstance(record, BadRow) else self._row(self._line, record)

    def _read(self, content: list[str]) -> dict[str, Any]:
        columns = self.columns or ()
        if len(content) != len(columns):
            raise _UnreadableError(f"{len(content)} values for {len(columns)} columns")
        return dict(zip(columns, content, strict=True))

    def _record(self) -> list[str] | BadRow | None:
        """Read one record, which may have several lines; None at the end."""
        while True:
            self.lines.mark()
            self._line = self.lines.number + 1
            try:
                record = next(self._records, None)
            except UnicodeDecodeError:
                return BadRow(self.place(self.lines.number), _NOT_UTF8)
            except csv.Error as error:
                return BadRow(self.place(self._line), f"this is not CSV: {error}")
            except BaseException:
                self.lines.rewind()
                raise
            if record is None or any(cell.strip() for cell in record):
                return record


class JsonRows(Rows):
    """JSON objects: one, several after each other, in an array, or in the service's own {"value": [...]}.

    The text is read whole, and its values are decoded one by one.
    """

    _values: Iterator[tuple[int, Any]] | None = None

    def __next__(self) -> Row | BadRow:
        if self._values is None:
            self._values = _json_values(self.lines.whole())
        try:
            return self._row(*next(self._values))
        except UnicodeDecodeError:
            what = _NOT_UTF8
        except json.JSONDecodeError as error:
            what = f"line {error.lineno}: this is not JSON: {error.msg} (column {error.colno})"
        except RecursionError:
            what = "this is not JSON: it is nested too deeply"
        raise CliError(f"{self.name}, {what}", "Correct it and run the same command again.")


def _json_values(content: bytes) -> Iterator[tuple[int, Any]]:
    """Yield each value, of arrays their elements, with the line on which it begins."""
    text, decode, line, seen = content.decode(), json.JSONDecoder().raw_decode, 1, 0
    at, in_array, wants_comma = 0, False, False
    while (at := _blank(text, at).end()) < len(text):  # type: ignore[union-attr]
        sign = text[at]
        if sign == ("]" if in_array else "["):
            in_array, wants_comma, at = not in_array, False, at + 1
        elif in_array and wants_comma:
            if sign != ",":
                raise json.JSONDecodeError("a comma or ] must come here", text, at)
            wants_comma, at = False, at + 1
        else:
            value, end = decode(text, at)
            line, seen = line + text.count("\n", seen, at), at
            inner = value.get("value") if isinstance(value, dict) and "id" not in value else None
            yield from ((line, each) for each in (inner if isinstance(inner, list) else [value]))
            wants_comma, at = True, end
    if in_array:
        raise json.JSONDecodeError("it ends in the middle of an array", text, at)


def format_of(path: Path | None, wanted: Format | None) -> Format | None:
    """Return the format: as it was asked for, or by the end of the name; None for standard input, which shows it."""
    if wanted is not None or path is None:
        return wanted
    suffix = path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix
    name = {"ndjson": "jsonl"}.get(suffix.lower()[1:], suffix.lower()[1:])
    if name in ("jsonl", "json", "csv", "tsv"):
        return Format(name)
    path.stat()  # what does not exist is the first thing to say
    raise CliError(
        f"{path}: the name does not say how it is written.", "Give --format: jsonl, json, csv, tsv or lines."
    )


def rows_of(lines: Lines, form: Format | None) -> Rows:
    """Return the reader for a format; without one it is JSON Lines, or JSON if the first value has several lines."""
    if form is None:
        lines.mark()
        first = next((line.strip() for line in lines if line.strip()), b"")
        lines.rewind()
        form = Format.JSON if first == b"{" or first[:1] == b"[" else Format.JSONL
    if form in (Format.CSV, Format.TSV):
        return CsvRows(lines, "," if form is Format.CSV else "\t")
    return {Format.JSON: JsonRows, Format.LINES: TextRows}.get(form, JsonLineRows)(lines)
