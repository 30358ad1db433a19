"""`list`, `subtasks`, `show`, `describe` and `counts`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.session import Session
from batchtasks_cli.input.options import JobArg, Number, TaskArg, option
from batchtasks_cli.input.selection import TaskFilter
from batchtasks_cli.output.columns import COUNTS, SUBTASKS, TASKS
from batchtasks_cli.output.diagnosis import reasons_of
from batchtasks_cli.output.follow import last_lines
from batchtasks_cli.output.formats import CountsOptions, DocumentOptions, ListOptions, SelectOption, reported, write_csv
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.table import write_pairs, write_table

if TYPE_CHECKING:
    from batchtasks.models import CloudTask

LimitOption = Annotated[Number, option("--limit", "N", "List at most N tasks.", min=1)]
_LAST_LINES = 10


def list_tasks(
    session: Session, which: TaskFilter, output: ListOptions, job: JobArg, limit: LimitOption = None
) -> None:
    """List tasks."""
    select, text = output.choose(TASKS, "CloudTask"), which.text()
    page = limit if limit is not None and limit < 1000 and output.sort is None else None
    tasks: Iterable[CloudTask] = session.open(reads=True, as_json=output.is_document).task.list(
        job, filter=text, select=select, max_results=page
    )
    none = "no task matches." if text else "the job has no tasks."
    with Ticker() as tick:
        # Rows that scroll by on a terminal are progress enough.
        output.write(tasks if sys.stdout.isatty() else reported(tasks, tick, "tasks listed"), none, limit)


def list_subtasks(session: Session, output: ListOptions, job: JobArg, task: TaskArg) -> None:
    """List the subtasks of a multi-instance task."""
    output.choose(SUBTASKS, "SubtaskInformation")
    found = session.open(reads=True, as_json=output.is_document).task.list_subtasks(job, task)
    output.write(found, "the task has no subtasks; only multi-instance tasks have some.")


def show(session: Session, output: DocumentOptions, job: JobArg, task: TaskArg, select: SelectOption = None) -> None:
    """Show one task."""
    operations = session.open(reads=True, as_json=output.is_document).task
    output.show(operations.get(job, task, select=output.members(select)))


def describe(session: Session, output: DocumentOptions, job: JobArg, task: TaskArg) -> None:
    """Show everything about one task: why it waits or failed, what to do, and the end of what it wrote."""
    client = session.open(reads=True, as_json=output.is_document)
    found = client.task.get(job, task)
    reasons = reasons_of(client, job, found)
    tails = {name: last_lines(client, (job, task, f"{name}.txt"), _LAST_LINES) for name in ("stderr", "stdout")}
    if output.is_document:
        output.write_document({"task": found.to_dict(), "reasons": [reason._asdict() for reason in reasons], **tails})
        return
    output.show(found)
    for reason in reasons:
        sys.stdout.write("\n")
        write_pairs([("why", reason.what), ("what to do", reason.remedy)])
    for name, lines in tails.items():
        if lines:
            sys.stdout.write("\n")
            write_pairs([(f"end of {name}", "\n".join(lines))])


def counts(session: Session, output: CountsOptions, job: JobArg) -> None:
    """Count a job's tasks and their slots by state.

    The counts may be a few seconds old.
    """
    found = session.open(reads=True, as_json=output.is_document).job.get_task_counts(job)
    if output.is_document:
        output.write_document({name: value for name, value in found.to_dict().items() if not name.startswith("odata.")})
        return
    rows: list[tuple[str, Any]] = [("tasks", found.task_counts), ("slots", found.task_slot_counts)]
    (write_csv if output.form == "csv" else write_table)(COUNTS, [row for row in rows if row[1] is not None])
