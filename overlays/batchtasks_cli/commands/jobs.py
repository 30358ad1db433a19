"""`job add`, `list`, `show`, `update`, `enable`, `disable`, `terminate`, `delete` and `wait`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

from batchtasks_cli.account.completion import complete_jobs
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, DryRun, brief, note, print_error, shell_line
from batchtasks_cli.input.selection import confirm
from batchtasks_cli.options import (
    JobArg,
    JsonFlag,
    Number,
    PollOption,
    Text,
    Texts,
    TimeoutOption,
    YesFlag,
    argument,
    flag,
    option,
    pair_of,
    span_of,
)
from batchtasks_cli.output.columns import JOBS
from batchtasks_cli.output.formats import DocumentOptions, ListOptions, SelectOption, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.table import write_pairs
from batchtasks_cli.output.text import count, show_span

# typer's lowest version shows the values of this kind of enumeration only.
JobState = Enum(  # type: ignore[misc]
    "JobState",
    {each: each for each in ("active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting")},
    type=str,
)


class Until(str, Enum):  # noqa: UP042 - see JobState
    """What to wait for."""

    COMPLETED = "completed"
    ACTIVE = "active"
    DISABLED = "disabled"
    DELETED = "deleted"


class RunningTasks(str, Enum):  # noqa: UP042
    """What becomes of running tasks when a job is disabled."""

    REQUEUE = "requeue"
    TERMINATE = "terminate"
    WAIT = "wait"


class AllDone(str, Enum):  # noqa: UP042
    """What becomes of a job when all its tasks have completed."""

    NOACTION = "noaction"
    TERMINATEJOB = "terminatejob"


JobsArg = Annotated[list[str], argument("JOB...", "Ids of jobs.", autocompletion=complete_jobs)]
ForceFlag = Annotated[bool, flag("--force", "Even if its pool or nodes do not answer.")]
_RETRIES = "Default retry count for tasks that do not set one; -1: no limit."


@dataclass
class JobOptions:
    """What can be set when a job is added, and changed later."""

    priority: Annotated[
        Number, option("--priority", "N", "Jobs with a higher number go first.", min=-1000, max=1000)
    ] = None
    max_parallel: Annotated[
        Number, option("--max-parallel", "N", "The most tasks of the job to run at once; -1: no limit.", min=-1)
    ] = None
    retries: Annotated[Number, option("--retries", "N", _RETRIES, min=-1)] = None
    max_wall_clock: Annotated[Text, option("--max-wall-clock", "DURATION", "The longest that the job may take.")] = None
    when_all_done: Annotated[
        AllDone | None, option("--when-all-done", "ACTION", "noaction or terminatejob, when all tasks have completed.")
    ] = None

    def members(self, constraints: dict[str, Any] | None = None) -> dict[str, Any]:
        """The members of a job that are set; of its constraints those that are not given stay as they are."""
        from batchtasks.models import write_duration

        span = span_of(self.max_wall_clock, "--max-wall-clock")
        limits = {"maxTaskRetryCount": self.retries, "maxWallClockTime": None if span is None else write_duration(span)}
        limits = {name: value for name, value in limits.items() if value is not None}
        members = {
            "priority": self.priority,
            "maxParallelTasks": self.max_parallel,
            "onAllTasksComplete": self.when_all_done and self.when_all_done.value,
            "constraints": {**(constraints or {}), **limits} if limits else None,
        }
        return {name: value for name, value in members.items() if value is not None}


def add(
    session: Session,
    options: JobOptions,
    job: Annotated[str, argument("JOB", "Id of the new job.")],
    pool: Annotated[
        Text, option("--pool", "POOL", "Id of the pool to run on.", envvar="BATCH_POOL_ID", show_envvar=True)
    ] = None,
    display_name: Annotated[Text, option("--display-name", "TEXT", "A name for people.")] = None,
    dependencies: Annotated[bool, flag("--dependencies", "Its tasks may depend on each other.")] = False,
    env: Annotated[Texts, option("--env -e", "NAME=VALUE", "An environment variable of every task.")] = None,
    file: Annotated[
        Path | None, option("--from", "FILE", "The job as JSON, in the service's form; options override it.")
    ] = None,
    as_json: JsonFlag = False,
) -> int:
    """Add a job."""
    document = {**(_read(file) if file is not None else {}), "id": job}
    document.update(options.members(document.get("constraints")))
    if pool is not None:
        document["poolInfo"] = {"poolId": pool}
    if "poolInfo" not in document:
        raise CliError("No pool was given.", "Give --pool POOL; the local service takes any name.")
    if display_name is not None:
        document["displayName"] = display_name
    if dependencies:
        document["usesTaskDependencies"] = True
    if env:
        pairs = [pair_of(text, "--env") for text in env]
        document["commonEnvironmentSettings"] = [{"name": name, "value": value} for name, value in pairs]
    return _each(session, [job], lambda job: session.client.job.add(document), "was added", as_json)


def _read(file: Path) -> dict[str, Any]:
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except ValueError as error:
        raise CliError(f"{file}: this is not JSON: {error}", "Give the job as one JSON object.") from None
    if not isinstance(document, dict):
        raise CliError(f"{file}: this is not a JSON object.", "Give the job as one JSON object.")
    return document


def list_jobs(
    session: Session,
    output: ListOptions,
    state: Annotated[list[JobState] | None, option("--state", None, "In this state; may be repeated.")] = None,
    prefix: Annotated[Text, option("--prefix", "TEXT", "With an id that begins so.")] = None,
    raw: Annotated[Text, option("--filter", "ODATA", "$filter as the service takes it.")] = None,
) -> None:
    """List jobs."""
    from batchtasks import JobF, any_of

    layout = output.layout(JOBS, "CloudJob")
    parts = [f"({any_of(JobF.state == each.value for each in state)})"] if state else []
    parts += [str(JobF.id.startswith(prefix))] if prefix else []
    parts += [f"({raw})" if parts else raw] if raw else []
    client = session.open(reads=True, as_json=layout.is_document)
    found = client.job.list(filter=" and ".join(parts) or None, select=layout.select)
    if layout.write(found) == 0 and layout.is_table:
        note("no job matches." if parts else "there are no jobs.")


def show(session: Session, output: DocumentOptions, job: JobArg, select: SelectOption = None) -> None:
    """Show one job."""
    found = session.open(reads=True, as_json=output.is_document).job.get(job, select=output.selected(select))
    if output.is_document:
        output.write(found.to_dict())
        return
    limits, run, parallel = found.constraints, found.execution_info, found.max_parallel_tasks or -1
    write_pairs(
        [
            *((column.name, column.value(found)) for column in JOBS if not column.wide),
            ("name", found.display_name),
            ("max parallel", parallel if parallel > 0 else None),
            ("dependencies", found.uses_task_dependencies),
            ("max wall clock", getattr(limits, "max_wall_clock_time", None)),
            ("task retries", getattr(limits, "max_task_retry_count", None)),
            ("when all done", found.on_all_tasks_complete),
            ("on failure", found.on_task_failure),
            ("started", getattr(run, "start_time", None)),
            ("ended", getattr(run, "end_time", None)),
            ("etag", found.e_tag),
        ]
    )


def update(session: Session, options: JobOptions, job: JobArg, as_json: JsonFlag = False) -> int:
    """Change a job.

    What is not given stays as it is.
    """
    from batchtasks import if_match

    changes, condition = options.members(), None
    if not changes:
        names = "--priority, --max-parallel, --retries, --max-wall-clock or --when-all-done"
        raise CliError("Nothing to change was given.", f"Give {names}.")
    if "constraints" in changes:
        # The service replaces them as a whole.
        found = session.open().job.get(job, select="id,eTag,constraints")
        changes = options.members(found.constraints.to_dict() if found.constraints is not None else None)
        condition = None if found.e_tag is None else if_match(found.e_tag)
    patch = session.client.job.patch
    return _each(session, [job], lambda job: patch(job, changes, condition=condition), "was updated", as_json)


def enable(session: Session, jobs: JobsArg, as_json: JsonFlag = False) -> int:
    """Start tasks of disabled jobs again."""
    return _each(session, jobs, lambda job: session.client.job.enable(job), "was enabled", as_json)


def disable(
    session: Session,
    jobs: JobsArg,
    running: Annotated[
        RunningTasks, option("--running", None, "What to do with tasks that run.")
    ] = RunningTasks.REQUEUE,
    as_json: JsonFlag = False,
) -> int:
    """Start no more tasks of jobs.

    Tasks that run are ended and run again later (requeue), are ended for good (terminate), or may finish (wait).
    """
    from batchtasks.models import DisableJobOption

    option = DisableJobOption(running.value)
    return _each(session, jobs, lambda job: session.client.job.disable(job, option), "is being disabled", as_json)


def terminate(
    session: Session,
    jobs: JobsArg,
    reason: Annotated[Text, option("--reason", "TEXT", "The reason to record.")] = None,
    force: ForceFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """End jobs: tasks that run are ended, the others never run."""
    end = session.client.job.terminate
    return _each(session, jobs, lambda job: end(job, reason, force=force or None), "is being terminated", as_json)


def delete(
    session: Session, jobs: JobsArg, force: ForceFlag = False, yes: YesFlag = False, as_json: JsonFlag = False
) -> int:
    """Delete jobs with all their tasks and files."""
    if not session.dry_run and not yes:
        confirm(f"Delete {', '.join(_described(session, job) for job in jobs)}?", yes=False)
    remove = session.client.job.delete
    return _each(session, jobs, lambda job: remove(job, force=force or None), "is being deleted", as_json)


def _described(session: Session, job: str) -> str:
    """Name a job with what goes with it."""
    counts = session.client.job.get_task_counts(job).task_counts
    number = sum(getattr(counts, name, None) or 0 for name in ("active", "running", "completed"))
    return f"job {job} with {count(number, 'task')}"


def _each(session: Session, jobs: list[str], act: Callable[[str], object], what: str, as_json: bool) -> int:
    """Do something to each job; what a single one is refused is an error, of one among several it is listed."""
    from batchtasks import ServiceError

    session.open(as_json=as_json)
    done: list[str] = []
    failed: list[dict[str, str | None]] = []
    for job in jobs:
        try:
            with suppress(DryRun):
                act(job)
                done.append(job)
        except ServiceError as error:
            if len(jobs) == 1:
                raise
            failed.append({"id": job, "code": error.code, "error": brief(error)})
    if as_json and not session.dry_run:
        write_json({"done": done, "failed": failed})
    elif not as_json:
        sys.stdout.writelines(f"Job {job} {what}.\n" for job in done)
    list_failures((str(each["id"]), str(each["error"])) for each in failed)
    return INCOMPLETE if failed else DONE


def wait(
    session: Session,
    job: JobArg,
    until: Annotated[Until, option("--until", None, "What to wait for.")] = Until.COMPLETED,
    timeout: TimeoutOption = None,
    poll: PollOption = None,
    as_json: JsonFlag = False,
) -> int:
    """Wait until a job is completed, active, disabled or deleted.

    To wait for the tasks of a job: batchtasks wait JOB.
    """
    session.open(many=True, reads=True)
    limit, pause = span_of(timeout, "--timeout"), span_of(poll, "--poll")
    began = time.monotonic()
    # A job in these states will never be in another that is waited for.
    last = {"deleted"} if until is Until.DELETED else {until.value, "completed", "deleting"}
    with Ticker() as tick:
        while (state := _state(session, job, until)) not in last:
            waited = time.monotonic() - began
            if limit is not None and waited >= limit.total_seconds():
                break
            tick(f"job {job} is {state}, {show_span(waited)}")
            time.sleep(max(0.01, pause.total_seconds()) if pause is not None else min(30.0, max(0.25, waited / 10)))
    if as_json:
        write_json({"jobId": job, "state": state})
    else:
        sys.stdout.write(f"Job {job} is {state}.\n")
    if state == until.value:
        return DONE
    print_error(f"job {job} is not {until.value}.", f"See: {shell_line(['batchtasks', 'job', 'show', job])}")
    return INCOMPLETE


def _state(session: Session, job: str, until: Until) -> str:
    from batchtasks import JobNotFoundError

    try:
        return str(session.client.job.get(job, select="id,state").state)
    except JobNotFoundError:
        if until is Until.DELETED:
            return "deleted"
        raise
