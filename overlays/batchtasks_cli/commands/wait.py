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

from batchtasks_cli.account.session import Session
from batchtasks_cli.errors import DONE, INCOMPLETE, REFUSED, brief
from batchtasks_cli.input import options as opt
from batchtasks_cli.input.selection import read_ids
from batchtasks_cli.output.columns import failure_of, reason_of
from batchtasks_cli.output.follow import last_lines
from batchtasks_cli.output.formats import write_json
from batchtasks_cli.output.progress import Ticker
from batchtasks_cli.output.report import list_failures
from batchtasks_cli.output.text import count, one_line, show_moment, show_span

if TYPE_CHECKING:
    from rich.console import Group

    from batchtasks import BatchClient, WaitResult
    from batchtasks.models import CloudTask

# Of what `watch` shows: failures, and last lines of each.
_MOST_FAILURES, _LINES = 5, 3
# Where tasks fail by the thousand, which of them are the newest does not matter; reading them all would.
_MOST_READ = 2000
# The rate is that of so many seconds; failures that are so much older than the newest are looked for again.
_WINDOW, _OVERLAP = 60.0, timedelta(seconds=60)
_MEMBERS = ("id", "state", "stateTransitionTime", "executionInfo")

Until = Literal["completed", "running"]


def wait(
    session: Session,
    job: opt.JobArg,
    tasks: opt.TasksArg = None,
    until: Annotated[Until, opt.option("--until", None, "Until they have completed, or at least run.")] = "completed",
    timeout: opt.TimeoutOption = None,
    poll: opt.PollOption = None,
    fail_fast: Annotated[bool, opt.flag("--fail-fast", "Stop as soon as a task has failed.")] = False,
    as_json: opt.JsonFlag = False,
) -> int:
    """Wait until tasks have completed: those that are named, or all of the job.

    The exit status is 1 if one of them has failed, or if the time runs out.
    """
    from batchtasks import WaitError, WaitTimeoutError, first_failure

    client, ids = session.open(many=True, reads=True), read_ids(tasks) if tasks else None
    try:
        with Ticker() as tick:
            result = client.task.wait(
                job,
                ids,
                until=until,
                timeout=timeout,
                poll=poll,
                progress=tick,
                stop_when=first_failure if fail_fast else None,
                list_succeeded=False,
            )
    except WaitError as error:
        _write(job, error.result, as_json, "timeout" if isinstance(error, WaitTimeoutError) else "job ended")
        raise
    _write(job, result, as_json, "failed" if result.stopped else "done")
    if ids is not None and len(ids) == len(result.missing) == 1:
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
    failed = ((name, reason_of(infos[name])) for name in result.failed)
    list_failures(failed, sys.stdout, f": batchtasks list {job} --failed")
    list_failures(((name, "there is no such task") for name in result.missing), sys.stdout)


def watch(
    session: Session,
    job: opt.JobArg,
    interval: Annotated[opt.Span, opt.duration("--interval", "Time between polls (default: 2s).")] = None,
    forever: Annotated[bool, opt.flag("--forever", "Continue after all tasks have completed, until Ctrl-C.")] = False,
    as_json: opt.JsonFlag = False,
) -> int:
    """Watch a job until all its tasks have completed.

    The exit status is 1 if one of them has failed.

    On a terminal it is a live view, elsewhere a line for every change; with --json a line of JSON for every poll.
    """
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
            time.sleep(2.0 if interval is None else max(0.1, interval.total_seconds()))
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
                sys.stdout.writelines(f"  {text}\n" for text in failure.text())
    sys.stdout.flush()


@dataclass
class Failure:
    """A task that failed, with the end of its standard error; all text is escaped."""

    id: str
    when: datetime
    what: str
    stderr: list[str] = field(default_factory=list)

    def text(self) -> list[str]:
        """All of it, line by line."""
        return [f"{self.id}: {self.what}", *(f"  {line}" for line in self.stderr)]


@dataclass
class JobView:
    """A job at one moment: its tasks (active, running, succeeded, failed) and slots (running, active) by state."""

    job: str
    state: str
    counts: dict[str, int]
    slots: dict[str, int]
    rate: float | None = None
    failures: list[Failure] = field(default_factory=list)
    problem: str = ""

    def __post_init__(self) -> None:
        self.total, self.failed = sum(self.counts.values()), self.counts["failed"]
        self.done = self.failed + self.counts["succeeded"]
        # Nothing more will happen: all tasks have completed, or their job has.
        self.is_over = 0 < self.total == self.done or (self.state == "completed" and not self.counts["running"])

    def line(self) -> str:
        """All of it in one line."""
        counts = ", ".join(f"{number:,} {name}" for name, number in self.counts.items())
        rate = "" if self.rate is None else f", {self.rate:.1f}/s"
        return f"{self.job}: {counts}{rate}, slots {self.slots['running']} in use {self.slots['active']} wanted"

    def document(self) -> dict[str, Any]:
        """All of it for programs."""
        failures = [{"id": each.id, "what": each.what, "stderr": each.stderr} for each in self.failures]
        known = {"jobId": self.job, "state": self.state, **self.counts, "slots": self.slots, "rate": self.rate}
        return {**known, "failures": failures}

    def picture(self) -> Group:
        """All of it for a terminal."""
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        bar, table = Table.grid(padding=(0, 2)), Table.grid(padding=(0, 2))
        done = ProgressBar(total=max(1, self.total), completed=self.done, width=50)
        bar.add_row(done, f"{self.done:,} of {count(self.total, 'task')}")
        styles = {"running": "cyan", "succeeded": "green", "failed": "red"}
        for name, number in self.counts.items():
            style = styles.get(name, "") if number else ""
            table.add_row(name, Text(f"{number:>{len(f'{self.total:,}')},}", style=style))
        table.add_row("slots", f"{self.slots['running']:,} in use, {self.slots['active']:,} wanted")
        left = f", {show_span((self.total - self.done) / self.rate)} left" if self.rate and not self.is_over else ""
        table.add_row("rate", "not known yet" if self.rate is None else f"{self.rate:,.1f}/s{left}")
        head = Text.assemble(("job ", "dim"), (self.job, "bold"), (f"  {self.state}", "cyan"))
        parts: list[Any] = [head, bar, table, *([Text(self.problem, style="yellow")] if self.problem else [])]
        for what, *lines in (failure.text() for failure in self.failures):
            parts += [Text(what, style="red"), *(Text(f"  {line}", style="dim") for line in lines)]
        return Group(*parts)


class JobReader:
    """Reads a job again and again, with as few requests as possible."""

    def __init__(self, client: BatchClient, job: str) -> None:
        self._client, self._job = client, job
        self._done: deque[tuple[float, int]] = deque()
        self._failures: list[Failure] = []
        self._known_failed = 0

    def read(self) -> JobView:
        """Read it once."""
        state = str(self._client.job.get(self._job, select="id,state").state or "")
        found = self._client.job.get_task_counts(self._job)
        counts = _numbers(found.task_counts, "active", "running", "succeeded", "failed")
        slots = _numbers(found.task_slot_counts, "running", "active")
        if counts["failed"] != self._known_failed:
            self._failures = self._newest_failures()
            self._known_failed = counts["failed"]
        rate = self._rate(counts["succeeded"] + counts["failed"])
        return JobView(self._job, state, counts, slots, rate, self._failures)

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

    def _newest_failures(self) -> list[Failure]:
        from batchtasks import F

        which, known = F.result == "failure", {(each.id, each.when): each for each in self._failures}
        if self._failures:
            which &= F.state_transition_time >= self._failures[0].when - _OVERLAP
        found = islice(self._client.task.list(self._job, filter=which, select=_MEMBERS), _MOST_READ)
        for task in sorted(found, key=_when, reverse=True)[:_MOST_FAILURES]:
            key = (one_line(task.id), _when(task))
            if key not in known:
                lines = last_lines(self._client, (self._job, task.id, "stderr.txt"), _LINES)
                known[key] = Failure(*key, one_line(reason_of(task.execution_info)), [one_line(line) for line in lines])
        return sorted(known.values(), key=lambda each: each.when, reverse=True)[:_MOST_FAILURES]


def _numbers(found: object, *names: str) -> dict[str, int]:
    return {name: getattr(found, name, None) or 0 for name in names}


def _when(task: CloudTask) -> datetime:
    moment = task.state_transition_time
    return moment if isinstance(moment, datetime) else datetime.min.replace(tzinfo=UTC)
