"""Tables for people: aligned on a terminal and no wider than it is; rows with tabs where the output is piped."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from batchtasks_cli.output.text import one_line, show_moment, show_span

if TYPE_CHECKING:
    from rich.console import Console

# The widths of columns come from the first rows.
_MEASURED = 1000
# Below the first width of the last column, in which a failure's code has room, others give way to it; below the second it
# says nothing, and lines wrap.
_ENOUGH, _LEAST = 26, 8
_GAP = "  "
_COLOURS = {"failure": ("red", 31), "success": ("green", 32), "running": ("cyan", 36)}


@dataclass(frozen=True)
class Column:
    """A column of a list: what it holds of an item, and the member of the service that this is read from.

    `show` gives the text for people, where that differs. On a narrow terminal columns are left out, the greatest `spare`
    first; 0 stays. `wide` ones are shown only when asked for.
    """

    name: str
    value: Callable[[Any], Any]
    member: str = "id"
    show: Callable[[Any], str] | None = None
    spare: int = 0
    wide: bool = False

    @property
    def heading(self) -> str:
        """The name as people read it: exitCode becomes EXIT CODE."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name).upper()

    def text(self, item: Any, *, short: bool) -> str:
        """The cell for people; `short` times are those of today without the day, others without the seconds."""
        value = self.value(item)
        if short and isinstance(value, datetime):
            return show_moment(value, short=True)
        return one_line(self.show(value) if self.show is not None else as_text(value))


def as_text(value: object) -> str:
    """Return a value as people read it; not escaped."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, datetime):
        return show_moment(value)
    return show_span(value) if isinstance(value, timedelta) else str(value)


def console() -> Console:
    """Return the terminal at standard output as rich knows it."""
    from rich.console import Console

    return Console(no_color=bool(os.environ.get("NO_COLOR")), highlight=False, markup=False, emoji=False)


def write_table(columns: Sequence[Column], items: Iterable[Any], *, whole: bool = False) -> None:
    """Write a table row by row; with `whole` nothing is cut or left out."""
    on_terminal = sys.stdout.isatty()
    rows = ([column.text(item, short=on_terminal and not whole) for column in columns] for item in items)
    first = list(islice(rows, _MEASURED))
    line = _layout(columns, first, console(), whole) if on_terminal else "\t".join
    sys.stdout.write(line([column.heading for column in columns]) + "\n")
    sys.stdout.writelines(line(row) + "\n" for row in chain(first, rows))


def _layout(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], at: Console, whole: bool
) -> Callable[[Sequence[str]], str]:
    """Return what makes a line of a row: without the columns that have no room, and with the last one cut."""
    from rich.cells import cell_len, set_cell_size

    widths = [max(map(cell_len, cells)) for cells in zip([each.heading for each in columns], *rows, strict=True)]
    kept = list(range(len(columns)))
    colours = {} if at.no_color or at.legacy_windows else {name: code for name, (_, code) in _COLOURS.items()}

    def room() -> int:
        return at.width - sum(widths[n] + len(_GAP) for n in kept[:-1])

    for n in sorted(kept[:-1], key=lambda n: -columns[n].spare):
        if whole or not columns[n].spare or room() >= min(widths[-1], _ENOUGH):
            break
        kept.remove(n)
    limit = None if whole or room() < _LEAST else room()

    def line(row: Sequence[str]) -> str:
        cells, last = [set_cell_size(row[n], widths[n]) for n in kept[:-1]], row[-1]
        if limit is not None and cell_len(last) > limit:
            last = set_cell_size(last, limit - 1).rstrip() + "…"
        coloured = ((cell, colours.get(cell.rstrip())) for cell in [*cells, last])
        return _GAP.join(f"\x1b[{code}m{cell}\x1b[0m" if code else cell for cell, code in coloured).rstrip()

    return line


def write_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Write names with their values, those without a value left out; long values wrap within their column."""
    shown = [(one_line(name), text) for name, value in pairs if (text := as_text(value))]
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
