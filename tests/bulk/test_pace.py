"""The pace: how many requests at once, and how far apart."""

from __future__ import annotations

import pytest

from batchtasks import RetryPolicy
from batchtasks._bulk.batch import EncodedTask, RequestBatch
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.limiter import SMALLEST, ConcurrencyLimiter
from batchtasks._bulk.operations import AddTasks
from batchtasks._bulk.recovery import handle_outcome
from tests.bulk import scripted as s
from tests.bulk.checks import NO_ARGUMENTS


def test_it_starts_at_what_is_asked_and_stays_there() -> None:
    limiter = ConcurrencyLimiter(16)
    for number in range(100):
        now = number / 10
        limiter.started(now)
        limiter.answered(now, now + 0.05)
    assert (limiter.limit, limiter.window, limiter.not_before) == (16, 16.0, 0.0)


def test_a_refusal_halves_it_once_a_round_trip() -> None:
    limiter = ConcurrencyLimiter(16)
    limiter.answered(0.0, 0.05)
    assert not limiter.throttled(0.10, 0.15)
    assert limiter.limit == 8
    assert not limiter.throttled(0.12, 0.16), "was under way before the cut"
    assert limiter.limit == 8
    limiter.answered(0.16, 0.21)
    assert not limiter.throttled(0.16, 0.22)
    assert limiter.limit == 5
    assert limiter.window == pytest.approx((8 + 2 / 8) / 2)


def test_it_comes_back_within_a_few_round_trips() -> None:
    limiter = ConcurrencyLimiter(16)
    limiter.throttled(0.0, 0.05)
    for _ in range(60):
        limiter.answered(0.05, 0.10)
    assert limiter.limit == 16


def test_it_is_not_cut_further_while_nothing_is_let_through() -> None:
    limiter = ConcurrencyLimiter(16)
    assert not limiter.throttled(0.0, 0.1)
    for number in range(1, 50):
        assert limiter.throttled(number, number + 0.1)
    assert limiter.limit == 8


def test_a_large_part_of_refusals_shrinks_the_share_down_to_pauses() -> None:
    """One answer for two refusals: in the end a request starts every many round trips."""
    limiter = ConcurrencyLimiter(4)
    now = 0.0
    for _ in range(2000):
        now += 1.0
        limiter.answered(now - 0.05, now)
        limiter.throttled(now - 0.01, now + 0.01)
        limiter.throttled(now + 0.02, now + 0.03)
    assert SMALLEST <= limiter.share < 0.2
    assert limiter.limit == 1
    limiter.started(now)
    assert limiter.not_before - now > 0.05 / 0.2


def test_few_refusals_are_noise() -> None:
    limiter = ConcurrencyLimiter(16)
    for number in range(3000):
        if number % 33 == 32:
            limiter.throttled(number, number + 0.05)
        else:
            limiter.answered(number, number + 0.05)
    assert limiter.share > 15
    assert limiter.limit >= 9


def test_the_gate() -> None:
    limiter = ConcurrencyLimiter(4)
    limiter.hold(5.0)
    limiter.hold(3.0)
    assert limiter.not_before == 5.0


def test_retry_after_holds_all_lanes_once_the_service_is_seen_to_be_shut() -> None:
    """The first refusal makes its own tasks wait and halves the lanes; the next shows that nothing is let through."""
    executor = s.executor(s.ScriptedBackend(s.Service()))
    engine = Engine(AddTasks(executor, "job", "accept", NO_ARGUMENTS), RetryPolicy(), 4, 0.0)
    busy = s.refusal(429, "TooManyRequests", {"Retry-After": "30"})
    for number, (now, gate) in enumerate([(1.0, 0.0), (2.0, 32.0)]):
        batch = RequestBatch(engine.operation, [EncodedTask(f"t-{number}", b"{}", None)])
        engine.open[batch] = None
        engine.start(batch, engine.operation.call(batch.items), now - 0.1)
        handle_outcome(engine, batch, busy, now, 0.5)
        assert engine.limiter.not_before == pytest.approx(gate, abs=1.0)
    assert not engine.may_start(29.0)
    assert engine.may_start(33.0)
