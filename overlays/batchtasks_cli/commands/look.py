"""`list`, `subtasks`, `show`, `describe` and `counts`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.account.session import Session
from batchtasks_cli.diagnosis import reasons_of
from batchtasks_cli.errors import CliError, note
from batchtasks_cli.follow import last_lines
from batchtasks_cli.input.selection import TaskFilter
from batchtasks_cli.options import DryFlag, JobArg, TaskArg
from batchtasks_cli.output.columns import SUBTASKS, TASKS, duration_of, failure_of, member_column
from batchtasks_cli.output.formats import DocumentOptions, ListOptions, SelectOption, reported, write_csv
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.table import Column, write_pairs, write_table
from batchtasks_cli.output.text import count

if TYPE_CHECKING:
    from batchtasks import BatchClient
    from batchtasks.models import CloudTask, TaskCountsResult

LimitOption = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The most tasks to list.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="Write CSV.", rich_help_panel="Output")]
_COUNTED = ("active", "running", "completed", "succeeded", "failed")
_LAST_LINES = 10


def list_tasks(
    session: Session,
    which: TaskFilter,
    output: ListOptions,
    job: JobArg,
    limit: LimitOption = None,
    dry_run: DryFlag = False,
) -> None:
    """List tasks."""
    layout = output.layout(TASKS, partial(member_column, "CloudTask", known=TASKS))
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    page = limit if limit is not None and limit < 1000 and layout.sort is None else None
    tasks: Iterable[CloudTask] = session.client.task.list(
        job, filter=which.text(), select=layout.select, max_results=page
    )
    with Ticker() as tick:
        # Rows that scroll by on a terminal are progress enough.
        tasks = tasks if sys.stdout.isatty() else reported(tasks, tick, "tasks listed")
        number = layout.write(tasks, limit)
    if number == 0 and layout.is_table:
        note("no task matches." if which.text() else "the job has no tasks.")


def list_subtasks(session: Session, output: ListOptions, job: JobArg, task: TaskArg, dry_run: DryFlag = False) -> None:
    """List the subtasks of a multi-instance task."""
    layout = output.layout(SUBTASKS, partial(member_column, "SubtaskInformation", known=SUBTASKS))
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    number = layout.write(session.client.task.list_subtasks(job, task))
    if number == 0 and layout.is_table:
        note("the task has no subtasks; only multi-instance tasks have some.")


def show(
    session: Session,
    output: DocumentOptions,
    job: JobArg,
    task: TaskArg,
    select: SelectOption = None,
    dry_run: DryFlag = False,
) -> None:
    """Show one task."""
    if select is not None and not output.is_document:
        raise CliError("--select is for JSON and YAML.", "Add -o json.")
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    found = session.client.task.get(job, task, select=select)
    if output.is_document:
        output.write(found.to_dict())
    else:
        write_pairs(_pairs(found))


def describe(session: Session, output: DocumentOptions, job: JobArg, task: TaskArg) -> None:
    """Show everything about one task: why it waits or failed, what to do, and the end of what it wrote."""
    client = session.client
    found = client.task.get(job, task)
    reasons = reasons_of(client, job, found)
    tails = {name: _tail(client, job, task, name) for name in ("stderr", "stdout")} if found.node_info else {}
    if output.is_document:
        more = {"reasons": [reason._asdict() for reason in reasons], **tails}
        output.write({"task": found.to_dict(), **more})
        return
    write_pairs(_pairs(found))
    for reason in reasons:
        sys.stdout.write("\n")
        write_pairs([("why", reason.what), ("what to do", reason.remedy)])
    for name, lines in tails.items():
        if lines:
            sys.stdout.write("\n")
            write_pairs([(f"end of {name}", "\n".join(lines))])


def _tail(client: BatchClient, job: str, task: str, name: str) -> list[str]:
    """Return the last lines of a file of the task; nothing if its files are gone."""
    from batchtasks import ConflictError, NotFoundError

    try:
        return last_lines(client, (job, task, f"{name}.txt"), _LAST_LINES)
    except (NotFoundError, ConflictError):
        return []


def _pairs(task: CloudTask) -> Iterator[tuple[str, object]]:
    yield from (("id", task.id), ("name", task.display_name), ("state", task.state))
    yield from (("since", task.state_transition_time), ("created", task.creation_time), ("command", task.command_line))
    yield from _run_pairs(task)
    limits = task.constraints
    for name in ("max_wall_clock_time", "retention_time", "max_task_retry_count"):
        yield _LIMITS[name], getattr(limits, name, None)
    yield "environment", "\n".join(f"{each.name}={each.value or ''}" for each in task.environment_settings or [])
    yield "depends on", _parents(task)
    yield "container", getattr(task.container_settings, "image_name", None)
    yield "files in", count(len(task.resource_files), "resource file") if task.resource_files else None
    yield "slots", task.required_slots
    yield "node", getattr(task.node_info, "node_id", None)
    yield "etag", task.e_tag


_LIMITS = {
    "max_wall_clock_time": "max wall clock",
    "retention_time": "retention",
    "max_task_retry_count": "max retries",
}


def _run_pairs(task: CloudTask) -> Iterator[tuple[str, object]]:
    info = task.execution_info
    if info is None:
        return
    yield from (("result", info.result), ("exit code", info.exit_code), ("failure", failure_of(info)))
    details = getattr(info.failure_info, "details", None) or []
    yield "details", "\n".join(f"{detail.name}: {detail.value}" for detail in details)
    yield from (("started", info.start_time), ("ended", info.end_time), ("duration", duration_of(info)))
    yield from (("retries", info.retry_count or None), ("requeued", info.requeue_count or None))


def _parents(task: CloudTask) -> str:
    depends_on = task.depends_on
    if depends_on is None:
        return ""
    ranges = [f"{part.start}-{part.end}" for part in depends_on.task_id_ranges or []]
    return " ".join([*(depends_on.task_ids or []), *ranges])


def counts(
    session: Session, output: DocumentOptions, job: JobArg, as_csv: CsvFlag = False, dry_run: DryFlag = False
) -> None:
    """Count a job's tasks and their slots by state.

    The counts may lag a little behind what has happened.
    """
    if as_csv and output.is_document:
        raise CliError("--csv excludes JSON and YAML.", "Give one of them.")
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    found = session.client.job.get_task_counts(job)
    if output.is_document:
        output.write({name: value for name, value in found.to_dict().items() if not name.startswith("odata.")})
        return
    columns = [Column("what", lambda row: row[0]), *(Column(name, partial(_counted, name)) for name in _COUNTED)]
    rows = [row for row in _count_rows(found) if row[1] is not None]
    if as_csv:
        write_csv(columns, rows)
    else:
        write_table(columns, rows)


def _count_rows(found: TaskCountsResult) -> list[tuple[str, Any]]:
    return [("tasks", found.task_counts), ("slots", found.task_slot_counts)]


def _counted(name: str, row: tuple[str, Any]) -> int:
    return getattr(row[1], name, None) or 0
