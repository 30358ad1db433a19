"""Random faults, random inputs, random limits: every task ends in exactly one place, and the place is the true one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from batchtasks import RetryPolicy
from batchtasks._bulk.classify import is_about_task
from batchtasks_rest._call import Answer
from tests.batchtasks.bulk import scripted as s
from tests.batchtasks.bulk.checks import Trial, check

FAULTS: dict[str, s.Fault] = {
    "busy": s.nothing_done(503, "ServerBusy"),
    "busy, wait": s.nothing_done(503, "ServerBusy", retry_after="2"),
    "throttled": s.nothing_done(429, "TooManyRequests"),
    "throttled, wait": s.nothing_done(429, retry_after="1"),
    "bad gateway": s.page(502),
    "busy page": s.page(503),
    "empty 500": s.nothing_done(500),
    "empty 504 after the work": s.done_but(Answer(504, {}, b"")),
    "internal error after the work": s.done_but(s.refusal(500, "OperationTimedOut")),
    "lost": s.lost(),
    "refused": s.refused(),
    "timed out": s.timed_out(done=False),
    "timed out after the work": s.timed_out(done=True),
    "server errors": s.some_server_errors(0.3),
    "server errors after the work": s.some_server_errors(0.3, done=True),
    "forgotten": s.forgotten_rows(0.3),
    "unreadable": s.unreadable(),
    "too large": s.too_many_for_it(1),
    "quota": s.nothing_done(409, "SomeQuotaReached"),
    "no such job": s.nothing_done(404, "JobNotFound"),
    "job completed": s.nothing_done(409, "JobCompleted"),
    "forbidden page": s.page(403),
}
# After these a task may be said to have failed although it was added.
LYING = {"server errors after the work"}
STOPPING = {"no such job", "job completed", "forbidden page"}


Make = Callable[[bool], Trial]


@st.composite
def trials(draw: st.DrawFn) -> tuple[Make, bool]:
    """A function that makes a trial, for either mode, and whether the service lies in it."""
    seed, number = draw(st.integers(0, 2**32)), draw(st.integers(0, 40))
    kinds = draw(st.lists(st.sampled_from(sorted(FAULTS)), max_size=4, unique=True))
    share = draw(st.sampled_from([0.02, 0.1, 0.3, 0.6, 1.0]))
    rare = share / 20 if STOPPING.intersection(kinds) else share
    before = draw(st.sets(st.sampled_from([task["id"] for task in s.make_tasks(number)] or ["x"]), max_size=5))
    others = draw(st.sets(st.sampled_from(sorted(before) or ["x"]), max_size=2))
    bad = draw(st.sets(st.integers(0, 40), max_size=3))
    retry: dict[str, Any] = {
        "attempts": draw(st.integers(1, 8)),
        "deadline": draw(st.sampled_from([None, 5.0, 180.0])),
        "wait_initial": 0.25,
    }
    options: dict[str, Any] = {
        "concurrency": draw(st.sampled_from([1, 2, 4, 16])),
        "max_tasks": draw(st.integers(1, 9)),
        "existing": draw(st.sampled_from(["accept", "fail", "verify"])),
        "retry": RetryPolicy(**retry),
        "deadline": draw(st.sampled_from([None, None, None, 0.2, 3.0])),
    }

    def make(is_async: bool) -> Trial:
        service = s.Service(seed)
        service.choose = lambda: (
            FAULTS[service.random.choice(kinds)] if kinds and service.random.random() < rare else None
        )
        service.has(*sorted(before))
        service.has(*sorted(others & before), commandLine="false")
        service.is_bad = lambda task: int(task["id"].split("-")[1]) in bad
        return Trial(service, s.make_tasks(number), is_async=is_async, **options)

    return make, bool(LYING.intersection(kinds))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(trials(), st.booleans())
def test_every_task_is_accounted_for(case: tuple[Make, bool], is_async: bool) -> None:
    """Whatever the service does, each task taken is in one place, the true one, and the requests are bounded."""
    make, lies = case
    trial = make(is_async)
    report = trial.run()
    check(trial, report, lies=lies)
    # At worst every task is sent alone, with all its attempts, after having been halved out of its request, and then read.
    assert report.requests <= 16 * (len(trial.tasks) + 10)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(trials(), st.booleans())
def test_an_interrupted_call_can_be_finished(case: tuple[Make, bool], is_async: bool) -> None:
    """Once the faults are over, `report.resume` brings in all that can be brought in."""
    make, lies = case
    trial = make(is_async)
    first = trial.run()
    trial.service.choose = None
    second = Trial(trial.service, [], max_tasks=trial.max_tasks, existing=trial.existing).run(first.resume)
    assert second.stopped is None
    assert not second.unknown
    assert not second.unsent
    final = [outcome.task_id for outcome in [*first.failed, *second.failed] if is_about_task(outcome.error)]
    for task in trial.tasks:
        there = task["id"].lower() in trial.service.tasks
        assert there or task["id"] in final
    created = set(trial.service.tasks) - trial.service.before
    # A task that was there before counts as added if the answer to an attempt was lost.
    if not lies:
        assert len(created) <= first.added + second.added <= len(created | trial.service.before)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(trials())
def test_both_modes_do_the_same(case: tuple[Make, bool]) -> None:
    """The same service, faults and options: the same requests and the same report, sync or async."""
    trials = [case[0](is_async) for is_async in (False, True)]
    reports = [trial.run() for trial in trials]
    assert trials[0].service.requests == trials[1].service.requests
    assert reports[0].counts == reports[1].counts
    assert str(reports[0]) == str(reports[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("test", "drawn"),
    [
        (test_every_task_is_accounted_for, (trials(), st.booleans())),
        (test_an_interrupted_call_can_be_finished, (trials(), st.booleans())),
        (test_both_modes_do_the_same, (trials(),)),
    ],
)
def test_many_more_cases(test: Any, drawn: tuple[st.SearchStrategy[Any], ...]) -> None:
    """The tests above with more cases than everyone's run has time for."""
    often = settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
    often(given(*drawn)(test.hypothesis.inner_test))()
