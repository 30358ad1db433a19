"""The options of `add` and `run`: what a task is made of, and where rows come from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.errors import CliError, shell_line
from batchtasks_cli.input.readers import Format
from batchtasks_cli.input.tasks import Maker, TemplateTasks, WholeTasks, parent_of
from batchtasks_cli.input.templates import Template
from batchtasks_cli.options import pair_of, span_of

if TYPE_CHECKING:
    from batchtasks.models import TaskAddParameter

# Members that options set, with their names as options and as arguments of `batchtasks.task`.
_MEMBERS = {
    "id": ("id",),
    "command": ("commandLine",),
    "display_name": ("displayName",),
    "container": ("containerSettings", "imageName"),
    "max_wall_clock": ("constraints", "maxWallClockTime"),
    "retention": ("constraints", "retentionTime"),
    "retries": ("constraints", "maxTaskRetryCount"),
    "slots": ("requiredSlots",),
    "depends_on": ("dependsOn",),
    "resource_file": ("resourceFiles",),
}
_COMMANDS = ("commandLine", "command_line", "command")


def _task(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="The task", **settings)


def _many(*names: str, **settings: Any) -> Any:
    return typer.Option(*names, rich_help_panel="Many tasks", **settings)


@dataclass
class TaskOptions:
    """What a task is made of; with --from, texts may have {column} in them."""

    id: Annotated[str | None, _task("--id", metavar="ID", help="Id of the task.")] = None
    command: Annotated[str | None, _task("--command", "-c", metavar="TEXT", help="Command line; no shell runs it.")] = (
        None
    )
    env: Annotated[list[str] | None, _task("--env", "-e", metavar="NAME=VALUE", help="Environment variable.")] = None
    display_name: Annotated[str | None, _task("--display-name", metavar="TEXT", help="A name for people.")] = None
    max_wall_clock: Annotated[
        str | None, _task("--max-wall-clock", metavar="DURATION", help="The longest that a run may take, such as 2h.")
    ] = None
    retention: Annotated[
        str | None, _task("--retention", metavar="DURATION", help="How long files are kept after the end.")
    ] = None
    retries: Annotated[
        int | None, _task("--retries", metavar="N", min=-1, help="Further runs after a failure; -1: no limit.")
    ] = None
    slots: Annotated[int | None, _task("--slots", metavar="N", min=1, help="Task slots that it takes.")] = None
    depends_on: Annotated[
        list[str] | None,
        _task("--depends-on", metavar="ID", help="Task that must complete first, or 1-9 for a range."),
    ] = None
    resource_file: Annotated[
        list[str] | None,
        _task("--resource-file", metavar="PATH=URL", help="File to copy into its working directory."),
    ] = None
    container: Annotated[str | None, _task("--container", metavar="IMAGE", help="Container image to run in.")] = None

    def given(self) -> list[str]:
        """The options that were used."""
        return [_option(each.name) for each in fields(self) if getattr(self, each.name) is not None]

    def command_line(self, words: list[str] | None) -> str | None:
        """The command line: the option, or the words at the end, quoted as a POSIX shell needs it."""
        if words and self.command is not None:
            raise CliError("The command line was given twice.", "Give --command TEXT or PROGRAM ARGUMENTS, not both.")
        if words and len(words) == 1 and len(words[0].split()) > 1:
            raise CliError(
                f"{words[0]!r} is one word, so it would be the name of a program.",
                f"Write its words without quotes around them all, or --command {shell_line(words)}.",
            )
        import shlex

        return shlex.join(words) if words else self.command

    def pairs(self, name: str) -> dict[str, str]:
        """The pairs of --env or --resource-file."""
        return dict(pair_of(text, _option(name)) for text in getattr(self, name) or ())

    def fixed(self) -> dict[str, Any]:
        """What is the same in all tasks, as arguments of `batchtasks.task`."""
        return {
            "max_wall_clock_time": span_of(self.max_wall_clock, "--max-wall-clock"),
            "retention_time": span_of(self.retention, "--retention"),
            "max_task_retry_count": self.retries,
            "required_slots": self.slots,
            "depends_on": [parent_of(text) for text in self.depends_on] if self.depends_on else None,
        }

    def task(self, words: list[str] | None, task_id: str | None = None) -> TaskAddParameter:
        """Return the one task that the options describe; `task_id` is its id unless one was given."""
        from batchtasks import task

        command, task_id = self.command_line(words), self.id or task_id
        if task_id is None or command is None:
            missing = [name for name, value in (("--id", task_id), ("--command", command)) if value is None]
            raise CliError(
                f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing.",
                "One task: --id ID --command TEXT. Many: --from FILE, or --from - for standard input.",
            )
        return task(
            task_id,
            command,
            env=self.pairs("env") or None,
            display_name=self.display_name,
            resource_files=self.pairs("resource_file") or None,
            container=self.container,
            **self.fixed(),
        )


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


@dataclass
class InputOptions:
    """Where rows come from and what becomes of those that are left over."""

    file: Annotated[
        str | None,
        _many("--from", "-f", metavar="FILE", help="File with a task in every row; - is standard input."),
    ] = None
    form: Annotated[
        Format | None,
        _many("--format", help="How FILE is written (default: by its name; jsonl or json for -)."),
    ] = None
    ignore: Annotated[
        list[str] | None, _many("--ignore", metavar="COLUMN", help="Column that is not used; may be repeated.")
    ] = None
    no_check: Annotated[bool, _many("--no-check", help="Send at once, without checking all of FILE first.")] = False
    rest: Annotated[
        Path | None, _many("--rest", metavar="FILE", help="Write tasks that were not added here, to add them later.")
    ] = None
    fail_existing: Annotated[bool, _many("--fail-existing", help="An id that exists is a failure.")] = False
    verify_existing: Annotated[
        bool, _many("--verify-existing", help="An id that exists is a failure if its task differs.")
    ] = False
    deadline: Annotated[str | None, _many("--deadline", metavar="DURATION", help="Stop after this time.")] = None

    def given(self) -> list[str]:
        """The options that were used."""
        names = {"form": "--format"}
        return [
            names.get(each.name, _option(each.name))
            for each in fields(self)
            if each.name != "file" and getattr(self, each.name)
        ]

    @property
    def path(self) -> Path | None:
        """The file, or None for standard input."""
        return None if self.file == "-" else Path(self.file or "")

    @property
    def existing(self) -> str:
        """What the client does about ids that exist."""
        if self.fail_existing and self.verify_existing:
            raise CliError("--fail-existing and --verify-existing exclude each other.", "Give one of them.")
        return "fail" if self.fail_existing else "verify" if self.verify_existing else "accept"


def maker_of(
    options: TaskOptions, words: list[str] | None, ignore: list[str] | None, columns: tuple[str, ...] | None
) -> Maker:
    """Choose how rows become tasks: JSON (which has no `columns`) without a template is the task itself."""
    command = options.command_line(words)
    if command is None and columns is None:
        if options.given() or ignore:
            raise CliError(
                f"{', '.join([*options.given(), *(['--ignore'] if ignore else [])])} would not be used: without --command "
                "every row is a whole task.",
                "Give --command too, or put these settings into the rows.",
            )
        return WholeTasks()
    maker = TemplateTasks(
        id=Template(options.id or _column(columns, "--id", ("id",)), "--id"),
        command=Template(command or _column(columns, "--command", _COMMANDS), "--command"),
        env={name: Template(text, "--env") for name, text in options.pairs("env").items()},
        files={
            Template(path, "--resource-file"): Template(url, "--resource-file")
            for path, url in options.pairs("resource_file").items()
        },
        texts={
            name: Template(text, _option(name))
            for name, text in (("display_name", options.display_name), ("container", options.container))
            if text is not None
        },
        fixed=options.fixed(),
        options={
            **{_MEMBERS[name]: _option(name) for name in _MEMBERS if getattr(options, name) is not None},
            **{("env", name): "--env" for name in options.pairs("env")},
            _MEMBERS["id"]: "--id",
            _MEMBERS["command"]: "--command",
        },
        ignored=frozenset(ignore or ()),
        is_text=columns is not None,
    )
    maker.check(columns)
    return maker


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
