"""Tables for people: aligned on a terminal and no wider than it is; rows with tabs where the output is piped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from batchtasks_cli.output.text import one_line, show_moment, show_span

if TYPE_CHECKING:
    from rich.console import Console

# The widths of columns come from the first rows.
_MEASURED = 1000
# Below the first width of the last column, others give way to it; below the second it says nothing, and lines wrap.
_ENOUGH, _LEAST = 16, 8
_GAP = "  "
_STYLES = {"failure": "31", "success": "32", "running": "36"}


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Attributes:
        name: Its name, for --columns and --sort-by, and in CSV.
        value: What it holds of an item.
        member: The member of the service that it is read from, for $select.
        show: The text for people, where that differs.
        spare: Whether it is left out on a narrow terminal: the greatest number goes first, 0 stays.
        shorten: The text where a terminal is too narrow.
        wide: Whether it is shown only when asked for.
    """

    name: str
    value: Callable[[Any], Any]
    member: str = "id"
    show: Callable[[Any], str] | None = None
    spare: int = 0
    shorten: Callable[[str], str] | None = None
    wide: bool = False

    @property
    def heading(self) -> str:
        """The name as people read it: exitCode becomes EXIT CODE."""
        words = "".join(f" {letter}" if letter.isupper() else letter for letter in self.name)
        return words.upper()

    def text(self, item: Any) -> str:
        """The cell for people."""
        value = self.value(item)
        return one_line(self.show(value) if self.show is not None else as_text(value))


def as_text(value: object) -> str:
    """Return a value as people read it; not escaped."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, str)) or value is None:
        return "" if value is None else str(value)
    show: Any = {"datetime": show_moment, "timedelta": show_span}.get(type(value).__name__, str)
    return str(show(value))


def console() -> Console:
    """Return the terminal at standard output as rich knows it."""
    from rich.console import Console

    return Console(no_color=bool(os.environ.get("NO_COLOR")), highlight=False, markup=False, emoji=False)


def write_table(columns: Sequence[Column], items: Iterable[Any], *, whole: bool = False) -> int:
    """Write a table row by row, and return the number of rows; with `whole` nothing is cut or left out."""
    if not sys.stdout.isatty():
        return _write_rows(columns, items)
    rows = ([column.text(item) for column in columns] for item in items)
    first, terminal = list(islice(rows, _MEASURED)), console()
    layout = _Layout(columns, first, None if whole else terminal.width)
    coloured = not (terminal.no_color or terminal.legacy_windows)
    if first:
        sys.stdout.write(layout.line([column.heading for column in columns], False))
    number = 0
    for row in chain(first, rows):
        sys.stdout.write(layout.line(row, coloured))
        number += 1
    return number


def _write_rows(columns: Sequence[Column], items: Iterable[Any]) -> int:
    number = 0
    for number, item in enumerate(items, 1):
        if number == 1:
            sys.stdout.write("\t".join(column.heading for column in columns) + "\n")
        sys.stdout.write("\t".join(column.text(item) for column in columns) + "\n")
    return number


class _Layout:
    """Which columns of a table are shown, and how wide."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> None:
        self._columns = columns
        for self._kept in _fewer_and_fewer(columns):
            for self._short in (False, True):
                self._measure(rows)
                # What is left for the last column; None: any width.
                self._last = (
                    None if width is None else width - sum(self._widths[:-1]) - len(_GAP) * (len(self._kept) - 1)
                )
                if self._last is None or self._last >= min(self._widths[-1], _ENOUGH):
                    return
        self._last = self._last if self._last is not None and self._last >= _LEAST else None

    def _measure(self, rows: Sequence[Sequence[str]]) -> None:
        from rich.cells import cell_len

        heads = [self._columns[index].heading for index in self._kept]
        cells = zip(heads, *map(self._cells, rows), strict=True)
        self._widths = [max(map(cell_len, column)) for column in cells]

    def _cells(self, row: Sequence[str]) -> list[str]:
        return [self._cell(self._columns[index], row[index]) for index in self._kept]

    def _cell(self, column: Column, text: str) -> str:
        return column.shorten(text) if self._short and column.shorten is not None else text

    def line(self, row: Sequence[str], coloured: bool) -> str:
        """Return a row as a line."""
        from rich.cells import cell_len, set_cell_size

        *cells, last = self._cells(row)
        if self._last is not None and cell_len(last) > self._last:
            last = set_cell_size(last, self._last - 1).rstrip() + "…"
        padded = [set_cell_size(cell, width) for cell, width in zip(cells, self._widths[:-1], strict=True)]
        if coloured:
            padded = [_painted(text, cell) for text, cell in zip(padded, cells, strict=True)]
        return _GAP.join([*padded, last]).rstrip() + "\n"


def _painted(text: str, word: str) -> str:
    return f"\x1b[{_STYLES[word]}m{text}\x1b[0m" if word in _STYLES else text


def _fewer_and_fewer(columns: Sequence[Column]) -> Iterator[list[int]]:
    """Yield numbers of columns: all of them, then without those that can be spared, one after the other."""
    kept = list(range(len(columns)))
    yield kept
    for index in sorted(kept, key=lambda each: -columns[each].spare):
        if columns[index].spare:
            kept = [each for each in kept if each != index]
            yield kept


def write_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Write names with their values, those without a value left out; long values wrap within their column."""
    shown = [(name, as_text(value)) for name, value in pairs]
    shown = [(name, text) for name, text in shown if text]
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{name}\t{one_line(text)}\n" for name, text in shown)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, len(_GAP), 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in shown:
        table.add_row(Text(name, style="bold"), Text("\n".join(map(one_line, text.splitlines())), style=_style(text)))
    console().print(table)


def _style(text: str) -> str:
    return {"failure": "red", "success": "green", "running": "cyan"}.get(text, "")
