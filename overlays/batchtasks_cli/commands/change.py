"""`update`, `terminate`, `reactivate`, `delete` and `retry`: one task, many by id, or all that a filter finds."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, REFUSED, CliError, DryRun, print_error, status_of_interruption
from batchtasks_cli.input import options as opt
from batchtasks_cli.input.selection import TaskFilter, confirm, select_tasks
from batchtasks_cli.output import text
from batchtasks_cli.output.columns import pairs_of
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import bulk_progress
from batchtasks_cli.output.report import do_one, document_of, list_failures, status_of, write_report
from batchtasks_cli.output.table import write_pairs

if TYPE_CHECKING:
    from batchtasks import BulkReport
    from batchtasks.models import CloudTask

_CLOCK, _RETENTION = "Time limit of a run, or 'unlimited'.", "How long files are kept, or 'unlimited'."
_RETRIES, _MATCH = "Runs after a failure; -1: no limit.", "Only if the task still has this ETag (see show)."
_ALL = "All tasks of the job (terminate: all that have not completed; reactivate: all that have failed)."


@dataclass
class BulkOptions:
    """How something is done to many tasks."""

    yes: opt.YesFlag = False
    concurrency: opt.ConcurrencyOption = 16
    as_json: opt.JsonFlag = False


def update(
    session: Session,
    job: opt.JobArg,
    task: opt.TaskArg,
    max_wall_clock: Annotated[opt.Span, opt.duration("--max-wall-clock", _CLOCK, unlimited=True)] = None,
    retention: Annotated[opt.Span, opt.duration("--retention", _RETENTION, unlimited=True)] = None,
    retries: Annotated[opt.Number, opt.option("--retries", "N", _RETRIES, min=-1)] = None,
    if_match: Annotated[opt.Text, opt.option("--if-match", "ETAG", _MATCH)] = None,
    as_json: opt.JsonFlag = False,
) -> None:
    """Change a task's constraints.

    What you do not give stays as it is. The task is read first, and written only if nobody changed it in between.
    """
    from attrs import evolve

    import batchtasks
    from batchtasks.models import TaskConstraints

    given: dict[str, Any] = {"max_wall_clock_time": max_wall_clock, "retention_time": retention}
    given["max_task_retry_count"] = retries
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise CliError("Nothing to change was given.", "Give --max-wall-clock, --retention or --retries.")
    operations = session.open(as_json=as_json).task

    def changed(found: CloudTask) -> TaskConstraints:
        return evolve(found.constraints or TaskConstraints(), **changes)

    if if_match is None:
        wanted = operations.update_with(job, task, changed) or TaskConstraints()  # never None, as `changed` is not
    else:
        wanted = changed(operations.get(job, task, select="id,constraints"))
        operations.update(job, task, wanted, condition=batchtasks.if_match(if_match))
    if as_json:
        write_json({"jobId": job, "id": task, "constraints": wanted.to_dict()})
        return
    sys.stdout.write(f"Task {task} was updated.\n")
    write_pairs(pairs_of(wanted))


def _command(verb: str, done: str, help: str, everything: str) -> Callable[..., int]:
    """Return the command that does something to tasks; `everything` is the filter that --all stands for."""

    def act(
        session: Session,
        which: TaskFilter,
        bulk: BulkOptions,
        job: opt.JobArg,
        tasks: opt.TasksArg = None,
        every: Annotated[bool, opt.flag("--all", _ALL)] = False,
    ) -> int:
        ids = _select(session, verb, job, tasks, which, bulk, everything if every else None)
        if session.dry_run:
            for task in ids:
                with suppress(DryRun):
                    getattr(session.client.task.raw, verb)(job, task)
            return DONE
        if tasks and len(ids) == 1:
            # What the service says of a task that is named alone is the answer.
            return do_one(getattr(session.client.task, verb), job, ids[0], done, bulk.as_json)
        try:
            return write_report(_do(session, verb, job, ids, bulk), bulk.as_json, named=bool(tasks))
        except KeyboardInterrupt as error:
            report: BulkReport | None = getattr(error, "report", None)
            if report is None:
                raise
            write_report(report, bulk.as_json)
            print_error("interrupted.", "Run the same command again for the tasks that are left.")
            return status_of_interruption(error)

    act.__doc__ = help
    return act


terminate = _command("terminate", "terminated", "End tasks; they count as failed.", "state ne 'completed'")
reactivate = _command("reactivate", "reactivated", "Let failed tasks run again.", "executionInfo/result eq 'failure'")
delete = _command("delete", "deleted", "Delete tasks and their files; running tasks are ended.", "")


def _select(
    session: Session, verb: str, job: str, ids: opt.Texts, which: TaskFilter, bulk: BulkOptions, every: opt.Text = None
) -> list[str]:
    """Collect the tasks, and ask before something is done to all that a filter has found."""
    client = session.open(many=ids is None or len(ids) > 1 or "-" in ids, as_json=bulk.as_json)
    found = select_tasks(client, job, ids, which, every)
    question = f"{verb.capitalize()} {text.count(len(found), 'task')} of job {job}?"
    confirm(question, session.dry_run or bulk.yes or bool(ids) or not found)
    return found


def _do(session: Session, verb: str, job: str, ids: list[str], bulk: BulkOptions) -> BulkReport:
    operation = getattr(session.client.task, f"{verb}_many")
    progress = bulk_progress(f"{verb.capitalize()} tasks", len(ids))
    report: BulkReport = operation(job, ids, concurrency=bulk.concurrency, progress=progress, raise_on_failure=False)
    return report


def retry(
    session: Session,
    which: TaskFilter,
    bulk: BulkOptions,
    job: opt.JobArg,
    tasks: opt.TasksArg = None,
    into: Annotated[opt.Text, opt.option("--into", "JOB", "Job for tasks that have to be added again.")] = None,
) -> int:
    """Let failed tasks run again; those that cannot be reactivated are added again.

    batchtasks retry JOB --failed

    A copy gets a new id, such as t1-retry1, unless it goes into another job. A task that succeeded is copied only with --yes.
    """
    from batchtasks import JobBeingDeletedError, JobBeingTerminatedError, JobCompletedError, TaskSucceededError, task

    ids = _select(session, "retry", job, tasks, which, bulk)
    report = _do(session, "reactivate", job, ids, bulk)
    ended = isinstance(report.stopped, (JobCompletedError, JobBeingTerminatedError, JobBeingDeletedError))
    again = {str(each.task_id) for each in report.failed if isinstance(each.error, TaskSucceededError)}
    again |= set(ids) if ended else set()
    if ended and into is None:
        remedy = f"Add them to another job: batchtasks retry {job} --failed --into JOB."
        raise CliError(f"Job {job} has ended, so its tasks cannot run again.", remedy, REFUSED)
    if not (bulk.yes or which.failed):
        again -= _succeeded(session, job, again)
    if ended:
        report.stopped, report.unsent = None, [each for each in report.unsent if each not in again]
    if not again:
        return write_report(report, bulk.as_json, named=bool(tasks), more={"addedAgain": None})
    operations = session.client.task
    new_ids = _new_ids(session, job, sorted(again)) if into is None else {name: name for name in sorted(again)}
    copies = (task(new, of=operations.get(job, old)) for old, new in new_ids.items())
    added = operations.add_collection(into or job, copies, concurrency=bulk.concurrency, raise_on_failure=False)
    report.failed = [each for each in report.failed if each.task_id not in again]
    more = {"addedAgain": {**document_of(added, len(added.unsent)), "newIds": new_ids}}
    status = write_report(report, bulk.as_json, named=bool(tasks), more=more)
    if bulk.as_json:
        return max(status, status_of(added))
    list_failures(((old, f"again as {new}") for old, new in new_ids.items()), sys.stdout)
    return max(status, write_report(added, False))


def _succeeded(session: Session, job: str, ids: set[str]) -> set[str]:
    """Return those of the tasks that succeeded, and say that they are not added again."""
    read = partial(session.client.task.get, job, select="id,executionInfo")
    found = {each for each in ids if getattr(read(each).execution_info, "result", None) == "success"}
    if found:
        what = f"{text.count(len(found), 'task')} of job {job} succeeded; no copy was added."
        print_error(what, "Give --yes if you want to run again what succeeded.")
    return found


def _new_ids(session: Session, job: str, ids: list[str]) -> dict[str, str]:
    """Return an id that no task of the job has for each of these ids, such as t1-retry2."""
    from batchtasks import F

    taken, new_ids = set[str](), {}
    for task_id in ids:
        base = re.sub(r"-retry\d+$", "", task_id)[:54]
        found = session.client.task.list(job, filter=F.id.startswith(f"{base}-retry"), select="id")
        taken |= {str(each.id).casefold() for each in found}
        new_ids[task_id] = next(name for n in count(1) if (name := f"{base}-retry{n}").casefold() not in taken)
        taken.add(new_ids[task_id].casefold())
    return new_ids
