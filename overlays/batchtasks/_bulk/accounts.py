"""The report of a bulk call, drawn up from the engine's state at any moment, without changing it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchtasks._bulk.engine import NOTHING, Engine
from batchtasks._bulk.item import Item
from batchtasks._bulk.outcome import TaskOutcome
from batchtasks._bulk.report import BulkReport
from batchtasks._bulk.source import Source
from batchtasks._bulk.trouble import ended
from batchtasks.errors import BatchTasksError


def report_of(engine: Engine, now: float, source: Source) -> BulkReport:
    """Say of every task that was pulled where it is, and of those that an earlier call had sent already."""
    books, plan = engine.books, engine.plan
    failed, unknown = books.failed, books.unknown
    unsent: list[Any] = []
    for before in _not_come_to(engine, source):
        (unknown if before.status == "unknown" else failed).append(before)
    for item, in_flight in _left(engine):
        outcome = _outcome(item, engine.stopped, in_flight=in_flight)
        if outcome is None:
            unsent.append(item.task)
        else:
            (unknown if outcome.status == "unknown" else failed).append(outcome)
    if _is_current_alone(engine):
        unsent.append(engine.current)
    return BulkReport(
        job_id=plan.job_id,
        verb=plan.verb,
        added=books.totals.added,
        existed=books.totals.existed,
        failed=failed,
        unknown=unknown,
        unsent=unsent,
        requests=engine.requests,
        retried=engine.retried,
        seconds=now - engine.began,
        stopped=engine.stopped,
        untouched=None if engine.exhausted else source.rest,
    )


def _not_come_to(engine: Engine, source: Source) -> list[TaskOutcome]:
    """Tell what an interruption kept from being given to the engine again."""
    again = list(source.again)
    there = {id(item.task) for item in engine.waiting.items()}
    # The first may be on its way.
    if again and (again[0] is engine.books.totals.last or id(again[0].task) in there):
        del again[0]
    return again


def _left(engine: Engine) -> Iterator[tuple[Item, bool]]:
    """Give every task that has not been settled, once, and whether it is in a request that was sent."""
    seen: set[int] = set()
    settled = engine.books.totals.last
    for chunk in engine.open:
        if chunk is not settled:
            seen.update(map(id, chunk.items))
            for item in chunk.items:
                yield item, chunk.sent
    for item in [*engine.waiting.items(), *engine.filling]:
        if id(item) not in seen:
            seen.add(id(item))
            yield item, False


def _outcome(item: Item, stopped: BaseException | None, *, in_flight: bool) -> TaskOutcome | None:
    """Tell where a task ends that the call leaves unfinished; None if it is certainly not there."""
    past = item.past
    if in_flight:
        error = past.error if past is not None else None
        return ended(item, error or _as_error(stopped), unclear=True)
    # Attempts that certainly did not reach the service leave no trace there.
    arrived = past is not None and (past.ours or past.unclear)
    return ended(item, past.error) if past is not None and arrived else None


def _as_error(stopped: BaseException | None) -> BatchTasksError:
    if isinstance(stopped, BatchTasksError):
        return stopped
    name = type(stopped).__name__ if stopped is not None else "the end of the call"
    return BatchTasksError(f"The request was under way when the call was ended by {name}.")


def _is_current_alone(engine: Engine) -> bool:
    """Whether the task pulled last has not got anywhere yet."""
    current = engine.current
    if current is NOTHING or current is engine.books.totals.last:
        return False
    return not (engine.filling and engine.filling[-1].task is current)
