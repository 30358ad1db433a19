"""A look through a whole file before anything of it is sent: rows that cannot be used, ids that occur twice."""

from __future__ import annotations

from collections.abc import Callable

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.readers import BadRow, Row, Rows
from batchtasks_cli.input.tasks import Maker
from batchtasks_cli.input.templates import UnfitRowError

_MOST_SHOWN, _PROBED = 3, 100


def count_rows(
    open_rows: Callable[[], Rows], maker: Maker, report: Callable[[str], object], probe: Callable[[Row], object]
) -> int:
    """Look through an input before anything of it is sent, and return the number of rows.

    Args:
        open_rows: Opens the input; it is called again to find where an id occurs first.
        maker: Makes the tasks.
        report: Called with the progress as text.
        probe: Called with the first rows, to check them more closely than is affordable for all.

    Raises:
        CliError: Rows cannot be used, or two have the same id.
    """
    rows = open_rows()
    reasons: list[str] = []
    ids: set[str] = set()
    number = bad = 0
    for number, row in enumerate(rows, 1):
        try:
            task_id = _looked_at(rows, row, maker, probe)
        except UnfitRowError as error:
            bad += 1
            reasons += [str(error)][: _MOST_SHOWN - len(reasons)]
            continue
        if (folded := task_id.casefold()) in ids and isinstance(row, Row):
            raise _twice(open_rows(), maker, task_id, row)
        ids.add(folded)
        if number % 1000 == 0:
            report(f"{number:,} rows checked ...")
    if bad:
        more = f"; and {bad - len(reasons):,} more" if bad > len(reasons) else ""
        remedy = "Nothing was sent. Correct it; --no-check leaves out rows that cannot be used."
        raise CliError(f"{'; '.join(reasons)}{more}.", remedy)
    return number


def _looked_at(rows: Rows, row: Row | BadRow, maker: Maker, probe: Callable[[Row], object]) -> str:
    if isinstance(row, BadRow):
        raise UnfitRowError(f"{row.place}: {row.reason}")
    try:
        task_id = maker.identify(row)
        if row.number <= _PROBED:
            probe(row)
    except UnfitRowError as error:
        raise UnfitRowError(f"{rows.place(row.line)}: {error}") from None
    return task_id


def _twice(rows: Rows, maker: Maker, task_id: str, second: Row) -> CliError:
    first = next(row.line for row in rows if isinstance(row, Row) and _has_id(maker, row, task_id))
    return CliError(
        f"{rows.name}, lines {first} and {second.line}: both tasks have the id {task_id!r}.",
        "Nothing was sent. Give each task another id (letter case does not matter).",
    )


def _has_id(maker: Maker, row: Row, task_id: str) -> bool:
    try:
        return maker.identify(row).casefold() == task_id.casefold()
    except UnfitRowError:
        return False
