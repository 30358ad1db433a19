"""Turning a function into a command: options that many commands share, and the exit status.

A parameter whose type is a dataclass is replaced by the fields of that dataclass, each an option of its own; the
function gets the object that is made of them. If it can be closed, it is closed at the end.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from typing import Any, get_type_hints

import typer
from typer.core import TyperCommand

from batchtasks_cli.errors import exit_status_of

Command = Callable[..., int | None]


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
