"""Tables for people: aligned on a terminal and no wider than it is; rows with tabs where the output is piped."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
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
_COLOURS = {"failure": "red", "success": "green", "running": "cyan"}
_CODES = {"red": "31", "green": "32", "cyan": "36"}


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
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).upper()

    def text(self, item: Any) -> str:
        """The cell for people."""
        value = self.value(item)
        return one_line(self.show(value) if self.show is not None else as_text(value))


def as_text(value: object) -> str:
    """Return a value as people read it; not escaped."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    show: Callable[[Any], str] = {"datetime": show_moment, "timedelta": show_span}.get(type(value).__name__, str)
    return show(value)


def console() -> Console:
    """Return the terminal at standard output as rich knows it."""
    from rich.console import Console

    return Console(no_color=bool(os.environ.get("NO_COLOR")), highlight=False, markup=False, emoji=False)


def write_table(columns: Sequence[Column], items: Iterable[Any], *, whole: bool = False) -> int:
    """Write a table row by row, and return the number of rows; with `whole` nothing is cut or left out."""
    rows = ([column.text(item) for column in columns] for item in items)
    first = list(islice(rows, _MEASURED))
    line: Callable[[Sequence[str]], str] = "\t".join
    if sys.stdout.isatty():
        line = _Layout(columns, first, console(), whole).line
    if first:
        sys.stdout.write(line([column.heading for column in columns]) + "\n")
    number = 0
    for row in chain(first, rows):
        sys.stdout.write(line(row) + "\n")
        number += 1
    return number


class _Layout:
    """Which columns of a table are shown, and how wide."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], at: Console, whole: bool) -> None:
        self._columns = columns
        self._coloured = not (at.no_color or at.legacy_windows)
        kept = list(range(len(columns)))
        spared = [] if whole else sorted((each for each in kept if columns[each].spare), key=self._spare)
        for left_out in range(len(spared) + 1):
            self._kept = [each for each in kept if each not in spared[:left_out]]
            for self._short in (False, True):
                self._widths = self._measured(rows)
                # What is left for the last column; None: any width.
                self._last = None if whole else at.width - sum(self._widths[:-1]) - len(_GAP) * (len(self._kept) - 1)
                if self._last is None or self._last >= min(self._widths[-1], _ENOUGH):
                    return
        self._last = self._last if self._last is not None and self._last >= _LEAST else None

    def _spare(self, index: int) -> int:
        return -self._columns[index].spare

    def _measured(self, rows: Sequence[Sequence[str]]) -> list[int]:
        from rich.cells import cell_len

        heads = [self._columns[index].heading for index in self._kept]
        return [max(map(cell_len, cells)) for cells in zip(heads, *map(self._cells, rows), strict=True)]

    def _cells(self, row: Sequence[str]) -> list[str]:
        shorten = [self._columns[index].shorten if self._short else None for index in self._kept]
        return [
            row[index] if short is None else short(row[index]) for index, short in zip(self._kept, shorten, strict=True)
        ]

    def line(self, row: Sequence[str]) -> str:
        """Return a row as a line."""
        from rich.cells import cell_len, set_cell_size

        *cells, last = self._cells(row)
        if self._last is not None and cell_len(last) > self._last:
            last = set_cell_size(last, self._last - 1).rstrip() + "…"
        padded = [
            self._painted(set_cell_size(cell, width), cell)
            for cell, width in zip(cells, self._widths[:-1], strict=True)
        ]
        return _GAP.join([*padded, last]).rstrip()

    def _painted(self, text: str, word: str) -> str:
        code = _CODES[_COLOURS[word]] if self._coloured and word in _COLOURS else None
        return text if code is None else f"\x1b[{code}m{text}\x1b[0m"


def write_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Write names with their values, those without a value left out; long values wrap within their column."""
    shown = [(name, text) for name, value in pairs if (text := as_text(value))]
    if not sys.stdout.isatty():
        sys.stdout.writelines(f"{name}\t{one_line(text)}\n" for name, text in shown)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, len(_GAP), 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in shown:
        lines = "\n".join(map(one_line, text.splitlines()))
        table.add_row(Text(name, style="bold"), Text(lines, style=_COLOURS.get(text, "")))
    console().print(table)
