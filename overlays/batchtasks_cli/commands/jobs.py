"""`job add`, `job list`, `job show`, `job delete` and `job terminate`."""

from __future__ import annotations

import sys
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from batchtasks_cli.commands.columns import JOB_MEMBERS, JOBS
from batchtasks_cli.completion import complete_jobs
from batchtasks_cli.errors import Complaint, DryRun
from batchtasks_cli.options import CsvFlag, DryFlag, JobArg, JsonFlag, JsonLinesFlag, SelectOption, YesFlag, span_of
from batchtasks_cli.output import Form, form_of, write_document, write_items, write_pairs
from batchtasks_cli.selection import confirm
from batchtasks_cli.session import Session
from batchtasks_cli.text import count


class JobState(str, Enum):  # noqa: UP042 - see options.State
    """The states of a job."""

    ACTIVE = "active"
    DISABLING = "disabling"
    DISABLED = "disabled"
    ENABLING = "enabling"
    TERMINATING = "terminating"
    COMPLETED = "completed"
    DELETING = "deleting"


NewJobArg = Annotated[str, typer.Argument(metavar="JOB", help="Id of the new job.", show_default=False)]
JobsArg = Annotated[
    list[str], typer.Argument(metavar="JOB...", help="Ids of jobs.", show_default=False, autocompletion=complete_jobs)
]
PoolOption = Annotated[
    str | None,
    typer.Option("--pool", metavar="POOL", envvar="BATCH_POOL_ID", show_envvar=True, help="Id of the pool to run on."),
]
PriorityOption = Annotated[
    int | None, typer.Option("--priority", metavar="N", min=-1000, max=1000, help="Jobs with a higher number go first.")
]
ParallelOption = Annotated[
    int | None, typer.Option("--max-parallel", metavar="N", min=1, help="The most tasks of the job to run at once.")
]
RetriesOption = Annotated[
    int | None, typer.Option("--retries", metavar="N", min=-1, help="Retries of its tasks that do not say; -1: no end.")
]
ClockOption = Annotated[
    str | None, typer.Option("--max-wall-clock", metavar="DURATION", help="The longest that the job may take.")
]
DependenciesFlag = Annotated[bool, typer.Option("--dependencies", help="Its tasks may depend on each other.")]
EnvOption = Annotated[
    list[str] | None, typer.Option("--env", "-e", metavar="NAME=VALUE", help="An environment variable of every task.")
]
FileOption = Annotated[
    Path | None,
    typer.Option("--from", metavar="FILE", help="The job as JSON, in the service's form; flags come on top."),
]
StateOption = Annotated[list[JobState] | None, typer.Option("--state", help="In this state; give it again for others.")]
PrefixOption = Annotated[str | None, typer.Option("--prefix", metavar="TEXT", help="With an id that begins so.")]
RawOption = Annotated[str | None, typer.Option("--filter", metavar="ODATA", help="$filter as the service takes it.")]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="What to note as the reason.")]
ForceFlag = Annotated[bool, typer.Option("--force", help="Even if its pool or nodes do not answer.")]


def add(
    session: Session,
    job: NewJobArg,
    pool: PoolOption = None,
    display_name: Annotated[
        str | None, typer.Option("--display-name", metavar="TEXT", help="A name for people.")
    ] = None,
    priority: PriorityOption = None,
    max_parallel: ParallelOption = None,
    retries: RetriesOption = None,
    max_wall_clock: ClockOption = None,
    dependencies: DependenciesFlag = False,
    env: EnvOption = None,
    file: FileOption = None,
    dry_run: DryFlag = False,
) -> None:
    """Add a job."""
    document = _read(file) if file is not None else {}
    document["id"] = job
    if pool is not None:
        document["poolInfo"] = {"poolId": pool}
    if "poolInfo" not in document:
        raise Complaint("No pool was given.", "Give --pool POOL; the local service takes any name.")
    more = {
        "displayName": display_name,
        "priority": priority,
        "maxParallelTasks": max_parallel,
        "usesTaskDependencies": dependencies or None,
        "commonEnvironmentSettings": settings_of(env),
        "constraints": _constraints(retries, max_wall_clock),
    }
    document.update({name: value for name, value in more.items() if value is not None})
    session.only_show(dry_run)
    session.client.job.add(document)
    sys.stdout.write(f"Job {job} was added.\n")


def _read(file: Path) -> dict[str, Any]:
    import json

    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except ValueError as error:
        raise Complaint(f"{file}: this is no JSON: {error}", "Give the job as one JSON object.") from None
    if not isinstance(document, dict):
        raise Complaint(f"{file}: this is no JSON object.", "Give the job as one JSON object.")
    return document


def _constraints(retries: int | None, clock: str | None) -> dict[str, Any] | None:
    span = span_of(clock, "--max-wall-clock")
    given = {"maxTaskRetryCount": retries, "maxWallClockTime": span}
    if span is not None:
        from batchtasks_rest._wire import write_duration

        given["maxWallClockTime"] = write_duration(span)  # type: ignore[assignment]
    return {name: value for name, value in given.items() if value is not None} or None


def settings_of(env: list[str] | None) -> list[dict[str, str]] | None:
    """Read NAME=VALUE pairs to the service's form."""
    if not env:
        return None
    return [dict(zip(("name", "value"), pair_of(text, "--env"), strict=True)) for text in env]


def pair_of(text: str, option: str) -> tuple[str, str]:
    """Read NAME=VALUE, for --resource-file PATH=URL."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        names = ("PATH", "URL") if option == "--resource-file" else ("NAME", "VALUE")
        remedy = f"Write the {names[0].lower()}, an equals sign and the {names[1].replace('VALUE', 'value')}."
        raise Complaint(f"{option}: {text!r} is not {'='.join(names)}.", remedy)
    return name, value


def list_jobs(
    session: Session,
    state: StateOption = None,
    prefix: PrefixOption = None,
    raw: RawOption = None,
    as_json: JsonLinesFlag = False,
    as_csv: CsvFlag = False,
    select: SelectOption = None,
    dry_run: DryFlag = False,
) -> None:
    """List jobs."""
    form = form_of(as_json, as_csv)
    if select is not None and form is not Form.JSON:
        raise Complaint("--select goes with --json only.", "Add --json.")
    session.only_show(dry_run, reads=True, as_json=as_json)
    members = select or (None if form is Form.JSON else JOB_MEMBERS)
    found = session.client.job.list(filter=_filter(state, prefix, raw), select=members)
    if write_items(found, JOBS, form) == 0 and form is Form.TABLE:
        print("No job matches." if state or prefix or raw else "There are no jobs.", file=sys.stderr)


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


def show(session: Session, job: JobArg, as_json: JsonFlag = False, dry_run: DryFlag = False) -> None:
    """Show one job."""
    session.only_show(dry_run, reads=True, as_json=as_json)
    found = session.client.job.get(job)
    if as_json:
        write_document(found.to_dict())
        return
    limits, run = found.constraints, found.execution_info
    write_pairs(
        [
            *((column.name, column.value(found)) for column in JOBS),
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


def terminate(
    session: Session, job: JobArg, reason: ReasonOption = None, force: ForceFlag = False, dry_run: DryFlag = False
) -> None:
    """End a job; its tasks that run are ended, the others never run."""
    session.only_show(dry_run)
    session.client.job.terminate(job, reason, force=force or None)
    sys.stdout.write(f"Job {job} is being terminated.\n")


def delete(
    session: Session, jobs: JobsArg, force: ForceFlag = False, yes: YesFlag = False, dry_run: DryFlag = False
) -> None:
    """Delete jobs with all their tasks and files."""
    session.only_show(dry_run)
    if not dry_run and not yes:
        confirm(f"Delete {_described(session, jobs)}?", yes=False)
    for job in jobs:
        with suppress(DryRun):
            session.client.job.delete(job, force=force or None)
            sys.stdout.write(f"Job {job} is being deleted.\n")


def _described(session: Session, jobs: list[str]) -> str:
    """Name the jobs with what goes with them."""
    words = []
    for job in jobs:
        counts = session.client.job.get_task_counts(job).task_counts
        number = (counts.active or 0) + (counts.running or 0) + (counts.completed or 0) if counts is not None else 0
        words.append(f"job {job} with {count(number, 'task')}")
    return ", ".join(words)
