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

_MOST_FAILURES, _LINES = 5, 3
# Where tasks fail by the thousand, which of them are the newest does not matter; reading them all would.
_MOST_READ = 2000
_WINDOW, _BACK, _OVERLAP = 60.0, timedelta(minutes=15), timedelta(seconds=60)
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
