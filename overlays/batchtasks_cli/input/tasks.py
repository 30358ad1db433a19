"""From rows to tasks: a row is a task itself, or it fills in templates and sets members."""

from __future__ import annotations

import json
import re
import shlex
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.readers import BadRow, Interrupts, Row, Rows, UnfitRowError
from batchtasks_cli.output.columns import NoSuchMemberError, find_member
from batchtasks_cli.output.formats import reported
from batchtasks_cli.output.text import read_span

_is_id = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# So many rows that cannot be used, and something is wrong with all of them.
MOST_BAD = 1000
# In so many rows of a file all members are checked before anything is sent; in all of them it would take too long.
_CHECKED_IN_FULL = 100

# Makes a task of a row, or raises UnfitRowError.
Maker: TypeAlias = Callable[[Row], Mapping[str, Any]]


# The number of the row, counted from 1, which every row has.
NUMBER = "n"
# What is for numbers: zeros in front, a sign, or a type such as the d of {x:d}.
_FOR_NUMBERS = re.compile(r"(.?[<>=^])?([-+ ](?![<>=^])|#?0\d).*|.*[bdeEfFgGoxX%]", re.DOTALL)
_BRACES = "Write {{ and }} for braces that are meant as such."


class Template:
    """A text with columns in it, or the words of a command line.

    {name} is the value as it is, {name!q} the value quoted for a POSIX shell, {n} the number of the row, {n:04} the same
    with zeros in front; {{ and }} are braces. What Python's format() takes for numbers is also taken for text that is a
    number. What a word is filled with stays within that word.

    Attributes:
        names: The columns that it needs, and n; none if it is the same for every row.
    """

    def __init__(self, text: str | list[str], columns: tuple[str, ...] | None) -> None:
        self._text = shlex.join(text) if isinstance(text, list) else text
        self._is_words = isinstance(text, list)
        try:
            words = [list(string.Formatter().parse(word)) for word in (text if isinstance(text, list) else [text])]
        except ValueError as error:
            raise CliError(f"{self._text!r}: {error}.", _BRACES) from None
        self._words = [[(literal, name, spec or "", how) for literal, name, spec, how in parts] for parts in words]
        found = [(name, how) for parts in self._words for _, name, _, how in parts if name is not None]
        if wrong := {how for _, how in found} - {None, "q"}:
            raise CliError(f"{self._text!r}: there is no conversion !{wrong.pop()}.", "!q quotes for a POSIX shell.")
        self.names = {name for name, _ in found}
        for name in self.names - {*(columns or self.names), NUMBER}:
            known = ", ".join([*(columns or ()), NUMBER])
            raise CliError(f"{self._text!r}: there is no column {name!r}.", f"Columns: {known}. {_BRACES}")

    def fill(self, row: Row) -> str:
        """Return the text for a row."""
        words = ["".join([self._part(row, *part) for part in parts]) for parts in self._words]
        return shlex.join(words) if self._is_words else words[0] if words else ""

    def _part(self, row: Row, literal: str, name: str | None, spec: str, how: str | None) -> str:
        if name is None:
            return literal
        if name not in row.values and name != NUMBER:
            raise UnfitRowError(f"it has no {name!r}, which {self._text!r} needs")
        value = row.values.get(name, row.number)
        try:
            text = format(_fit_for(spec, value), spec) if spec else as_text(value)
        except (ValueError, TypeError) as error:
            raise UnfitRowError(f"{name!r} cannot be written as {{{name}:{spec}}}: {error}") from None
        return literal + (shlex.quote(text) if how == "q" else text)


def _fit_for(spec: str, value: Any) -> Any:
    """Take a text, such as a column of CSV, for the number that it says if it is to be written as a number."""
    if not isinstance(value, str) or not _FOR_NUMBERS.fullmatch(spec):
        return value
    return int(value) if re.fullmatch(r"\s*[-+]?\d+\s*", value) else float(value)


def as_text(value: Any) -> str:
    """Return a value of JSON as it stands in a command line."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def whole_task(row: Row) -> Mapping[str, Any]:
    """Return a row that is a task in the service's form, also one that `show --json` or `list --json` wrote."""
    task, answers = row.values, _set_by_the_service()
    return _checked(task if answers.isdisjoint(task) else {name: task[name] for name in task if name not in answers})


@cache
def _set_by_the_service() -> frozenset[str]:
    from batchtasks import models

    ours = {member.wire for member in models.members(models.TaskAddParameter)}
    return frozenset(member.wire for member in models.members(models.CloudTask) if member.wire not in ours)


def _checked(task: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a task if it has an id and a command line; the rest is checked before it is sent."""
    task_id, command = task.get("id"), task.get("commandLine", task.get("command_line"))
    if isinstance(task_id, str) and _is_id(task_id) and isinstance(command, str) and command.strip():
        return task
    _check_members(task)  # it may be there under a misspelt name
    if isinstance(command, str) and command.strip():
        raise UnfitRowError(f"{task_id!r} is not an id: 1 to 64 letters, digits, hyphens and underscores")
    raise UnfitRowError(f"task {task_id} has no command line")


def _check_members(task: Mapping[str, Any]) -> None:
    """Raise UnfitRowError for a member that is missing, unknown or of another kind."""
    from batchtasks import InvalidInputError, models

    try:
        models.structure(models.TaskAddParameter, task, "task")
    except InvalidInputError as error:
        raise UnfitRowError(str(error).rstrip(".")) from None


class TemplateTasks:
    """Makes tasks of rows that fill in templates, and whose other columns set members of the task.

    `base` is a task in the service's form; its texts are templates, its command line may be a list of words, and dependsOn
    is a text for `dependencies`. `options` name the options by what they set: a member, nested ones with dots, or env.NAME.
    If all `columns` are known, values are text, of which an empty one sets nothing.
    """

    def __init__(
        self, base: dict[str, Any], options: Mapping[str, str], ignored: Iterable[str], columns: tuple[str, ...] | None
    ) -> None:
        self._options, self._columns, self._used = options, columns, set[str]()
        self._base = _map_texts(base, self._template)
        # What a column sets and how its text is read; None if a template uses it or it is ignored.
        self._targets: dict[str, _Target | None] = dict.fromkeys(ignored)
        for name in columns or ():
            try:
                self._target(name)
            except UnfitRowError as error:
                remedy = f"Use it as {{{name}}}, correct its name, or leave it out: --ignore {name}."
                raise CliError(f"{error}.", remedy) from None

    def _template(self, text: str | list[str]) -> Template | str:
        template = Template(text, self._columns)
        self._used |= template.names
        return template if template.names else template.fill(Row(0, 0, {}))

    def __call__(self, row: Row) -> Mapping[str, Any]:
        """Return the task for a row."""
        task = _map_texts(self._base, lambda text: text.fill(row) if isinstance(text, Template) else text)
        if "dependsOn" in task:
            task["dependsOn"] = dependencies(task["dependsOn"])
        for name, value in row.values.items():
            target, is_text = self._target(name), self._columns is not None
            if target is None or value is None or (is_text and not value.strip()):
                continue
            try:
                _put(task, target.key, target.read(value) if is_text else value)
            except (ValueError, KeyError):
                raise UnfitRowError(f"column {name!r}: {value!r} is not {target.kind}") from None
        return _checked(task)

    def _target(self, name: str) -> _Target | None:
        if name in self._targets:
            return self._targets[name]
        target, error = _target_of(name)
        option = next((each for key, each in self._options.items() if target and _overlap(key, target.key)), None)
        if name in self._used and (target is None or option is not None):
            target = None
        elif option is not None:
            raise UnfitRowError(f"both {option} and column {name!r} set {target and target.key}")
        elif target is None:
            what = f"no template uses column {name!r}, and a task has no such member. {error}"
            raise UnfitRowError(what.rstrip(" ."))
        elif target.kind == "object" and self._columns is not None:
            what = f"column {name!r} is an object, which only JSON can hold: use its members, such as {name}.NAME"
            raise UnfitRowError(what)
        self._targets[name] = target
        return target


def _map_texts(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return JSON with its texts, the words of a command line and templates changed; no part of it is the same object."""
    if isinstance(value, dict):
        return {name: _map_texts(part, change) for name, part in value.items()}
    if isinstance(value, list) and isinstance(value[0], dict):
        return [_map_texts(part, change) for part in value]
    return value if isinstance(value, int) else change(value)


def _overlap(*keys: str) -> bool:
    one, other = (re.sub(r"^env\.", "environmentSettings.", key) + "." for key in keys)
    return one.startswith(other) or other.startswith(one)


def _put(task: dict[str, Any], key: str, value: Any) -> None:
    if key.startswith("env."):
        key, value = "environmentSettings", [{"name": key[4:], "value": str(value)}]
    *path, last = key.split(".")
    for name in path:
        task = task.setdefault(name, {})
    task[last] = [*task[last], *value] if isinstance(task.get(last), list) and isinstance(value, list) else value


class _Target(NamedTuple):
    """What a column sets, how its text is read, and what that must be."""

    key: str
    read: Callable[[str], Any] = str
    kind: str = "text"


def _target_of(name: str) -> tuple[_Target | None, str]:
    """Return what a column of this name sets or, if there is nothing, None and what else may be meant."""
    if name.startswith("env.") and len(name) > 4:
        return _Target(name), ""
    suggestion = ""
    for each in ({"command": "commandLine"}.get(name, name), f"constraints.{name}"):
        try:
            path = find_member("TaskAddParameter", each)
        except NoSuchMemberError as error:
            suggestion = suggestion or str(error)
            continue
        key, member = ".".join(each.wire for each in path), path[-1]
        if key == "dependsOn":
            return _Target(key, dependencies), ""
        if member.is_model:
            return _Target(key, kind="object"), ""
        return _Target(key, _words) if member.many else _Target(key, *_KINDS.get(member.kind, ())), ""
    return None, suggestion


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _duration(text: str) -> str:
    from batchtasks.models import write_duration

    if (span := read_span(text)) is None:
        raise ValueError(text)
    return write_duration(span)


# How text is read, and what it must be.
_KINDS: Mapping[Any, tuple[Callable[[str], Any], str]] = {
    int: (int, "a whole number"),
    float: (float, "a number"),
    bool: (lambda text: {"true": True, "false": False}[text.strip().lower()], "true or false"),
    timedelta: (_duration, "a duration such as 90s, 15m, 2h30m, 1d or PT15M"),
}


def dependencies(text: str) -> dict[str, Any]:
    """Return ids, and ranges such as 1-9, separated by blanks or commas, as the service's dependsOn."""
    ids: list[str] = []
    ranges: list[dict[str, int]] = []
    for word in _words(text):
        first, dash, last = word.partition("-")
        if dash and first.isdecimal() and last.isdecimal() and int(first) <= int(last):
            ranges.append({"start": int(first), "end": int(last)})
        else:
            ids.append(word)
    return {**({"taskIds": ids} if ids else {}), **({"taskIdRanges": ranges} if ranges else {})}


class Tasks(Iterator[Any]):
    """The tasks of an input, one by one, to be passed to `add_collection`; an interruption is raised between two rows.

    If a report has one task less than were `given`, it was raised while the `last` was handed over.
    """

    def __init__(self, rows: Rows, make: Maker, interrupts: Interrupts) -> None:
        self.rows = rows
        self.given, self.last = 0, None
        self._make = make
        self._interrupts = interrupts
        self._bad = 0

    def __next__(self) -> Any:
        self._interrupts.check()
        self.rows.lines.wait()
        self._interrupts.held = True
        try:
            task: Any = self._next()
            self.last, self.given = task, self.given + 1
            return task
        except StopIteration:
            self._interrupts.check()
            raise
        finally:
            self._interrupts.held = False

    def _next(self) -> Any:
        task = _made(self.rows, next(self.rows), self._make)
        if isinstance(task, BadRow):
            self._bad += 1
            if self._bad > MOST_BAD:
                what = f"{task.place}: {task.reason}; {MOST_BAD:,} rows before it could not be used either."
                raise CliError(what, "Check the format (--format) and the templates.")
        return task


def _made(rows: Rows, row: Row | BadRow, make: Maker, *, in_full: bool = False) -> Any:
    """Return the task for a row, or why there is none; `in_full` checks all its members."""
    if isinstance(row, BadRow):
        return row
    try:
        task = make(row)
        if in_full:
            _check_members(task)
        return task
    except UnfitRowError as error:
        return BadRow(rows.place(row.line), str(error))


def count_rows(rows: Rows, make: Maker, report: Callable[[str], object]) -> int:
    """Look through an input before anything of it is sent, and return the number of rows.

    Raises:
        CliError: Rows cannot be used, or two have the same id.
    """
    bad: list[BadRow] = []
    lines: dict[str, int] = {}
    for row in reported(rows, report, "rows checked"):
        task = _made(rows, row, make, in_full=len(lines) + len(bad) < _CHECKED_IN_FULL)
        if isinstance(task, BadRow):
            bad.append(task)
        elif (folded := task["id"].casefold()) in lines:
            what = f"{rows.name}, {rows.unit}s {lines[folded]} and {rows.line}: two tasks have the id {task['id']!r}."
            raise CliError(what, "Nothing was sent. Give each task another id (letter case does not matter).")
        else:
            lines[folded] = rows.line
    if bad:
        reasons = "; ".join(f"{row.place}: {row.reason}" for row in bad[:_MOST_SHOWN])
        more = f"; and {len(bad) - _MOST_SHOWN:,} more" if len(bad) > _MOST_SHOWN else ""
        remedy = "Nothing was sent. Correct it; --no-check leaves out rows that cannot be used."
        raise CliError(f"{reasons}{more}.", remedy)
    return len(lines)


_MOST_SHOWN = 3
