"""The flags of `add`: what a task is made of, and where rows come from."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.commands.jobs import pair_of
from batchtasks_cli.errors import Complaint
from batchtasks_cli.making import AsItIs, Filled, Maker
from batchtasks_cli.options import span_of
from batchtasks_cli.rows import Format
from batchtasks_cli.template import Template

if TYPE_CHECKING:
    from batchtasks.models import TaskAddParameter

_TASK, _MANY = "The task", "Many tasks"


@dataclass
class TaskFlags:
    """What a task is made of; with --from, texts may have {column} in them."""

    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Id of the task.", rich_help_panel=_TASK)] = None
    command: Annotated[
        str | None,
        typer.Option("--command", "-c", metavar="TEXT", help="Command line; no shell runs it.", rich_help_panel=_TASK),
    ] = None
    env: Annotated[
        list[str] | None,
        typer.Option("--env", "-e", metavar="NAME=VALUE", help="Environment variable.", rich_help_panel=_TASK),
    ] = None
    display_name: Annotated[
        str | None, typer.Option("--display-name", metavar="TEXT", help="A name for people.", rich_help_panel=_TASK)
    ] = None
    max_wall_clock: Annotated[
        str | None,
        typer.Option(
            "--max-wall-clock",
            metavar="DURATION",
            help="The longest that a run may take, such as 2h.",
            rich_help_panel=_TASK,
        ),
    ] = None
    retention: Annotated[
        str | None,
        typer.Option(
            "--retention", metavar="DURATION", help="How long files are kept after the end.", rich_help_panel=_TASK
        ),
    ] = None
    retries: Annotated[
        int | None,
        typer.Option(
            "--retries", metavar="N", min=-1, help="Further runs after a failure; -1: no end.", rich_help_panel=_TASK
        ),
    ] = None
    slots: Annotated[
        int | None, typer.Option("--slots", metavar="N", min=1, help="Task slots it takes.", rich_help_panel=_TASK)
    ] = None
    depends_on: Annotated[
        list[str] | None,
        typer.Option(
            "--depends-on",
            metavar="ID",
            help="Task that must complete first, or 1-9 for a range.",
            rich_help_panel=_TASK,
        ),
    ] = None
    resource_file: Annotated[
        list[str] | None,
        typer.Option(
            "--resource-file", metavar="PATH=URL", help="File to bring to its working directory.", rich_help_panel=_TASK
        ),
    ] = None
    container: Annotated[
        str | None,
        typer.Option("--container", metavar="IMAGE", help="Container image to run in.", rich_help_panel=_TASK),
    ] = None

    def given(self) -> list[str]:
        """The options that were used."""
        return [f"--{each.name.replace('_', '-')}" for each in fields(self) if getattr(self, each.name) is not None]

    def fixed(self) -> dict[str, Any]:
        """What is the same in all tasks, as arguments of `batchtasks.task`."""
        return {
            "max_wall_clock_time": span_of(self.max_wall_clock, "--max-wall-clock"),
            "retention_time": span_of(self.retention, "--retention"),
            "max_task_retry_count": self.retries,
            "required_slots": self.slots,
            "depends_on": [_parent(text) for text in self.depends_on] if self.depends_on else None,
        }


@dataclass
class InputFlags:
    """Where rows come from and what becomes of those that are left over."""

    file: Annotated[
        str | None,
        typer.Option(
            "--from",
            "-f",
            metavar="FILE",
            help="File with a task in every row; - is standard input.",
            rich_help_panel=_MANY,
        ),
    ] = None
    form: Annotated[
        Format | None,
        typer.Option(
            "--format", help="How FILE is written (default: by its name; jsonl for -).", rich_help_panel=_MANY
        ),
    ] = None
    no_check: Annotated[
        bool,
        typer.Option("--no-check", help="Send at once, without looking through FILE first.", rich_help_panel=_MANY),
    ] = False
    rest: Annotated[
        Path | None,
        typer.Option(
            "--rest", metavar="FILE", help="Write tasks that did not get in here, to add later.", rich_help_panel=_MANY
        ),
    ] = None
    fail_existing: Annotated[
        bool,
        typer.Option("--fail-existing", help="An id that is taken is a failure.", rich_help_panel=_MANY),
    ] = False
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="DURATION", help="Stop after this time.", rich_help_panel=_MANY)
    ] = None

    def given(self) -> list[str]:
        """The options that were used."""
        names = {"no_check": "--no-check", "rest": "--rest", "form": "--format", "deadline": "--deadline"}
        names["fail_existing"] = "--fail-existing"
        return [option for name, option in names.items() if getattr(self, name)]

    @property
    def path(self) -> Path | None:
        """The file, or None for standard input."""
        return None if self.file == "-" else Path(self.file or "")


def _parent(text: str) -> str | range:
    first, dash, last = text.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and int(first) <= int(last):
        return range(int(first), int(last) + 1)
    return text


def command_of(flags: TaskFlags, words: list[str] | None) -> str | None:
    """The command line: the option, or the words behind --, quoted as a POSIX shell needs it."""
    if words and flags.command is not None:
        raise Complaint("The command line was given twice.", "Give --command TEXT or -- PROGRAM ARGUMENTS, not both.")
    return shlex.join(words) if words else flags.command


def task_of(flags: TaskFlags, words: list[str] | None) -> TaskAddParameter:
    """Make the one task that the flags describe."""
    from batchtasks import task

    command = command_of(flags, words)
    if flags.id is None or command is None:
        missing = [name for name, value in (("--id", flags.id), ("--command", command)) if value is None]
        raise Complaint(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.",
            "One task: --id ID --command TEXT. Many: --from FILE, or --from - for standard input.",
        )
    return task(
        flags.id,
        command,
        env=dict(pair_of(text, "--env") for text in flags.env or ()) or None,
        display_name=flags.display_name,
        resource_files=dict(pair_of(text, "--resource-file") for text in flags.resource_file or ()) or None,
        container=flags.container,
        **flags.fixed(),
    )


def maker_of(flags: TaskFlags, words: list[str] | None, form: Format, columns: tuple[str, ...] | None) -> Maker:
    """Choose how rows become tasks: JSON without a template is the task itself."""
    command = command_of(flags, words)
    if command is None and form in (Format.JSON, Format.JSONL):
        if flags.given():
            raise Complaint(
                f"{', '.join(flags.given())} would go unused: without --command every row is a whole task.",
                "Give --command too, or put these settings into the rows.",
            )
        return AsItIs()
    maker = Filled(
        id=Template(flags.id or _column(columns, "--id", "id"), "--id"),
        command=Template(
            command or _column(columns, "--command", "commandLine", "command_line", "command"), "--command"
        ),
        env={name: Template(text, "--env") for name, text in (pair_of(text, "--env") for text in flags.env or ())},
        resource_files={
            Template(path, "--resource-file"): Template(url, "--resource-file")
            for path, url in (pair_of(text, "--resource-file") for text in flags.resource_file or ())
        },
        texts={
            name: Template(text, f"--{name.replace('_', '-')}")
            for name, text in (("display_name", flags.display_name), ("container", flags.container))
            if text is not None
        },
        fixed=flags.fixed(),
    )
    maker.check(columns)
    return maker


def _column(columns: tuple[str, ...] | None, option: str, *names: str) -> str:
    """The column that stands in for a template that was not given."""
    for name in names if columns is not None else names[:1]:
        if columns is None or name in columns:
            return f"{{{name}}}"
    raise Complaint(
        f"{option} is missing, and the input has no column {' or '.join(names)}.",
        f"Give it with columns in braces, such as {option} {_EXAMPLES[option]}. There is: {', '.join(columns or ())}.",
    )


_EXAMPLES = {"--id": "'task-{n}'", "--command": "'python3 work.py {n}'"}
