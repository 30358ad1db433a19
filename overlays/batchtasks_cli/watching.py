"""What `watch` knows of a job: counts, rate, slots, and the newest failures with the end of what they wrote."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from batchtasks_cli.commands.columns import failure_of
from batchtasks_cli.follow import last_lines
from batchtasks_cli.text import one_line

if TYPE_CHECKING:
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
    """A task that failed."""

    id: str
    when: datetime
    what: str
    lines: list[str] = field(default_factory=list)


@dataclass
class View:
    """One look at a job."""

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
    trouble: str = ""

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
        """For programs."""
        return {
            "jobId": self.job,
            "state": self.state,
            **{name: getattr(self, name) for name in ("active", "running", "succeeded", "failed")},
            "slots": {"running": self.slots_running, "active": self.slots_active},
            "rate": self.rate,
            "failures": [{"id": each.id, "what": each.what, "stderr": each.lines} for each in self.failures],
        }


class Watcher:
    """Looks at a job again and again, with as little reading as possible."""

    def __init__(self, client: BatchClient, job: str) -> None:
        self._client = client
        self._job = job
        self._done: deque[tuple[float, int]] = deque()
        self._failures: dict[str, Failure] = {}
        self._since = datetime.now(UTC) - _BACK
        self._known_failed = 0

    def look(self) -> View:
        """Look once."""
        client = self._client
        view = View(self._job, state=str(client.job.get(self._job, select="id,state").state or ""))
        counts = client.job.get_task_counts(self._job)
        tasks, slots = counts.task_counts, counts.task_slot_counts
        if tasks is not None:
            view.active, view.running = tasks.active or 0, tasks.running or 0
            view.succeeded, view.failed = tasks.succeeded or 0, tasks.failed or 0
        if slots is not None:
            view.slots_running, view.slots_active = slots.running or 0, slots.active or 0
        view.rate = self._rate(view.done)
        if view.failed != self._known_failed:
            self._note_failures(first=self._known_failed == 0)
            self._known_failed = view.failed
        view.failures = sorted(self._failures.values(), key=lambda each: each.when, reverse=True)
        return view

    def _rate(self, done: int) -> float | None:
        """Completed tasks a second over the last minute."""
        now = time.monotonic()
        self._done.append((now, done))
        while len(self._done) > 2 and self._done[1][0] < now - _WINDOW:
            self._done.popleft()
        seconds = now - self._done[0][0]
        return max(0.0, (done - self._done[0][1]) / seconds) if seconds > 0 else None

    def _note_failures(self, *, first: bool) -> None:
        from batchtasks import F

        failed = F.result == "failure"
        recent = failed & (F.state_transition_time >= self._since)
        found = list(islice(self._client.task.list(self._job, filter=recent, select=_MEMBERS), _MOST_READ))
        if first and not found:
            # All are older: one page of them will do, because the service promises no order anyway.
            pages = self._client.task.list(self._job, filter=failed, select=_MEMBERS, max_results=100).by_page()
            found = list(next(pages))
        newest = sorted(found, key=_when, reverse=True)[:MOST_FAILURES]
        for task in newest:
            self._since = max(self._since, _when(task) - _OVERLAP)
            self._note(task)
        kept = sorted(self._failures.values(), key=lambda each: each.when, reverse=True)[:MOST_FAILURES]
        self._failures = {each.id: each for each in kept}

    def _note(self, task: CloudTask) -> None:
        name, when = str(task.id), _when(task)
        known = self._failures.get(name)
        if known is not None and known.when == when:
            return
        info = task.execution_info
        code = getattr(info, "exit_code", None)
        what = f"exit code {code}" if code is not None else failure_of(info) or "failed"
        self._failures[name] = Failure(name, when, one_line(what), self._stderr(name))

    def _stderr(self, task: str) -> list[str]:
        from batchtasks import BatchTasksError

        where = (self._job, task, "stderr.txt")
        try:
            size = self._client.file.get_properties_from_task(*where).content_length or 0
            return [one_line(line) for line in last_lines(self._client, where, size, LINES).splitlines()]
        except BatchTasksError:
            # Gone already, or its node is: the failure itself is told all the same.
            return []


def _when(task: CloudTask) -> datetime:
    moment = task.state_transition_time
    return moment if isinstance(moment, datetime) else datetime.min.replace(tzinfo=UTC)
