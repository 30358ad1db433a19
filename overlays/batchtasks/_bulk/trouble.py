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
from typing import Any

from batchtasks._bulk.engine import Engine
from batchtasks._bulk.item import Chunk, Item, Past, size_of
from batchtasks._bulk.judge import Move, Setback, judge
from batchtasks._bulk.outcome import TaskOutcome
from batchtasks._bulk.results import Results
from batchtasks._send import unreadable
from batchtasks.errors import BatchTasksError, NoAnswerError, UnreadableAnswerError, error_from
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


def absorb(engine: Engine, chunk: Chunk, outcome: Answer | BaseException, now: float, random: float) -> None:
    """Take in how a request ended."""
    if isinstance(outcome, Answer):
        results = engine.plan.read(chunk.items, outcome)
        if results is not None:
            _sort_in(engine, chunk, results, now, random)
            return
        outcome = _error_of(outcome, chunk.call)
    setback = judge(outcome)
    if setback.move is Move.AGAIN:
        _again(engine, chunk, setback, now, random)
    elif setback.move is Move.STOP:
        for item in chunk.items:
            engine.write(ended(item, setback.error, unclear=setback.unclear))
        engine.close(chunk)
        engine.stop(setback.error)
    else:
        _split(engine, chunk, setback, now)


def _error_of(answer: Answer, call: Call[Any] | None) -> BatchTasksError:
    if call is not None and 200 <= answer.status < 300:
        return unreadable(answer, call, f"The answer cannot be read as results: {answer.content[:80]!r}")
    return error_from(answer, call)


def _sort_in(engine: Engine, chunk: Chunk, results: Results, now: float, random: float) -> None:
    engine.pace.answered(chunk.started, now)
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
    engine.close(chunk, results.added, results.existed)
    if results.stop is not None:
        engine.stop(results.stop)


def _item_again(engine: Engine, item: Item, error: BatchTasksError | None, now: float, random: float) -> None:
    """The service could not add this task of a request, or did not mention it."""
    reason = error or UnreadableAnswerError("The answer has no result for this task.", status=200)
    past = item.note(reason, ours=True, unclear=error is None, now=now, settled=engine.moved)
    delay = engine.retry.delay(error or _PASSING, past.attempts, now - past.began, random)
    if delay is not None:
        engine.waiting.add_loose(item, now, delay)
        return
    engine.write(ended(item, reason))
    if engine.moved <= past.since:
        _give_up(engine, reason)


def _again(engine: Engine, chunk: Chunk, setback: Setback, now: float, random: float) -> None:
    """The request failed whole for a reason that may pass."""
    engine.stuck += 1
    shut = setback.throttled and engine.pace.throttled(chunk.started, now)
    pasts = [_note(engine, item, setback, now) for item in chunk.items]
    moving = engine.moved > max(past.since for past in pasts)
    if setback.throttled and moving:
        # The service takes what it can, and the pace sees to how much that is: waiting ever longer would only leave
        # the field to others.
        _renew(engine, chunk.items, now, attempts=1)
    attempt = min(past.attempts for past in pasts)
    began = max(past.began for past in pasts)
    if setback.broke and moving and attempt >= SUSPICIOUS and len(pasts) > 1:
        _halve(engine, chunk, now, attempts=1)
        return
    error = setback.error if setback.error.is_retriable else _PASSING
    delay = engine.retry.delay(error, attempt, now - began, random)
    if delay is None:
        _used_up(engine, chunk, setback, now, moving=moving)
        return
    _log.info("%s; next attempt in %.1f s (tasks in it: %d).", setback.error, delay, len(chunk.items))
    if shut and setback.error.retry_after is not None:
        engine.pace.hold(now + delay)
    engine.waiting.add(chunk.items, now + delay, halved=chunk.halved)
    engine.close(chunk)


def _note(engine: Engine, item: Item, setback: Setback, now: float) -> Past:
    return item.note(setback.error, ours=setback.ours, unclear=setback.unclear, now=now, settled=engine.moved)


def _used_up(engine: Engine, chunk: Chunk, setback: Setback, now: float, *, moving: bool) -> None:
    """All attempts of a request have been made."""
    retry = engine.retry
    can_halve = setback.broke and len(chunk.items) > 1 and retry.attempts > 1
    if can_halve and moving:
        _halve(engine, chunk, now, attempts=1)
        return
    if can_halve and not chunk.halved:
        # Nothing moves, perhaps because these are all the tasks there are and one of them breaks the service. Two more
        # attempts: the half without it may be answered after the first of the other.
        _halve(engine, chunk, now, attempts=retry.attempts - 2)
        return
    if moving and not setback.broke and retry.attempts > 1:
        _renew(engine, chunk.items, now, attempts=1)
        engine.waiting.add(chunk.items, now + retry.longest_delay, halved=chunk.halved)
        engine.close(chunk)
        return
    for item in chunk.items:
        engine.write(ended(item, item.past.error if item.past else setback.error))
    engine.close(chunk)
    if not moving:
        _give_up(engine, setback.error)


def _halve(engine: Engine, chunk: Chunk, now: float, *, attempts: int) -> None:
    _renew(engine, chunk.items, now, attempts)
    middle = len(chunk.items) // 2
    delay = engine.retry.first_delay
    engine.waiting.add(chunk.items[:middle], now + delay, halved=True)
    engine.waiting.add(chunk.items[middle:], now + delay, halved=True)
    engine.close(chunk)


def _renew(engine: Engine, items: list[Item], now: float, attempts: int) -> None:
    for item in items:
        if item.past is not None:
            item.past.attempts, item.past.began, item.past.since = attempts, now, engine.moved


def _split(engine: Engine, chunk: Chunk, setback: Setback, now: float) -> None:
    """The service takes the request only in smaller parts, or objects to a task that it does not name."""
    _moved(engine)
    items = chunk.items
    if len(items) == 1:
        if setback.move is Move.REFUSED:
            engine.refused += 1
        engine.write(TaskOutcome(items[0].task_id, "failed", setback.error, task=items[0].task))
        engine.close(chunk)
        if engine.refused >= HOPELESS:
            engine.stop(setback.error)
        return
    for part in _parts(engine, items, setback.most_bytes):
        engine.waiting.add(part, now)
    engine.close(chunk)


def _parts(engine: Engine, items: list[Item], most_bytes: int | None) -> list[list[Item]]:
    middle = len(items) // 2
    if most_bytes is None or most_bytes >= size_of(items):
        return [items[:middle], items[middle:]]
    # The service named its limit: keep to it from here on.
    engine.most_bytes = engine.waiting.most_bytes = min(engine.most_bytes, most_bytes)
    parts: list[list[Item]] = [[]]
    for item in items:
        if parts[-1] and size_of([*parts[-1], item]) > most_bytes:
            parts.append([])
        parts[-1].append(item)
    return parts


def ended(item: Item, error: BatchTasksError | None, *, unclear: bool = False) -> TaskOutcome:
    """Tell where a task ends that will not be sent again: failed, or unknown if an attempt may have added it."""
    lost = unclear or (item.past is not None and item.past.unclear)
    return TaskOutcome(item.task_id, "unknown" if lost else "failed", error, task=item.task)


def _moved(engine: Engine) -> None:
    engine.moved += 1
    engine.stuck = 0


def _give_up(engine: Engine, why: BatchTasksError) -> None:
    if engine.stuck >= max(engine.retry.attempts_at(why), FEWEST_FAILURES):
        engine.stop(why)
