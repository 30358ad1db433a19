"""The forms that lists and single documents are written in: -o table|wide|json|yaml|csv|ids."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice
from typing import Annotated, Any, TypeVar

import typer

from batchtasks_cli.errors import CliError
from batchtasks_cli.output.table import Column, write_table
from batchtasks_cli.output.text import escape, escape_json, write_moment

T = TypeVar("T")
_PANEL = "Output"


class ListForm(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """How a list is written."""

    TABLE = "table"
    WIDE = "wide"
    JSON = "json"
    YAML = "yaml"
    CSV = "csv"
    IDS = "ids"


class DocumentForm(str, Enum):  # noqa: UP042
    """How a single object is written."""

    TABLE = "table"
    JSON = "json"
    YAML = "yaml"


def _option(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel=_PANEL, **settings)


OutputOption = Annotated[ListForm | None, _option("--output", "-o", help="How to write the list; wide: all columns.")]
JsonFlag = Annotated[bool, _option("--json", help="The same as -o json.")]
SelectOption = Annotated[
    str | None, _option("--select", metavar="NAMES", help="Members to read, with commas; for JSON and YAML.")
]


@dataclass
class ListOptions:
    """How a list is written; every command that writes one has these options."""

    output: OutputOption = None
    as_json: JsonFlag = False
    as_csv: Annotated[bool, _option("--csv", help="The same as -o csv.")] = False
    as_ids: Annotated[bool, _option("--ids", help="The same as -o ids: ids only, one a line.")] = False
    columns: Annotated[
        str | None, _option("--columns", metavar="NAMES", help="Columns to show, or members such as nodeInfo.nodeId.")
    ] = None
    sort_by: Annotated[
        str | None, _option("--sort-by", metavar="NAME", help="Column or member to sort by; -NAME: downwards.")
    ] = None
    select: SelectOption = None

    @property
    def form(self) -> ListForm:
        """The form that was asked for."""
        return _one_of(
            {
                **({} if self.output is None else {"-o": self.output}),
                **({"--json": ListForm.JSON} if self.as_json else {}),
                **({"--csv": ListForm.CSV} if self.as_csv else {}),
                **({"--ids": ListForm.IDS} if self.as_ids else {}),
            },
            ListForm.TABLE,
        )

    @property
    def is_document(self) -> bool:
        """Whether items are written as the service sends them."""
        return self.form in (ListForm.JSON, ListForm.YAML)

    def layout(self, known: Sequence[Column], column_of: Callable[[str], Column]) -> ListLayout:
        """Choose the columns.

        Args:
            known: The columns of this list; the first has the ids.
            column_of: Returns the column for a member that is none of them, or raises CliError.
        """
        if self.select is not None and not self.is_document:
            raise CliError("--select is for JSON and YAML.", "Add -o json, or choose --columns.")
        if self.columns is not None and (self.is_document or self.form is ListForm.IDS):
            raise CliError(f"--columns is not for -o {self.form.value}.", "Choose members with --select.")
        by_name = {column.name.lower(): column for column in known}

        def find(name: str) -> Column:
            return by_name.get(name.strip().lower()) or column_of(name.strip())

        chosen = [column for column in known if not column.wide or self.form is ListForm.WIDE]
        if self.form is ListForm.IDS:
            chosen = [known[0]]
        elif self.columns is not None:
            chosen = [find(name) for name in self.columns.split(",")]
        name = self.sort_by or ""
        return ListLayout(
            self.form, chosen, find(name.removeprefix("-")) if name else None, name.startswith("-"), self.select
        )


@dataclass(frozen=True)
class ListLayout:
    """The form and the columns of a list that is about to be written."""

    form: ListForm
    columns: Sequence[Column]
    sort: Column | None = None
    downwards: bool = False
    selected: str | None = None

    @property
    def select(self) -> str | None:
        """What to read of each item, as the service's $select; None for all."""
        if self.form in (ListForm.JSON, ListForm.YAML):
            return self.selected
        needed = ["id", *(column.member for column in (*self.columns, *([self.sort] if self.sort else [])))]
        return ",".join(dict.fromkeys(needed))

    @property
    def is_table(self) -> bool:
        """Whether it is for people."""
        return self.form in (ListForm.TABLE, ListForm.WIDE)

    def write(self, items: Iterable[Any], limit: int | None = None) -> int:
        """Write a list, as it comes unless it is to be sorted, and return its length; `limit` is the most items."""
        if self.sort is not None:
            value = self.sort.value
            items = sorted(items, key=lambda item: _sortable(value(item)), reverse=self.downwards)
        items = islice(items, limit)
        writers: dict[ListForm, Callable[[Iterable[Any]], int]] = {
            ListForm.JSON: lambda items: _each(items, lambda item: write_json_line(item.to_dict())),
            ListForm.YAML: lambda items: _each(items, lambda item: write_yaml(item.to_dict(), begin=True)),
            ListForm.CSV: lambda items: write_csv(self.columns, items),
            ListForm.IDS: lambda items: _each(items, self._write_id),
        }
        return writers.get(self.form, self._write_table)(items)

    def _write_id(self, item: Any) -> None:
        sys.stdout.write(_for_terminal(str(self.columns[0].value(item))) + "\n")

    def _write_table(self, items: Iterable[Any]) -> int:
        return write_table(self.columns, items, whole=self.form is ListForm.WIDE)


def _sortable(value: Any) -> tuple[bool, Any]:
    """Order values of one kind; what is missing comes first, texts without regard to letter case."""
    return (value is not None, ("" if value is None else value.casefold()) if isinstance(value, str) else value or 0)


def _each(items: Iterable[T], write: Callable[[T], object]) -> int:
    number = 0
    for item in items:
        write(item)
        number += 1
    return number


@dataclass
class DocumentOptions:
    """How a single object is written."""

    output: Annotated[DocumentForm | None, _option("--output", "-o", help="How to write it.")] = None
    as_json: JsonFlag = False

    @property
    def form(self) -> DocumentForm:
        """The form that was asked for."""
        given = {} if self.output is None else {"-o": self.output}
        return _one_of({**given, **({"--json": DocumentForm.JSON} if self.as_json else {})}, DocumentForm.TABLE)

    @property
    def is_document(self) -> bool:
        """Whether it is written as the service sends it."""
        return self.form is not DocumentForm.TABLE

    def write(self, document: Any) -> None:
        """Write a document as JSON or YAML."""
        if self.form is DocumentForm.YAML:
            write_yaml(document)
        else:
            write_json(document)


F = TypeVar("F", ListForm, DocumentForm)


def _one_of(given: dict[str, F], default: F) -> F:
    if len(given) > 1:
        raise CliError(f"{' and '.join(given)} exclude each other.", "Give one of them.")
    return next(iter(given.values()), default)


def write_json(document: Any) -> None:
    """Write one document as JSON."""
    sys.stdout.write(escape_json(json.dumps(document, indent=2, ensure_ascii=not _is_utf8())) + "\n")


def write_json_line(document: Any) -> None:
    """Write one document as a line of JSON."""
    sys.stdout.write(escape_json(json.dumps(document, ensure_ascii=not _is_utf8())) + "\n")


def write_yaml(document: Any, *, begin: bool = False) -> None:
    """Write one document as YAML; with `begin` one of several."""
    import yaml

    text = json.dumps(document, ensure_ascii=False)
    # Plain values, because yaml does not take subclasses of str; without anything that steers a terminal.
    plain = escape_json(text) == text
    yaml.safe_dump(
        json.loads(text), sys.stdout, sort_keys=False, allow_unicode=plain and _is_utf8(), explicit_start=begin
    )


def _is_utf8() -> bool:
    """Whether standard output has every character."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def write_csv(columns: Sequence[Column], items: Iterable[Any]) -> int:
    """Write a header and a record for each item; return their number."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    return _each(items, lambda item: writer.writerow([_csv_cell(column.value(item)) for column in columns]))


def _csv_cell(value: object) -> str:
    """Return a value for programs: times as the service writes them, durations in seconds."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    return "" if value is None else _for_terminal(str(value))


def _for_terminal(text: str) -> str:
    """Return text as it is, but escaped where a terminal would act on it."""
    return escape(text) if sys.stdout.isatty() else text


def reported(items: Iterable[T], report: Callable[[str], object], what: str) -> Iterator[T]:
    """Yield items, and report now and then how many there have been."""
    for number, item in enumerate(items, 1):
        if number % 100 == 0:
            report(f"{number:,} {what} ...")
        yield item
