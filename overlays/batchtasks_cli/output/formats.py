"""The forms that lists and single documents are written in: -o table|wide|json|yaml|csv|ids."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import partial
from itertools import islice
from typing import Annotated, Any, TypeVar

from batchtasks_cli.errors import CliError
from batchtasks_cli.options import Text, flag, option
from batchtasks_cli.output.columns import member_column
from batchtasks_cli.output.table import Column, write_table
from batchtasks_cli.output.text import escape, escape_json, write_moment

T = TypeVar("T")
_output, _flag = partial(option, panel="Output"), partial(flag, panel="Output")
SelectOption = Annotated[Text, _output("--select", "NAMES", "Members to read, with commas; for JSON and YAML.")]


class Form(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """How a list is written; a single object as table, json or yaml only."""

    TABLE = "table"
    WIDE = "wide"
    JSON = "json"
    YAML = "yaml"
    CSV = "csv"
    IDS = "ids"


@dataclass
class DocumentOptions:
    """How a single object is written."""

    output: Annotated[Form | None, _output("--output -o", "FORM", "How to write it: table, json or yaml.")] = None
    as_json: Annotated[bool, _flag("--json", "The same as -o json.")] = False

    @property
    def form(self) -> Form:
        """The form that was asked for."""
        form = _one_of(self.output, {Form.JSON: self.as_json})
        if form not in (Form.TABLE, Form.JSON, Form.YAML):
            raise CliError(f"-o {form.value} is for lists.", "Give table, json or yaml.")
        return form

    @property
    def is_document(self) -> bool:
        """Whether it is written as the service sends it."""
        return self.form is not Form.TABLE

    def selected(self, select: str | None) -> str | None:
        """Return the members to read; raise CliError for a selection that would not be shown."""
        if select is not None and not self.is_document:
            raise CliError("--select is for JSON and YAML.", "Add -o json.")
        return select

    def write(self, document: Any) -> None:
        """Write a document as JSON or YAML."""
        (write_yaml if self.form is Form.YAML else write_json)(document)


@dataclass
class ListOptions:
    """How a list is written; every command that writes one has these options."""

    output: Annotated[
        Form | None, _output("--output -o", "FORM", "How to write the list: table, wide, json, yaml, csv or ids.")
    ] = None
    as_json: Annotated[bool, _flag("--json", "The same as -o json: one object a line.")] = False
    as_csv: Annotated[bool, _flag("--csv", "The same as -o csv.")] = False
    as_ids: Annotated[bool, _flag("--ids", "The same as -o ids: ids only, one a line.")] = False
    columns: Annotated[
        Text, _output("--columns", "NAMES", "Columns to show, with commas; also members, such as nodeInfo.nodeId.")
    ] = None
    sort_by: Annotated[Text, _output("--sort-by", "NAME", "Column or member to sort by; -NAME: downwards.")] = None
    select: SelectOption = None

    @property
    def form(self) -> Form:
        """The form that was asked for."""
        return _one_of(self.output, {Form.JSON: self.as_json, Form.CSV: self.as_csv, Form.IDS: self.as_ids})

    def layout(self, known: Sequence[Column], model: str) -> ListLayout:
        """Choose the columns among the known ones, the first of which has the ids, and the members of the model."""
        form, by_name = self.form, {column.name.lower(): column for column in known}
        if self.select is not None and form not in (Form.JSON, Form.YAML):
            raise CliError("--select is for JSON and YAML.", "Add -o json, or choose --columns.")
        if self.columns is not None and form in (Form.JSON, Form.YAML, Form.IDS):
            raise CliError(f"--columns is not for -o {form.value}.", "Choose members with --select.")

        def find(name: str) -> Column:
            return by_name.get(name.lower()) or member_column(model, name, known)

        chosen = [column for column in known if not column.wide or form is Form.WIDE]
        if form is Form.IDS:
            chosen = [known[0]]
        elif self.columns is not None:
            chosen = [find(name.strip()) for name in self.columns.split(",")]
        sort = find(self.sort_by.removeprefix("-")) if self.sort_by else None
        return ListLayout(form, chosen, sort, (self.sort_by or "").startswith("-"), self.select)


@dataclass(frozen=True)
class ListLayout:
    """The form and the columns of a list that is about to be written."""

    form: Form
    columns: Sequence[Column]
    sort: Column | None = None
    downwards: bool = False
    selected: str | None = None

    @property
    def is_document(self) -> bool:
        """Whether items are written as the service sends them."""
        return self.form in (Form.JSON, Form.YAML)

    @property
    def is_table(self) -> bool:
        """Whether it is for people."""
        return self.form in (Form.TABLE, Form.WIDE)

    @property
    def select(self) -> str | None:
        """What to read of each item, as the service's $select; None for all."""
        if self.is_document:
            return self.selected
        needed = [column.member for column in (*self.columns, self.sort) if column is not None]
        return ",".join(dict.fromkeys(["id", *needed]))

    def write(self, items: Iterable[Any], limit: int | None = None) -> int:
        """Write a list, as it comes unless it is to be sorted, and return its length; `limit` is the most items."""
        if self.sort is not None:
            value = self.sort.value
            items = sorted(items, key=lambda item: _sortable(value(item)), reverse=self.downwards)
        items = islice(items, limit)
        if self.is_table:
            return write_table(self.columns, items, whole=self.form is Form.WIDE)
        if self.form is Form.CSV:
            return write_csv(self.columns, items)
        write: dict[Form, Callable[[Any], object]] = {
            Form.JSON: lambda item: write_json_line(item.to_dict()),
            Form.YAML: lambda item: write_yaml(item.to_dict(), begin=True),
            Form.IDS: lambda item: sys.stdout.write(_for_terminal(str(self.columns[0].value(item))) + "\n"),
        }
        return _each(items, write[self.form])


def _one_of(output: Form | None, flags: dict[Form, bool]) -> Form:
    given = ["-o"] if output is not None else []
    given += [f"--{form.value}" for form, wanted in flags.items() if wanted]
    if len(given) > 1:
        raise CliError(f"{' and '.join(given)} exclude each other.", "Give one of them.")
    return output or next((form for form, wanted in flags.items() if wanted), Form.TABLE)


def _sortable(value: Any) -> tuple[bool, Any]:
    """Order values of one kind; what is missing comes first, texts without regard to letter case."""
    return value is not None, 0 if value is None else value.casefold() if isinstance(value, str) else value


def _each(items: Iterable[T], write: Callable[[T], object]) -> int:
    number = 0
    for item in items:
        write(item)
        number += 1
    return number


def write_json(document: Any, *, indent: int | None = 2) -> None:
    """Write one document as JSON."""
    sys.stdout.write(escape_json(json.dumps(document, indent=indent, ensure_ascii=not _is_utf8())) + "\n")


write_json_line = partial(write_json, indent=None)


def write_yaml(document: Any, *, begin: bool = False) -> None:
    """Write one document as YAML; with `begin` one of several."""
    import yaml

    text = json.dumps(document, ensure_ascii=False)
    # Plain values, because yaml does not take subclasses of str; without anything that steers a terminal.
    plain = _is_utf8() and escape_json(text) == text
    yaml.safe_dump(json.loads(text), sys.stdout, sort_keys=False, allow_unicode=plain, explicit_start=begin)


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
