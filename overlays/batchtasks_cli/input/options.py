"""Declaring commands: arguments and options that several share, groups of options, and the exit status.

A parameter of a command whose type is a dataclass is replaced by the fields of that dataclass, each an option; the function
gets the object that is made of them. If it can be closed, it is closed at the end.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import fields, is_dataclass
from datetime import timedelta
from inspect import Parameter
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from batchtasks_cli.account.completion import complete_jobs, complete_tasks
from batchtasks_cli.errors import exit_status_of
from batchtasks_cli.output.text import read_span

Text = str | None
Texts = list[str] | None
Number = int | None
Command = Callable[..., int | None]


def argument(metavar: str, help: str, **settings: Any) -> Any:
    """Declare an argument."""
    return typer.Argument(metavar=metavar, help=help, show_default=False, **settings)


def option(names: str, metavar: str | None, help: str, panel: str | None = None, **settings: Any) -> Any:
    """Declare an option; `names` are separated by blanks."""
    return typer.Option(*names.split(), metavar=metavar, help=help, rich_help_panel=panel, **settings)


def flag(names: str, help: str, panel: str | None = None) -> Any:
    """Declare an option without a value."""
    return option(names, None, help, panel)


class Pair(NamedTuple):
    """A name and its value, given as NAME=VALUE."""

    name: str
    value: str


def duration(names: str, help: str, *, unlimited: bool = False, **settings: Any) -> Any:
    """Declare an option that takes a duration, and the word `unlimited` if that may be."""

    def read(text: str) -> timedelta:
        if unlimited and text.strip().lower() == "unlimited":
            from batchtasks import UNLIMITED

            return UNLIMITED
        if (span := read_span(text)) is None:
            raise typer.BadParameter(f"{text!r} is not a duration: write it as 90s, 15m, 2h30m, 1d or PT15M.")
        return span

    return option(names, "DURATION", help, parser=read, **settings)


def pairs(names: str, form: str, help: str, **settings: Any) -> Any:
    """Declare an option that takes a name and a value with = between them, such as the form NAME=VALUE."""

    def read(text: str) -> Pair:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{text!r} is not {form}.")
        return Pair(name, value)

    return option(names, form, help, parser=read, **settings)


Span = timedelta | None
Pairs = list[Pair] | None
JobArg = Annotated[str, argument("JOB", "Id of the job.", autocompletion=complete_jobs)]
TaskArg = Annotated[str, argument("TASK", "Id of the task.", autocompletion=complete_tasks)]
TasksArg = Annotated[
    Texts, argument("[TASK]...", "Ids of tasks; - reads them from standard input.", autocompletion=complete_tasks)
]
JsonFlag = Annotated[bool, flag("--json", "Write JSON.")]
YesFlag = Annotated[bool, flag("--yes -y", "Do not ask.")]
TimeoutOption = Annotated[Span, duration("--timeout", "Give up after this time, such as 2h; exit status 1.")]
PollOption = Annotated[Span, duration("--poll", "Time between polls (default: 0.25 to 30 s, growing).")]
ConcurrencyOption = Annotated[int, option("--concurrency", "N", "Requests at the same time.", min=1, max=1000)]


def _refuse_empty(ctx: Any, parameter: Any, value: Any) -> Any:
    """Refuse an empty text: a variable of the shell that is not set must not stand for all tasks, or for no condition."""
    if value == "" or (isinstance(value, list | tuple) and "" in value):
        raise typer.BadParameter("it is empty; give it a text, or leave the option out.")
    return value


class _Plain:
    """Help that is the same with every version of typer: flags have no type, and arguments look as declared."""

    def get_params(self, ctx: Any) -> Any:
        for each in (found := super().get_params(ctx)):  # type: ignore[misc]
            each.metavar = "" if getattr(each, "is_flag", False) else each.metavar
            if each.param_type_name == "option":
                each.callback = each.callback or _refuse_empty
            else:
                each.display_type_rich = lambda ctx: None  # newer typer writes <list[str]> beside the name
        return found


class PlainGroup(_Plain, TyperGroup):
    """A group of commands."""


class _PlainCommand(_Plain, TyperCommand):
    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["[OPTIONS]", *(str(each.metavar) for each in self.params if each.param_type_name == "argument")]


class WithWords(_PlainCommand):
    """A command whose second argument is the first word of a command line: all that follows belongs to that."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put a -- before that word, so that its options are not taken for ours."""
        job = self._first_argument(ctx, args)
        word = job + 1 + self._first_argument(ctx, args[job + 1 :])
        if word < len(args) and "--" not in (args[job - 1], args[word - 1]):
            args = [*args[:word], "--", *args[word:]]
        return super().parse_args(ctx, args)

    def _first_argument(self, ctx: Any, args: list[str]) -> int:
        """Return where the options before the first argument end."""
        parser = self.make_parser(ctx)
        parser.allow_interspersed_args = False
        found, _, _ = parser.parse_args([*args])
        return len(args) - (found["job"] is not None) - len(found["words"] or ())


def register(app: typer.Typer, panel: str | None, commands: Mapping[str, Command], **settings: Any) -> None:
    """Make functions the commands of these names; what one returns is its exit status, None for 0."""
    for name, function in commands.items():
        app.command(name, rich_help_panel=panel, **{"cls": _PlainCommand, **settings})(_for_typer(function))


def _for_typer(function: Command) -> Callable[..., None]:
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())
    groups: dict[str, Any] = {each.name: each.annotation for each in parameters if is_dataclass(each.annotation)}
    flat = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters if each.name not in groups]
    for kind in sorted(groups.values(), key=lambda kind: hasattr(kind, "close")):  # the connection comes last
        flat += _fields(kind)

    def run(**given: Any) -> None:
        def work() -> int | None:
            with ExitStack() as stack:
                for name, kind in groups.items():
                    made = kind(**{each.name: given.pop(each.name) for each in _fields(kind)})
                    given[name] = stack.enter_context(closing(made)) if hasattr(made, "close") else made
                return function(**given)

        raise typer.Exit(exit_status_of(work))

    run.__doc__, run.__name__ = function.__doc__, function.__name__
    run.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in flat}
    return run


def _fields(kind: type) -> Iterator[Parameter]:
    hints: Mapping[str, Any] = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        if field.init:
            yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name])
