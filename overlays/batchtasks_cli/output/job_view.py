"""What `watch` shows of a job: counts, rate, slots, and the newest failures with the end of what they wrote."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from batchtasks_cli.follow import last_lines
from batchtasks_cli.output.columns import reason_of
from batchtasks_cli.output.text import count, one_line, show_span

if TYPE_CHECKING:
    from rich.console import Group

    from batchtasks import BatchClient
    from batchtasks.models import CloudTask

MOST_FAILURES, LINES = 5, 3
# Where tasks fail by the thousand, which of them are the newest does not matter; reading them all would.
_MOST_READ = 2000
_WINDOW = 60.0
_BACK, _OVERLAP = timedelta(minutes=15), timedelta(seconds=60)
_MEMBERS = ("id", "state", "stateTransitionTime", "executionInfo")


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

    @property
    def done(self) -> int:
        """Tasks that have completed."""
        return self.succeeded + self.failed

    @property
    def total(self) -> int:
        """All tasks."""
        return self.done + self.active + self.running

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen: all tasks have completed, or their job has."""
        return (self.total > 0 and self.done == self.total) or (self.state == "completed" and self.running == 0)

    @property
    def left(self) -> float | None:
        """Seconds until all tasks will have completed at this rate."""
        pending = self.active + self.running
        return pending / self.rate if self.rate and pending else None

    def line(self) -> str:
        """All of it in one line."""
        rate = "" if self.rate is None else f", {self.rate:.1f}/s"
        slots = f", slots {self.slots_running} in use {self.slots_active} wanted"
        return (
            f"{self.job}: {self.active:,} active, {self.running:,} running, {self.succeeded:,} succeeded, "
            f"{self.failed:,} failed{rate}{slots}"
        )

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

        table = Table.grid(padding=(0, 2))
        width = len(f"{self.total:,}")
        for name, number, style in (
            ("active", self.active, ""),
            ("running", self.running, "cyan"),
            ("succeeded", self.succeeded, "green"),
            ("failed", self.failed, "red" if self.failed else ""),
        ):
            table.add_row(name, Text(f"{number:>{width},}", style=style))
        table.add_row("slots", f"{self.slots_running:,} in use, {self.slots_active:,} wanted")
        rate = "not known yet" if self.rate is None else f"{self.rate:,.1f}/s"
        table.add_row("rate", rate + (f", {show_span(self.left)} left" if self.left is not None else ""))
        bar = Table.grid(padding=(0, 2))
        done = ProgressBar(total=max(1, self.total), completed=self.done, width=50)
        bar.add_row(done, f"{self.done:,} of {count(self.total, 'task')}")
        parts: list[Any] = [
            Text.assemble(("job ", "dim"), (self.job, "bold"), (f"  {self.state}", "cyan")),
            bar,
            table,
        ]
        if self.problem:
            parts.append(Text(self.problem, style="yellow"))
        for failure in self.failures:
            parts.append(Text.assemble((failure.id, "bold red"), f"  {failure.what}"))
            parts += [Text(f"    {line}", style="dim") for line in failure.lines]
        return Group(*parts)


class JobReader:
    """Reads a job again and again, with as few requests as possible."""

    def __init__(self, client: BatchClient, job: str) -> None:
        self._client = client
        self._job = job
        self._done: deque[tuple[float, int]] = deque()
        self._failures: dict[str, Failure] = {}
        self._since = datetime.now(UTC) - _BACK
        self._known_failed = 0

    def read(self) -> JobView:
        """Read it once."""
        client = self._client
        view = JobView(self._job, state=str(client.job.get(self._job, select="id,state").state or ""))
        counts = client.job.get_task_counts(self._job)
        tasks, slots = counts.task_counts, counts.task_slot_counts
        for name in ("active", "running", "succeeded", "failed"):
            setattr(view, name, getattr(tasks, name, None) or 0)
        view.slots_running, view.slots_active = (getattr(slots, name, None) or 0 for name in ("running", "active"))
        view.rate = self._rate(view.done)
        if view.failed != self._known_failed:
            self._read_failures(first=self._known_failed == 0)
            self._known_failed = view.failed
        view.failures = sorted(self._failures.values(), key=lambda each: each.when, reverse=True)
        return view

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
            pages = self._client.task.list(self._job, filter=failed, select=_MEMBERS, max_results=100).by_page()
            found = list(next(pages))
        for task in sorted(found, key=_when, reverse=True)[:MOST_FAILURES]:
            self._since = max(self._since, _when(task) - _OVERLAP)
            known = self._failures.get(one_line(str(task.id)))
            if known is None or known.when != _when(task):
                failure = self._failure(task)
                self._failures[failure.id] = failure
        kept = sorted(self._failures.values(), key=lambda each: each.when, reverse=True)[:MOST_FAILURES]
        self._failures = {each.id: each for each in kept}

    def _failure(self, task: CloudTask) -> Failure:
        from batchtasks import BatchTasksError

        name, what = str(task.id), reason_of(task.execution_info)
        try:
            lines = last_lines(self._client, (self._job, name, "stderr.txt"), LINES)
        except BatchTasksError:
            # Its files are gone, or its node is: the failure itself is shown all the same.
            lines = []
        return Failure(one_line(name), _when(task), one_line(what), [one_line(line) for line in lines])


def _when(task: CloudTask) -> datetime:
    moment = task.state_transition_time
    return moment if isinstance(moment, datetime) else datetime.min.replace(tzinfo=UTC)
