"""Which tasks a command is about: ids, ids from standard input, or a filter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from batchtasks_cli.errors import CliError, at_most_one
from batchtasks_cli.input.options import Text, flag, option
from batchtasks_cli.output.formats import reported
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.text import read_moment

if TYPE_CHECKING:
    from batchtasks import BatchClient, Filter

_filter = partial(option, panel="Filter")
# (typer takes no list of Literals.)
State = Enum("State", {name.upper(): name for name in ("active", "preparing", "running", "completed")}, type=str)  # type: ignore[misc]
_STATES = "active, preparing, running or completed; may be repeated."
_SINCE = "State changed after this time (2026-01-31T12:00Z), or within this age (90m, 2h, 3d)."


def _moment(text: str) -> datetime:
    if (moment := read_moment(text)) is None:
        example = "write a time with Z or an offset (2026-01-31T12:00Z), or an age (90m, 2h, 3d)"
        raise typer.BadParameter(f"{text!r} is not a time: {example}.")
    return moment


@dataclass
class TaskFilter:
    """A filter as plain options; all that are given must hold."""

    state: Annotated[list[State] | None, _filter("--state", "STATE", _STATES)] = None
    failed: Annotated[bool, flag("--failed", "Tasks that failed.", "Filter")] = False
    succeeded: Annotated[bool, flag("--succeeded", "Tasks that succeeded.", "Filter")] = False
    exit_code: Annotated[list[int] | None, _filter("--exit-code", "N", "With exit code N; may be repeated.")] = None
    since: Annotated[datetime | None, _filter("--since", "WHEN", _SINCE, parser=_moment)] = None
    prefix: Annotated[Text, _filter("--prefix", "TEXT", "Ids that begin with TEXT.")] = None
    raw: Annotated[Text, _filter("--filter", "ODATA", "An OData $filter of the service.")] = None

    def text(self) -> str | None:
        """The filter as text for the service; None for no filter."""
        parts = [str(part) if part.joined != "or" else f"({part})" for part in self._parts()]
        if self.raw:
            parts.append(f"({self.raw})" if parts else self.raw)
        return " and ".join(parts) or None

    def _parts(self) -> Iterator[Filter]:
        from batchtasks import F, any_of

        at_most_one({"--failed": self.failed, "--succeeded": self.succeeded}, "For both, give --state completed.")
        if self.state:
            yield any_of(F.state == state.value for state in self.state)
        if self.failed or self.succeeded:
            yield F.result == ("failure" if self.failed else "success")
        if self.exit_code:
            yield any_of(F.exit_code == code for code in self.exit_code)
        if self.since is not None:
            yield F.state_transition_time >= self.since
        if self.prefix is not None:
            yield F.id.startswith(self.prefix)


def read_ids(words: list[str]) -> list[str]:
    """Return the ids among the arguments; - stands for those on standard input."""
    return [line.strip() for word in words for line in (filter(str.strip, sys.stdin) if word == "-" else [word])]


def select_tasks(
    client: BatchClient, job: str, ids: list[str] | None, which: TaskFilter, everything: str | None = None
) -> list[str]:
    """Return the ids that the arguments stand for; all are read before anything is done.

    `everything` is the filter that --all stands for, None without that flag.
    """
    text = which.text()
    remedy = "Name tasks, or - for ids from standard input, or give a filter such as --failed."
    if not at_most_one({"ids": ids, "a filter": text, "--all": everything is not None}, remedy):
        raise CliError("no task is named.", remedy)
    if ids:
        return read_ids(ids)
    with Ticker() as tick:
        tasks = client.task.list(job, filter=text or everything or None, select="id")
        return [str(task.id) for task in reported(tasks, tick, "tasks found")]


def confirm(question: str, yes: bool) -> None:
    """Ask, unless --yes was given; without a terminal nothing is done."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise CliError(f"{question} There is no terminal to ask on.", "Give --yes if that is what you want.")
    typer.confirm(question, abort=True, err=True)
