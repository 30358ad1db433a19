"""`wait`."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from batchtasks_cli.commands.columns import failure_of
from batchtasks_cli.completion import complete_tasks
from batchtasks_cli.errors import DONE, NOT_ALL, complain, explain
from batchtasks_cli.options import JobArg, JsonFlag, span_of
from batchtasks_cli.output import write_document
from batchtasks_cli.progress import Ticker
from batchtasks_cli.session import Session
from batchtasks_cli.text import count, one_line, show_span

if TYPE_CHECKING:
    from batchtasks import WaitProgress, WaitResult

_MOST_SHOWN = 10


class Until(str, Enum):  # noqa: UP042 - see options.State
    """What to wait for."""

    COMPLETED = "completed"
    RUNNING = "running"


TasksArg = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TASK]...",
        help="Tasks to wait for; without any, all tasks of the job.",
        show_default=False,
        autocompletion=complete_tasks,
    ),
]
UntilOption = Annotated[
    Until, typer.Option("--until", help="Wait until they have completed, or have at least been started.")
]
TimeoutOption = Annotated[
    str | None,
    typer.Option("--timeout", metavar="DURATION", help="Give up after this time, such as 2h; the status is then 1."),
]
PollOption = Annotated[
    str | None,
    typer.Option("--poll", metavar="DURATION", help="Time between looks (default: a tenth of the wait, 0.25 to 30 s)."),
]
FailFastFlag = Annotated[bool, typer.Option("--fail-fast", help="End the wait as soon as a task has failed.")]


def wait(
    session: Session,
    job: JobArg,
    tasks: TasksArg = None,
    until: UntilOption = Until.COMPLETED,
    timeout: TimeoutOption = None,
    poll: PollOption = None,
    fail_fast: FailFastFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Wait until tasks have completed.

    The exit status is 1 if one of them has failed, or if the time runs out.
    """
    from batchtasks import JobEndedError, WaitTimeoutError, first_failure

    session.be_patient()
    options: dict[str, Any] = {"timeout": span_of(timeout, "--timeout"), "poll": span_of(poll, "--poll")}
    if fail_fast:
        options["stop_when"] = first_failure
    try:
        with Ticker() as tick:
            result = session.client.task.wait(
                job,
                tasks or None,
                until=until.value,
                progress=lambda seen: tick(_line(seen)),
                list_succeeded=False,
                **options,
            )
    except (WaitTimeoutError, JobEndedError) as error:
        _tell(job, error.result, as_json, "timeout" if isinstance(error, WaitTimeoutError) else "job ended")
        complaint = explain(error)
        complain(complaint.what, complaint.remedy)
        return complaint.status
    _tell(job, result, as_json, "failed" if result.stopped else "done")
    return DONE if result.ok else NOT_ALL


def _line(seen: WaitProgress) -> str:
    running = "" if seen.running is None else f", {seen.running:,} running"
    failed = f" ({seen.failed:,} failed)" if seen.failed else ""
    missing = f", {seen.missing:,} not there" if seen.missing else ""
    return f"{seen.done:,} of {seen.total:,} done{failed}{running}{missing}, {show_span(seen.elapsed)}"


def _tell(job: str, result: WaitResult, as_json: bool, end: str) -> None:
    if as_json:
        write_document(_document(result, end))
        return
    seen = result.progress
    words = [f"{seen.succeeded:,} succeeded", f"{seen.failed:,} failed"]
    for number, what in ((len(result.running), "running"), (seen.pending, "pending"), (seen.missing, "not there")):
        if number:
            words.append(f"{number:,} {what}")
    sys.stdout.write(f"{', '.join(words)} of {count(seen.total, 'task')}.\n")
    _list_failures(job, result)


def _list_failures(job: str, result: WaitResult) -> None:
    for name in result.failed[:_MOST_SHOWN]:
        info = result.failures[name].execution_info
        code = getattr(info, "exit_code", None)
        what = f"exit code {code}" if code is not None else failure_of(info) or "no reason given"
        sys.stdout.write(f"  {name}: {one_line(what)}\n")
    if len(result.failed) > _MOST_SHOWN:
        sys.stdout.write(f"  and {len(result.failed) - _MOST_SHOWN:,} more: batchtasks list {job} --failed\n")
    for name in result.missing[:_MOST_SHOWN]:
        sys.stdout.write(f"  {name}: there is no such task\n")


def _document(result: WaitResult, end: str) -> dict[str, Any]:
    seen = result.progress
    return {
        "end": end,
        "total": seen.total,
        "succeeded": seen.succeeded,
        "failed": seen.failed,
        "pending": seen.pending,
        "missing": list(result.missing),
        "failures": [
            {"id": name, "exitCode": getattr(info, "exit_code", None), "failure": failure_of(info)}
            for name, info in ((name, task.execution_info) for name, task in result.failures.items())
        ],
        "pendingIds": list(result.pending),
    }
