"""`job add`, `list`, `show`, `update`, `enable`, `disable`, `terminate`, `delete` and `wait`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from batchtasks_cli.account.completion import complete_jobs
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, DryRun, brief, note, print_error, shell_line
from batchtasks_cli.input.selection import confirm
from batchtasks_cli.options import (
    DryFlag,
    JobArg,
    JsonFlag,
    PollOption,
    TimeoutOption,
    YesFlag,
    argument,
    pair_of,
    span_of,
)
from batchtasks_cli.output.columns import JOBS, member_column
from batchtasks_cli.output.formats import DocumentOptions, ListOptions, SelectOption, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.table import write_pairs
from batchtasks_cli.output.text import count, show_span


class JobState(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """The states of a job."""

    ACTIVE = "active"
    DISABLING = "disabling"
    DISABLED = "disabled"
    ENABLING = "enabling"
    TERMINATING = "terminating"
    COMPLETED = "completed"
    DELETING = "deleting"


class Until(str, Enum):  # noqa: UP042
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


NewJobArg = Annotated[str, argument("JOB", "Id of the new job.")]
JobsArg = Annotated[list[str], argument("JOB...", "Ids of jobs.", autocompletion=complete_jobs)]
PoolOption = Annotated[
    str | None,
    typer.Option("--pool", metavar="POOL", envvar="BATCH_POOL_ID", show_envvar=True, help="Id of the pool to run on."),
]
NameOption = Annotated[str | None, typer.Option("--display-name", metavar="TEXT", help="A name for people.")]
PriorityOption = Annotated[
    int | None,
    typer.Option("--priority", metavar="N", min=-1000, max=1000, help="Jobs with a higher number go first."),
]
ParallelOption = Annotated[
    int | None,
    typer.Option("--max-parallel", metavar="N", min=-1, help="The most tasks of the job to run at once; -1: no limit."),
]
RetriesOption = Annotated[
    int | None,
    typer.Option(
        "--retries", metavar="N", min=-1, help="Default retry count for tasks that do not set one; -1: no limit."
    ),
]
ClockOption = Annotated[
    str | None, typer.Option("--max-wall-clock", metavar="DURATION", help="The longest that the job may take.")
]
AllDoneOption = Annotated[
    AllDone | None, typer.Option("--when-all-done", help="What to do when all tasks have completed.")
]
DependenciesFlag = Annotated[bool, typer.Option("--dependencies", help="Its tasks may depend on each other.")]
EnvOption = Annotated[
    list[str] | None, typer.Option("--env", "-e", metavar="NAME=VALUE", help="An environment variable of every task.")
]
FileOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="The job as JSON, in the service's form; options override it."),
]
StateOption = Annotated[list[JobState] | None, typer.Option("--state", help="In this state; may be repeated.")]
PrefixOption = Annotated[str | None, typer.Option("--prefix", metavar="TEXT", help="With an id that begins so.")]
RawOption = Annotated[str | None, typer.Option("--filter", metavar="ODATA", help="$filter as the service takes it.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="The reason to record.")]
ForceFlag = Annotated[bool, typer.Option("--force", help="Even if its pool or nodes do not answer.")]
RunningOption = Annotated[RunningTasks, typer.Option("--running", help="What to do with tasks that run.")]
UntilOption = Annotated[Until, typer.Option("--until", help="What to wait for.")]


def add(
    session: Session,
    job: NewJobArg,
    pool: PoolOption = None,
    display_name: NameOption = None,
    priority: PriorityOption = None,
    max_parallel: ParallelOption = None,
    retries: RetriesOption = None,
    max_wall_clock: ClockOption = None,
    when_all_done: AllDoneOption = None,
    dependencies: DependenciesFlag = False,
    env: EnvOption = None,
    file: FileOption = None,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a job."""
    document = _read(file) if file is not None else {}
    document["id"] = job
    if pool is not None:
        document["poolInfo"] = {"poolId": pool}
    if "poolInfo" not in document:
        raise CliError("No pool was given.", "Give --pool POOL; the local service takes any name.")
    constraints = _constraints(retries, max_wall_clock)
    more = {
        "displayName": display_name,
        "priority": priority,
        "maxParallelTasks": max_parallel,
        "onAllTasksComplete": None if when_all_done is None else when_all_done.value,
        "usesTaskDependencies": dependencies or None,
        "commonEnvironmentSettings": [
            dict(zip(("name", "value"), pair_of(text, "--env"), strict=True)) for text in env or ()
        ]
        or None,
        "constraints": {**document.get("constraints", {}), **constraints} if constraints else None,
    }
    document.update({name: value for name, value in more.items() if value is not None})
    session.only_show(dry_run, as_json=as_json)
    session.client.job.add(document)
    _write_done([job], "was added", as_json)


def _read(file: Path) -> dict[str, Any]:
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except ValueError as error:
        raise CliError(f"{file}: this is not JSON: {error}", "Give the job as one JSON object.") from None
    if not isinstance(document, dict):
        raise CliError(f"{file}: this is not a JSON object.", "Give the job as one JSON object.")
    return document


def _constraints(retries: int | None, clock: str | None) -> dict[str, Any]:
    from batchtasks.models import write_duration

    span = span_of(clock, "--max-wall-clock")
    given = {"maxTaskRetryCount": retries, "maxWallClockTime": None if span is None else write_duration(span)}
    return {name: value for name, value in given.items() if value is not None}


def _write_done(jobs: Iterable[str], what: str, as_json: bool) -> None:
    """Write what was done: a line for each job, or one document."""
    if as_json:
        write_json({"done": list(jobs), "failed": []})
    else:
        sys.stdout.writelines(f"Job {job} {what}.\n" for job in jobs)


def list_jobs(
    session: Session,
    output: ListOptions,
    state: StateOption = None,
    prefix: PrefixOption = None,
    raw: RawOption = None,
    dry_run: DryFlag = False,
) -> None:
    """List jobs."""
    layout = output.layout(JOBS, partial(member_column, "CloudJob", known=JOBS))
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    found = session.client.job.list(filter=_filter(state, prefix, raw), select=layout.select)
    if layout.write(found) == 0 and layout.is_table:
        note("no job matches." if state or prefix or raw else "there are no jobs.")


def _filter(states: list[JobState] | None, prefix: str | None, raw: str | None) -> str | None:
    from batchtasks import JobF, any_of

    parts = []
    if states:
        parts.append(f"({any_of(JobF.state == state.value for state in states)})")
    if prefix:
        parts.append(str(JobF.id.startswith(prefix)))
    if raw:
        parts.append(f"({raw})" if parts else raw)
    return " and ".join(parts) or None


def show(
    session: Session, output: DocumentOptions, job: JobArg, select: SelectOption = None, dry_run: DryFlag = False
) -> None:
    """Show one job."""
    if select is not None and not output.is_document:
        raise CliError("--select is for JSON and YAML.", "Add -o json.")
    session.only_show(dry_run, reads=True, as_json=output.is_document)
    found = session.client.job.get(job, select=select)
    if output.is_document:
        output.write(found.to_dict())
        return
    limits, run = found.constraints, found.execution_info
    write_pairs(
        [
            *((column.name, column.value(found)) for column in JOBS if not column.wide),
            ("name", found.display_name),
            ("max parallel", found.max_parallel_tasks if (found.max_parallel_tasks or -1) > 0 else None),
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


def update(
    session: Session,
    job: JobArg,
    priority: PriorityOption = None,
    max_parallel: ParallelOption = None,
    retries: RetriesOption = None,
    max_wall_clock: ClockOption = None,
    when_all_done: AllDoneOption = None,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Change a job.

    What is not given stays as it is.
    """
    from batchtasks import if_match

    constraints = _constraints(retries, max_wall_clock)
    more = {
        "priority": priority,
        "maxParallelTasks": max_parallel,
        "onAllTasksComplete": None if when_all_done is None else when_all_done.value,
    }
    changes: dict[str, Any] = {name: value for name, value in more.items() if value is not None}
    if not (changes or constraints):
        options = "--priority, --max-parallel, --retries, --max-wall-clock or --when-all-done"
        raise CliError("Nothing to change was given.", f"Give {options}.")
    session.only_show(dry_run, as_json=as_json)
    condition = None
    if constraints:
        # The service replaces them as a whole.
        found = session.client.job.get(job, select="id,constraints")
        before = found.constraints.to_dict() if found.constraints is not None else {}
        changes["constraints"] = {**before, **constraints}
        condition = None if found.e_tag is None else if_match(found.e_tag)
    session.client.job.patch(job, changes, condition=condition)
    _write_done([job], "was updated", as_json)


def enable(session: Session, jobs: JobsArg, dry_run: DryFlag = False, as_json: JsonFlag = False) -> int:
    """Start tasks of disabled jobs again."""
    return _each(session, jobs, lambda job: session.client.job.enable(job), "was enabled", dry_run, as_json)


def disable(
    session: Session,
    jobs: JobsArg,
    running: RunningOption = RunningTasks.REQUEUE,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Start no more tasks of jobs.

    Tasks that run are ended and run again later (requeue), are ended for good (terminate), or may finish (wait).
    """
    from batchtasks.models import DisableJobOption

    option = DisableJobOption(running.value)
    return _each(
        session, jobs, lambda job: session.client.job.disable(job, option), "is being disabled", dry_run, as_json
    )


def terminate(
    session: Session,
    jobs: JobsArg,
    reason: ReasonOption = None,
    force: ForceFlag = False,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """End jobs: tasks that run are ended, the others never run."""
    return _each(
        session,
        jobs,
        lambda job: session.client.job.terminate(job, reason, force=force or None),
        "is being terminated",
        dry_run,
        as_json,
    )


def delete(
    session: Session,
    jobs: JobsArg,
    force: ForceFlag = False,
    yes: YesFlag = False,
    dry_run: DryFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Delete jobs with all their tasks and files."""
    if not dry_run and not yes:
        confirm(f"Delete {_described(session, jobs)}?", yes=False)
    return _each(
        session,
        jobs,
        lambda job: session.client.job.delete(job, force=force or None),
        "is being deleted",
        dry_run,
        as_json,
    )


def _described(session: Session, jobs: list[str]) -> str:
    """Name the jobs with what goes with them."""
    words = []
    for job in jobs:
        counts = session.client.job.get_task_counts(job).task_counts
        number = sum(getattr(counts, name, None) or 0 for name in ("active", "running", "completed"))
        words.append(f"job {job} with {count(number, 'task')}")
    return ", ".join(words)


def _each(
    session: Session, jobs: list[str], act: Callable[[str], object], what: str, dry_run: bool, as_json: bool
) -> int:
    """Do something to each job; what a single one is refused is an error, of one among several it is listed."""
    from batchtasks import ServiceError

    session.only_show(dry_run, as_json=as_json)
    done: list[str] = []
    failed: list[dict[str, Any]] = []
    for job in jobs:
        try:
            with suppress(DryRun):
                act(job)
                done.append(job)
        except ServiceError as error:
            if len(jobs) == 1:
                raise
            failed.append({"id": job, "code": error.code, "error": brief(error)})
    if dry_run:
        return DONE
    if as_json:
        write_json({"done": done, "failed": failed})
    else:
        _write_done(done, what, False)
    for each in failed:
        note(f"{each['id']}: {each['error']}")
    return INCOMPLETE if failed else DONE


def wait(
    session: Session,
    job: JobArg,
    until: UntilOption = Until.COMPLETED,
    timeout: TimeoutOption = None,
    poll: PollOption = None,
    as_json: JsonFlag = False,
) -> int:
    """Wait until a job is completed, active, disabled or deleted.

    To wait for the tasks of a job: batchtasks wait JOB.
    """
    session.be_patient()
    limit, pause = span_of(timeout, "--timeout"), span_of(poll, "--poll")
    began = time.monotonic()
    with Ticker() as tick:
        while True:
            state, waited = _state(session, job, until), time.monotonic() - began
            if state == until.value or (limit is not None and waited >= limit.total_seconds()):
                break
            if until is not Until.DELETED and state in ("completed", "deleting"):
                break  # it will never be what is waited for
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
