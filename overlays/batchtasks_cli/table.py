"""Tables for people: as wide as they need to be, on a terminal no wider than it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from shutil import get_terminal_size

# The widths of a table's columns come from so many first rows.
_LOOKED_AT = 1000
# Below the first width of the last column others give way to it; below the second it would say nothing, and rows wrap.
_ENOUGH, _LEAST = 16, 8
_GAP = 2
_COLOURS = {"failure": "31", "success": "32", "running": "36"}


@dataclass(frozen=True)
class Style:
    """How a column gives way where a terminal is too narrow for all of them.

    First cells are made `shorter`, then columns are left out, those with the greatest `spare` first; one with 0 stays.
    """

    head: str
    spare: int = 0
    shorter: Callable[[str], str] | None = None


@dataclass
class _Layout:
    """The columns that are shown, their widths, and the most that the last may take (None: any width)."""

    styles: Sequence[Style]
    kept: Sequence[int]
    widths: Sequence[int]
    last: int | None = None
    short: bool = False

    def cells(self, row: Sequence[str]) -> list[str]:
        """What is shown of a row."""
        cells = [self._cell(index, row[index]) for index in self.kept]
        if self.last is not None and len(cells[-1]) > self.last:
            cells[-1] = f"{cells[-1][: self.last - 1]}…"
        return cells

    def _cell(self, index: int, text: str) -> str:
        shorter = self.styles[index].shorter
        return shorter(text) if self.short and shorter is not None else text


def write_rows(styles: Sequence[Style], rows: Iterator[Sequence[str]]) -> int:
    """Write a table row by row; the number of rows."""
    first = list(islice(rows, _LOOKED_AT))
    layout = _layout(styles, first)
    coloured = paints()
    if first:
        sys.stdout.write(_row([styles[index].head for index in layout.kept], layout.widths, False))
    number = 0
    for row in chain(first, rows):
        sys.stdout.write(_row(layout.cells(row), layout.widths, coloured))
        number += 1
    return number


def _layout(styles: Sequence[Style], rows: Sequence[Sequence[str]]) -> _Layout:
    whole = _measured(styles, rows, range(len(styles)), False)
    if not sys.stdout.isatty():
        return whole
    width = get_terminal_size().columns
    for kept in _ever_fewer(styles):
        for short in (False, True):
            layout = _measured(styles, rows, kept, short)
            room = width - sum(layout.widths[:-1]) - _GAP * (len(kept) - 1)
            if room >= min(layout.widths[-1], _ENOUGH):
                layout.last = room
                return layout
    layout.last = room if room >= _LEAST else None
    return layout


def _ever_fewer(styles: Sequence[Style]) -> Iterator[list[int]]:
    """Numbers of columns: all of them, then without those that can be spared, one after the other."""
    kept = list(range(len(styles)))
    yield kept
    for index in sorted(kept, key=lambda each: -styles[each].spare):
        if styles[index].spare:
            kept = [each for each in kept if each != index]
            yield kept


def _measured(styles: Sequence[Style], rows: Sequence[Sequence[str]], kept: Sequence[int], short: bool) -> _Layout:
    layout = _Layout(styles, kept, (), None, short)
    heads = [styles[index].head for index in kept]
    layout.widths = [max(map(len, cells)) for cells in zip(heads, *map(layout.cells, rows), strict=True)]
    return layout


def _row(cells: Sequence[str], widths: Sequence[int], coloured: bool) -> str:
    *cells, last = cells
    *widths, _ = widths
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    if coloured:
        padded = [paint(text, cell) for text, cell in zip(padded, cells, strict=True)]
    return (" " * _GAP).join([*padded, last]).rstrip() + "\n"


def paints() -> bool:
    """Whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def paint(text: str, word: str) -> str:
    """Colour a text by the word that it shows."""
    colour = _COLOURS.get(word)
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text
