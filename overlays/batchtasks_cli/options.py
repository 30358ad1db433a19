"""Arguments and options that several commands share, and short ways to declare them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from batchtasks_cli.account.completion import complete_jobs, complete_tasks
from batchtasks_cli.errors import CliError
from batchtasks_cli.output.text import read_span

Text = str | None
Texts = list[str] | None
Number = int | None


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
