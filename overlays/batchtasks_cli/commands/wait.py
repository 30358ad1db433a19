"""`wait` until tasks have completed, and `watch` a job while they do: counts, rate, slots, and the newest failures."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal

from batchtasks_cli.account.completion import complete_tasks
from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, REFUSED, brief
from batchtasks_cli.input.options import (
    JobArg,
    JsonFlag,
    PollOption,
    Span,
    Texts,
    TimeoutOption,
    argument,
    duration,
    flag,
    option,
)
from batchtasks_cli.output.columns import failure_of, reason_of
from batchtasks_cli.output.follow import last_lines
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.text import count, one_line, show_moment, show_span

if TYPE_CHECKING:
    from rich.console import Group

    from batchtasks import BatchClient, WaitResult
    from batchtasks.models import CloudTask

_MOST_SHOWN = 10
# Of what `watch` shows: failures, and last lines of each.
_MOST_FAILURES, _LINES = 5, 3
# Where tasks fail by the thousand, which of them are the newest does not matter; reading them all would.
_MOST_READ = 2000
_WINDOW, _BACK, _OVERLAP = 60.0, timedelta(minutes=15), timedelta(seconds=60)
_MEMBERS = ("id", "state", "stateTransitionTime", "executionInfo")

Until = Literal["completed", "running"]


def wait(
    session: Session,
    job: JobArg,
    tasks: Annotated[
        Texts, argument("[TASK]...", "Tasks; without any, all tasks of the job.", autocompletion=complete_tasks)
    ] = None,
    until: Annotated[Until, option("--until", None, "Until they have completed, or at least run.")] = "completed",
    timeout: TimeoutOption = None,
    poll: PollOption = None,
    fail_fast: Annotated[bool, flag("--fail-fast", "Stop as soon as a task has failed.")] = False,
    as_json: JsonFlag = False,
) -> int:
    """Wait until tasks have completed.

    The exit status is 1 if one of them has failed, or if the time runs out.
    """
    from batchtasks import JobEndedError, WaitTimeoutError, first_failure

    client = session.open(many=True, reads=True)
    try:
        with Ticker() as tick:
            result = client.task.wait(
                job,
                tasks or None,
                until=until,
                timeout=timeout,
                poll=poll,
                progress=tick,
                stop_when=first_failure if fail_fast else None,
                list_succeeded=False,
            )
    except (WaitTimeoutError, JobEndedError) as error:
        _write(job, error.result, as_json, "timeout" if isinstance(error, WaitTimeoutError) else "job ended")
        raise
    _write(job, result, as_json, "failed" if result.stopped else "done")
    if tasks is not None and len(tasks) == len(result.missing) == 1:
        return REFUSED  # as for any command about a single task that does not exist
    return DONE if result.ok else INCOMPLETE


def _write(job: str, result: WaitResult, as_json: bool, end: str) -> None:
    seen, infos = result.progress, {name: task.execution_info for name, task in result.failures.items()}
    if as_json:
        failures = [
            {"id": name, "exitCode": getattr(info, "exit_code", None), "failure": failure_of(info)}
            for name, info in infos.items()
        ]
        counts = {name: getattr(seen, name) for name in ("total", "succeeded", "failed", "pending")}
        lists = {"missing": list(result.missing), "failures": failures, "pendingIds": list(result.pending)}
        write_json({"end": end, **counts, **lists})
        return
    more = {"running": len(result.running), "pending": seen.pending, "do not exist": seen.missing}
    words = [f"{seen.succeeded:,} succeeded", f"{seen.failed:,} failed"]
    words += [f"{number:,} {what}" for what, number in more.items() if number]
    sys.stdout.write(f"{', '.join(words)} of {count(seen.total, 'task')}.\n")
    for name in result.failed[:_MOST_SHOWN]:
        sys.stdout.write(f"  {one_line(name)}: {one_line(reason_of(infos[name]))}\n")
    if len(result.failed) > _MOST_SHOWN:
        sys.stdout.write(f"  and {len(result.failed) - _MOST_SHOWN:,} more: batchtasks list {job} --failed\n")
    for name in result.missing[:_MOST_SHOWN]:
        sys.stdout.write(f"  {one_line(name)}: there is no such task\n")


def watch(
    session: Session,
    job: JobArg,
    interval: Annotated[Span, duration("--interval", "Time between polls (default: 2s).")] = None,
    forever: Annotated[bool, flag("--forever", "Continue after all tasks have completed, until Ctrl-C.")] = False,
    as_json: JsonFlag = False,
) -> int:
    """Watch a job until all its tasks have completed.

    The exit status is 1 if one of them has failed.

    On a terminal it is a live view, elsewhere a line for every change; with --json a line of JSON for every poll.
    """
    pause = 2.0 if interval is None else max(0.1, interval.total_seconds())
    reader = JobReader(session.open(many=True, reads=True), job)
    view = reader.read()
    session.quiet()
    with ExitStack() as stack:
        show: Callable[[JobView], object] = partial(_write_view, as_json=as_json, written={})
        if sys.stdout.isatty() and not as_json:
            from rich.live import Live

            live = stack.enter_context(Live(auto_refresh=False))
            show = lambda view: live.update(view.picture(), refresh=True)  # noqa: E731
        show(view)
        while forever or not view.is_over:
            time.sleep(pause)
            view = reader.read_again(view)
            show(view)
    return INCOMPLETE if view.failed or view.done < view.total else DONE


def _write_view(view: JobView, as_json: bool, written: dict[str, str]) -> None:
    """Write a line if it is not the one before, and each failure once; with `as_json` all of it."""
    if as_json:
        write_json(view.document(), indent=None)
    elif (line := view.problem or view.line()) != written.get("line"):
        written["line"] = line
        sys.stdout.write(f"{show_moment(datetime.now(UTC))} {line}\n")
        for failure in view.failures:
            if f"task {failure.id}" not in written:
                written[f"task {failure.id}"] = failure.what
                sys.stdout.write(f"  {failure.id}: {failure.what}\n")
                sys.stdout.writelines(f"    {text}\n" for text in failure.lines)
    sys.stdout.flush()


@dataclass
class Failure:
    """A task that failed; all text is escaped."""

    id: str
    when: datetime
    what: str
    lines: list[str] = field(default_factory=list)


@dataclass
class JobView:
    """A job at one moment."""

    job: str
    state: str = ""
    active: int = 0
    running: int = 0
    succeeded: int = 0
    failed: int = 0
    slots_running: int = 0
    slots_active: int = 0
    rate: float | None = None
    failures: list[Failure] = field(default_factory=list)
    problem: str = ""

    def __post_init__(self) -> None:
        self.done = self.succeeded + self.failed
        self.total = self.done + self.active + self.running
        # Nothing more will happen: all tasks have completed, or their job has.
        self.is_over = 0 < self.total == self.done or (self.state == "completed" and self.running == 0)

    def line(self) -> str:
        """All of it in one line."""
        rate = "" if self.rate is None else f", {self.rate:.1f}/s"
        counts = (
            f"{self.active:,} active, {self.running:,} running, {self.succeeded:,} succeeded, {self.failed:,} failed"
        )
        return f"{self.job}: {counts}{rate}, slots {self.slots_running} in use {self.slots_active} wanted"

    def document(self) -> dict[str, Any]:
        """All of it for programs."""
        return {
            "jobId": self.job,
            "state": self.state,
            **{name: getattr(self, name) for name in ("active", "running", "succeeded", "failed")},
            "slots": {"running": self.slots_running, "active": self.slots_active},
            "rate": self.rate,
            "failures": [{"id": each.id, "what": each.what, "stderr": each.lines} for each in self.failures],
        }

    def picture(self) -> Group:
        """All of it for a terminal."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        bar, table = Table.grid(padding=(0, 2)), Table.grid(padding=(0, 2))
        done = ProgressBar(total=max(1, self.total), completed=self.done, width=50)
        bar.add_row(done, f"{self.done:,} of {count(self.total, 'task')}")
        for name, style in (("active", ""), ("running", "cyan"), ("succeeded", "green"), ("failed", "red")):
            number = getattr(self, name)
            table.add_row(name, Text(f"{number:>{len(f'{self.total:,}')},}", style=style if number else ""))
        table.add_row("slots", f"{self.slots_running:,} in use, {self.slots_active:,} wanted")
        left = f", {show_span((self.active + self.running) / self.rate)} left" if self.rate and not self.is_over else ""
        table.add_row("rate", "not known yet" if self.rate is None else f"{self.rate:,.1f}/s{left}")
        head = Text.assemble(("job ", "dim"), (self.job, "bold"), (f"  {self.state}", "cyan"))
        parts: list[Any] = [head, bar, table, *([Text(self.problem, style="yellow")] if self.problem else [])]
        for failure in self.failures:
            parts.append(Text.assemble((failure.id, "bold red"), f"  {failure.what}"))
            parts += [Text(f"    {line}", style="dim") for line in failure.lines]
        return Group(*parts)


class JobReader:
    """Reads a job again and again, with as few requests as possible."""

    def __init__(self, client: BatchClient, job: str) -> None:
        self._client, self._job = client, job
        self._done: deque[tuple[float, int]] = deque()
        self._failures: dict[str, Failure] = {}
        self._since = datetime.now(UTC) - _BACK
        self._known_failed = 0

    def read(self) -> JobView:
        """Read it once."""
        state = str(self._client.job.get(self._job, select="id,state").state or "")
        found = self._client.job.get_task_counts(self._job)
        tasks, slots = found.task_counts, found.task_slot_counts
        names = ("active", "running", "succeeded", "failed")
        counts: dict[str, Any] = {name: getattr(tasks, name, None) or 0 for name in names}
        counts |= {f"slots_{name}": getattr(slots, name, None) or 0 for name in names[:2]}
        if counts["failed"] != self._known_failed:
            self._read_failures(first=self._known_failed == 0)
            self._known_failed = counts["failed"]
        rate = self._rate(counts["succeeded"] + counts["failed"])
        return JobView(self._job, state, rate=rate, failures=list(self._failures.values()), **counts)

    def read_again(self, before: JobView) -> JobView:
        """Read it again; a passing error is shown, and the view stays as it was."""
        from batchtasks import BatchTasksError

        try:
            return self.read()
        except BatchTasksError as error:
            if not error.is_retriable:
                raise
            return replace(before, problem=brief(error))

    def _rate(self, done: int) -> float | None:
        """Return the completed tasks per second over the last minute."""
        now = time.monotonic()
        self._done.append((now, done))
        while len(self._done) > 2 and self._done[1][0] < now - _WINDOW:
            self._done.popleft()
        seconds = now - self._done[0][0]
        return max(0.0, (done - self._done[0][1]) / seconds) if seconds > 0 else None

    def _read_failures(self, *, first: bool) -> None:
        from batchtasks import F

        failed = F.result == "failure"
        recent = failed & (F.state_transition_time >= self._since)
        found = list(islice(self._client.task.list(self._job, filter=recent, select=_MEMBERS), _MOST_READ))
        if first and not found:
            # All are older: one page of them will do, because the service promises no order anyway.
            found = list(next(self._client.task.list(self._job, filter=failed, select=_MEMBERS).by_page()))
        for task in sorted(found, key=_when, reverse=True)[:_MOST_FAILURES]:
            self._since = max(self._since, _when(task) - _OVERLAP)
            known = self._failures.get(str(task.id))
            if known is None or known.when != _when(task):
                where, what = (self._job, str(task.id), "stderr.txt"), one_line(reason_of(task.execution_info))
                lines = [one_line(line) for line in last_lines(self._client, where, _LINES)]
                self._failures[str(task.id)] = Failure(one_line(str(task.id)), _when(task), what, lines)
        kept = sorted(self._failures.items(), key=lambda each: each[1].when, reverse=True)[:_MOST_FAILURES]
        self._failures = dict(kept)


def _when(task: CloudTask) -> datetime:
    moment = task.state_transition_time
    return moment if isinstance(moment, datetime) else datetime.min.replace(tzinfo=UTC)
