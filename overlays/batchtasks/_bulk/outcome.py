"""What became of each task, and how far a call has come: the small values handed to callbacks and reports."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import field, frozen

from batchtasks.errors import BatchTasksError, ServiceError

Status: TypeAlias = Literal["added", "existed", "done", "already", "failed", "unknown", "unsent"]


@frozen
class TaskOutcome:
    """What became of one task.

    `status` is one of
    - "added": the service has it and this call put it there; "done" for `delete_many` and kin;
    - "existed": the id was taken before this call; "already" for `delete_many` and kin: it was so before;
    - "failed": it is not there, `error` says why;
    - "unknown": it was sent and no answer told the outcome; `error` is what came last;
    - "unsent": it is not there, because the call ended first.
    `task_id` is None for something that has no id; then `position`, its place in the input counted from 0, tells which
    it was. `task` is what was passed in; it is kept for "failed", "unknown" and "unsent" only.
    """

    task_id: str | None
    status: Status
    error: BatchTasksError | None = None
    position: int | None = None
    task: Any = field(default=None, repr=False, eq=False)

    @property
    def name(self) -> str:
        """The id, or the place in the input."""
        return self.task_id if self.task_id is not None else f"the task at position {self.position}"


@frozen
class BulkProgress:
    """How far a bulk call has come.

    `sent` counts tasks sent at least once; `retried` counts tasks sent again; `per_second` is the mean rate since the
    start at which tasks found their end (added, existed or failed); `total` is the size of the input if it has one. For
    `delete_many` and kin `added` counts what was done, `existed` what had been so before.
    """

    sent: int
    added: int
    existed: int
    failed: int
    retried: int
    per_second: float
    total: int | None = None

    def __str__(self) -> str:
        counts = f"{self.sent:,} sent, {self.added:,} added, {self.existed:,} existed, {self.failed:,} failed"
        return f"{counts}, {self.retried:,} sent again, {self.per_second:,.0f}/s"


def in_one_line(error: BaseException | None) -> str:
    """Tell an error in one line: code, message, property and reason."""
    if error is None:
        return "no reason known"
    if not isinstance(error, ServiceError):
        return f"{type(error).__name__}: {_first_line(str(error))}".removesuffix(": ")
    text = f"{error.code or error.status}: {_first_line(error.message)}"
    named = {"property": error.property_name, "parameter": error.parameter, "reason": error.reason}
    known = [f"{what} {value}" for what, value in named.items() if value]
    return f"{text} ({', '.join(known)})" if known else text


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")
