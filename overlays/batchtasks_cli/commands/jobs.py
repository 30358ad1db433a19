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
from typing import Annotated, Any, Literal, get_args

from batchtasks_cli.account.completion import complete_jobs
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, CliError, DryRun, brief, print_error, shell_line
from batchtasks_cli.input import options as opt
from batchtasks_cli.input.options import JobArg, JsonFlag, Number, Text, flag, option
from batchtasks_cli.input.selection import confirm
from batchtasks_cli.output.columns import JOBS
from batchtasks_cli.output.formats import DocumentOptions, ListOptions, SelectOption, write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.text import count, show_span

_STATES = ("active", "disabling", "disabled", "enabling", "terminating", "completed", "deleting")
JobState = Enum("JobState", {name.upper(): name for name in _STATES}, type=str)  # type: ignore[misc]
Until = Literal["completed", "active", "disabled", "deleted"]
RunningTasks = Literal["requeue", "terminate", "wait"]
AllDone = Literal["noaction", "terminatejob"]

JobsArg = Annotated[list[str], opt.argument("JOB...", "Ids of jobs.", autocompletion=complete_jobs)]
ForceFlag = Annotated[bool, flag("--force", "Even if its pool or nodes do not answer.")]
_PARALLEL, _RETRIES = "Run at most N tasks at once; -1: no limit.", "Retry count of tasks without one; -1: no limit."


@dataclass
class JobOptions:
    """What can be set when a job is added, and changed later."""

    priority: Annotated[Number, option("--priority", "N", "Higher runs first.", min=-1000, max=1000)] = None
    max_parallel: Annotated[Number, option("--max-parallel", "N", _PARALLEL, min=-1)] = None
    retries: Annotated[Number, option("--retries", "N", _RETRIES, min=-1)] = None
    max_wall_clock: Annotated[opt.Span, opt.duration("--max-wall-clock", "Time limit of the job.")] = None
    when_all_done: Annotated[AllDone | None, option("--when-all-done", None, "What happens to the job then.")] = None

    def members(self, constraints: dict[str, Any] | None = None) -> dict[str, Any]:
        """The members of a job that are set; of its constraints those that are not given stay as they are."""
        from batchtasks.models import write_duration

        limits: dict[str, Any] = {} if self.retries is None else {"maxTaskRetryCount": self.retries}
        if self.max_wall_clock is not None:
            limits["maxWallClockTime"] = write_duration(self.max_wall_clock)
        members = {
            "priority": self.priority,
            "maxParallelTasks": self.max_parallel,
            "onAllTasksComplete": self.when_all_done,
            "constraints": {**(constraints or {}), **limits} if limits else None,
        }
        return {name: value for name, value in members.items() if value is not None}


def add(
    session: Session,
    options: JobOptions,
    job: Annotated[str, opt.argument("JOB", "Id of the new job.")],
    pool: Annotated[Text, option("--pool", "POOL", "Id of the pool.", envvar="BATCH_POOL_ID", show_envvar=True)] = None,
    display_name: Annotated[Text, option("--display-name", "TEXT", "A name for people.")] = None,
    dependencies: Annotated[bool, flag("--dependencies", "Allow dependencies between its tasks.")] = False,
    env: Annotated[opt.Pairs, opt.pairs("--env -e", "NAME=VALUE", "Environment variable of every task.")] = None,
    file: Annotated[Path | None, option("--from", "FILE", "The job as JSON; options override it.")] = None,
    as_json: JsonFlag = False,
) -> int:
    """Add a job."""
    document: Any = {}
    if file is not None:
        content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        try:
            document = {**json.loads(content)}
        except (ValueError, TypeError) as error:
            raise CliError(f"{file}: this is not a JSON object: {error}", "Give the job as one JSON object.") from None
    more = {
        "id": job,
        "poolInfo": None if pool is None else {"poolId": pool},
        "displayName": display_name,
        "usesTaskDependencies": dependencies or None,
        "commonEnvironmentSettings": [pair._asdict() for pair in env or ()] or None,
        **options.members(document.get("constraints")),
    }
    document.update({name: value for name, value in more.items() if value is not None})
    if "poolInfo" not in document:
        raise CliError("No pool was given.", "Give --pool POOL; the local service takes any name.")
    return _each(session, [job], lambda job: session.client.job.add(document), "was added", as_json)


def list_jobs(
    session: Session,
    output: ListOptions,
    state: Annotated[
        list[JobState] | None, option("--state", "STATE", f"{', '.join(_STATES)}; may be repeated.")
    ] = None,
    prefix: Annotated[Text, option("--prefix", "TEXT", "Ids that begin with TEXT.")] = None,
    raw: Annotated[Text, option("--filter", "ODATA", "An OData $filter of the service.")] = None,
) -> None:
    """List jobs."""
    from batchtasks import JobF, any_of

    select = output.choose(JOBS, "CloudJob")
    parts = [f"({any_of(JobF.state == each.value for each in state)})"] if state else []
    parts += [str(JobF.id.startswith(prefix))] if prefix else []
    parts += [f"({raw})" if parts else raw] if raw else []
    client = session.open(reads=True, as_json=output.is_document)
    found = client.job.list(filter=" and ".join(parts) or None, select=select)
    output.write(found, "no job matches." if parts else "there are no jobs.")


def show(session: Session, output: DocumentOptions, job: JobArg, select: SelectOption = None) -> None:
    """Show one job."""
    operations = session.open(reads=True, as_json=output.is_document).job
    output.show(operations.get(job, select=output.members(select)))


def update(session: Session, options: JobOptions, job: JobArg, as_json: JsonFlag = False) -> int:
    """Change a job; what you do not give stays as it is."""
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
    """Enable disabled jobs: their tasks start again."""
    return _each(session, jobs, lambda job: session.client.job.enable(job), "was enabled", as_json)


def disable(
    session: Session,
    jobs: JobsArg,
    running: Annotated[RunningTasks, option("--running", None, "What to do with running tasks.")] = "requeue",
    as_json: JsonFlag = False,
) -> int:
    """Disable jobs: no more tasks start.

    Running tasks are ended and run again later (requeue), are ended for good (terminate), or may finish (wait).
    """
    return _each(session, jobs, lambda job: session.client.job.disable(job, running), "is being disabled", as_json)


def terminate(
    session: Session,
    jobs: JobsArg,
    reason: Annotated[Text, option("--reason", "TEXT", "The reason to record.")] = None,
    force: ForceFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Terminate jobs: running tasks are ended, the others never run."""
    end = session.client.job.terminate
    return _each(session, jobs, lambda job: end(job, reason, force=force or None), "is being terminated", as_json)


def delete(
    session: Session, jobs: JobsArg, force: ForceFlag = False, yes: opt.YesFlag = False, as_json: JsonFlag = False
) -> int:
    """Delete jobs with all their tasks and files."""
    operations, words = session.client.job, []
    for job in () if session.dry_run or yes else jobs:
        counts = operations.get_task_counts(job).task_counts
        number = sum(getattr(counts, name, None) or 0 for name in ("active", "running", "completed"))
        words.append(f"job {job} with {count(number, 'task')}")
    confirm(f"Delete {', '.join(words)}?", session.dry_run or yes)
    return _each(session, jobs, lambda job: operations.delete(job, force=force or None), "is being deleted", as_json)


def _each(session: Session, jobs: list[str], act: Callable[[str], object], what: str, as_json: bool) -> int:
    """Do something to each job; a refusal is an error for a single job, and is listed for one of several."""
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
    until: Annotated[Until, option("--until", "STATE", f"{', '.join(get_args(Until))}.")] = "completed",
    timeout: opt.TimeoutOption = None,
    poll: opt.PollOption = None,
    as_json: JsonFlag = False,
) -> int:
    """Wait until a job is completed, active, disabled or deleted.

    To wait for the tasks of a job: batchtasks wait JOB.
    """
    from batchtasks import JobNotFoundError

    operations = session.open(many=True, reads=True).job
    # A job in these states will never be in another that is waited for.
    last = {"deleted"} if until == "deleted" else {until, "completed", "deleting"}
    began = time.monotonic()
    with Ticker() as tick:
        while True:
            try:
                state = str(operations.get(job, select="id,state").state)
            except JobNotFoundError:
                if until != "deleted":
                    raise
                state = "deleted"
            waited = time.monotonic() - began
            if state in last or (timeout is not None and waited >= timeout.total_seconds()):
                break
            tick(f"job {job} is {state}, {show_span(waited)}")
            pause = max(0.01, poll.total_seconds()) if poll is not None else min(30.0, max(0.25, waited / 10))
            time.sleep(pause if timeout is None else min(pause, timeout.total_seconds() - waited))
    if as_json:
        write_json({"jobId": job, "state": state})
    else:
        sys.stdout.write(f"Job {job} is {state}.\n")
    if state != until:
        print_error(f"job {job} is not {until}.", f"See: {shell_line(['batchtasks', 'job', 'show', job])}")
    return DONE if state == until else INCOMPLETE
