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
_COLOURS = {"failure": ("red", 31), "success": ("green", 32), "running": ("cyan", 36)}


@dataclass(frozen=True)
class Column:
    """A column of a list: what it holds of an item, and the member of the service that this is read from.

    `show` gives the text for people, where that differs. On a narrow terminal first `shorten` is applied, then columns are
    left out, the greatest `spare` first; 0 stays. `wide` ones are shown only when asked for.
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
    first, number = list(islice(rows, _MEASURED)), 0
    line: Callable[[Sequence[str]], str] = "\t".join
    if sys.stdout.isatty():
        line = _Layout(columns, first, console(), whole).line
    for number, row in enumerate(chain(first, rows), 1):
        if number == 1:
            sys.stdout.write(line([column.heading for column in columns]) + "\n")
        sys.stdout.write(line(row) + "\n")
    return number


class _Layout:
    """Which columns of a table are shown, and how wide."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], at: Console, whole: bool) -> None:
        from rich.cells import cell_len, set_cell_size

        self._columns, self._measure, self._resize = columns, cell_len, set_cell_size
        self._coloured = not (at.no_color or at.legacy_windows)
        spared = sorted((n for n, column in enumerate(columns) if column.spare), key=lambda n: -columns[n].spare)
        for left_out in range(1 if whole else len(spared) + 1):
            self._kept = [n for n in range(len(columns)) if n not in spared[:left_out]]
            for self._short in (False, True):
                cells = zip([columns[n].heading for n in self._kept], *map(self._cells, rows), strict=True)
                self._widths = [max(map(cell_len, column)) for column in cells]
                # What is left for the last column; None: any width.
                left = at.width - sum(self._widths[:-1]) - len(_GAP) * (len(self._kept) - 1)
                self._last = None if whole else left
                if whole or left >= min(self._widths[-1], _ENOUGH):
                    return
        self._last = left if left >= _LEAST else None

    def _cells(self, row: Sequence[str]) -> list[str]:
        shorten = [self._columns[n].shorten if self._short else None for n in self._kept]
        return [row[n] if short is None else short(row[n]) for n, short in zip(self._kept, shorten, strict=True)]

    def line(self, row: Sequence[str]) -> str:
        """Return a row as a line."""
        *cells, last = self._cells(row)
        if self._last is not None and self._measure(last) > self._last:
            last = self._resize(last, self._last - 1).rstrip() + "…"
        padded = [self._resize(cell, width) for cell, width in zip(cells, self._widths[:-1], strict=True)]
        for n, cell in enumerate(cells if self._coloured else ()):
            if cell in _COLOURS:
                padded[n] = f"\x1b[{_COLOURS[cell][1]}m{padded[n]}\x1b[0m"
        return _GAP.join([*padded, last]).rstrip()


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
        table.add_row(Text(name, style="bold"), Text(lines, style=_COLOURS.get(text, ("",))[0]))
    console().print(table)
