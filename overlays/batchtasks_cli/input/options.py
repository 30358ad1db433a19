"""Declaring commands: arguments and options that several share, groups of options, and the exit status.

A parameter of a command whose type is a dataclass is replaced by the fields of that dataclass, each an option; the function
gets the object that is made of them. If it can be closed, it is closed at the end.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import timedelta
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand

from batchtasks_cli.account.completion import complete_jobs, complete_tasks
from batchtasks_cli.errors import CliError, exit_status_of
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


JobArg = Annotated[str, argument("JOB", "Id of the job.", autocompletion=complete_jobs)]
TaskArg = Annotated[str, argument("TASK", "Id of the task.", autocompletion=complete_tasks)]
TasksArg = Annotated[
    Texts, argument("[TASK]...", "Ids of tasks; - reads them from standard input.", autocompletion=complete_tasks)
]
JsonFlag = Annotated[bool, flag("--json", "Write JSON.")]
YesFlag = Annotated[bool, flag("--yes -y", "Do not ask.")]
TimeoutOption = Annotated[Text, option("--timeout", "DURATION", "Give up after this time, such as 2h; exit status 1.")]
PollOption = Annotated[Text, option("--poll", "DURATION", "Time between polls (default: 0.25 to 30 s, growing).")]
ConcurrencyOption = Annotated[int, option("--concurrency", "N", "Requests at once.", min=1, max=1000)]


def span_of(text: str | None, name: str) -> timedelta | None:
    """Read the duration of an option."""
    if text is None:
        return None
    span = read_span(text)
    if span is None:
        raise CliError(f"{name}: {text!r} is not a duration.", "Write it as 90s, 15m, 2h30m, 1d or PT15M.")
    return span


def pair_of(text: str, name: str) -> tuple[str, str]:
    """Read NAME=VALUE, or PATH=URL for --resource-file."""
    key, equals, value = text.partition("=")
    if not equals or not key:
        form = "PATH=URL" if name == "--resource-file" else "NAME=VALUE"
        raise CliError(f"{name}: {text!r} is not {form}.", f"Write it as {form}.")
    return key, value


class WithWords(TyperCommand):
    """A command whose second argument is the first word of a command line: all that follows belongs to that."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put a -- before that word, so that its options are not taken for ours."""
        at = self._first_word(ctx, args)
        return super().parse_args(ctx, args if at is None else [*args[:at], "--", *args[at:]])

    def _first_word(self, ctx: Any, args: list[str]) -> int | None:
        takes_value = {
            name: not (getattr(option, "is_flag", False) or getattr(option, "count", False))
            for option in self.get_params(ctx)
            for name in (*option.opts, *option.secondary_opts)
        }
        words = at = 0
        while at < len(args) and args[at] != "--":
            if len(args[at]) > 1 and args[at].startswith("-"):
                at += 1 + _value_follows(args[at], takes_value)
                continue
            words += 1
            if words == 2:
                return at
            at += 1
        return None


def _value_follows(word: str, takes_value: Mapping[str, bool]) -> bool:
    """Return whether an option's value is the next word; -vcX is -v, -c and the value X."""
    if word.startswith("--"):
        return "=" not in word and takes_value.get(word, False)
    for at, letter in enumerate(word[1:], 2):
        if takes_value.get(f"-{letter}"):
            return at == len(word)
    return False


def command(app: typer.Typer, name: str, *, panel: str = "", **settings: Any) -> Callable[[Command], Command]:
    """Register a function as a command; what it returns is the exit status, None for 0."""

    def register(function: Command) -> Command:
        app.command(name, rich_help_panel=panel or None, **settings)(_for_typer(function))
        return function

    return register


def _for_typer(function: Command) -> Callable[..., None]:
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())
    groups: dict[str, Any] = {
        each.name: each.annotation for each in parameters if dataclasses.is_dataclass(each.annotation)
    }
    flat = [each for each in parameters if each.name not in groups]
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

    run.__doc__ = function.__doc__
    run.__name__ = function.__name__
    ordered = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in flat]
    run.__signature__ = inspect.Signature(ordered)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in ordered}
    return run


def _fields(kind: type) -> Iterator[inspect.Parameter]:
    hints: Mapping[str, Any] = get_type_hints(kind, include_extras=True)
    for field in dataclasses.fields(kind):
        if field.init:
            yield inspect.Parameter(
                field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
            )
