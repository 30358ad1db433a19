"""Arguments and options that several commands share."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import Annotated

import typer

from batchtasks_cli.completion import complete_jobs, complete_tasks
from batchtasks_cli.errors import Complaint
from batchtasks_cli.text import read_span

JobArg = Annotated[
    str, typer.Argument(metavar="JOB", help="Id of the job.", show_default=False, autocompletion=complete_jobs)
]
TaskArg = Annotated[
    str, typer.Argument(metavar="TASK", help="Id of the task.", show_default=False, autocompletion=complete_tasks)
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Write JSON.")]
JsonLinesFlag = Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="Write CSV with a header.")]
DryFlag = Annotated[bool, typer.Option("--dry-run", help="Show the requests, send none.")]
YesFlag = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
ConcurrencyOption = Annotated[
    int, typer.Option("--concurrency", metavar="N", min=1, max=1000, help="Requests at once.")
]
SelectOption = Annotated[
    str | None,
    typer.Option(
        "--select", metavar="NAMES", help="Members to read, by the service's names, with commas (for --json)."
    ),
]


class State(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """The states of a task."""

    ACTIVE = "active"
    PREPARING = "preparing"
    RUNNING = "running"
    COMPLETED = "completed"


def span_of(text: str | None, option: str) -> timedelta | None:
    """Read the duration of an option."""
    if text is None:
        return None
    span = read_span(text)
    if span is None:
        raise Complaint(f"{option}: {text!r} is no duration.", "Write it as 90s, 15m, 2h30m, 1d or PT15M.")
    return span
