"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from batchtasks_cli.account.completion import complete_jobs, complete_tasks
from batchtasks_cli.errors import CliError
from batchtasks_cli.output.text import read_span


def argument(metavar: str, help: str, **settings: Any) -> Any:
    """Declare an argument."""
    return typer.Argument(metavar=metavar, help=help, show_default=False, **settings)


JobArg = Annotated[str, argument("JOB", "Id of the job.", autocompletion=complete_jobs)]
TaskArg = Annotated[str, argument("TASK", "Id of the task.", autocompletion=complete_tasks)]
TasksArg = Annotated[
    list[str] | None, argument("[TASK]...", "Ids; - reads them from standard input.", autocompletion=complete_tasks)
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Write JSON.")]
DryFlag = Annotated[bool, typer.Option("--dry-run", help="Show the requests, send none.")]
YesFlag = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
TimeoutOption = Annotated[
    str | None,
    typer.Option(
        "--timeout", metavar="DURATION", help="Give up after this time, such as 2h; the exit status is then 1."
    ),
]
PollOption = Annotated[
    str | None,
    typer.Option("--poll", metavar="DURATION", help="Time between polls (default: a tenth of the wait, 0.25 to 30 s)."),
]
ConcurrencyOption = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=1000, help="Requests at once.")
]


def span_of(text: str | None, option: str) -> timedelta | None:
    """Read the duration of an option."""
    if text is None:
        return None
    span = read_span(text)
    if span is None:
        raise CliError(f"{option}: {text!r} is not a duration.", "Write it as 90s, 15m, 2h30m, 1d or PT15M.")
    return span


def pair_of(text: str, option: str) -> tuple[str, str]:
    """Read NAME=VALUE, or PATH=URL for --resource-file."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        names = ("PATH", "URL") if option == "--resource-file" else ("NAME", "VALUE")
        remedy = f"Write the {names[0].lower()}, an equals sign and the {names[1].replace('VALUE', 'value')}."
        raise CliError(f"{option}: {text!r} is not {'='.join(names)}.", remedy)
    return name, value
