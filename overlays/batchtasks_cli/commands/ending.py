"""`terminate`, `reactivate` and `delete`: one task, many by id, or all that a filter finds."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from typing import Annotated, Literal

import typer

from batchtasks_cli.bulk import tell
from batchtasks_cli.completion import complete_tasks
from batchtasks_cli.errors import DryRun, status_of_interruption
from batchtasks_cli.options import ConcurrencyOption, DryFlag, JobArg, JsonFlag, YesFlag
from batchtasks_cli.output import write_document
from batchtasks_cli.progress import BulkTicker
from batchtasks_cli.selection import Targets, Which, confirm_filtered, targets_of
from batchtasks_cli.session import Session

Verb = Literal["terminate", "reactivate", "delete"]
_DONE: dict[Verb, str] = {"terminate": "terminated", "reactivate": "reactivated", "delete": "deleted"}

TasksArg = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TASK]...",
        help="Ids; - reads them from standard input.",
        show_default=False,
        autocompletion=complete_tasks,
    ),
]
AllFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job.")]
AllPendingFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job that have not completed.")]
AllFailedFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job that have failed.")]


def terminate(
    session: Session,
    which: Which,
    job: JobArg,
    tasks: TasksArg = None,
    everything: AllPendingFlag = False,
    yes: YesFlag = False,
    concurrency: ConcurrencyOption = 16,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """End tasks; they complete without success."""
    _prepare(session, tasks, dry_run, as_json)
    with closing(targets_of(session, job, tasks, which, "state ne 'completed'" if everything else None)) as targets:
        return _act(session, "terminate", job, targets, yes or bool(tasks), concurrency, as_json)


def reactivate(
    session: Session,
    which: Which,
    job: JobArg,
    tasks: TasksArg = None,
    everything: AllFailedFlag = False,
    yes: YesFlag = False,
    concurrency: ConcurrencyOption = 16,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Let failed tasks run again."""
    _prepare(session, tasks, dry_run, as_json)
    with closing(
        targets_of(session, job, tasks, which, "executionInfo/result eq 'failure'" if everything else None)
    ) as targets:
        return _act(session, "reactivate", job, targets, yes or bool(tasks), concurrency, as_json)


def delete(
    session: Session,
    which: Which,
    job: JobArg,
    tasks: TasksArg = None,
    everything: AllFlag = False,
    yes: YesFlag = False,
    concurrency: ConcurrencyOption = 16,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Delete tasks with their files; those that run are ended."""
    _prepare(session, tasks, dry_run, as_json)
    with closing(targets_of(session, job, tasks, which, "" if everything else None)) as targets:
        return _act(session, "delete", job, targets, yes or bool(tasks), concurrency, as_json)


def _prepare(session: Session, tasks: list[str] | None, dry_run: bool, as_json: bool) -> None:
    session.only_show(dry_run, as_json=as_json)
    if tasks is None or len(tasks) > 1 or "-" in tasks:
        session.be_patient()


def _act(session: Session, verb: Verb, job: str, targets: Targets, yes: bool, concurrency: int, as_json: bool) -> int:
    if session.is_dry:
        for task in targets:
            with suppress(DryRun):
                getattr(session.client.task.raw, verb)(job, task)
        return 0
    confirm_filtered(verb.capitalize(), targets, job, yes)
    if targets.count == 1 and yes:
        return _one(session, verb, job, next(iter(targets)), as_json)
    return _many(session, verb, job, targets, concurrency, as_json)


def _one(session: Session, verb: Verb, job: str, task: str, as_json: bool) -> int:
    """A task that is named alone: what the service says of it is the answer."""
    getattr(session.client.task, verb)(job, task)
    if as_json:
        write_document({"jobId": job, "done": 1, "id": task})
    else:
        sys.stdout.write(f"Task {task} was {_DONE[verb]}.\n")
    return 0


def _many(session: Session, verb: Verb, job: str, targets: Targets, concurrency: int, as_json: bool) -> int:
    session.quiet()
    operation = getattr(session.client.task, f"{verb}_many")
    progress = BulkTicker(f"{verb.capitalize()} tasks", targets.count)
    try:
        report = operation(job, targets, concurrency=concurrency, progress=progress, raise_on_failure=False)
    except KeyboardInterrupt as error:
        report = getattr(error, "report", None)
        if report is None:
            raise
        tell(report, as_json)
        print("batchtasks: interrupted.\n  Run the same command again for the tasks that are left.", file=sys.stderr)
        return status_of_interruption(error)
    return tell(report, as_json)
