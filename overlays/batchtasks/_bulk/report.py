"""What became of every task of a bulk call: the values that callbacks, reports and exceptions carry."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from html import escape
from itertools import chain
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen

from batchtasks._bulk.classify import is_about_task
from batchtasks.errors import BatchTasksError, ServiceError

Status: TypeAlias = Literal["added", "existed", "done", "already", "failed", "unknown", "unsent"]

# Outcomes that a text, and a table in a notebook, name at most.
_SHOWN, _SHOWN_IN_HTML = 3, 10
_SENTENCES: dict[Status, str] = {
    "added": "{task} was added.",
    "existed": "{task} existed before.",
    "done": "{task}: done.",
    "already": "{task} was so before.",
    "failed": "{task} failed: {error}.",
    "unknown": "The outcome of {task} is unknown: {error}.",
    "unsent": "{task} was not sent.",
}


@frozen
class TaskOutcome:
    """What became of one task.

    Attributes:
        task_id: The id, or None for something that has no id.
        status: "added": this call put the task there; "existed": the id was taken before this call; "done" and "already":
            the same for `delete_many` and the other operations; "failed": it is not there, `error` says why; "unknown": it
            was sent and no answer showed the outcome, `error` is the latest one; "unsent": the call ended first.
        error: Why, for "failed" and "unknown".
        position: The place in the input, counted from 0, of a task that was refused before it was sent.
        task: What was passed in, for "failed", "unknown" and "unsent".
        maybe_done: Whether an attempt of this call may have been carried out. If such a task is passed in again through
            `BulkReport.resume`, "exists" counts as added; see `existing` of `add_collection`.
    """

    task_id: str | None
    status: Status
    error: BatchTasksError | None = None
    position: int | None = None
    task: Any = field(default=None, repr=False, eq=False)
    maybe_done: bool = field(default=False, repr=False)

    @property
    def name(self) -> str:
        """The id, or the place in the input."""
        return self.task_id if self.task_id is not None else f"the task at position {self.position}"

    def __str__(self) -> str:
        name = self.name if self.task_id is None else f"task {self.task_id!r}"
        sentence = _SENTENCES[self.status].format(task=name, error=in_one_line(self.error))
        return sentence[0].upper() + sentence[1:]


@frozen
class BulkProgress:
    """How far a bulk call is.

    Attributes:
        sent: Tasks sent at least once.
        added, existed, failed: Tasks that have ended so; for `delete_many` and the other operations `added` counts those
            that are done, and `existed` those that were so before.
        retried: Tasks sent again.
        per_second: The tasks that have ended divided by the seconds since the start.
        total: The size of the input if it has one, or None.
        verb: "added", "deleted", "terminated" or "reactivated".
    """

    sent: int
    added: int
    existed: int
    failed: int
    retried: int
    per_second: float
    total: int | None = None
    verb: str = "added"

    @property
    def done(self) -> int:
        """The number of tasks that have ended in one way or another."""
        return self.added + self.existed + self.failed

    def __str__(self) -> str:
        sent = _count(self.sent, "task") if self.total is None else f"{self.sent:,} of {_count(self.total, 'task')}"
        before = "existed before" if self.verb == "added" else "were so before"
        return (
            f"{sent} sent: {self.added:,} {self.verb}, {self.existed:,} {before}, {self.failed:,} failed,"
            f" {self.retried:,} sent again ({self.per_second:,.0f} a second)."
        )


def in_one_line(error: BaseException | None) -> str:
    """Return an error as one line without a full stop: code, message, property and reason."""
    if error is None:
        return "no reason known"
    if not isinstance(error, ServiceError):
        return f"{type(error).__name__}: {_first_line(str(error))}".removesuffix(": ")
    text = f"{error.code or error.status_code}: {_first_line(error.message)}"
    named = {"property": error.property_name, "parameter": error.parameter, "reason": error.reason}
    known = [f"{what} {value}" for what, value in named.items() if value]
    return f"{text} ({', '.join(known)})" if known else text


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")


def id_of(task: object) -> str | None:
    """Return the id of whatever was passed in, or None if it has none that can be read."""
    found = task if isinstance(task, str) else getattr(task, "id", None)
    if found is None and hasattr(task, "get"):
        try:
            found = task.get("id")
        except Exception:
            return None
    return found if isinstance(found, str) else None


@define(eq=False)
class Remaining:
    """The tasks that are left after a bulk call: pass it to the same method, or iterate over it. It can be used once."""

    # Tasks that an earlier call took from the input.
    known: deque[TaskOutcome] = field(factory=deque)
    # The untouched rest of the input: an iterator, an async iterator, or None.
    rest: Any = None
    # The place of the first task of `rest` in the whole input, and the ids that stand before it.
    position: int = 0
    seen_ids: Any = None

    @property
    def is_async(self) -> bool:
        """Whether the untouched rest of the input is an async iterator."""
        return hasattr(self.rest, "__anext__")

    def __bool__(self) -> bool:
        """Return False if certainly nothing is left; an untouched rest may turn out to be empty."""
        return bool(self.known or self.rest is not None)

    def __iter__(self) -> Iterator[Any]:
        if self.is_async:
            raise TypeError("The rest of the input is an async iterable: pass it on as it is.")
        return chain(self._pop_known(), self.rest or ())

    def _pop_known(self) -> Iterator[Any]:
        while self.known:
            yield self.known.popleft().task


@define(kw_only=True, slots=False)
class BulkReport:
    """Where every task that was taken from the input ended: in exactly one of five places.

    Attributes:
        job_id: The job.
        verb: "added", "deleted", "terminated" or "reactivated".
        added: How many this call added; also readable as `done`.
        existed: How many ids were taken before this call; also readable as `already`.
        failed: A TaskOutcome with its error for each task that failed.
        unknown: A TaskOutcome with the latest error for each task that was sent and got no clear answer.
        unsent: The tasks, as they were passed in, that were taken from the input and not sent. Tasks that were never taken
            are not among them: they are still where they came from (see `resume`).
        requests: How many requests were made.
        retried: How many tasks were sent again.
        seconds: How long it took.
        stopped: What ended the call before its input did (an error of the service, the deadline, an interruption), or None.
        untouched: An iterator over the rest of the input, or None if it came to its end.
    """

    job_id: str
    verb: str = "added"
    added: int = 0
    existed: int = 0
    failed: list[TaskOutcome] = field(factory=list)
    unknown: list[TaskOutcome] = field(factory=list)
    unsent: list[Any] = field(factory=list)
    requests: int = 0
    retried: int = 0
    seconds: float = 0.0
    stopped: BaseException | None = None
    untouched: Any = field(default=None, eq=False)
    # The place of the next task in the input, and the ids of the tasks before it; for `resume`.
    _position: int = field(default=0, eq=False)
    _seen_ids: Any = field(default=None, eq=False)

    @property
    def done(self) -> int:
        """How many tasks the operation was carried out on; the same number as `added`."""
        return self.added

    @property
    def already(self) -> int:
        """How many tasks were so before the call; the same number as `existed`."""
        return self.existed

    @property
    def pulled(self) -> int:
        """How many tasks were taken from the input: the sum of the five."""
        return self.added + self.existed + len(self.failed) + len(self.unknown) + len(self.unsent)

    @property
    def counts(self) -> dict[str, int]:
        """The number of tasks in each of the five places, by its name; the first name is that of `verb`."""
        lists = {"failed": self.failed, "unknown": self.unknown, "unsent": self.unsent}
        before = "existed" if self.verb == "added" else "already"
        return {self.verb: self.added, before: self.existed, **{name: len(tasks) for name, tasks in lists.items()}}

    @property
    def ok(self) -> bool:
        """Whether the input came to its end and every task of it was added or existed."""
        return self.stopped is None and not (self.failed or self.unknown or self.unsent)

    @property
    def resume(self) -> Remaining:
        """Everything that another call can still bring in: pass it to the same method in place of the tasks.

        In this order: tasks whose outcome is unknown, tasks that failed for a reason that is not their own (a busy service,
        a wrong key, a missing job), tasks not sent, and the rest of the input. For a task that this call may have added,
        "exists" then counts as added. It can be used once. A report that was pickled has lost the rest of the input.
        """
        again = [outcome for outcome in self.failed if not is_about_task(outcome.error)]
        unsent = [TaskOutcome(id_of(task), "unsent", task=task) for task in self.unsent]
        known = [*self.unknown, *again, *unsent]
        return Remaining(deque(known), self.untouched, self._position, self._seen_ids)

    def raise_if_incomplete(self) -> None:
        """Raise the error that stopped the call, or BulkAddError (BulkError for the other operations), unless `ok`.

        This is the one place that decides. An error that stopped the call and is not about single tasks is raised itself, so
        that `except JobNotFoundError` and the like see it; its attribute `report` is this report.
        """
        if self.ok:
            return
        # The error of another bulk call, made in a callback or by the input, keeps its own report.
        is_of_other_call = getattr(self.stopped, "report", self) is not self
        if isinstance(self.stopped, BatchTasksError) and not is_of_other_call and not is_about_task(self.stopped):
            raise attach(self.stopped, self)
        raise (BulkAddError if self.verb == "added" else BulkError)(self) from self.stopped

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "untouched": None, "_seen_ids": None}

    def __str__(self) -> str:
        parts = [f"{self.added:,} of {_count(self.pulled, 'task')} {self.verb} (job {self.job_id!r})"]
        if self.existed:
            parts.append(f"{self.existed:,} {'existed' if self.verb == 'added' else 'were so'} before")
        if self.failed:
            parts.append(f"{len(self.failed):,} failed: {_first_of(self.failed)}")
        if self.unknown:
            parts.append(f"the outcome of {len(self.unknown):,} is unknown: {_first_of(self.unknown)}")
        if self.unsent:
            parts.append(f"{len(self.unsent):,} not sent")
        if self.stopped is not None:
            parts.append(f"the call was stopped by {in_one_line(self.stopped)}")
        return "; ".join(parts) + "."

    def __repr__(self) -> str:
        return f"<BulkReport: {self}>"

    def _repr_html_(self) -> str:
        """Return a small table, for notebooks."""
        rows = [f"<tr><th>{name}</th><td>{number:,}</td></tr>" for name, number in self.counts.items()]
        for outcome in [*self.failed, *self.unknown][:_SHOWN_IN_HTML]:
            rows.append(f'<tr><td colspan="2">{escape(str(outcome))}</td></tr>')
        if self.stopped is not None:
            rows.append(f'<tr><td colspan="2">Stopped by {escape(in_one_line(self.stopped))}.</td></tr>')
        caption = f"Job {escape(self.job_id)}, {_count(self.requests, 'request')}, {self.seconds:,.1f} s"
        return f"<table><caption>{caption}</caption>{''.join(rows)}</table>"


class BulkError(BatchTasksError):
    """A bulk call did not bring everything where it should be; the attribute `report` has the BulkReport."""

    def __init__(self, report: BulkReport) -> None:
        super().__init__(report)
        self.report = report


class BulkAddError(BulkError):
    """Not every task was added; the attribute `report` has the BulkReport."""


# Tracebacks name them as they are imported.
BulkError.__module__ = BulkAddError.__module__ = "batchtasks"


def attach(error: BaseException, report: BulkReport) -> BaseException:
    """Return the exception with the report as its attribute `report`, and a note that says so; an error of ours keeps its own."""
    if not (isinstance(error, BatchTasksError) and hasattr(error, "report")):
        error.report = report  # type: ignore[attr-defined]
        error.add_note(f"Bulk call stopped: {report} The attribute `report` has the lists; pass on `report.resume`.")
    return error


def _first_of(outcomes: list[TaskOutcome]) -> str:
    named = ", ".join(f"{outcome.name} ({in_one_line(outcome.error)})" for outcome in outcomes[:_SHOWN])
    more = len(outcomes) - _SHOWN
    return f"{named} and {more:,} more" if more > 0 else named


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
