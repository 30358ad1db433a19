"""How calls end: by the deadline, by errors, with a report; and that memory does not grow on the way."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from batchtasks import BulkAddError, RetryPolicy
from batchtasks._bulk.batch import EncodedTask
from batchtasks._bulk.operations import ActOnTasks
from batchtasks.errors import InvalidInputError
from batchtasks_rest._call import Answer
from tests.batchtasks.bulk import scripted as s

pytestmark = pytest.mark.usefixtures("both_modes")


def test_the_deadline_ends_the_call() -> None:
    service = s.Service()
    backend = s.ScriptedBackend(service)
    report = s.add(backend, s.make_tasks(10_000), concurrency=2, deadline=timedelta(seconds=1))
    assert "deadline of 1 seconds" in str(report.stopped)
    assert backend.now - 100 == pytest.approx(1, abs=0.01)
    assert report.added + len(report.unknown) == len(service.tasks) == report.pulled
    assert 0 < len(report.unknown) <= 200
    assert s.add(service, report.resume).ok
    assert len(service.tasks) == 10_000


def test_the_deadline_holds_while_the_service_is_busy() -> None:
    service = s.Service()
    service.always = s.nothing_done(503, "ServerBusy", retry_after="60")
    backend = s.ScriptedBackend(service)
    report = s.add(backend, s.make_tasks(300), deadline=5.0)
    assert backend.now - 100 == pytest.approx(5)
    assert report.pulled == 300


def test_a_request_that_never_gets_through_waits_as_long_as_the_policy_allows_while_others_do() -> None:
    """Once its attempts are used up: it is not given up, and not in the way of the others."""
    service = s.Service()
    backend = s.ScriptedBackend(service)
    at: list[float] = []

    def refuses(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        if tasks[0]["id"] != "t-0":
            return service.add(tasks)
        at.append(backend.now)
        return s.refused()(service, tasks) if len(at) < 5 else service.add(tasks)

    service.always = refuses
    retry = RetryPolicy(attempts=2, wait_initial=0.1, wait_max=3.0)
    assert s.add(backend, s.make_tasks(40_000), concurrency=2, retry=retry).ok
    first, *later = [after - before for before, after in pairwise(at)]
    assert first < 3 <= min(later)


def test_failure_raises_with_the_report() -> None:
    service = s.Service()
    service.is_bad = lambda task: task["id"] == "t-5"
    with pytest.raises(BulkAddError) as caught:
        s.add(service, s.make_tasks(10), raise_on_failure=True)
    assert caught.value.report.added == 9
    assert "t-5 (InvalidPropertyValue" in str(caught.value)


def test_an_error_of_the_program_stops_the_call() -> None:
    """A credential that fails, for example: no retries, and the report says what it was."""
    service = s.Service()
    service.faults = [None, lambda service, tasks: LookupError("no token")]
    report = s.add(service, s.make_tasks(500), concurrency=1)
    assert report.added == 100
    assert "LookupError: no token" in str(report.stopped)
    assert len(report.unknown) == 100
    assert len(list(report.resume)) == 400


@pytest.mark.slow
def test_memory_grows_by_less_than_24_bytes_a_task() -> None:
    """That is for the ids; nothing else is kept of a task that was added."""

    def peak(number: int) -> int:
        def tasks() -> Iterator[dict[str, str]]:
            for place in range(number):
                yield {"id": f"t-{place}", "commandLine": "true"}

        service = s.Service()
        service.always = forgetful
        tracemalloc.start()
        try:
            assert s.add(service, tasks(), concurrency=4).added == number
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def forgetful(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        service.requests.clear()
        service.bodies.clear()
        return service.rows([{"status": "Success", "taskId": task["id"]} for task in tasks])

    few, many = peak(12_000), peak(24_000)
    assert many - few < 24 * 12_000 + 50_000


def test_after_resuming_what_was_unknown_counts_as_added() -> None:
    service = s.Service()
    service.faults = [None, s.lost(), s.nothing_done(404, "JobNotFound")]
    first = s.add(service, s.make_tasks(400), concurrency=1, retry=RetryPolicy(wait_initial=0))
    assert (first.added, len(first.unknown), first.existed) == (100, 100, 0)
    rest = first.resume
    second = s.add(service, rest)
    assert (second.added, second.existed) == (300, 0)
    assert second.ok
    assert s.add(service, rest).pulled == 0, "it can be used once"
    assert len(service.tasks) == 400


def test_tasks_that_can_no_longer_be_sent_when_the_call_is_resumed() -> None:
    """The program has changed them: one that may have been added stays unknown, another fails, and the others are added."""
    service = s.Service()
    service.faults = [s.lost(), s.nothing_done(404, "JobNotFound")]
    tasks: list[dict[str, Any]] = s.make_tasks(300)
    first = s.add(service, tasks, concurrency=1, retry=RetryPolicy(attempts=1))
    assert (len(first.unknown), len(first.failed)) == (100, 100)
    tasks[5]["commandLine"] = tasks[105]["commandLine"] = 7
    second = s.add(service, first.resume)
    assert [outcome.task_id for outcome in second.unknown] == ["t-5"]
    assert [(outcome.task_id, type(outcome.error)) for outcome in second.failed] == [("t-105", InvalidInputError)]
    assert second.added == 298


def an_executor() -> Any:
    return s.executor(s.ScriptedBackend(s.Service()))


def verdict(status: int, code: str, *, accepts: bool, ours: bool) -> str:
    item = EncodedTask("t", b"", "t")
    item.maybe_done = ours
    answer = s.refusal(status, code) if code else Answer(status, {}, b"")
    operation = ActOnTasks(an_executor(), "job", "terminate", "accept" if accepts else "fail")
    results = operation.read([item], answer)
    if results is None:
        return "refusal"
    return "done" if results.added else "already"


def test_what_an_answer_to_a_single_operation_means() -> None:
    for status in (200, 202, 204):
        assert verdict(status, "", accepts=True, ours=False) == "done"
    assert verdict(203, "", accepts=True, ours=False) == "refusal"
    assert verdict(409, "TaskCompleted", accepts=True, ours=False) == "already"
    assert verdict(409, "TaskCompleted", accepts=False, ours=False) == "refusal"
    assert verdict(409, "taskcompleted", accepts=False, ours=True) == "done"
    assert verdict(404, "TaskNotFound", accepts=True, ours=True) == "refusal"
    assert verdict(500, "TaskCompleted", accepts=True, ours=True) == "refusal"


def test_a_login_page_is_no_success_of_a_single_operation() -> None:
    page = Answer(200, {"Content-Type": "text/html"}, b"<html>")
    assert ActOnTasks(an_executor(), "job", "delete", "accept").read([EncodedTask("t", b"", "t")], page) is None


def test_what_waits_to_be_sent_again_is_bounded() -> None:
    """Every request breaks the first time; no more than a few are taken in hand before they are settled."""
    seen: set[str] = set()

    def breaks_once(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        first = tasks[0]["id"] not in seen
        seen.add(tasks[0]["id"])
        return s.page(502)(service, tasks) if first else service.add(tasks)

    service = s.Service()
    service.always = breaks_once
    unsettled: list[int] = []
    backend = s.ScriptedBackend(service, latency=0.002)
    report = s.add(
        backend,
        s.make_tasks(20_000),
        concurrency=4,
        progress=lambda p: unsettled.append(p.sent - p.added),
        deadline=1000,
    )
    assert report.ok
    assert max(unsettled) <= 100 * (8 + 4)
