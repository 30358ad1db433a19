"""Limits of size that are lower than documented: named by the service, or found out from its refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from batchtasks import RetryPolicy
from batchtasks.errors import BodyTooLargeError
from tests.batchtasks.bulk import scripted as s

pytestmark = pytest.mark.usefixtures("both_modes")


def ideal(tasks: list[dict[str, Any]], limit: int) -> int:
    """The fewest requests that the tasks fit into, in their order."""
    requests, size, number = 0, limit, 100
    for task in tasks:
        length = len(json.dumps(task, separators=(",", ":"))) + 1
        if size + length > limit or number == 100:
            requests, size, number = requests + 1, 11, 0
        size, number = size + length, number + 1
    return requests


@pytest.mark.parametrize("tells", [True, False])
@pytest.mark.parametrize("limit", [pytest.param(60, marks=pytest.mark.slow), 200, 2000])
def test_a_lower_limit_is_learned(limit: int, tells: bool) -> None:
    """Without its name in the refusals, 20,000 tasks of which a request takes one needed 39,800 requests once."""
    service = s.Service()
    service.limit, service.tells_limit = limit, tells
    tasks = s.make_tasks(10_000)
    report = s.add(service, tasks)
    assert report.ok
    # The first sixteen requests are refused before anything is known, and so are the first guesses.
    first = 16 + (0 if tells else 1.5 * ideal(tasks[:1600], limit) + 60)
    assert report.requests <= 1.1 * ideal(tasks, limit) + first
    # After the first ones hardly any is refused.
    assert sum(size > limit for size in service.bodies[report.requests // 2 :]) <= 20


def test_one_large_task_does_not_shrink_the_rest() -> None:
    for tells in (True, False):
        service = s.Service()
        service.limit, service.tells_limit = 20_000, tells
        tasks = s.make_tasks(5000)
        tasks[7]["commandLine"] = "x" * 19_500
        report = s.add(service, tasks)
        assert report.ok
        assert report.requests <= 50 + 5


def test_a_task_above_a_limit_that_was_found_out_is_sent_alone() -> None:
    """Only the service knows its limit: the client does not refuse the task by its own guess."""
    service = s.Service()
    service.limit = 3000
    tasks = s.make_tasks(1000)
    tasks[500]["commandLine"] = "x" * 2800
    tasks[700]["commandLine"] = "x" * 3200
    report = s.add(service, tasks)
    assert report.added == 999
    assert [(outcome.task_id, getattr(outcome.error, "status_code", 0)) for outcome in report.failed] == [
        ("t-700", 413)
    ]
    assert report.stopped is None


def test_a_task_above_a_limit_that_was_named_is_not_sent() -> None:
    service = s.Service()
    service.limit, service.tells_limit = 3000, True
    tasks = s.make_tasks(1000)
    tasks[900]["commandLine"] = "x" * 3200
    report = s.add(service, tasks, concurrency=1)
    assert report.added == 999
    assert "3,000" in str(report.failed[0].error)
    assert not any("t-900" in ids for ids in service.requests)


@pytest.mark.parametrize("more", [0, 1])
def test_the_largest_task_that_fits_is_sent(more: int) -> None:
    """Its body is exactly as large as the service takes; one with a byte more fails before it is sent."""
    service = s.Service()
    s.add(service, [{"id": "small", "commandLine": "x"}])
    size = 1 + service.limit - service.bodies.pop() + more
    report = s.add(service, [{"id": "large", "commandLine": "x" * size}])
    assert service.bodies == ([] if more else [service.limit])
    assert [type(outcome.error) for outcome in report.failed] == [BodyTooLargeError] * more


def test_a_single_odd_refusal_changes_little() -> None:
    service = s.Service()
    service.faults = [None, s.too_many_for_it(0)]
    report = s.add(service, s.make_tasks(3000), concurrency=1)
    assert report.ok
    assert report.requests <= 30 + 4


class CountingBackend(s.ScriptedBackend):
    """A backend whose clock is not asked again and again without a wait."""

    asked = 0

    def clock(self) -> float:
        self.asked += 1
        assert self.asked < 1000
        return super().clock()


def test_a_task_above_what_bodies_are_filled_up_to_is_sent_while_requests_are_spaced() -> None:
    """It is alone in its request, and waits for its turn, after refusals for load and one for size."""
    service = s.Service()
    busy = s.nothing_done(429)
    service.faults = [busy, None, busy, None, s.too_many_for_it(0)]
    tasks = [{**task, "commandLine": "x" * 600_000} for task in s.make_tasks(8)]
    report = s.add(CountingBackend(service), tasks, concurrency=1, retry=RetryPolicy(wait_initial=0))
    assert (report.added, len(report.failed), report.stopped) == (7, 1, None)
    assert [len(ids) for ids in service.requests] == [1] * 10


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("limit", [1, 10, 11, 40])
def test_a_limit_below_every_task_ends_the_call(limit: int, concurrency: int) -> None:
    """Some of these are smaller than a body without tasks; nothing more must be waited for then."""
    service = s.Service()
    service.limit, service.tells_limit = limit, True
    report = s.add(CountingBackend(service), s.make_tasks(150), concurrency=concurrency)
    assert (report.pulled, len(report.failed), report.stopped) == (150, 150, None)


def test_a_limit_that_changes_on_the_way() -> None:
    service = s.Service()
    progress: list[int] = []

    def lower(outcome: object) -> None:
        if len(service.tasks) > 2000:
            service.limit = 1000
        progress.append(len(service.requests))

    tasks = s.make_tasks(10_000)
    report = s.add(service, tasks, on_result=lower)
    assert report.ok
    assert report.requests <= 1.4 * ideal(tasks, 1000)
