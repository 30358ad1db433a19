"""The door of the program: help under headings, wrong usage told in two lines, and the exit status."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from batchtasks_cli.errors import NOT_ALL, USAGE, complain


class Page(TyperCommand):
    """A command whose help has its options under the headings that they name."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Write arguments as they are called, without signs of typer's own."""
        arguments = [each for each in self.get_params(ctx) if each.param_type_name == "argument"]
        return ["[OPTIONS]", *(str(each.metavar or each.human_readable_name) for each in arguments)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then options by heading."""
        rows: dict[str, list[tuple[str, str]]] = {}
        for each in self.get_params(ctx):
            row = each.get_help_record(ctx)
            if row is not None:
                kind = "Arguments" if each.param_type_name == "argument" else "Options"
                rows.setdefault(_heading(each, kind), []).append((_without_type(row[0], kind), row[1]))
        for heading, found in rows.items():
            with formatter.section(heading):
                formatter.write_dl(found)


def _without_type(name: str, kind: str) -> str:
    """Some versions of typer add the type to a name: of an argument it says nothing, of an option the choices do."""
    if kind == "Arguments":
        return re.sub(r" <[^ ]+>$", "", name)
    return re.sub(r"<list\[(.+)\]>", r"<\1>", name)


class Sections(TyperGroup):
    """A group whose help lists its commands in the order they were made, under the headings they name."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Keep the order of the source."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands by heading."""
        commands = {name: found for name in self.list_commands(ctx) if (found := self.get_command(ctx, name))}
        width = max(map(len, commands), default=0)
        rows: dict[str, list[tuple[str, str]]] = {}
        for name, each in commands.items():
            text = each.get_short_help_str(formatter.width - 6 - width)
            rows.setdefault(_heading(each, "Commands"), []).append((name.ljust(width), text))
        for heading, lines in rows.items():
            with formatter.section(heading):
                formatter.write_dl(lines)


def _heading(what: Any, otherwise: str) -> str:
    heading = getattr(what, "rich_help_panel", None)
    return heading if isinstance(heading, str) else otherwise


class Door(Sections):
    """The outermost group."""

    def main(self, args: Sequence[str] | None = None, *more: Any, standalone_mode: bool = True, **options: Any) -> Any:
        """Run the command line and leave with its status."""
        options["standalone_mode"] = False
        if not standalone_mode:
            return super().main(args, *more, **options)
        try:
            status = super().main(args, *more, **options)
        except typer.Abort:
            print("batchtasks: nothing was done.", file=sys.stderr)
            status = NOT_ALL
        except Exception as error:
            # Wrong usage; which module defines its class depends on the version of typer.
            if not hasattr(error, "format_message"):
                raise
            status = _tell_usage(error)
        sys.exit(status if isinstance(status, int) else 0)


def _tell_usage(error: Any) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return USAGE
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "batchtasks"
    complain(_in_our_words(error.format_message()), f"See: {path} --help")
    return USAGE


def _in_our_words(message: str) -> str:
    """What pydantic says, through which newer versions of typer read values, in words for the command line."""
    for theirs, ours in _PYDANTIC.items():
        message = message.replace(theirs, ours)
    return message if message.endswith((".", "?")) else f"{message}."


_PYDANTIC = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "it must be a whole number",
    "Input should be a valid number, unable to parse string as a number": "it must be a number",
    "Input should be ": "it must be ",
}
