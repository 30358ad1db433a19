"""What became of each task, and how far a call has come: the small values handed to callbacks and reports."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import chain
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen

from batchtasks._bulk.classify import is_about_task
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
    text = f"{error.code or error.status_code}: {_first_line(error.message)}"
    named = {"property": error.property_name, "parameter": error.parameter, "reason": error.reason}
    known = [f"{what} {value}" for what, value in named.items() if value]
    return f"{text} ({', '.join(known)})" if known else text


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")


class Remaining:
    """Tasks still to be brought in; iterate over it, or pass it to the same bulk method. It can be walked once.

    If the input was an async iterable, walk it with `async for`.
    """

    def __init__(self, again: Iterable[TaskOutcome], unsent: Iterable[Any], rest: Any = None) -> None:
        # Sent before, so perhaps there already.
        self.again = deque(again)
        self._unsent = deque(unsent)
        self._rest = rest

    @property
    def is_async(self) -> bool:
        """Whether the untouched rest of the input is an async iterator."""
        return hasattr(self._rest, "__anext__")

    def __bool__(self) -> bool:
        """False when certainly nothing is left; an untouched rest may turn out to be empty."""
        return bool(self.again or self._unsent or self._rest is not None)

    def take(self) -> tuple[list[TaskOutcome], Any]:
        """Give what was sent before, and an iterator over the others; nothing is left here afterwards."""
        again, unsent, rest = list(self.again), list(self._unsent), self._rest
        self.again, self._unsent, self._rest = deque(), deque(), None
        if rest is None:
            return again, iter(unsent)
        if hasattr(rest, "__anext__"):
            # No async generator: a cancellation would end it, and what it had not given yet would be lost.
            return again, Remaining((), unsent, rest)
        # From C, so that an interruption cannot fall between taking a task and handing it over.
        return again, chain(unsent, rest)

    def __iter__(self) -> Iterator[Any]:
        if self.is_async:
            raise TypeError("The rest of the input is an async iterable: walk it with `async for`.")
        return self

    def __next__(self) -> Any:
        if self._known():
            return self._pop()
        if self._rest is None:
            raise StopIteration
        return next(self._rest)

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        if self._known():
            return self._pop()
        if self.is_async:
            return await anext(self._rest)
        try:
            return next(self)
        except StopIteration:
            raise StopAsyncIteration from None

    def _known(self) -> bool:
        return bool(self.again or self._unsent)

    def _pop(self) -> Any:
        return self.again.popleft().task if self.again else self._unsent.popleft()


_NAMED = 3


def _only_how_many(entries: list[Any]) -> str:
    return f"[{len(entries):,} of them]" if entries else "[]"


@define(kw_only=True, slots=False)
class BulkReport:
    """Where every task that was taken from the input ended: in exactly one of five places.

    - `added` and `existed` are counts; `delete_many` and kin call them `done` and `already` (the same numbers);
    - `failed` and `unknown` list a TaskOutcome each, with the error;
    - `unsent` lists the tasks themselves, as they were passed in; tasks that were never taken from the input are not in
      it, they are still where they came from (see `resume`).
    `requests` counts the requests made, `retried` the tasks sent again, `seconds` the time it took. `stopped` is what
    ended the call before its input did (an error of the service, the deadline, an interruption), or None.
    """

    job_id: str
    verb: str = "added"
    added: int = 0
    existed: int = 0
    failed: list[TaskOutcome] = field(factory=list, repr=_only_how_many)
    unknown: list[TaskOutcome] = field(factory=list, repr=_only_how_many)
    unsent: list[Any] = field(factory=list, repr=_only_how_many)
    requests: int = 0
    retried: int = 0
    seconds: float = 0.0
    stopped: BaseException | None = None
    untouched: Any = field(default=None, repr=False, eq=False)

    @property
    def done(self) -> int:
        """What the operation was carried out on; the same number as `added`."""
        return self.added

    @property
    def already(self) -> int:
        """What was so before the call; the same number as `existed`."""
        return self.existed

    @property
    def pulled(self) -> int:
        """How many tasks were taken from the input: the sum of the five."""
        return self.added + self.existed + len(self.failed) + len(self.unknown) + len(self.unsent)

    @property
    def ok(self) -> bool:
        """Whether the input came to its end and every task of it is where it should be."""
        return self.stopped is None and not (self.failed or self.unknown or self.unsent)

    @property
    def resume(self) -> Remaining:
        """Everything that another call can still bring in, to be passed to it in place of the tasks.

        In this order: tasks whose outcome is unknown, tasks that failed for a reason that may pass, tasks that failed for
        one that is not their own (a wrong key, a missing job), tasks not sent, and then the rest of the input that was
        never touched. Passed to the same method it is also remembered which of them may have been added already, so that
        "exists" then counts as added. It can be walked once. A report that was pickled has lost the untouched rest of the
        input.
        """
        again = [outcome for outcome in self.failed if not is_about_task(outcome.error)]
        passing = [outcome for outcome in again if outcome.error and outcome.error.is_retriable]
        others = [outcome.task for outcome in again if not (outcome.error and outcome.error.is_retriable)]
        return Remaining([*self.unknown, *passing], [*others, *self.unsent], self.untouched)

    def raise_if_incomplete(self) -> None:
        """Raise BulkAddError (BulkError for `delete_many` and kin) unless `ok`."""
        if not self.ok:
            kind = BulkAddError if self.verb == "added" else BulkError
            raise kind(self) from self.stopped

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "untouched": None}

    def __str__(self) -> str:
        return _in_words(self)


class BulkError(BatchTasksError):
    """A bulk call did not bring everything where it should be; `report` says what is where."""

    def __init__(self, report: BulkReport) -> None:
        super().__init__(report)

    @property
    def report(self) -> BulkReport:
        """Where every task ended."""
        report: BulkReport = self.args[0]
        return report

    def __str__(self) -> str:
        return _in_words(self.report)


class BulkAddError(BulkError):
    """Not every task was added; `report` says what is where."""


def _in_words(report: BulkReport) -> str:
    parts = [f"{report.added:,} of {_count(report.pulled, 'task')} {report.verb} (job {report.job_id!r})"]
    if report.existed:
        parts.append(
            f"{report.existed:,} existed before" if report.verb == "added" else f"{report.existed:,} were so before"
        )
    if report.failed:
        parts.append(f"{len(report.failed):,} failed: {_first_of(report.failed)}")
    if report.unknown:
        parts.append(f"the outcome of {len(report.unknown):,} is unknown: {_first_of(report.unknown)}")
    if report.unsent:
        parts.append(f"{len(report.unsent):,} not sent")
    if report.stopped is not None:
        parts.append(f"the call was ended by {in_one_line(report.stopped)}")
    return "; ".join(parts) + "."


def _first_of(outcomes: Iterable[TaskOutcome]) -> str:
    outcomes = list(outcomes)
    named = ", ".join(f"{outcome.name} ({in_one_line(outcome.error)})" for outcome in outcomes[:_NAMED])
    more = len(outcomes) - _NAMED
    return f"{named} and {more:,} more" if more > 0 else named


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
