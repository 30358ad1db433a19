"""Which tasks a command is about: ids, ids from standard input, or a filter."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.errors import CliError
from batchtasks_cli.output.formats import reported
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.text import count, read_moment

if TYPE_CHECKING:
    from batchtasks import BatchClient, Filter


class State(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """The states of a task."""

    ACTIVE = "active"
    PREPARING = "preparing"
    RUNNING = "running"
    COMPLETED = "completed"


def _option(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="Filter", **settings)


@dataclass
class TaskFilter:
    """A filter as plain options; all that are given must hold."""

    state: Annotated[list[State] | None, _option("--state", help="In this state; may be repeated.")] = None
    failed: Annotated[bool, _option("--failed", help="Completed without success.")] = False
    succeeded: Annotated[bool, _option("--succeeded", help="Completed with success.")] = False
    exit_code: Annotated[
        list[int] | None, _option("--exit-code", metavar="N", help="With this exit code; may be repeated.")
    ] = None
    since: Annotated[
        str | None,
        _option(
            "--since", metavar="WHEN", help="In its state since this time (2026-01-31T12:00Z) or age (90m, 2h, 3d)."
        ),
    ] = None
    prefix: Annotated[str | None, _option("--prefix", metavar="TEXT", help="With an id that begins so.")] = None
    raw: Annotated[str | None, _option("--filter", metavar="ODATA", help="$filter as the service takes it.")] = None

    def text(self) -> str | None:
        """The filter as text for the service; None for no filter."""
        parts = [str(part) if part.joined != "or" else f"({part})" for part in self._parts()]
        if self.raw:
            parts.append(f"({self.raw})" if parts else self.raw)
        return " and ".join(parts) or None

    def _parts(self) -> Iterator[Filter]:
        from batchtasks import F, any_of

        if self.state:
            yield any_of(F.state == state.value for state in self.state)
        if self.failed and self.succeeded:
            raise CliError("--failed and --succeeded exclude each other.", "For both, give --state completed.")
        if self.failed or self.succeeded:
            yield F.result == ("failure" if self.failed else "success")
        if self.exit_code:
            yield any_of(F.exit_code == code for code in self.exit_code)
        if self.since is not None:
            moment = read_moment(self.since)
            if moment is None:
                remedy = (
                    "Write a time with Z or an offset, such as 2026-01-31T12:00Z, or an age, such as 90m, 2h or 3d."
                )
                raise CliError(f"--since: {self.since!r} is not a time.", remedy)
            yield F.state_transition_time >= moment
        if self.prefix is not None:
            yield F.id.startswith(self.prefix)


class TaskIds:
    """The ids of tasks, however many, on disk if they are many; can be walked as often as needed.

    `named` says whether the user named them, so that one that does not exist is a mistake.
    """

    def __init__(self, ids: Iterable[str], *, named: bool) -> None:
        self._file: IO[str] = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by close
            max_size=1 << 20, mode="w+", encoding="utf-8"
        )
        self.named = named
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
        """Close the file."""
        self._file.close()


def select_tasks(
    client: BatchClient, job: str, ids: list[str] | None, which: TaskFilter, everything: str | None = None
) -> TaskIds:
    """Collect the ids that the arguments mean, all of them before anything is done to one.

    `everything` is the filter that --all stands for, None without that flag.
    """
    text = which.text()
    ways = [bool(ids), text is not None, everything is not None]
    if sum(ways) == 0:
        raise CliError("No task is named.", "Name tasks, or - for ids from standard input, a filter, or --all.")
    if sum(ways) > 1:
        raise CliError("Ids, a filter and --all exclude each other.", "Give one of them.")
    if ids:
        return TaskIds(_named(ids), named=True)
    return TaskIds(_listed(client, job, text or everything or None), named=False)


def _named(ids: list[str]) -> Iterator[str]:
    for task_id in ids:
        if task_id != "-":
            yield task_id
            continue
        for line in sys.stdin:
            if line.strip():
                yield line.strip()


def _listed(client: BatchClient, job: str, text: str | None) -> Iterator[str]:
    with Ticker() as tick:
        tasks = client.task.list(job, filter=text, select="id")
        for task in reported(tasks, tick, "tasks found"):
            if task.id:
                yield task.id


def confirm(question: str, yes: bool) -> None:
    """Ask, unless --yes was given; without a terminal there is nobody to ask."""
    if yes:
        return
    if not _can_ask():
        raise CliError(f"{question} Nobody can be asked here.", "Give --yes if that is what you want.")
    typer.confirm(question, abort=True, err=True)


def _can_ask() -> bool:
    return sys.stdin.isatty()


def confirm_filtered(verb: str, tasks: TaskIds, job: str, yes: bool) -> None:
    """Ask before something is done to all tasks that a filter has found."""
    confirm(f"{verb} {count(tasks.count, 'task')} of job {job}?", yes or tasks.count == 0)
