"""From a plan and the caller's wishes to a report: checks the wishes, makes the engine, runs it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from batchtasks._bulk.engine import Engine
from batchtasks._bulk.outcome import BulkProgress, TaskOutcome
from batchtasks._bulk.plan import Plan
from batchtasks._bulk.report import BulkReport
from batchtasks._bulk.run import Run, attach
from batchtasks._bulk.source import Source
from batchtasks._callbacks import can_await, check_callback
from batchtasks._retry import RetryPolicy
from batchtasks._tracing import bulk_span
from batchtasks.errors import InvalidInputError

if TYPE_CHECKING:
    from batchtasks._ports import Port
    from batchtasks._send import Desk

_MOST_LANES = 1000


@frozen
class How:
    """What the caller wishes of a bulk call."""

    concurrency: int = 16
    on_result: Callable[[TaskOutcome], object] | None = None
    progress: Callable[[BulkProgress], object] | None = None
    deadline: timedelta | float | None = None
    retry: RetryPolicy | None = None
    raise_on_failure: bool = True

    def __attrs_post_init__(self) -> None:
        lanes = self.concurrency
        if type(lanes) is not int or not 1 <= lanes <= _MOST_LANES:
            raise InvalidInputError(f"concurrency must be a whole number from 1 to {_MOST_LANES}, not {lanes!r}.")
        if self.retry is not None and not isinstance(self.retry, RetryPolicy):
            raise InvalidInputError(f"retry must be a RetryPolicy, not {type(self.retry).__name__}.")
        seconds = self.seconds
        if seconds is not None and not 0 < seconds < float("inf"):
            raise InvalidInputError(f"deadline must be a timedelta or seconds above 0, not {self.deadline!r}.")

    @property
    def seconds(self) -> float | None:
        """The deadline in seconds from the start of the call."""
        deadline = self.deadline
        if isinstance(deadline, timedelta):
            return deadline.total_seconds()
        if deadline is not None and (isinstance(deadline, bool) or not isinstance(deadline, (int, float))):
            raise InvalidInputError(f"deadline must be a timedelta or seconds above 0, not {deadline!r}.")
        return deadline

    @property
    def tells(self) -> bool:
        """Whether single outcomes are asked for."""
        return self.on_result is not None


async def carry_out(desk: Desk, plan: Plan, tasks: object, what: str, how: How) -> BulkReport:
    """Make the calls of a plan for all tasks and report."""
    check_callback("on_result", how.on_result, desk.port)
    check_callback("progress", how.progress, desk.port)
    source = Source(tasks, what, can_await=can_await(desk.port))
    with bulk_span(desk.tracing, what, plan.job_id) as note:
        report = await _to_report(desk, plan, source, how, note)
        if how.raise_on_failure:
            report.raise_if_incomplete()
    return report


async def _to_report(
    desk: Desk, plan: Plan, source: Source, how: How, note: Callable[[BulkReport], None]
) -> BulkReport:
    report: BulkReport | None = None
    try:
        # A single lane without a deadline needs no background.
        if how.concurrency == 1 and how.seconds is None:
            report = await _run(desk, plan, source, how, desk.port, in_place=True)
        else:
            async with desk.port.pool(how.concurrency) as pool:
                report = await _run(desk, plan, source, how, pool)
        _finish(how.progress)
    except BaseException as error:
        if report is None:
            _finish(how.progress)
        else:
            # Interrupted while tidying up: the work itself had come to its end.
            attach(error, report)
        report = getattr(error, "report", None)
        raise
    finally:
        if report is not None:
            note(report)
    return report


def _finish(progress: object) -> None:
    finish = getattr(progress, "finish", None)
    if finish is not None:
        finish()


async def _run(desk: Desk, plan: Plan, source: Source, how: How, port: Port, *, in_place: bool = False) -> BulkReport:
    began = port.clock()
    engine = Engine(plan, how.retry or desk.retry, how.concurrency, began, tell=how.tells)
    engine.total = source.total
    seconds = how.seconds
    deadline = None if seconds is None else began + seconds
    return await Run(engine, source, port, in_place, deadline, how.on_result, how.progress).to_end()


def check_choice(name: str, value: object) -> None:
    """Refuse anything but the two words."""
    if value not in ("accept", "fail"):
        raise InvalidInputError(f"{name} must be 'accept' or 'fail', not {value!r}.")
