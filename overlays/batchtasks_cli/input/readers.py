"""Rows of JSON Lines, JSON, CSV or plain lines, each with its place in the input; a row that cannot be read says why.

All readers are iterators that continue after a row that is not usable (except inside broken JSON, where it is not known where
the next value begins).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import signal
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path
from types import FrameType
from typing import Any, Literal, NamedTuple, Self, cast, get_args

from batchtasks_cli.errors import CliError, Terminated

Format = Literal["jsonl", "json", "csv", "tsv", "lines"]
_DELIMITERS = {"csv": ",", "tsv": "\t"}
_blank = re.compile(r"\s*").match
# The byte order mark that some programs put in front of UTF-8.
_MARK = b"\xef\xbb\xbf"


class Interrupts:
    """Ctrl-C and SIGTERM: while `held` is true, the first of them waits until `check`, so that a row is taken whole."""

    def __init__(self) -> None:
        self.held = self._torn = False
        self._pending: type[KeyboardInterrupt] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            # What is ignored, as Ctrl-C is for a job in the background, stays ignored.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *error: object) -> None:
        while self._before:
            signal.signal(*self._before.popitem())

    def _handle(self, number: int, frame: FrameType | None) -> None:
        kind = KeyboardInterrupt if number == signal.SIGINT else Terminated
        if not self.held or self._pending:
            self._torn |= self.held
            raise kind
        self._pending = kind

    def check(self) -> None:
        """Raise what came in the meantime; after half a row was taken there is no next one."""
        pending, self._pending = self._pending, None
        if pending is not None or self._torn:
            raise pending or KeyboardInterrupt


class Lines(Iterator[bytes], AbstractContextManager["Lines"]):
    """The lines of a file or, without a path, of standard input, as bytes without their ends.

    Attributes:
        number: The number of the line given last.
        cut: Whether the line given last was the end of the input and had no line end.
        ended: Whether the input has ended.
    """

    def __init__(self, path: Path | None) -> None:
        self.name = "standard input" if path is None else str(path)
        self.number, self.cut, self.ended = 0, False, False
        self._again: list[bytes] = []
        self._stream: Any = sys.stdin.buffer
        if path is not None:
            self._stream = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
        if isinstance(self._stream, BufferedReader) and os.name == "posix":
            # Another program may have left the pipe so that a pause of it would look like its end.
            os.set_blocking(self._stream.fileno(), True)

    def wait(self) -> None:
        """Wait until there is more; this may be interrupted, because it takes nothing out of the buffer."""
        if isinstance(self._stream, BufferedReader) and not (self._again or self.ended):
            self._stream.peek()

    def __exit__(self, *error: object) -> None:
        if self._stream is not sys.stdin.buffer:
            self._stream.close()

    def __next__(self) -> bytes:
        if self._again:
            self.number += 1
            return self._again.pop()
        try:
            line: bytes = self._stream.readline()
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            what = f"{self.name}: the compressed data are broken or cut off ({error})."
            raise CliError(what, "Pack the file again.") from None
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.cut = not line.endswith(b"\n")
        return line.removeprefix(_MARK if self.number == 1 else b"").removesuffix(b"\n").removesuffix(b"\r")

    def give_again(self, line: bytes) -> None:
        """Give the line that was given last once more."""
        self._again.append(line)
        self.number -= 1


class Row(NamedTuple):
    """One row: its number from 1, the line on which it begins, and its values by name."""

    number: int
    line: int
    values: dict[str, Any]


class BadRow(NamedTuple):
    """A row that no task can be made of; in a bulk call it fails alone, in its place."""

    place: str
    reason: str


class UnfitRowError(Exception):
    """A row that no task can be made of; the text says why."""


_UNREADABLE = (UnfitRowError, UnicodeDecodeError, csv.Error)


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8"
    return f"this is not CSV: {error}" if isinstance(error, csv.Error) else str(error)


class Rows(Iterator[Row | BadRow]):
    """Rows of an input, here one on each line; `columns` are known beforehand for CSV and lines only."""

    unit = "line"

    def __init__(
        self, lines: Lines, read: Callable[[Any], dict[str, Any]], columns: tuple[str, ...] | None = None
    ) -> None:
        self.lines, self.name, self.columns = lines, lines.name, columns
        self._read = read
        # The number of the row taken last, and the line on which it begins.
        self._number = self.line = 0

    def __next__(self) -> Row | BadRow:
        self._number += 1
        try:
            values = self._read(self._take())
        except _UNREADABLE as error:
            return BadRow(self.place(self.line), _reason(error))
        return Row(self._number, self.line, values)

    def _take(self) -> Any:
        """Take what the next row is read from."""
        while not (line := next(self.lines)).strip():
            pass
        self.line = self.lines.number
        return line

    def place(self, line: int) -> str:
        """Return where in the input a line is."""
        return f"{self.name}, {self.unit} {line}"


def _json_object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnfitRowError("this is not a JSON object")
    return value


def _json_line(content: bytes) -> dict[str, Any]:
    line = content.decode()
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = f"{error.msg} (column {error.colno})" if isinstance(error, json.JSONDecodeError) else error
        hint = " (a JSON array over several lines is read with --format json)" if line.lstrip()[:1] == "[" else ""
        raise UnfitRowError(f"this is not JSON: {what}{hint}") from None
    return _json_object(value)


class CsvRows(Rows):
    """CSV with a header."""

    def __init__(self, lines: Lines, delimiter: str) -> None:
        super().__init__(lines, self._by_column)
        # Both begin every record afresh, so that they can be asked again after an error in it.
        decoded = map(lambda line: line.decode() + "\n", lines)  # noqa: C417 - a generator would have ended
        self._records = csv.reader(decoded, delimiter=delimiter, strict=True)
        try:
            names = [name.strip() for name in self._take()]
        except (StopIteration, *_UNREADABLE) as error:
            what = "it is empty" if isinstance(error, StopIteration) else _reason(error)
            remedy = "The first line must name the columns, in UTF-8."
            raise CliError(f"{self.name} has no header: {what}.", remedy) from None
        if twice := {name for name in names if names.count(name) > 1 or not name}:
            what = f"{self.name}: column names are empty or occur twice: {', '.join(map(repr, twice))}."
            raise CliError(what, "Give each column its own name.")
        self.columns = tuple(names)

    def _by_column(self, record: list[str]) -> dict[str, Any]:
        columns = self.columns or ()
        if len(record) != len(columns):
            raise UnfitRowError(f"{len(record)} values for {len(columns)} columns")
        return dict(zip(columns, record, strict=True))

    def _take(self) -> list[str]:
        """Take a record, which may have several lines."""
        while True:
            self.line = self.lines.number + 1
            record = next(self._records)
            if any(cell.strip() for cell in record):
                return record


class JsonRows(Rows):
    """JSON objects: one, several after each other, in an array, or in the service's own {"value": [...]}.

    The text is read whole. The parser does not say on which line an element of an array is, so rows are counted instead of lines.
    """

    unit = "row"

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines, _json_object)
        self._values = _json_values(b"\n".join(lines))

    def _take(self) -> Any:
        self.line += 1
        try:
            return next(self._values)
        except (ValueError, RecursionError) as error:
            what = "this is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"this is not JSON: {error}"
            raise CliError(f"{self.name}: {what}", "Correct it and run the same command again.") from None


def _json_values(content: bytes) -> Iterator[Any]:
    """Yield each value, of arrays their elements."""
    text, decode, at = content.decode(), json.JSONDecoder().raw_decode, 0
    while (at := _blank(text, at).end()) < len(text):  # type: ignore[union-attr]
        value, at = decode(text, at)
        inner = value.get("value") if isinstance(value, dict) and "id" not in value else value
        yield from inner if isinstance(inner, list) else [value]


def format_of(path: Path | None, wanted: Format | None) -> Format | None:
    """Return the format: as it was asked for, or by the end of the name; None for standard input, which shows it."""
    if wanted is not None or path is None:
        return wanted
    name = (path.with_suffix("") if path.suffix == ".gz" else path).suffix.lower()[1:].replace("ndjson", "jsonl")
    if name in get_args(Format) and name != "lines":
        return cast(Format, name)
    path.stat()  # what does not exist is the first thing to say
    raise CliError(f"{path}: the name does not say how it is written.", "Give --format jsonl, json, csv, tsv or lines.")


def rows_of(lines: Lines, form: Format | None) -> Rows:
    """Return the reader for a format; without one it is JSON Lines, or JSON if the first value has several lines."""
    if form is None:
        first = next((line for line in lines if line.strip()), None)
        if first is not None:
            lines.give_again(first)
        form = "json" if first and re.fullmatch(rb"\s*(\[.*|{\s*)", first) else "jsonl"
    if form in _DELIMITERS:
        return CsvRows(lines, _DELIMITERS[form])
    if form == "json":
        return JsonRows(lines)
    return Rows(lines, lambda line: {"line": line.decode()}, ("line",)) if form == "lines" else Rows(lines, _json_line)
