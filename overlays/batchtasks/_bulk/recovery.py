"""What the engine does with the outcome of a request: the rules of trying again, cutting smaller and giving up.

A request that fails whole is sent again as it is, after the retry policy's delay. When its attempts are used up it
matters whether anything else has moved meanwhile:
- nothing has moved: the service is out of reach, the call stops;
- other requests went through: if the service only asked to wait, this one waits on; if it broke (5xx, a time-out), one
  of its tasks may be the cause, so it is halved until that task is alone.
Single tasks that the service could not add are gathered into new requests.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from batchtasks._bulk.batch import AttemptHistory, EncodedTask, RequestBatch, size_of
from batchtasks._bulk.classify import Action, Failure, classify
from batchtasks._bulk.engine import NOTHING, Engine
from batchtasks._bulk.operations import Results
from batchtasks._bulk.report import BulkReport, TaskOutcome
from batchtasks._errors.mapping import error_from, unreadable
from batchtasks.errors import BatchTasksError, NoAnswerError, UnreadableAnswerError
from batchtasks_rest._call import Answer, Call

_log = logging.getLogger("batchtasks")

# A request that broke so often while others went through is halved.
SUSPICIOUS = 4
# So many tasks refused alone with none accepted in between: the reason is not in the tasks.
HOPELESS = 1000
# Never judge the service by fewer failures in a row.
FEWEST_FAILURES = 3
# Stands for errors that are worth another attempt here although they are not in general.
_PASSING = NoAnswerError("no result")


def handle_outcome(
    engine: Engine, batch: RequestBatch, outcome: Answer | BaseException, now: float, random: float
) -> None:
    """Take in how a request ended."""
    if isinstance(outcome, Answer):
        results = engine.operation.read(batch.items, outcome)
        if results is not None:
            _sort_in(engine, batch, results, now, random)
            return
        outcome = _error_of(outcome, batch.call)
    setback = classify(outcome)
    if setback.move is Action.AGAIN:
        _again(engine, batch, setback, now, random)
    elif setback.move is Action.STOP:
        for item in batch.items:
            engine.write(ended(item, setback.error, unclear=setback.unclear))
        engine.close(batch)
        engine.stop(setback.error)
    else:
        _split(engine, batch, setback, now)


def _error_of(answer: Answer, call: Call[Any] | None) -> BatchTasksError:
    if call is not None and 200 <= answer.status_code < 300:
        return unreadable(answer, call, f"The answer cannot be read as results: {answer.content[:80]!r}")
    return error_from(answer, call)


def _sort_in(engine: Engine, batch: RequestBatch, results: Results, now: float, random: float) -> None:
    engine.limiter.answered(batch.started, now)
    if results.added or results.existed:
        engine.refused = 0
    if results.added or results.existed or results.failed:
        _moved(engine)
    else:
        engine.stuck += 1
    for item, error in results.failed:
        engine.write(TaskOutcome(item.task_id, "failed", error, task=item.task))
    for item, problem in results.again:
        _item_again(engine, item, problem, now, random)
    engine.close(batch, results.added, results.existed)
    if results.stop is not None:
        engine.stop(results.stop)


def _item_again(engine: Engine, item: EncodedTask, error: BatchTasksError | None, now: float, random: float) -> None:
    """The service could not add this task of a request, or did not mention it."""
    reason = error or UnreadableAnswerError("The answer has no result for this task.", status_code=200)
    history = item.note(reason, ours=True, unclear=error is None, now=now, settled=engine.moved)
    delay = engine.retry.delay(error or _PASSING, history.attempts, now - history.began, random)
    if delay is not None:
        engine.retry_queue.add_loose(item, now, delay)
        return
    engine.write(ended(item, reason))
    if engine.moved <= history.since:
        _give_up(engine, reason)


def _again(engine: Engine, batch: RequestBatch, setback: Failure, now: float, random: float) -> None:
    """The request failed whole for a reason that may pass."""
    engine.stuck += 1
    shut = setback.throttled and engine.limiter.throttled(batch.started, now)
    pasts = [_note(engine, item, setback, now) for item in batch.items]
    moving = engine.moved > max(history.since for history in pasts)
    if setback.throttled and moving:
        # The service takes what it can, and the pace sees to how much that is: waiting ever longer would only leave
        # the field to others.
        _renew(engine, batch.items, now, attempts=1)
    attempt = min(history.attempts for history in pasts)
    began = max(history.began for history in pasts)
    if setback.broke and moving and attempt >= SUSPICIOUS and len(pasts) > 1:
        _halve(engine, batch, now, attempts=1)
        return
    error = setback.error if setback.error.is_retriable else _PASSING
    delay = engine.retry.delay(error, attempt, now - began, random)
    if delay is None:
        _used_up(engine, batch, setback, now, moving=moving)
        return
    _log.info("%s; next attempt in %.1f s (tasks in it: %d).", setback.error, delay, len(batch.items))
    if shut and setback.error.retry_after is not None:
        engine.limiter.hold(now + delay)
    engine.retry_queue.add(batch.items, now + delay, halved=batch.halved)
    engine.close(batch)


def _note(engine: Engine, item: EncodedTask, setback: Failure, now: float) -> AttemptHistory:
    return item.note(setback.error, ours=setback.ours, unclear=setback.unclear, now=now, settled=engine.moved)


def _used_up(engine: Engine, batch: RequestBatch, setback: Failure, now: float, *, moving: bool) -> None:
    """All attempts of a request have been made."""
    retry = engine.retry
    can_halve = setback.broke and len(batch.items) > 1 and retry.attempts > 1
    if can_halve and moving:
        _halve(engine, batch, now, attempts=1)
        return
    if can_halve and not batch.halved:
        # Nothing moves, perhaps because these are all the tasks there are and one of them breaks the service. Two more
        # attempts: the half without it may be answered after the first of the other.
        _halve(engine, batch, now, attempts=retry.attempts - 2)
        return
    if moving and not setback.broke and retry.attempts > 1:
        _renew(engine, batch.items, now, attempts=1)
        engine.retry_queue.add(batch.items, now + retry.wait_max, halved=batch.halved)
        engine.close(batch)
        return
    for item in batch.items:
        engine.write(ended(item, item.history.error if item.history else setback.error))
    engine.close(batch)
    if not moving:
        _give_up(engine, setback.error)


def _halve(engine: Engine, batch: RequestBatch, now: float, *, attempts: int) -> None:
    _renew(engine, batch.items, now, attempts)
    middle = len(batch.items) // 2
    delay = engine.retry.wait_initial
    engine.retry_queue.add(batch.items[:middle], now + delay, halved=True)
    engine.retry_queue.add(batch.items[middle:], now + delay, halved=True)
    engine.close(batch)


def _renew(engine: Engine, items: list[EncodedTask], now: float, attempts: int) -> None:
    for item in items:
        if item.history is not None:
            item.history.attempts, item.history.began, item.history.since = attempts, now, engine.moved


def _split(engine: Engine, batch: RequestBatch, setback: Failure, now: float) -> None:
    """The service takes the request only in smaller parts, or objects to a task that it does not name."""
    _moved(engine)
    items = batch.items
    if len(items) == 1:
        if setback.move is Action.REFUSED:
            engine.refused += 1
        engine.write(TaskOutcome(items[0].task_id, "failed", setback.error, task=items[0].task))
        engine.close(batch)
        if engine.refused >= HOPELESS:
            engine.stop(setback.error)
        return
    for part in _parts(engine, items, setback.most_bytes):
        engine.retry_queue.add(part, now)
    engine.close(batch)


def _parts(engine: Engine, items: list[EncodedTask], most_bytes: int | None) -> list[list[EncodedTask]]:
    middle = len(items) // 2
    if most_bytes is None or most_bytes >= size_of(items):
        return [items[:middle], items[middle:]]
    # The service named its limit: keep to it from here on.
    engine.most_bytes = engine.retry_queue.most_bytes = min(engine.most_bytes, most_bytes)
    parts: list[list[EncodedTask]] = [[]]
    for item in items:
        if parts[-1] and size_of([*parts[-1], item]) > most_bytes:
            parts.append([])
        parts[-1].append(item)
    return parts


def ended(item: EncodedTask, error: BatchTasksError | None, *, unclear: bool = False) -> TaskOutcome:
    """Tell where a task ends that will not be sent again: failed, or unknown if an attempt may have added it."""
    lost = unclear or (item.history is not None and item.history.unclear)
    return TaskOutcome(item.task_id, "unknown" if lost else "failed", error, task=item.task)


def _moved(engine: Engine) -> None:
    engine.moved += 1
    engine.stuck = 0


def _give_up(engine: Engine, why: BatchTasksError) -> None:
    if engine.stuck >= max(engine.retry.attempts_for(why), FEWEST_FAILURES):
        engine.stop(why)


def report_of(engine: Engine, now: float, again: Iterable[TaskOutcome], rest: Any) -> BulkReport:
    """Say of every task that was pulled where it is, and of those that an earlier call had sent already."""
    ledger, operation = engine.ledger, engine.operation
    failed, unknown = ledger.failed, ledger.unknown
    unsent: list[Any] = []
    for before in _not_come_to(engine, again):
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
        job_id=operation.job_id,
        verb=operation.verb,
        added=ledger.totals.added,
        existed=ledger.totals.existed,
        failed=failed,
        unknown=unknown,
        unsent=unsent,
        requests=engine.requests,
        retried=engine.retried,
        seconds=now - engine.began,
        stopped=engine.stopped,
        untouched=None if engine.exhausted else rest,
    )


def _not_come_to(engine: Engine, outcomes: Iterable[TaskOutcome]) -> list[TaskOutcome]:
    """Tell what an interruption kept from being given to the engine again."""
    again = list(outcomes)
    there = {id(item.task) for item in engine.retry_queue.items()}
    # The first may be on its way.
    if again and (again[0] is engine.ledger.totals.last or id(again[0].task) in there):
        del again[0]
    return again


def _left(engine: Engine) -> Iterator[tuple[EncodedTask, bool]]:
    """Give every task that has not been settled, once, and whether it is in a request that was sent."""
    seen: set[int] = set()
    settled = engine.ledger.totals.last
    for batch in engine.open:
        if batch is not settled:
            seen.update(map(id, batch.items))
            for item in batch.items:
                yield item, batch.sent
    for item in [*engine.retry_queue.items(), *engine.filling]:
        if id(item) not in seen:
            seen.add(id(item))
            yield item, False


def _outcome(item: EncodedTask, stopped: BaseException | None, *, in_flight: bool) -> TaskOutcome | None:
    """Tell where a task ends that the call leaves unfinished; None if it is certainly not there."""
    history = item.history
    if in_flight:
        error = history.error if history is not None else None
        return ended(item, error or _as_error(stopped), unclear=True)
    # Attempts that certainly did not reach the service leave no trace there.
    arrived = history is not None and (history.ours or history.unclear)
    return ended(item, history.error) if history is not None and arrived else None


def _as_error(stopped: BaseException | None) -> BatchTasksError:
    if isinstance(stopped, BatchTasksError):
        return stopped
    name = type(stopped).__name__ if stopped is not None else "the end of the call"
    return BatchTasksError(f"The request was under way when the call was ended by {name}.")


def _is_current_alone(engine: Engine) -> bool:
    """Whether the task pulled last has not got anywhere yet."""
    current = engine.current
    if current is NOTHING or current is engine.ledger.totals.last:
        return False
    return not (engine.filling and engine.filling[-1].task is current)
