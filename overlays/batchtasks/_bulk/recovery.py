"""What follows from the outcome of a request: the rules of sending again, splitting and giving up.

A request that fails as a whole is sent again as it is, after the retry policy's delay. When its attempts are used up it
matters whether anything else has moved meanwhile:
- nothing has moved: the service is out of reach, the call stops;
- other requests went through: if the service only asked to wait, this one waits on; if it failed (5xx, a time-out), one of
  its tasks may be the cause, so it is halved until that task is alone.
Single tasks that the service could not add are gathered into new requests.
"""

from __future__ import annotations

import logging

from attrs import evolve

from batchtasks._bulk.batch import EncodedTask, RequestBatch, Results
from batchtasks._bulk.classify import Failure, classify
from batchtasks._bulk.engine import Engine
from batchtasks._errors import error_from, unreadable
from batchtasks.errors import BatchTasksError, NoAnswerError
from batchtasks_rest._call import Answer

_log = logging.getLogger("batchtasks")

# A request that failed so often while others went through is halved.
SUSPICIOUS = 4
# So many tasks refused alone with none accepted in between: the cause is not in the tasks.
HOPELESS = 1000
# The service is never given up for fewer failures in a row.
MIN_FAILURES = 3
# Stands for errors that are worth another attempt here although they are not in general.
_PASSING = NoAnswerError("no result")


def handle_outcome(
    engine: Engine, batch: RequestBatch, outcome: Answer | BaseException, now: float, random: float
) -> None:
    results = batch.operation.read(batch.items, outcome) if isinstance(outcome, Answer) else None
    if results is not None:
        engine.limiter.answered(batch.started, now)
        engine.size_limit.taken(batch.size)
        _settle_again(engine, batch, results, now, random)
    else:
        failure = classify(_error_of(batch, outcome) if isinstance(outcome, Answer) else outcome)
        if batch.operation.only_reads:
            failure = evolve(failure, maybe_done=False)
        if failure.action == "retry":
            results = _retry(engine, batch, failure, now, random)
        elif failure.action == "stop":
            lost = failure.unclear and failure.maybe_done
            outcomes = [item.ended(failure.error, unclear=lost) for item in batch.items]
            results = Results(outcomes=outcomes, stop=failure.error)
        else:
            results = _split(engine, batch, failure)
    engine.settle(batch, results)


def _error_of(batch: RequestBatch, answer: Answer) -> BatchTasksError:
    if batch.call is not None and 200 <= answer.status_code < 300:
        return unreadable(answer, batch.call, f"The answer cannot be read as results: {answer.content[:80]!r}")
    return error_from(answer, batch.call)


def _settle_again(engine: Engine, batch: RequestBatch, results: Results, now: float, random: float) -> None:
    """Decide about the tasks of an answered request that are to be sent again."""
    accepted = results.added or results.existed or results.requests
    if accepted:
        engine.refused_alone = 0
    engine.record_answer(settled=bool(accepted or results.outcomes))
    waiting: dict[float, list[EncodedTask]] = {}
    for item, failure in results.again:
        item.record(failure, now, engine.moved)
        delay = _delay(engine, failure.error, item.attempts, now - item.began, random)
        if delay is not None:
            waiting.setdefault(delay, []).append(item)
            continue
        results.outcomes.append(item.ended(failure.error))
        if engine.moved <= item.moved_before and _is_out_of_reach(engine, failure.error):
            results.stop = results.stop or failure.error
    for delay, items in waiting.items():
        results.requests.append(RequestBatch(batch.operation, items, due=now + delay, joins_from=now + delay / 2))


def _retry(engine: Engine, batch: RequestBatch, failure: Failure, now: float, random: float) -> Results:
    """The request failed as a whole for a reason that may pass."""
    engine.record_answer(settled=False)
    lets_nothing_through = failure.throttled and engine.limiter.throttled(batch.started, now)
    for item in batch.items:
        item.record(failure, now, engine.moved)
    is_moving = engine.moved > max([item.moved_before for item in batch.items])
    if failure.throttled and is_moving:
        # The service takes what it can, and the limiter sees to how much that is: waiting ever longer would only leave
        # the field to others.
        _renew(engine, batch, now, attempts=1)
    attempt, elapsed = min([item.attempts for item in batch.items]), now - max([item.began for item in batch.items])
    if failure.may_be_of_task and is_moving and attempt >= SUSPICIOUS and len(batch.items) > 1:
        return _halve(engine, batch, now, attempts=1)
    delay = _delay(engine, failure.error, attempt, elapsed, random)
    if delay is None:
        return _used_up(engine, batch, failure, now, is_moving=is_moving)
    _log.info("%s; next attempt in %.1f s (tasks in it: %d).", failure.error, delay, len(batch.items))
    if lets_nothing_through and failure.error.retry_after is not None:
        engine.limiter.hold(now + delay)
    return _wait(batch, now + delay)


def _used_up(engine: Engine, batch: RequestBatch, failure: Failure, now: float, *, is_moving: bool) -> Results:
    """All attempts of a request have been made."""
    attempts = engine.retry.attempts
    if failure.may_be_of_task and len(batch.items) > 1 and attempts > 1:
        if is_moving:
            return _halve(engine, batch, now, attempts=1)
        if not batch.halved:
            # Nothing moves, perhaps because these are all the tasks there are and one of them breaks the service. Two more
            # attempts: the half without it may be answered after the first of the other.
            return _halve(engine, batch, now, attempts=attempts - 2)
    if is_moving and not failure.may_be_of_task and attempts > 1:
        _renew(engine, batch, now, attempts=1)
        return _wait(batch, now + engine.retry.wait_max)
    stop = failure.error if not is_moving and _is_out_of_reach(engine, failure.error) else None
    return Results(outcomes=[item.ended() for item in batch.items], stop=stop)


def _split(engine: Engine, batch: RequestBatch, failure: Failure) -> Results:
    """The service takes the request only in smaller parts, or objects to a task that it does not name."""
    engine.record_answer(settled=True)
    if failure.action == "split":
        engine.size_limit.refused(batch.size, failure.max_bytes)
    if len(batch.items) > 1:
        return Results(requests=batch.split(engine.size_limit.target))
    engine.refused_alone += failure.action == "refuse"
    stop = failure.error if engine.refused_alone >= HOPELESS else None
    return Results(outcomes=[batch.items[0].failed(failure.error)], stop=stop)


def _halve(engine: Engine, batch: RequestBatch, now: float, *, attempts: int) -> Results:
    _renew(engine, batch, now, attempts)
    halves = batch.split(engine.size_limit.target)
    for half in halves:
        half.due, half.halved = now + engine.retry.wait_initial, True
    return Results(requests=halves)


def _wait(batch: RequestBatch, due: float) -> Results:
    return Results(requests=[RequestBatch(batch.operation, batch.items, due=due, halved=batch.halved)])


def _renew(engine: Engine, batch: RequestBatch, now: float, attempts: int) -> None:
    """Count attempts from here on."""
    for item in batch.items:
        item.attempts, item.began, item.moved_before = attempts, now, engine.moved


def _delay(engine: Engine, error: BatchTasksError, attempts: int, elapsed: float, random: float) -> float | None:
    return engine.retry.delay(error if error.is_retriable else _PASSING, attempts, elapsed, random)


def _is_out_of_reach(engine: Engine, error: BatchTasksError) -> bool:
    return engine.failures >= max(engine.retry.attempts_for(error), MIN_FAILURES)
