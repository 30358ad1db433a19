"""Which tasks a command is about: ids, ids from standard input, or a filter."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Annotated

import typer

from batchtasks_cli.errors import Complaint
from batchtasks_cli.options import State
from batchtasks_cli.text import count, read_span

if TYPE_CHECKING:
    from batchtasks import Filter
    from batchtasks_cli.session import Session

_PANEL = "Filter"


@dataclass
class Which:
    """A filter as plain flags; all that are given must hold."""

    state: Annotated[
        list[State] | None,
        typer.Option("--state", help="In this state; give it again for others.", rich_help_panel=_PANEL),
    ] = None
    failed: Annotated[bool, typer.Option("--failed", help="Completed without success.", rich_help_panel=_PANEL)] = False
    succeeded: Annotated[bool, typer.Option("--succeeded", help="Completed with success.", rich_help_panel=_PANEL)] = (
        False
    )
    exit_code: Annotated[
        list[int] | None,
        typer.Option(
            "--exit-code", metavar="N", help="With this exit code; give it again for others.", rich_help_panel=_PANEL
        ),
    ] = None
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="WHEN", help="Came to its state since: 2h, 1d or a time (UTC).", rich_help_panel=_PANEL
        ),
    ] = None
    prefix: Annotated[
        str | None, typer.Option("--prefix", metavar="TEXT", help="With an id that begins so.", rich_help_panel=_PANEL)
    ] = None
    raw: Annotated[
        str | None,
        typer.Option("--filter", metavar="ODATA", help="$filter as the service takes it.", rich_help_panel=_PANEL),
    ] = None

    def text(self) -> str | None:
        """The filter as text for the service; None for no filter."""
        parts = [str(part) if part.joined != "or" else f"({part})" for part in self._parts()]
        if self.raw:
            parts.append(f"({self.raw})" if parts else self.raw)
        return " and ".join(parts) or None

    def _parts(self) -> list[Filter]:
        from batchtasks import F, any_of

        parts = []
        if self.state:
            parts.append(any_of(F.state == state.value for state in self.state))
        if self.failed and self.succeeded:
            raise Complaint("--failed and --succeeded exclude each other.", "For both, give --state completed.")
        if self.failed or self.succeeded:
            parts.append(F.result == ("failure" if self.failed else "success"))
        if self.exit_code:
            parts.append(any_of(F.exit_code == code for code in self.exit_code))
        if self.since is not None:
            parts.append(F.state_transition_time >= moment_of(self.since, "--since"))
        if self.prefix is not None:
            parts.append(F.id.startswith(self.prefix))
        return parts


def moment_of(text: str, option: str) -> datetime:
    """Read a point in time: a duration counts back from now."""
    wrong = Complaint(f"{option}: {text!r} is no time.", "Write it as 2h, 1d or 2026-01-31T12:00.")
    if text.strip().isdecimal():
        raise wrong  # seconds, a year?
    span = read_span(text)
    if span is not None:
        return datetime.now(UTC) - span
    from dateutil import parser

    try:
        moment = parser.parse(text)
    except (ValueError, OverflowError):
        raise wrong from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Targets:
    """The ids of tasks, however many, kept on disk when they are many; walk it as often as needed."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._file: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by close
            max_size=1 << 20, mode="w+", encoding="utf-8"
        )
        self.count = 0
        try:
            for task_id in ids:
                self._file.write(task_id + "\n")
                self.count += 1
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        for line in self._file:
            yield line[:-1]

    def __len__(self) -> int:
        return self.count

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def targets_of(session: Session, job: str, ids: list[str] | None, which: Which, everything: str | None) -> Targets:
    """Collect the ids that the arguments mean, all of them before anything is done to one.

    `everything` is the filter that --all stands for, None without that flag.
    """
    text = which.text()
    ways = [bool(ids), text is not None, everything is not None]
    if sum(ways) == 0:
        raise Complaint("No task is named.", "Name tasks, or - for ids from standard input, a filter, or --all.")
    if sum(ways) > 1:
        raise Complaint("Ids, a filter and --all exclude each other.", "Give one of them.")
    if ids:
        return Targets(_named(ids))
    return Targets(_listed(session, job, text or everything or None))


def _named(ids: list[str]) -> Iterator[str]:
    for task_id in ids:
        if task_id != "-":
            yield task_id
            continue
        for line in sys.stdin:
            if line.strip():
                yield line.strip()


def _listed(session: Session, job: str, text: str | None) -> Iterator[str]:
    from batchtasks_cli.output import written
    from batchtasks_cli.progress import Ticker

    with Ticker() as tick:
        tasks = session.client.task.list(job, filter=text, select="id")
        for task in written(tasks, tick, "tasks found"):
            if task.id:
                yield task.id


def confirm(question: str, yes: bool) -> None:
    """Ask, unless --yes was given; without a terminal there is nobody to ask."""
    if yes:
        return
    if not _can_ask():
        raise Complaint(f"{question} Nobody can be asked here.", "Give --yes if that is what you want.")
    typer.confirm(question, abort=True, err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def confirm_filtered(verb: str, targets: Targets, job: str, yes: bool) -> None:
    """Ask before something is done to all tasks that a filter has found."""
    confirm(f"{verb} {count(targets.count, 'task')} of job {job}?", yes or targets.count == 0)
