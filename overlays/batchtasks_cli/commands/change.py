"""`update`, `terminate`, `reactivate`, `delete` and `retry`: one task, many by id, or all that a filter finds."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, REFUSED, CliError, DryRun, print_error, status_of_interruption
from batchtasks_cli.input.selection import TaskFilter, TaskIds, confirm, select_tasks
from batchtasks_cli.input.tasks import as_new
from batchtasks_cli.options import (
    ConcurrencyOption,
    JobArg,
    JsonFlag,
    Number,
    TaskArg,
    TasksArg,
    Text,
    YesFlag,
    flag,
    option,
    span_of,
)
from batchtasks_cli.output import text
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import BulkTicker
from batchtasks_cli.output.report import document_of, status_of, write_one, write_report
from batchtasks_cli.output.table import write_pairs

if TYPE_CHECKING:
    from batchtasks import BulkReport
    from batchtasks.models import CloudTask, TaskConstraints

_DONE = {"terminate": "terminated", "reactivate": "reactivated", "delete": "deleted"}
_RETENTION = "How long files are kept after the end, or 'unlimited'."


@dataclass
class BulkOptions:
    """How something is done to many tasks."""

    yes: YesFlag = False
    concurrency: ConcurrencyOption = 16
    as_json: JsonFlag = False


def update(
    session: Session,
    job: JobArg,
    task: TaskArg,
    max_wall_clock: Annotated[
        Text, option("--max-wall-clock", "DURATION", "The longest that a run may take, or 'unlimited'.")
    ] = None,
    retention: Annotated[Text, option("--retention", "DURATION", _RETENTION)] = None,
    retries: Annotated[Number, option("--retries", "N", "Further runs after a failure; -1: no limit.", min=-1)] = None,
    if_match: Annotated[Text, option("--if-match", "ETAG", "Only if the task still has this ETag (see show).")] = None,
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
    session.open(as_json=as_json)
    wanted = _update(session, job, task, changes, if_match)
    if as_json:
        write_json({"jobId": job, "id": task, "constraints": wanted.to_dict()})
        return
    sys.stdout.write(f"Task {task} was updated.\n")
    limits = (("max wall clock", wanted.max_wall_clock_time), ("retention", wanted.retention_time))
    write_pairs([*limits, ("max retries", wanted.max_task_retry_count)])


def _update(session: Session, job: str, task: str, changes: dict[str, Any], tag: str | None) -> TaskConstraints:
    from batchtasks import if_match

    operations = session.client.task

    def changed(found: CloudTask) -> TaskConstraints:
        from attrs import evolve

        from batchtasks.models import TaskConstraints

        return evolve(found.constraints or TaskConstraints(), **changes)

    if tag is None:
        wanted = operations.update_with(job, task, changed)
        assert wanted is not None
        return wanted
    wanted = changed(operations.get(job, task, select="id,constraints"))
    operations.update(job, task, wanted, condition=if_match(tag))
    return wanted


def _limit(text: str | None, name: str) -> timedelta | None:
    if text is not None and text.strip().lower() == "unlimited":
        from batchtasks.models import UNLIMITED

        return UNLIMITED
    return span_of(text, name)


def terminate(
    session: Session,
    which: TaskFilter,
    bulk: BulkOptions,
    job: JobArg,
    tasks: TasksArg = None,
    everything: Annotated[bool, flag("--all", "All tasks of the job that have not completed.")] = False,
) -> int:
    """End tasks; they complete without success."""
    return _act(session, "terminate", job, tasks, which, "state ne 'completed'" if everything else None, bulk)


def reactivate(
    session: Session,
    which: TaskFilter,
    bulk: BulkOptions,
    job: JobArg,
    tasks: TasksArg = None,
    everything: Annotated[bool, flag("--all", "All tasks of the job that have failed.")] = False,
) -> int:
    """Let failed tasks run again."""
    failed = "executionInfo/result eq 'failure'"
    return _act(session, "reactivate", job, tasks, which, failed if everything else None, bulk)


def delete(
    session: Session,
    which: TaskFilter,
    bulk: BulkOptions,
    job: JobArg,
    tasks: TasksArg = None,
    everything: Annotated[bool, flag("--all", "All tasks of the job.")] = False,
) -> int:
    """Delete tasks with their files; those that run are ended."""
    return _act(session, "delete", job, tasks, which, "" if everything else None, bulk)


def _act(
    session: Session,
    verb: str,
    job: str,
    tasks: list[str] | None,
    which: TaskFilter,
    everything: str | None,
    bulk: BulkOptions,
) -> int:
    with closing(_selected(session, job, tasks, which, bulk, everything)) as ids:
        if session.dry_run:
            for task in ids:
                with suppress(DryRun):
                    getattr(session.client.task.raw, verb)(job, task)
            return DONE
        _confirm(verb, ids, job, bulk)
        if ids.count == 1 and ids.named:
            # What the service says of a task that is named alone is the answer.
            task, began = next(iter(ids)), time.monotonic()
            getattr(session.client.task, verb)(job, task)
            return write_one(job, task, _DONE[verb], time.monotonic() - began, bulk.as_json)
        try:
            report = _many(session, verb, job, ids, bulk)
        except KeyboardInterrupt as error:
            found: BulkReport | None = getattr(error, "report", None)
            if found is None:
                raise
            write_report(found, bulk.as_json)
            print_error("interrupted.", "Run the same command again for the tasks that are left.")
            return status_of_interruption(error)
        return write_report(report, bulk.as_json, named=ids.named)


def _selected(
    session: Session,
    job: str,
    tasks: list[str] | None,
    which: TaskFilter,
    bulk: BulkOptions,
    everything: str | None = None,
) -> TaskIds:
    client = session.open(many=tasks is None or len(tasks) > 1 or "-" in tasks, as_json=bulk.as_json)
    return select_tasks(client, job, tasks, which, everything)


def _confirm(verb: str, ids: TaskIds, job: str, bulk: BulkOptions) -> None:
    """Ask before something is done to all tasks that a filter has found."""
    question = f"{verb.capitalize()} {text.count(ids.count, 'task')} of job {job}?"
    confirm(question, bulk.yes or ids.named or ids.count == 0)


def _many(session: Session, verb: str, job: str, ids: TaskIds, bulk: BulkOptions) -> BulkReport:
    session.quiet()
    operation = getattr(session.client.task, f"{verb}_many")
    progress = BulkTicker(f"{verb.capitalize()} tasks", ids.count)
    report: BulkReport = operation(job, ids, concurrency=bulk.concurrency, progress=progress, raise_on_failure=False)
    return report


def retry(
    session: Session,
    which: TaskFilter,
    bulk: BulkOptions,
    job: JobArg,
    tasks: TasksArg = None,
    into: Annotated[Text, option("--into", "JOB", "Job for tasks that have to be added again.")] = None,
) -> int:
    """Let failed tasks run again; those that cannot be reactivated are added again.

    batchtasks retry JOB --failed

    A task that is added again gets a new id, such as t1-retry1, unless it goes into another job.
    """
    from batchtasks import JobBeingDeletedError, JobBeingTerminatedError, JobCompletedError, TaskSucceededError

    with closing(_selected(session, job, tasks, which, bulk)) as ids:
        _confirm("retry", ids, job, bulk)
        report = _many(session, "reactivate", job, ids, bulk)
        ended = isinstance(report.stopped, (JobCompletedError, JobBeingTerminatedError, JobBeingDeletedError))
        again = {str(each.task_id) for each in report.failed if isinstance(each.error, TaskSucceededError)}
        again |= set(ids) if ended else set()
    if ended and into is None:
        remedy = f"Add them to another job: batchtasks retry {job} --failed --into JOB."
        raise CliError(f"Job {job} has ended, so its tasks cannot run again.", remedy, REFUSED)
    if not again:
        return write_report(report, bulk.as_json, named=ids.named)
    added = session.client.task.add_collection(
        into or job, _copies(session, job, sorted(again), into), concurrency=bulk.concurrency, raise_on_failure=False
    )
    report.failed = [each for each in report.failed if each.task_id not in again]
    if ended:
        report.stopped, report.unsent = None, []
    more = {"addedAgain": document_of(added, len(added.unsent))}
    status = write_report(report, bulk.as_json, named=ids.named, more=more)
    return max(status, status_of(added) if bulk.as_json else write_report(added, False))


def _copies(session: Session, job: str, ids: list[str], into: str | None) -> Iterator[dict[str, Any]]:
    """Yield tasks like those with these ids, to be added: under the same id in another job, else under a new one."""
    for task_id in ids:
        copy = as_new(session.client.task.get(job, task_id).to_dict())
        yield {**copy, "id": task_id if into is not None else _next_id(session, job, task_id)}


def _next_id(session: Session, job: str, task_id: str) -> str:
    """Return the first of t1-retry1, t1-retry2, ... that is free."""
    from batchtasks import F

    base = re.sub(r"-retry\d+$", "", task_id)[:54]
    found = session.client.task.list(job, filter=F.id.startswith(f"{base}-retry"), select="id")
    taken = {str(each.id).casefold() for each in found}
    return next(name for number in count(1) if (name := f"{base}-retry{number}").casefold() not in taken)
