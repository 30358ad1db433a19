"""`update`, `terminate`, `reactivate`, `delete` and `retry`: one task, many by id, or all that a filter finds."""

from __future__ import annotations

import re
import sys
import time
from contextlib import closing, suppress
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import REFUSED, CliError, DryRun, print_error, status_of_interruption
from batchtasks_cli.input.selection import TaskFilter, TaskIds, confirm_filtered, select_tasks
from batchtasks_cli.input.tasks import as_new
from batchtasks_cli.options import ConcurrencyOption, DryFlag, JobArg, JsonFlag, TaskArg, TasksArg, YesFlag, span_of
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import BulkTicker
from batchtasks_cli.output.report import document_of, status_of, write_report
from batchtasks_cli.output.table import write_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from batchtasks import BulkReport
    from batchtasks.models import CloudTask, TaskConstraints

Verb = Literal["terminate", "reactivate", "delete"]
_DONE: dict[Verb, str] = {"terminate": "terminated", "reactivate": "reactivated", "delete": "deleted"}
_FAILED = "executionInfo/result eq 'failure'"

AllFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job.")]
AllPendingFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job that have not completed.")]
AllFailedFlag = Annotated[bool, typer.Option("--all", help="All tasks of the job that have failed.")]
ClockOption = Annotated[
    str | None,
    typer.Option("--max-wall-clock", metavar="DURATION", help="The longest that a run may take, or 'unlimited'."),
]
RetentionOption = Annotated[
    str | None,
    typer.Option("--retention", metavar="DURATION", help="How long files are kept after the end, or 'unlimited'."),
]
RetriesOption = Annotated[
    int | None, typer.Option("--retries", metavar="N", min=-1, help="Further runs after a failure; -1: no limit.")
]
MatchOption = Annotated[
    str | None,
    typer.Option("--if-match", metavar="ETAG", help="Only if the task still has this ETag (see batchtasks show)."),
]
IntoOption = Annotated[
    str | None, typer.Option("--into", metavar="JOB", help="Job for tasks that have to be added again.")
]


def update(
    session: Session,
    job: JobArg,
    task: TaskArg,
    max_wall_clock: ClockOption = None,
    retention: RetentionOption = None,
    retries: RetriesOption = None,
    if_match: MatchOption = None,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change a task's constraints.

    What is not given stays: the task is read first, and changed only if nobody else has changed it in between.
    """
    changes: dict[str, Any] = {
        "max_wall_clock_time": _limit(max_wall_clock, "--max-wall-clock"),
        "retention_time": _limit(retention, "--retention"),
        "max_task_retry_count": retries,
    }
    changes = {name: value for name, value in changes.items() if value is not None}
    if not changes:
        raise CliError("Nothing to change was given.", "Give --max-wall-clock, --retention or --retries.")
    session.only_show(dry_run, as_json=as_json)
    wanted = _update(session, job, task, changes, if_match)
    if as_json:
        write_json({"jobId": job, "id": task, "constraints": wanted.to_dict()})
        return
    sys.stdout.write(f"Task {task} was updated.\n")
    write_pairs(
        [
            ("max wall clock", wanted.max_wall_clock_time),
            ("retention", wanted.retention_time),
            ("max retries", wanted.max_task_retry_count),
        ]
    )


def _update(session: Session, job: str, task: str, changes: dict[str, Any], tag: str | None) -> TaskConstraints:
    operations = session.client.task

    def changed(found: CloudTask) -> TaskConstraints:
        from attrs import evolve

        from batchtasks.models import TaskConstraints

        return evolve(found.constraints or TaskConstraints(), **changes)

    if tag is None:
        wanted = operations.update_with(job, task, changed)
        assert wanted is not None
        return wanted
    from batchtasks import if_match

    wanted = changed(operations.get(job, task, select="id,constraints"))
    operations.update(job, task, wanted, condition=if_match(tag))
    return wanted


def _limit(text: str | None, option: str) -> timedelta | None:
    if text is not None and text.strip().lower() == "unlimited":
        from batchtasks.models import UNLIMITED

        return UNLIMITED
    return span_of(text, option)


def terminate(
    session: Session,
    which: TaskFilter,
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
    everything_is = "state ne 'completed'" if everything else None
    with closing(select_tasks(session.client, job, tasks, which, everything_is)) as ids:
        return _act(session, "terminate", job, ids, yes or bool(tasks), concurrency, as_json)


def reactivate(
    session: Session,
    which: TaskFilter,
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
    with closing(select_tasks(session.client, job, tasks, which, _FAILED if everything else None)) as ids:
        return _act(session, "reactivate", job, ids, yes or bool(tasks), concurrency, as_json)


def delete(
    session: Session,
    which: TaskFilter,
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
    with closing(select_tasks(session.client, job, tasks, which, "" if everything else None)) as ids:
        return _act(session, "delete", job, ids, yes or bool(tasks), concurrency, as_json)


def _prepare(session: Session, tasks: list[str] | None, dry_run: bool, as_json: bool) -> None:
    session.only_show(dry_run, as_json=as_json)
    if tasks is None or len(tasks) > 1 or "-" in tasks:
        session.be_patient()


def _act(session: Session, verb: Verb, job: str, ids: TaskIds, yes: bool, concurrency: int, as_json: bool) -> int:
    if session.is_dry:
        for task in ids:
            with suppress(DryRun):
                getattr(session.client.task.raw, verb)(job, task)
        return 0
    confirm_filtered(verb.capitalize(), ids, job, yes)
    if ids.count == 1 and ids.named:
        return _one(session, verb, job, next(iter(ids)), as_json)
    try:
        report = _many(session, verb, job, ids, concurrency)
    except KeyboardInterrupt as error:
        found: BulkReport | None = getattr(error, "report", None)
        if found is None:
            raise
        write_report(found, as_json)
        print_error("interrupted.", "Run the same command again for the tasks that are left.")
        return status_of_interruption(error)
    return write_report(report, as_json, named=ids.named)


def _one(session: Session, verb: Verb, job: str, task: str, as_json: bool) -> int:
    """A task that is named alone: what the service says of it is the answer."""
    from batchtasks import BulkReport

    began = time.monotonic()
    getattr(session.client.task, verb)(job, task)
    if as_json:
        seconds = time.monotonic() - began
        write_json(document_of(BulkReport(job_id=job, verb=_DONE[verb], added=1, requests=1, seconds=seconds), 0))
    else:
        sys.stdout.write(f"Task {task} was {_DONE[verb]}.\n")
    return 0


def _many(session: Session, verb: Verb, job: str, ids: TaskIds, concurrency: int) -> BulkReport:
    session.quiet()
    operation = getattr(session.client.task, f"{verb}_many")
    progress = BulkTicker(f"{verb.capitalize()} tasks", ids.count)
    report: BulkReport = operation(job, ids, concurrency=concurrency, progress=progress, raise_on_failure=False)
    return report


def retry(
    session: Session,
    which: TaskFilter,
    job: JobArg,
    tasks: TasksArg = None,
    into: IntoOption = None,
    yes: YesFlag = False,
    concurrency: ConcurrencyOption = 16,
    as_json: JsonFlag = False,
) -> int:
    """Let failed tasks run again; those that cannot be reactivated are added again.

    batchtasks retry JOB --failed

    A task that is added again gets a new id, such as t1-retry1, unless it goes into another job.
    """
    from batchtasks import JobBeingDeletedError, JobBeingTerminatedError, JobCompletedError, TaskSucceededError

    _prepare(session, tasks, False, as_json)
    with closing(select_tasks(session.client, job, tasks, which)) as ids:
        confirm_filtered("Retry", ids, job, yes or bool(tasks))
        report = _many(session, "reactivate", job, ids, concurrency)
        ended = isinstance(report.stopped, (JobCompletedError, JobBeingTerminatedError, JobBeingDeletedError))
        again = {str(each.task_id) for each in report.failed if ended or isinstance(each.error, TaskSucceededError)}
        again |= set(ids) if ended else set()
    if ended and into is None:
        remedy = f"Add them to another job: batchtasks retry {job} --failed --into JOB."
        raise CliError(f"Job {job} has ended, so its tasks cannot run again.", remedy, REFUSED)
    if not again:
        return write_report(report, as_json, named=ids.named)
    added = session.client.task.add_collection(
        into or job, _copies(session, job, sorted(again), into), concurrency=concurrency, raise_on_failure=False
    )
    report.failed = [each for each in report.failed if each.task_id not in again]
    if ended:
        report.stopped, report.unsent = None, []
    status = write_report(report, as_json, named=ids.named, addedAgain=document_of(added, len(added.unsent)))
    return max(status, status_of(added) if as_json else write_report(added, False))


def _copies(session: Session, job: str, ids: list[str], into: str | None) -> Iterator[dict[str, Any]]:
    """Yield tasks like those with these ids, to be added: under the same id in another job, else under a new one."""
    for task_id in ids:
        copy = as_new(session.client.task.get(job, task_id).to_dict())
        yield {**copy, "id": task_id if into is not None else _next_id(session, job, task_id)}


def _next_id(session: Session, job: str, task_id: str) -> str:
    """Return the first of t1-retry1, t1-retry2, ... that is free."""
    from batchtasks import F

    base = re.sub(r"-retry\d+$", "", task_id)[:54]
    taken = {
        str(each.id) for each in session.client.task.list(job, filter=F.id.startswith(f"{base}-retry"), select="id")
    }
    return next(name for number in count(1) if (name := f"{base}-retry{number}") not in taken)
