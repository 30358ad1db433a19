"""`list` and `subtasks`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from typing import Annotated

import typer

from batchtasks_cli.commands.columns import SUBTASKS, TASK_MEMBERS, TASKS
from batchtasks_cli.errors import Complaint
from batchtasks_cli.options import CsvFlag, DryFlag, JobArg, JsonLinesFlag, SelectOption, TaskArg
from batchtasks_cli.output import Form, form_of, write_items, written
from batchtasks_cli.progress import Ticker
from batchtasks_cli.selection import Which
from batchtasks_cli.session import Session

LimitOption = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="The most tasks to list.")]
IdsFlag = Annotated[bool, typer.Option("--ids", help="Write ids only, one a line, for other commands to read.")]


def list_tasks(
    session: Session,
    which: Which,
    job: JobArg,
    limit: LimitOption = None,
    ids: IdsFlag = False,
    as_json: JsonLinesFlag = False,
    as_csv: CsvFlag = False,
    select: SelectOption = None,
    dry_run: DryFlag = False,
) -> None:
    """List tasks."""
    form = form_of(as_json, as_csv)
    if ids and (as_json or as_csv):
        raise Complaint("--ids excludes --json and --csv.", "Give one of them.")
    if select is not None and form is not Form.JSON:
        raise Complaint("--select goes with --json only.", "Add --json.")
    session.only_show(dry_run, reads=True, as_json=as_json)
    members = "id" if ids else select or (None if form is Form.JSON else TASK_MEMBERS)
    tasks = session.client.task.list(job, filter=which.text(), select=members, max_results=_page(limit))
    with Ticker() as tick:
        some = written(islice(tasks, limit), _unless_seen(tick), "tasks listed")
        if ids:
            sys.stdout.writelines(f"{task.id}\n" for task in some)
            return
        number = write_items(some, TASKS, form)
    if number == 0 and form is Form.TABLE:
        print("No task matches." if which.text() else "The job has no tasks.", file=sys.stderr)


def _page(limit: int | None) -> int | None:
    return limit if limit is not None and limit < 1000 else None


def _unless_seen(tick: Ticker) -> Callable[[str], object]:
    """Rows that scroll by on a terminal are progress enough."""
    return (lambda text: None) if sys.stdout.isatty() else tick


def list_subtasks(
    session: Session,
    job: JobArg,
    task: TaskArg,
    as_json: JsonLinesFlag = False,
    as_csv: CsvFlag = False,
    dry_run: DryFlag = False,
) -> None:
    """List the subtasks of a multi-instance task."""
    form = form_of(as_json, as_csv)
    session.only_show(dry_run, reads=True, as_json=as_json)
    number = write_items(session.client.task.list_subtasks(job, task), SUBTASKS, form)
    if number == 0 and form is Form.TABLE:
        print("The task has no subtasks; only multi-instance tasks have.", file=sys.stderr)
