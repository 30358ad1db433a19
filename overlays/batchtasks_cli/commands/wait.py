"""`wait` until tasks have completed, and `watch` a job while they do."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from batchtasks_cli.account.completion import complete_tasks
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, REFUSED, brief
from batchtasks_cli.options import JobArg, JsonFlag, PollOption, Texts, TimeoutOption, argument, flag, option, span_of
from batchtasks_cli.output.columns import failure_of, reason_of
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.job_view import Failure, JobReader, JobView
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.text import count, one_line, show_moment, show_span

if TYPE_CHECKING:
    from batchtasks import WaitProgress, WaitResult

_MOST_SHOWN = 10


class Until(str, Enum):  # noqa: UP042 - typer's lowest version shows the values of this kind only
    """What to wait for."""

    COMPLETED = "completed"
    RUNNING = "running"


def wait(
    session: Session,
    job: JobArg,
    tasks: Annotated[
        Texts, argument("[TASK]...", "Tasks; without any, all tasks of the job.", autocompletion=complete_tasks)
    ] = None,
    until: Annotated[Until, option("--until", None, "Until they have completed, or at least run.")] = Until.COMPLETED,
    timeout: TimeoutOption = None,
    poll: PollOption = None,
    fail_fast: Annotated[bool, flag("--fail-fast", "Stop as soon as a task has failed.")] = False,
    as_json: JsonFlag = False,
) -> int:
    """Wait until tasks have completed.

    The exit status is 1 if one of them has failed, or if the time runs out.
    """
    from batchtasks import JobEndedError, WaitTimeoutError, first_failure

    options: dict[str, Any] = {"timeout": span_of(timeout, "--timeout"), "poll": span_of(poll, "--poll")}
    if fail_fast:
        options["stop_when"] = first_failure
    client = session.open(many=True, reads=True)
    try:
        with Ticker() as tick:
            options |= {"until": until.value, "progress": lambda seen: tick(_line(seen)), "list_succeeded": False}
            result = client.task.wait(job, tasks or None, **options)
    except (WaitTimeoutError, JobEndedError) as error:
        _write(job, error.result, as_json, "timeout" if isinstance(error, WaitTimeoutError) else "job ended")
        raise
    _write(job, result, as_json, "failed" if result.stopped else "done")
    if tasks is not None and len(tasks) == len(result.missing) == 1:
        return REFUSED  # as for any command about a single task that does not exist
    return DONE if result.ok else INCOMPLETE


def _line(seen: WaitProgress) -> str:
    running = "" if seen.running is None else f", {seen.running:,} running"
    failed = f" ({seen.failed:,} failed)" if seen.failed else ""
    missing = f", {seen.missing:,} do not exist" if seen.missing else ""
    return f"{seen.done:,} of {seen.total:,} done{failed}{running}{missing}, {show_span(seen.elapsed)}"


def _write(job: str, result: WaitResult, as_json: bool, end: str) -> None:
    if as_json:
        write_json(_document(result, end))
        return
    seen = result.progress
    words = [f"{seen.succeeded:,} succeeded", f"{seen.failed:,} failed"]
    for number, what in ((len(result.running), "running"), (seen.pending, "pending"), (seen.missing, "do not exist")):
        if number:
            words.append(f"{number:,} {what}")
    sys.stdout.write(f"{', '.join(words)} of {count(seen.total, 'task')}.\n")
    for name in result.failed[:_MOST_SHOWN]:
        sys.stdout.write(f"  {name}: {one_line(reason_of(result.failures[name].execution_info))}\n")
    if len(result.failed) > _MOST_SHOWN:
        sys.stdout.write(f"  and {len(result.failed) - _MOST_SHOWN:,} more: batchtasks list {job} --failed\n")
    for name in result.missing[:_MOST_SHOWN]:
        sys.stdout.write(f"  {one_line(name)}: there is no such task\n")


def _document(result: WaitResult, end: str) -> dict[str, Any]:
    seen = result.progress
    infos = {name: task.execution_info for name, task in result.failures.items()}
    return {
        "end": end,
        **{name: getattr(seen, name) for name in ("total", "succeeded", "failed", "pending")},
        "missing": list(result.missing),
        "failures": [
            {"id": name, "exitCode": getattr(info, "exit_code", None), "failure": failure_of(info)}
            for name, info in infos.items()
        ],
        "pendingIds": list(result.pending),
    }


def watch(
    session: Session,
    job: JobArg,
    interval: Annotated[str, option("--interval", "DURATION", "Time between polls.")] = "2s",
    forever: Annotated[bool, flag("--forever", "Continue after all tasks have completed, until Ctrl-C.")] = False,
    as_json: JsonFlag = False,
) -> int:
    """Watch a job until all its tasks have completed.

    The exit status is 1 if one of them has failed.

    On a terminal it is a live view, elsewhere a line for every change; with --json a line of JSON for every poll.
    """
    pause = span_of(interval, "--interval")
    seconds = max(0.1, pause.total_seconds()) if pause is not None else 2.0
    reader = JobReader(session.open(many=True, reads=True), job)
    first = reader.read()
    session.quiet()
    if as_json or not sys.stdout.isatty():
        view = _plain(reader, first, seconds, forever, as_json)
    else:
        view = _live(reader, first, seconds, forever)
    return INCOMPLETE if view.failed or view.done < view.total else DONE


def _next(reader: JobReader, before: JobView) -> JobView:
    """Read again; a passing error is shown, and the view stays as it was."""
    from batchtasks import BatchTasksError

    try:
        return reader.read()
    except BatchTasksError as error:
        if not error.is_retriable:
            raise
        before.problem = brief(error)
        return before


def _plain(reader: JobReader, view: JobView, seconds: float, forever: bool, as_json: bool) -> JobView:
    last = ""
    written: set[str] = set()
    while True:
        if as_json:
            write_json(view.document(), indent=None)
        elif (line := view.problem or view.line()) != last:
            last = line
            sys.stdout.write(f"{show_moment(datetime.now(UTC))} {line}\n")
            sys.stdout.writelines(line for failure in view.failures for line in _lines(failure, written))
        sys.stdout.flush()
        if view.is_over and not forever:
            return view
        time.sleep(seconds)
        view = _next(reader, view)


def _lines(failure: Failure, written: set[str]) -> Iterator[str]:
    """Yield the lines about a failure, once."""
    if failure.id not in written:
        written.add(failure.id)
        yield f"  {failure.id}: {failure.what}\n"
        yield from (f"    {text}\n" for text in failure.lines)


def _live(reader: JobReader, view: JobView, seconds: float, forever: bool) -> JobView:
    from rich.live import Live

    with Live(view.picture(), auto_refresh=False, transient=False) as live:
        while not view.is_over or forever:
            time.sleep(seconds)
            view = _next(reader, view)
            live.update(view.picture(), refresh=True)
    return view
