"""The limits: how many requests at once, how far apart, and how large."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from batchtasks import RetryPolicy
from batchtasks._bulk.batch import EncodedTask, RequestBatch
from batchtasks._bulk.engine import Engine
from batchtasks._bulk.limiter import SMALLEST, ConcurrencyLimiter, SizeLimit
from batchtasks._bulk.operations import AddTasks
from batchtasks._bulk.recovery import handle_outcome
from batchtasks._bulk.report import Remaining
from tests.batchtasks.bulk import scripted as s


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


def pause(limiter: ConcurrencyLimiter, now: float = 1000.0) -> float:
    """How long after a request that starts now the next may start."""
    limiter.started(now)
    return limiter.not_before - now


@pytest.mark.parametrize("answers", [1, 50])
def test_requests_are_spaced_over_a_round_trip(answers: int) -> None:
    limiter = ConcurrencyLimiter(16)
    for _ in range(answers):
        limiter.answered(0.0, 0.2)
    limiter.throttled(1.0, 1.2)
    assert limiter.limit == 8
    assert pause(limiter) == pytest.approx(0.2 / 8)


def test_where_nothing_was_answered_yet_the_first_refusal_is_the_round_trip() -> None:
    limiter = ConcurrencyLimiter(16)
    limiter.throttled(0.0, 0.4)
    assert pause(limiter) == pytest.approx(0.4 / 8)


def test_one_slow_answer_does_not_stretch_the_pauses_much() -> None:
    limiter = ConcurrencyLimiter(16)
    for took in (0.2, 0.2, 0.2, 2.0):
        limiter.answered(0.0, took)
    limiter.throttled(1.0, 1.2)
    assert 0.2 / 8 < pause(limiter) < 1.0 / 8


def test_a_request_that_starts_in_the_moment_of_a_cut_counts_for_the_next() -> None:
    limiter = ConcurrencyLimiter(16)
    limiter.throttled(0.0, 0.2)
    limiter.answered(0.1, 0.3)
    limiter.throttled(0.2, 0.4)
    assert limiter.limit == 5


def refuse_all(limiter: ConcurrencyLimiter, refusals: int = 500) -> None:
    """A long time in which everything is refused."""
    for number in range(refusals):
        limiter.throttled(number, number + 0.1)


def test_the_share_is_never_cut_by_more_than_half() -> None:
    limiter = ConcurrencyLimiter(16)
    refuse_all(limiter)
    limiter.answered(600.0, 600.1)
    share = limiter.share
    limiter.throttled(601.0, 601.1)
    assert limiter.share == pytest.approx(share / 2)


def test_a_time_of_refusals_is_forgotten_within_sixty_answers() -> None:
    limiter = ConcurrencyLimiter(16)
    refuse_all(limiter)
    for number in range(60):
        limiter.answered(600.0 + number, 600.1 + number)
    share = limiter.share
    limiter.throttled(700.0, 700.1)
    assert limiter.share == pytest.approx(share, rel=0.02)


def test_a_refusal_never_makes_the_share_larger() -> None:
    limiter = ConcurrencyLimiter(16)
    for number in range(20):
        limiter.throttled(number, number + 0.1)
        limiter.answered(number + 0.2, number + 0.3)
    for number in range(200):
        limiter.answered(100.0 + number, 100.1 + number)
    share = limiter.share
    limiter.throttled(400.0, 400.1)
    assert limiter.share <= share < 16


def test_the_gate() -> None:
    limiter = ConcurrencyLimiter(4)
    limiter.hold(5.0)
    limiter.hold(3.0)
    assert limiter.not_before == 5.0


def test_retry_after_holds_all_lanes_once_the_service_is_seen_to_be_shut() -> None:
    """The first refusal makes its own tasks wait and halves the lanes; the next shows that nothing is let through."""
    executor = s.executor(s.ScriptedBackend(s.Service()))
    engine = Engine(AddTasks(executor, "job", "accept"), RetryPolicy(), 4, Remaining(), keep_events=False)
    busy = s.refusal(429, "TooManyRequests", {"Retry-After": "30"})
    for number, (now, gate) in enumerate([(1.0, 0.0), (2.0, 32.0)]):
        batch = RequestBatch(engine.operation, [EncodedTask(f"t-{number}", b"{}", None)])
        engine.open[batch] = None
        engine.start(batch, engine.operation.call(batch.items), now - 0.1)
        handle_outcome(engine, batch, busy, now, 0.5)
        assert engine.limiter.not_before == pytest.approx(gate, abs=1.0)
    assert engine.next_start(29.0) > 29.0
    assert engine.next_start(33.0) <= 33.0


@pytest.mark.parametrize("named", [1, 10**9, 5000])
def test_a_named_limit_that_cannot_be_true_is_not_believed(named: int) -> None:
    """Larger bodies have been taken, or this one is smaller than it."""
    limit = SizeLimit(1_000_000)
    limit.taken(6000)
    limit.refused(5500, named)
    assert limit.known == 1_000_000


@pytest.mark.parametrize(("size", "target"), [(999, 749), (1000, 750), (2000, 1500)])
def test_bodies_are_filled_up_to_the_middle_of_what_was_taken_and_what_was_refused(size: int, target: int) -> None:
    """What was taken counts by half once a body no larger than it has been refused."""
    limit = SizeLimit(1_000_000)
    limit.taken(1000)
    limit.refused(size, None)
    assert limit.target == target


@settings(max_examples=300)
@given(st.lists(st.integers(20, 3000), min_size=1, max_size=60), st.integers(3100, 20_000), st.integers(0, 40))
@example([3000] * 60, 3100, 0)
def test_the_target_comes_near_the_limit(sizes: list[int], limit: int, large: int) -> None:
    """Whatever the sizes: few refusals, and what is left between the target and the limit is less than a body holds."""
    size_limit, refused = SizeLimit(1_048_576), 0
    for _ in range(60):
        size = 0
        for length in sizes * 40:
            if size + length > size_limit.target:
                break
            size += length
        size = size or sizes[0]
        if size > limit:
            refused += 1
            size_limit.refused(size, None)
        else:
            size_limit.taken(size)
    assert refused <= 20
    assert size_limit.target >= limit - 2 * max(sizes)
