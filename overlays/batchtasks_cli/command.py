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

from batchtasks_cli.door import Page
from batchtasks_cli.errors import guarded

Command = Callable[..., int | None]


def command(app: typer.Typer, name: str, *, section: str = "", **settings: Any) -> Callable[[Command], Command]:
    """Register a function as a command; what it returns is the exit status, None for 0."""

    def register(function: Command) -> Command:
        app.command(name, cls=Page, rich_help_panel=section or None, **settings)(_for_typer(function))
        return function

    return register


def _for_typer(function: Command) -> Callable[..., None]:
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())
    groups: dict[str, Any] = {
        each.name: each.annotation for each in parameters if dataclasses.is_dataclass(each.annotation)
    }
    flat = [*(each for each in parameters if each.name not in groups)]
    for kind in sorted(groups.values(), key=lambda kind: hasattr(kind, "close")):  # the connection comes last
        flat += _fields(kind)

    def run(**given: Any) -> None:
        def work() -> int | None:
            with ExitStack() as stack:
                for name, kind in groups.items():
                    made = kind(**{each.name: given.pop(each.name) for each in _fields(kind)})
                    given[name] = stack.enter_context(closing(made)) if hasattr(made, "close") else made
                return function(**given)

        raise typer.Exit(guarded(work))

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
