"""The report of a bulk call: where every task ended, in words and in lists, and how to go on from there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import define, field

from batchtasks._bulk.judge import is_about_task
from batchtasks._bulk.outcome import TaskOutcome, in_one_line
from batchtasks._bulk.remaining import Remaining
from batchtasks.errors import BatchTasksError

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
