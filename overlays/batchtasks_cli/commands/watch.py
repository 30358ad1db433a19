"""`watch`: a job as it goes on."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from batchtasks_cli.errors import DONE, NOT_ALL, brief
from batchtasks_cli.options import JobArg, JsonLinesFlag, span_of
from batchtasks_cli.output import write_line
from batchtasks_cli.session import Session
from batchtasks_cli.text import count, show_moment, show_span
from batchtasks_cli.watching import Failure, View, Watcher

if TYPE_CHECKING:
    from rich.console import Group

IntervalOption = Annotated[str, typer.Option("--interval", metavar="DURATION", help="Time between looks.")]
ForeverFlag = Annotated[bool, typer.Option("--forever", help="Go on when all tasks have completed, until Ctrl-C.")]


def watch(
    session: Session,
    job: JobArg,
    interval: IntervalOption = "2s",
    forever: ForeverFlag = False,
    as_json: JsonLinesFlag = False,
) -> int:
    """Watch a job until all its tasks have completed.

    The exit status is 1 if one of them has failed.

    On a terminal a live view, else a line for every change; with --json a line of JSON for every look.
    """
    session.be_patient()
    pause = span_of(interval, "--interval")
    seconds = max(0.1, pause.total_seconds()) if pause is not None else 2.0
    watcher = Watcher(session.client, job)
    first = watcher.look()
    session.quiet()
    if as_json or not sys.stdout.isatty() or find_spec("rich") is None:
        view = _plain(watcher, first, seconds, forever, as_json)
    else:
        view = _live(watcher, first, seconds, forever)
    return NOT_ALL if view.failed or view.done < view.total else DONE


def _next(watcher: Watcher, before: View) -> View:
    """Look again; what fails in passing is shown, and the view stays as it was."""
    from batchtasks import BatchTasksError

    try:
        return watcher.look()
    except BatchTasksError as error:
        if not error.is_retriable:
            raise
        before.trouble = brief(error)
        return before


def _plain(watcher: Watcher, view: View, seconds: float, forever: bool, as_json: bool) -> View:
    last = ""
    told: set[str] = set()
    while True:
        if as_json:
            write_line(view.document())
        elif (line := view.trouble or view.line()) != last:
            last = line
            sys.stdout.write(f"{show_moment(datetime.now(UTC))} {line}\n")
            sys.stdout.writelines(line for failure in view.failures for line in _told(failure, told))
        sys.stdout.flush()
        if view.is_over and not forever:
            return view
        time.sleep(seconds)
        view = _next(watcher, view)


def _told(failure: Failure, told: set[str]) -> Iterator[str]:
    """Tell of a failure, once."""
    if failure.id not in told:
        told.add(failure.id)
        yield f"  {failure.id}: {failure.what}\n"
        yield from (f"    {text}\n" for text in failure.lines)


def _live(watcher: Watcher, view: View, seconds: float, forever: bool) -> View:
    from rich.live import Live

    with Live(picture(view), auto_refresh=False, transient=False) as live:
        while not view.is_over or forever:
            time.sleep(seconds)
            view = _next(watcher, view)
            live.update(picture(view), refresh=True)
    return view


def picture(view: View) -> Group:
    """Draw a view."""
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    head = Text.assemble(("job ", "dim"), (view.job, "bold"), (f"  {view.state}", "cyan"))
    table = Table.grid(padding=(0, 2))
    width = len(f"{view.total:,}")
    for name, number, style in (
        ("active", view.active, ""),
        ("running", view.running, "cyan"),
        ("succeeded", view.succeeded, "green"),
        ("failed", view.failed, "red" if view.failed else ""),
    ):
        table.add_row(name, Text(f"{number:>{width},}", style=style))
    table.add_row("slots", f"{view.slots_running:,} in use, {view.slots_active:,} wanted")
    rate = "not known yet" if view.rate is None else f"{view.rate:,.1f}/s"
    table.add_row("rate", rate + (f", {show_span(view.left)} left" if view.left is not None else ""))
    bar = Table.grid(padding=(0, 2))
    done = ProgressBar(total=max(1, view.total), completed=view.done, width=50)
    bar.add_row(done, f"{view.done:,} of {count(view.total, 'task')}")
    parts: list[object] = [head, bar, table]
    if view.trouble:
        parts.append(Text(view.trouble, style="yellow"))
    for failure in view.failures:
        parts.append(Text.assemble((failure.id, "bold red"), f"  {failure.what}"))
        parts += [Text(f"    {line}", style="dim") for line in failure.lines]
    return Group(*parts)  # type: ignore[arg-type]
