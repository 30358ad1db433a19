"""From rows to tasks: a row is a task itself, or it fills in templates and sets members."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from batchtasks_cli.errors import CliError
from batchtasks_cli.input.readers import BadRow, Row, Rows
from batchtasks_cli.input.source import Interrupts
from batchtasks_cli.input.templates import Template, UnfitRowError
from batchtasks_cli.members import NoSuchMemberError, find_member
from batchtasks_cli.output.text import read_span

if TYPE_CHECKING:
    from batchtasks._validation.models import Member

_is_id = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# So many rows that cannot be used, and something is wrong with all of them.
MOST_BAD = 1000


class Maker(Protocol):
    """Makes tasks of rows; both methods raise UnfitRowError."""

    def identify(self, row: Row) -> str:
        """Check what can be checked quickly, and return the id of the task."""
        ...

    def make(self, row: Row) -> Mapping[str, Any]:
        """Return the task."""
        ...


def _checked(task_id: object, command: object) -> str:
    if not isinstance(task_id, str) or not _is_id(task_id):
        raise UnfitRowError(f"{task_id!r} is not an id: 1 to 64 letters, digits, hyphens and underscores")
    if not isinstance(command, str) or not command.strip():
        raise UnfitRowError(f"task {task_id} has no command line")
    return task_id


class WholeTasks:
    """Rows that are tasks in the service's form, also those that `show --json` and `list --json` write."""

    def identify(self, row: Row) -> str:
        """Check id and command line, which every task needs."""
        task = row.values
        if task.get("id") is None:
            raise UnfitRowError('it has no "id"')
        return _checked(task["id"], task.get("commandLine", task.get("command_line")))

    def make(self, row: Row) -> Mapping[str, Any]:
        """Return the row without what only the service sets."""
        self.identify(row)
        return as_new(row.values)


def as_new(task: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a task that was read, as one to add: without what only the service sets."""
    answers = _set_by_the_service()
    if answers.isdisjoint(task):
        return task
    return {name: value for name, value in task.items() if name not in answers}


@cache
def _set_by_the_service() -> frozenset[str]:
    from batchtasks import models

    ours = {member.wire for member in models.members(models.TaskAddParameter)}
    return frozenset(member.wire for member in models.members(models.CloudTask) if member.wire not in ours)


class _Target(NamedTuple):
    """What a column sets: the way to a member, and how its text is read."""

    path: tuple[str, ...]
    read: Callable[[str], Any]


@dataclass
class TemplateTasks:
    """Rows that fill in templates, and whose other columns set members of the task.

    Attributes:
        id, command: The templates that every task needs.
        env, files: Templates of environment variables, and of paths with URLs.
        texts: Further templates, by argument of `batchtasks.task`.
        fixed: What is the same in all tasks, by argument of `batchtasks.task`.
        options: The option that sets a member, by the way to it.
        ignored: Columns that are to be left out.
        is_text: Whether all values are text, of which an empty one sets nothing.
    """

    id: Template
    command: Template
    env: Mapping[str, Template]
    files: Mapping[Template, Template]
    texts: Mapping[str, Template]
    fixed: Mapping[str, Any]
    options: Mapping[tuple[str, ...], str]
    ignored: frozenset[str] = frozenset()
    is_text: bool = True
    _targets: dict[str, _Target | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._templates = [self.id, self.command, *self.env.values(), *self.files, *self.files.values()]
        self._templates += self.texts.values()
        self._used = {name for template in self._templates for name in template.names}
        self._is_plain = not any(value is not None for value in (*self.fixed.values(), *self._templates[2:]))

    def check(self, columns: tuple[str, ...] | None) -> None:
        """Refuse columns that are not there, or not used, when all are known."""
        if self.id.is_fixed:
            raise CliError("--id has no {column}: all tasks would have the same id.", "Such as: --id 'task-{n}'.")
        for template in self._templates:
            template.check(columns)
        try:
            for name in columns or ():
                self._target(name)
        except UnfitRowError as error:
            raise CliError(
                f"{error}.", f"Use it as {{{name}}}, correct its name, or leave it out: --ignore {name}."
            ) from None

    def _target(self, name: str) -> _Target | None:
        """Return what a column sets; None if a template uses it or it is ignored."""
        if name not in self._targets:
            self._targets[name] = None if name in self.ignored else self._find(name)
        return self._targets[name]

    def _find(self, name: str) -> _Target | None:
        try:
            target = _target_of(name, self.is_text)
        except NoSuchMemberError as error:
            if name in self._used:
                return None
            raise UnfitRowError(
                f"no template uses column {name!r}, and a task has no such member. {error}".strip(" .")
            ) from None
        clash = next((option for path, option in self.options.items() if _overlap(path, target.path)), None)
        if clash is None:
            return target
        if name in self._used:
            return None
        raise UnfitRowError(f"both {clash} and column {name!r} set {'.'.join(target.path)}")

    def identify(self, row: Row) -> str:
        """Fill in id and command line, and read the columns that set members."""
        self._members(row)
        return self._core(row)[0]

    def _core(self, row: Row) -> tuple[str, str]:
        task_id, command = self.id.fill(row.values, row.number), self.command.fill(row.values, row.number)
        return _checked(task_id, command), command

    def _members(self, row: Row) -> list[tuple[tuple[str, ...], Any]]:
        found = []
        for name, value in row.values.items():
            if (target := self._target(name)) is None or value is None or (self.is_text and not value.strip()):
                continue
            try:
                found.append((target.path, target.read(value) if self.is_text else value))
            except ValueError:
                raise UnfitRowError(f"column {name!r}: {value!r} is not {_KINDS[target.read]}") from None
        return found

    def make(self, row: Row) -> Mapping[str, Any]:
        """Return the task with everything filled in."""
        task_id, command = self._core(row)
        members = self._members(row)
        document = {"id": task_id, "commandLine": command} if self._is_plain else self._full(row, task_id, command)
        for path, value in members:
            _put(document, path, value)
        return document

    def _full(self, row: Row, task_id: str, command: str) -> dict[str, Any]:
        from batchtasks import InvalidInputError, task

        values, number = row.values, row.number
        texts: dict[str, Any] = {name: text.fill(values, number) for name, text in self.texts.items()}
        env = {name: text.fill(values, number) for name, text in self.env.items()}
        files = {path.fill(values, number): url.fill(values, number) for path, url in self.files.items()}
        try:
            made = task(task_id, command, env=env or None, resource_files=files or None, **texts, **self.fixed)
        except InvalidInputError as error:
            raise UnfitRowError(str(error)) from None
        return made.to_dict()


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(ours == theirs for ours, theirs in zip(one, other, strict=False))


def _put(document: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    if path[0] == "env":
        settings = document.get("environmentSettings") or []
        document["environmentSettings"] = [
            *settings,
            {"name": path[1], "value": value if isinstance(value, str) else str(value)},
        ]
        return
    for name in path[:-1]:
        document[name] = document = dict(document.get(name) or {})  # a row's own objects stay as they are
    document[path[-1]] = value


def _target_of(name: str, is_text: bool) -> _Target:
    if name.startswith("env.") and len(name) > 4:
        return _Target(("env", name[4:]), str)
    if name == "command":
        name = "commandLine"
    try:
        path = find_member("TaskAddParameter", name)
    except NoSuchMemberError as error:
        try:
            path = find_member("TaskAddParameter", f"constraints.{name}")
        except NoSuchMemberError:
            raise error from None
    names = tuple(member.wire for member in path)
    return _Target(names, _reader(path[-1], name) if is_text else str)


def _reader(member: Member, name: str) -> Callable[[str], Any]:
    if member.wire == "dependsOn":
        return parents_of
    if member.is_model:
        raise UnfitRowError(
            f"column {name!r} is an object, which only JSON can hold: use its members, such as {name}.NAME"
        )
    if member.many:
        return _words
    return {bool: _truth, int: int, float: float, timedelta: _duration}.get(member.kind, str)


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _truth(text: str) -> bool:
    if (word := text.strip().lower()) not in ("true", "false"):
        raise ValueError(text)
    return word == "true"


def _duration(text: str) -> str:
    from batchtasks.models import write_duration

    span = read_span(text)
    if span is None:
        raise ValueError(text)
    return write_duration(span)


def parents_of(text: str) -> dict[str, Any]:
    """Return ids, and ranges such as 1-9, separated by blanks or commas, as the service's dependsOn."""
    from batchtasks import task

    parents = task("t", "x", depends_on=[parent_of(word) for word in _words(text)]).depends_on
    return {} if parents is None else parents.to_dict()


def parent_of(text: str) -> str | range:
    """Read an id, or a range such as 1-9."""
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and int(first) <= int(last):
        return range(int(first), int(last) + 1)
    return text


_KINDS: Mapping[Callable[[str], Any], str] = {
    int: "a whole number",
    float: "a number",
    _truth: "true or false",
    _duration: "a duration such as 90s, 15m, 2h30m, 1d or PT15M",
    parents_of: "a list of ids",
}


class Tasks:
    """The tasks of an input, one by one, to be passed to `add_collection`.

    An interruption loses none of them: it strikes between two rows. `last` is the task that was given last, and `given` how
    many were: if a report has one less, the interruption struck while the last one was handed over.
    """

    def __init__(self, rows: Rows, maker: Maker, interrupts: Interrupts) -> None:
        self.rows = rows
        self.given = 0
        self.last: Any = None
        self.at_end = False
        self._maker = maker
        self._interrupts = interrupts
        self._bad = 0

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        self._interrupts.held = True
        try:
            self._interrupts.check()
            task = self._next()
            self.last, self.given = task, self.given + 1
            return task
        except StopIteration:
            self.at_end = True
            raise
        finally:
            self._interrupts.held = False

    def _next(self) -> Any:
        row = next(self.rows)
        if isinstance(row, Row):
            try:
                return self._maker.make(row)
            except UnfitRowError as error:
                row = BadRow(self.rows.place(row.line), str(error))
        self._bad += 1
        if self._bad > MOST_BAD:
            raise CliError(
                f"{row.place}: {row.reason}; {MOST_BAD:,} rows before it could not be used either.",
                "Check the format (--format) and the templates.",
            )
        return row
