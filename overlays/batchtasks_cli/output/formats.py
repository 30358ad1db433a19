"""The forms that lists and single objects are written in: -o table|wide|json|yaml|csv|ids."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import Annotated, Any, Literal, TypeVar

from batchtasks_cli.errors import CliError, at_most_one, note
from batchtasks_cli.input.options import Text, flag, option
from batchtasks_cli.output.columns import member_column, pairs_of
from batchtasks_cli.output.table import Column, write_pairs, write_table
from batchtasks_cli.output.text import escape, escape_json

T = TypeVar("T")
_output, _flag = partial(option, panel="Output"), partial(flag, panel="Output")
SelectOption = Annotated[Text, _output("--select", "NAMES", "Members to read, as a,b,c; for JSON and YAML.")]

# How a single object, and how a list is written; json and yaml as the service sends it.
DocumentForm = Literal["table", "json", "yaml"]
CountsForm = Literal["table", "json", "yaml", "csv"]
ListForm = Literal["table", "wide", "json", "yaml", "csv", "ids"]
JsonFlag = Annotated[bool, _flag("--json", "The same as -o json.")]
CsvFlag = Annotated[bool, _flag("--csv", "The same as -o csv.")]


class _Form:
    """The form that was chosen with -o, or with the flag for it."""

    output: str | None

    def __post_init__(self) -> None:
        flags = {f"--{name}": getattr(self, f"as_{name}", False) for name in ("json", "csv", "ids")}
        names = at_most_one({"-o": self.output, **flags})
        self.form: str = self.output or (names[0].removeprefix("--") if names else "table")
        self.is_document = self.form in ("json", "yaml")

    def write_document(self, document: Any) -> None:
        """Write a document as JSON or YAML."""
        (write_yaml if self.form == "yaml" else write_json)(document)


@dataclass
class CountsOptions(_Form):
    """How counts are written."""

    output: Annotated[CountsForm | None, _output("--output -o", "FORM", "table (default), json, yaml or csv.")] = None
    as_json: JsonFlag = False
    as_csv: CsvFlag = False


@dataclass
class DocumentOptions(_Form):
    """How a single object is written."""

    output: Annotated[DocumentForm | None, _output("--output -o", "FORM", "table (default), json or yaml.")] = None
    as_json: JsonFlag = False

    def members(self, select: str | None) -> str | None:
        """Return the members to read; raise CliError for a selection that would not be shown."""
        if select is not None and not self.is_document:
            raise CliError("--select is for JSON and YAML.", "Add -o json.")
        return select

    def show(self, model: Any) -> None:
        """Write a model of the service."""
        if self.is_document:
            self.write_document(model.to_dict())
        else:
            write_pairs(pairs_of(model))


@dataclass
class ListOptions(_Form):
    """How a list is written; every command that writes one has these options."""

    output: Annotated[
        ListForm | None, _output("--output -o", "FORM", "table (default), wide, json, yaml, csv or ids.")
    ] = None
    as_json: Annotated[bool, _flag("--json", "The same as -o json: one object per line.")] = False
    as_csv: CsvFlag = False
    as_ids: Annotated[bool, _flag("--ids", "The same as -o ids: only ids, one per line.")] = False
    columns: Annotated[
        Text, _output("--columns", "NAMES", "Columns to show, as a,b,c; also members, such as nodeInfo.nodeId.")
    ] = None
    sort_by: Annotated[Text, _output("--sort-by", "NAME", "Column or member to sort by; -NAME: descending.")] = None
    select: SelectOption = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._chosen: Sequence[Column] = ()
        self.sort: Column | None = None

    def choose(self, known: Sequence[Column], model: str) -> str | None:
        """Choose among the known columns, the first of which has the ids, and the members of the model.

        Returns what to read of each item, as the service's $select; None for all.
        """
        if self.select is not None and not self.is_document:
            raise CliError("--select is for JSON and YAML.", "Add -o json, or choose --columns.")
        if self.columns is not None and (self.is_document or self.form == "ids"):
            raise CliError(f"--columns is not for -o {self.form}.", "Choose members with --select.")
        by_name = {column.name.lower(): column for column in known}

        def find(name: str) -> Column:
            return by_name.get(name.strip().lower()) or member_column(model, name.strip(), known)

        self._chosen = [column for column in known if not column.wide or self.form == "wide"]
        if self.form == "ids":
            self._chosen = [known[0]]
        elif self.columns is not None:
            self._chosen = [find(name) for name in self.columns.split(",")]
        self.sort = find(self.sort_by.removeprefix("-")) if self.sort_by else None
        needed = [column.member for column in (*self._chosen, self.sort) if column is not None]
        return self.select if self.is_document else ",".join(dict.fromkeys(["id", *needed]))

    def write(self, items: Iterable[Any], none: str, limit: int | None = None) -> None:
        """Write a list, as it comes unless it is to be sorted; `none` is said if it is empty, `limit` is the most items."""
        columns = self._chosen
        if self.sort is not None:
            value, downwards = self.sort.value, (self.sort_by or "").startswith("-")
            items = sorted(items, key=lambda item: _sortable(value(item)), reverse=downwards)
        items = islice(items, limit)
        first = list(islice(items, 1))  # if it cannot be read, nothing is written
        items = chain(first, items)
        if self.form in ("table", "wide"):
            write_table(columns, items, whole=self.form == "wide") if first else note(none)
        elif self.form == "csv":
            write_csv(columns, items)
        elif self.form == "ids":
            sys.stdout.writelines(_for_terminal(str(columns[0].value(item))) + "\n" for item in items)
        else:
            for item in items:
                document = item if isinstance(item, dict) else item.to_dict()
                write_yaml(document, begin=True) if self.form == "yaml" else write_json(document, indent=None)


def _sortable(value: Any) -> tuple[bool, Any]:
    """Order values of one kind; what is missing comes first, texts without regard to letter case."""
    return value is not None, 0 if value is None else value.casefold() if isinstance(value, str) else value


def write_json(document: Any, *, indent: int | None = 2) -> None:
    """Write one document as JSON."""
    sys.stdout.write(escape_json(json.dumps(document, indent=indent, ensure_ascii=not _is_utf8())) + "\n")


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


def write_csv(columns: Sequence[Column], items: Iterable[Any]) -> None:
    """Write a header and a record for each item."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_csv_cell(column.value(item)) for column in columns] for item in items)


def _csv_cell(value: object) -> str:
    """Return a value for programs: times as the service writes them, durations in seconds."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
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
