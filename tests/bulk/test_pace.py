"""The pace: how many requests at once, and how far apart."""

from __future__ import annotations

import pytest

from batchtasks import RetryPolicy
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.item import Chunk, Item
from batchtasks._bulk.pace import SMALLEST, Pace
from batchtasks._bulk.plans import Options, plan_adding
from batchtasks._bulk.trouble import absorb
from tests.bulk import scripted as s


def test_it_starts_at_what_is_asked_and_stays_there() -> None:
    pace = Pace(16)
    for number in range(100):
        now = number / 10
        pace.started(now)
        pace.answered(now, now + 0.05)
    assert (pace.lanes, pace.window, pace.gate) == (16, 16.0, 0.0)


def test_a_refusal_halves_it_once_a_round_trip() -> None:
    pace = Pace(16)
    pace.answered(0.0, 0.05)
    assert not pace.throttled(0.10, 0.15)
    assert pace.lanes == 8
    assert not pace.throttled(0.12, 0.16), "was under way before the cut"
    assert pace.lanes == 8
    pace.answered(0.16, 0.21)
    assert not pace.throttled(0.16, 0.22)
    assert pace.lanes == 5
    assert pace.window == pytest.approx((8 + 2 / 8) / 2)


def test_it_comes_back_within_a_few_round_trips() -> None:
    pace = Pace(16)
    pace.throttled(0.0, 0.05)
    for _ in range(60):
        pace.answered(0.05, 0.10)
    assert pace.lanes == 16


def test_it_is_not_cut_further_while_nothing_is_let_through() -> None:
    pace = Pace(16)
    assert not pace.throttled(0.0, 0.1)
    for number in range(1, 50):
        assert pace.throttled(number, number + 0.1)
    assert pace.lanes == 8


def test_a_large_part_of_refusals_shrinks_the_share_down_to_pauses() -> None:
    """One answer for two refusals: in the end a request starts every many round trips."""
    pace = Pace(4)
    now = 0.0
    for _ in range(2000):
        now += 1.0
        pace.answered(now - 0.05, now)
        pace.throttled(now - 0.01, now + 0.01)
        pace.throttled(now + 0.02, now + 0.03)
    assert SMALLEST <= pace.share < 0.2
    assert pace.lanes == 1
    pace.started(now)
    assert pace.gate - now > 0.05 / 0.2


def test_few_refusals_are_noise() -> None:
    pace = Pace(16)
    for number in range(3000):
        if number % 33 == 32:
            pace.throttled(number, number + 0.05)
        else:
            pace.answered(number, number + 0.05)
    assert pace.share > 15
    assert pace.lanes >= 9


def test_the_gate() -> None:
    pace = Pace(4)
    pace.hold(5.0)
    pace.hold(3.0)
    assert pace.gate == 5.0


def test_retry_after_holds_all_lanes_once_the_service_is_seen_to_be_shut() -> None:
    """The first refusal makes its own tasks wait and halves the lanes; the next shows that nothing is let through."""
    engine = Engine(plan_adding(s.desk(s.ScriptedPort(s.Service())), "job", "accept", Options()), RetryPolicy(), 4, 0.0)
    busy = s.refusal(429, "TooManyRequests", {"Retry-After": "30"})
    for number, (now, gate) in enumerate([(1.0, 0.0), (2.0, 32.0)]):
        chunk = Chunk([Item(f"t-{number}", b"{}", None)])
        engine.open[chunk] = None
        engine.start(chunk, engine.plan.call(chunk.items), now - 0.1)
        absorb(engine, chunk, busy, now, 0.5)
        assert engine.pace.gate == pytest.approx(gate, abs=1.0)
    assert not engine.may_start(29.0)
    assert engine.may_start(33.0)
