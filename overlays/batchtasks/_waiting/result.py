"""What a wait returns or raises, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from attrs import field, frozen

from batchtasks.errors import BatchTasksError
from batchtasks_rest import models
from batchtasks_rest._call import table_of


@frozen
class BlockedTask:
    """A task that can never run unless someone changes something; `reason` says why."""

    task_id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.task_id} {self.reason}"


@frozen
class WaitProgress:
    """How far a wait has come; for a whole job these are the task counts of the service, which may be some seconds old.

    Attributes:
        total: All tasks that are waited for.
        done: Those that have reached the state waited for; of these `succeeded` and `failed` have completed.
        running: Tasks that run, or None if single tasks are waited for.
        missing: Tasks that do not exist.
        elapsed: Seconds since the wait began.
        unchanged: Seconds since the numbers last changed.
        blocked: Tasks that can never run, as far as they are known; see BlockedTask. The client looks for them when nothing
            changes.
    """

    total: int
    done: int
    succeeded: int
    failed: int
    running: int | None = None
    missing: int = 0
    elapsed: float = 0.0
    unchanged: float = 0.0
    blocked: tuple[BlockedTask, ...] = field(default=(), repr=False)

    @property
    def pending(self) -> int:
        """How many have not reached the state waited for."""
        return max(0, self.total - self.done - self.missing)

    def __str__(self) -> str:
        numbers = {"failed": self.failed, "running": self.running, "pending": self.pending, "not found": self.missing}
        parts = [f"{number:,} {what}" for what, number in numbers.items() if number]
        text = ", ".join([f"{self.done:,} of {self.total:,} tasks done", *parts]) + f" after {self.elapsed:,.0f} s."
        return f"{text} {name_blocked(self.blocked)}".rstrip()


@frozen(repr=False)
class WaitResult:
    """The tasks that were waited for, by their state and result.

    A wait for a whole job that ends early names at most 1,000 ids of each kind and no succeeded ones; `progress` has the
    numbers.

    Attributes:
        succeeded, failed: Tasks that have completed.
        running: Tasks that reached the state "running", if that was waited for.
        pending: Tasks that have not reached the state waited for.
        missing: Tasks that do not exist (any more).
        failures: The failed tasks by id, with id, state and execution_info.
        blocked: Tasks that can never run, if there were any at the end of the wait; see BlockedTask.
        progress: The last numbers.
        stopped: Whether `stop_when` ended the wait.
    """

    succeeded: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    running: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    failures: dict[str, models.CloudTask] = field(factory=dict)
    blocked: tuple[BlockedTask, ...] = ()
    progress: WaitProgress = WaitProgress(0, 0, 0, 0)
    stopped: bool = False

    @property
    def ok(self) -> bool:
        """Whether every task reached the state waited for and none failed."""
        return not (self.failed or self.pending or self.missing)

    def __str__(self) -> str:
        seen = self.progress
        parts = [f"{max(seen.succeeded, len(self.succeeded)):,} succeeded"]
        parts += [f"{len(self.running):,} running"] if self.running else []
        for what, number, ids in (
            ("failed", seen.failed, self.failed),
            ("pending", seen.pending, self.pending),
            ("not found", 0, self.missing),
        ):
            if number := max(number, len(ids)):
                parts.append(f"{number:,} {what}{name_ids(ids, number, most=3)}")
        return f"{'; '.join(parts)}. {name_blocked(self.blocked)}".rstrip()

    def __repr__(self) -> str:
        return f"<WaitResult: {self}>"

    def _repr_html_(self) -> str:
        """Return the sentence and a table of failed tasks, for notebooks."""
        return f"<p>{escape(str(self))}</p>{table_of(list(self.failures.values())) if self.failures else ''}"


class WaitError(BatchTasksError):
    """A wait ended before all tasks had reached the state waited for; `result` has what was known by then."""

    def __init__(self, message: str, *, result: WaitResult) -> None:
        super().__init__(message)
        self.result = result


class JobEndedError(WaitError):
    """The job completed while tasks that were waited for had not."""


class TasksBlockedError(WaitError):
    """All tasks that were left can never run; `result.blocked` says why."""


class WaitTimeoutError(WaitError, TimeoutError):
    """The `timeout` of a wait expired."""

    @property
    def pending_count(self) -> int:
        """The number of tasks that had not reached the state waited for."""
        return max(self.result.progress.pending, len(self.result.pending))

    @property
    def pending(self) -> tuple[str, ...]:
        """The ids of these tasks; for a whole job at most 1,000."""
        return self.result.pending


# Tracebacks name them as they are imported.
WaitError.__module__ = JobEndedError.__module__ = TasksBlockedError.__module__ = WaitTimeoutError.__module__ = (
    "batchtasks"
)


def name_ids(ids: Sequence[str], count: int, most: int = 10) -> str:
    """Return ": a, b and 3 more" for messages, or "" if no id is known."""
    if not ids:
        return ""
    return ": " + ", ".join(ids[:most]) + (f" and {count - most:,} more" if count > most else "")


def name_blocked(blocked: Sequence[BlockedTask], most: int = 3) -> str:
    """Return a sentence that names the first blocked tasks and why they are blocked, or ""."""
    if not blocked:
        return ""
    reasons = "; ".join(str(task) for task in blocked[:most])
    more = f"; and {len(blocked) - most:,} more" if len(blocked) > most else ""
    return f"{len(blocked):,} will never run as things are: {reasons}{more}."
