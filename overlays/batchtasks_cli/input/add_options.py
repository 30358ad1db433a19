"""The options of `add` and `run`: what a task is made of, and where rows come from."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from batchtasks_cli.errors import CliError, at_most_one, shell_line
from batchtasks_cli.input.options import Number, Pairs, Span, Text, Texts, duration, flag, option, pairs
from batchtasks_cli.input.readers import Format
from batchtasks_cli.input.tasks import Maker, Template, TemplateTasks, dependencies, whole_task

if TYPE_CHECKING:
    from batchtasks.models import TaskAddParameter

# What options set: a member of a task, nested ones with dots.
_MEMBERS = {
    "display_name": "displayName",
    "container": "containerSettings.imageName",
    "max_wall_clock": "constraints.maxWallClockTime",
    "retention": "constraints.retentionTime",
    "retries": "constraints.maxTaskRetryCount",
    "slots": "requiredSlots",
    "depends_on": "dependsOn",
    "resource_file": "resourceFiles",
}

_panel = {"panel": "The task"}
_task, _many = partial(option, **_panel), partial(option, panel="Many tasks")
_many_flag = partial(flag, panel="Many tasks")
_FORMAT = "jsonl, json, csv, tsv or lines (default: by the name of FILE)."


@dataclass
class TaskOptions:
    """What a task is made of; with --from, texts may have {column} in them."""

    id: Annotated[Text, _task("--id", "ID", "Id of the task.")] = None
    command: Annotated[Text, _task("--command -c", "TEXT", "Command line; no shell runs it.")] = None
    env: Annotated[Pairs, pairs("--env -e", "NAME=VALUE", "Environment variable; may be repeated.", **_panel)] = None
    display_name: Annotated[Text, _task("--display-name", "TEXT", "A name for people.")] = None
    max_wall_clock: Annotated[Span, duration("--max-wall-clock", "Time limit of a run, such as 2h.", **_panel)] = None
    retention: Annotated[Span, duration("--retention", "How long its files are kept.", **_panel)] = None
    retries: Annotated[Number, _task("--retries", "N", "Runs after a failure; -1: no limit.", min=-1)] = None
    slots: Annotated[Number, _task("--slots", "N", "Task slots that it needs.", min=1)] = None
    depends_on: Annotated[Texts, _task("--depends-on", "ID", "Task that must complete first, or range: 1-9.")] = None
    resource_file: Annotated[Pairs, pairs("--resource-file", "PATH=URL", "File to download to PATH.", **_panel)] = None
    container: Annotated[Text, _task("--container", "IMAGE", "Container image to run in.")] = None

    def command_line(self, words: list[str] | None) -> str | None:
        """The command line: the option, or the words at the end, quoted as a POSIX shell needs it."""
        if words and self.command is not None:
            raise CliError("The command line was given twice.", "Give --command TEXT or PROGRAM ARGUMENTS, not both.")
        if words and len(words) == 1 and len(words[0].split()) > 1:
            raise CliError(
                f"{words[0]!r} is one word, so it would be the name of a program.",
                f"Write its words without quotes around them all, or --command {shell_line(words)}.",
            )
        return shlex.join(words) if words else self.command

    def one_task(self, words: list[str] | None, task_id: str | None = None) -> TaskAddParameter:
        """Return the one task that the options describe; `task_id` is its id unless one was given."""
        from batchtasks import task

        command, task_id = self.command_line(words), self.id or task_id
        if task_id is None or command is None:
            missing = [name for name, value in (("--id", task_id), ("--command", command)) if value is None]
            remedy = "One task: --id ID, then its command line. Many: --from FILE, or --from - for standard input."
            remedy = remedy if task_id is None else "Write the command line after JOB, or give --command TEXT."
            raise CliError(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.", remedy)
        members = self.members()
        if self.depends_on:
            members["dependsOn"] = dependencies(members["dependsOn"])
        return task(task_id, command, of=members)

    def members(self) -> dict[str, Any]:
        """The other members of a task in the service's form, but dependsOn as a text for `dependencies`."""
        from batchtasks.models import write_duration

        spans = {"maxWallClockTime": self.max_wall_clock, "retentionTime": self.retention}
        limits: dict[str, Any] = {name: write_duration(span) for name, span in spans.items() if span is not None}
        if self.retries is not None:
            limits["maxTaskRetryCount"] = self.retries
        members = {
            "displayName": self.display_name,
            "containerSettings": self.container and {"imageName": self.container},
            "environmentSettings": [pair._asdict() for pair in self.env or ()],
            "resourceFiles": [{"httpUrl": url, "filePath": path} for path, url in self.resource_file or ()],
            "constraints": limits,
            "requiredSlots": self.slots,
            "dependsOn": " ".join(self.depends_on or ()),
        }
        return {name: value for name, value in members.items() if value}


def _option(name: str) -> str:
    return {"file": "--from", "form": "--format"}.get(name, f"--{name.replace('_', '-')}")


def used(options: TaskOptions | InputOptions) -> list[str]:
    """Return the options that were given."""
    return [_option(each.name) for each in fields(options) if getattr(options, each.name) not in (None, False)]


@dataclass
class InputOptions:
    """Where rows come from and what becomes of those that are left over."""

    file: Annotated[Text, _many("--from -f", "FILE", "File with a task in every row; - is standard input.")] = None
    form: Annotated[Format | None, _many("--format", "FORM", _FORMAT)] = None
    ignore: Annotated[Texts, _many("--ignore", "COLUMN", "Column to leave out; may be repeated.")] = None
    no_check: Annotated[bool, _many_flag("--no-check", "Do not check FILE before sending.")] = False
    rest: Annotated[Path | None, _many("--rest", "FILE", "Where to save tasks that were not added.")] = None
    fail_existing: Annotated[bool, _many_flag("--fail-existing", "Tasks whose ids exist fail.")] = False
    verify_existing: Annotated[bool, _many_flag("--verify-existing", "Tasks that exist fail if they differ.")] = False
    deadline: Annotated[Span, duration("--deadline", "Stop after this time.", panel="Many tasks")] = None

    @property
    def path(self) -> Path | None:
        """The file, or None for standard input."""
        return None if self.file == "-" else Path(self.file or "")

    @property
    def existing(self) -> Literal["accept", "fail", "verify"]:
        """What the client does about ids that exist."""
        at_most_one({"--fail-existing": self.fail_existing, "--verify-existing": self.verify_existing})
        return "fail" if self.fail_existing else "verify" if self.verify_existing else "accept"


def maker_of(
    options: TaskOptions, words: list[str] | None, ignore: list[str] | None, columns: tuple[str, ...] | None
) -> Maker:
    """Choose how rows become tasks: JSON (which has no `columns`) without a template is the task itself."""
    command = options.command_line(words)
    if command is None and columns is None:
        if given := used(options) + (["--ignore"] if ignore else []):
            what = f"{', '.join(given)} would not be used: without --command every row is a whole task."
            raise CliError(what, "Give --command too, or put these settings into the rows.")
        return whole_task
    task_id = options.id or _column(columns, "--id", ("id",))
    if not Template(task_id, columns).names:
        raise CliError("--id has no {column}: all tasks would have the same id.", "Such as: --id 'task-{n}'.")
    command_line = words or options.command or _column(columns, "--command", ("commandLine", "command_line", "command"))
    set_by = {member: _option(name) for name, member in _MEMBERS.items() if getattr(options, name) is not None}
    set_by |= {"id": "--id", "commandLine": "--command", **{f"env.{name}": "--env" for name, _ in options.env or ()}}
    base = {"id": task_id, "commandLine": command_line, **options.members()}
    return TemplateTasks(base, set_by, ignore or (), columns)


def _column(columns: tuple[str, ...] | None, option: str, names: tuple[str, ...]) -> str:
    """Return the column that stands for a template that was not given."""
    for name in names:
        if columns is None or name in columns:
            return f"{{{name}}}"
    raise CliError(
        f"{option} is missing, and the input has no column {' or '.join(names)}.",
        f"Give it with columns in braces, such as {option} {_EXAMPLES[option]}. Columns: {', '.join(columns or ())}.",
    )


_EXAMPLES = {"--id": "'task-{n}'", "--command": "'python3 work.py {n}'"}
