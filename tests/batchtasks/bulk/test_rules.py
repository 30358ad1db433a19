"""The rules of the engine, one by one, against a scripted service with a clock of its own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from batchtasks import ConnectionFailedError, RetryPolicy, ServiceError, ThrottledError
from batchtasks_rest._call import Answer
from tests.batchtasks.bulk import scripted as s

pytestmark = pytest.mark.usefixtures("both_modes")


def test_the_order_of_the_input_is_the_order_of_sending() -> None:
    service = s.Service()
    report = s.add(service, s.make_tasks(350), concurrency=4)
    assert [len(ids) for ids in service.requests] == [100, 100, 100, 50]
    assert [task_id for ids in service.requests for task_id in ids] == [f"t-{n}" for n in range(350)]
    assert report.ok
    assert report.added == report.pulled == 350
    assert report.requests == 4


def test_an_empty_input_sends_nothing() -> None:
    service = s.Service()
    report = s.add(service, [])
    assert (report.pulled, report.requests, report.ok) == (0, 0, True)


def test_no_more_requests_at_once_than_asked() -> None:
    backend = s.ScriptedBackend(s.Service())
    s.add(backend, s.make_tasks(5000), concurrency=7)
    assert backend.most_running == 7


def test_lanes_are_kept_full() -> None:
    """Fifty requests of 50 ms on ten lanes take little more than a quarter of a second."""
    backend = s.ScriptedBackend(s.Service())
    s.add(backend, s.make_tasks(5000), concurrency=10)
    assert backend.now - 100.0 < 50 * 0.05 / 10 * 1.5


def test_an_existing_task_is_accepted_or_a_failure() -> None:
    service = s.Service()
    service.has("T-1")
    report = s.add(service, s.make_tasks(3))
    assert (report.added, report.existed, report.ok) == (2, 1, True)
    report = s.add(service, s.make_tasks(3), existing="fail")
    assert (report.added, report.existed, len(report.failed)) == (0, 0, 3)
    assert {getattr(outcome.error, "code", "") for outcome in report.failed} == {"TaskExists"}


# Whether an attempt that ended so may have added its tasks. A request that was answered with 429 had been carried out once
# (azure-sdk-for-net issue 36549).
MAYBE_DONE = {
    "lost": (s.lost(), True),
    "timed out": (s.timed_out(done=True), True),
    "unreadable": (s.unreadable(), True),
    "throttled": (s.nothing_done(429), True),
    "failed": (s.nothing_done(500, "InternalError"), True),
    "a page": (s.page(502), True),
    "not mentioned": (s.forgotten_rows(1.0), True),
    "a server error for each": (s.some_server_errors(1.0, done=True), True),
    "no connection": (s.refused(), False),
    "too large": (s.too_many_for_it(0), False),
    "refused": (s.nothing_done(400, "InvalidRequestBody"), False),
}


@pytest.mark.parametrize("existing", ["accept", "fail", "verify"])
@pytest.mark.parametrize("earlier", MAYBE_DONE)
def test_what_exists_means_after_an_earlier_attempt(earlier: str, existing: str) -> None:
    """Ours, if the earlier attempt may have added it; there before, if that certainly did not reach the service."""
    fault, maybe_done = MAYBE_DONE[earlier]
    service = s.Service()
    service.has("t-0", "t-1")
    service.faults = [fault]
    report = s.add(service, s.make_tasks(2), existing=existing)
    if maybe_done:
        assert (report.added, report.existed, report.failed) == (2, 0, [])
    elif existing == "fail":
        assert (report.added, report.existed, len(report.failed)) == (0, 0, 2)
    else:
        assert (report.added, report.existed, report.failed) == (0, 2, [])


@pytest.mark.parametrize("existing", ["accept", "fail", "verify"])
@pytest.mark.parametrize("is_resumed", [False, True])
def test_another_task_with_the_id_is_not_ours_after_an_earlier_attempt(is_resumed: bool, existing: str) -> None:
    """Of the same call, or of the one whose report is resumed. With "accept" it does not matter whose it is."""
    service = s.Service()
    service.has("t-0", "t-1", commandLine="of another")
    service.faults = [s.timed_out(done=False)]
    tasks: Any = s.make_tasks(2)
    if is_resumed:
        tasks = s.add(service, tasks, retry=RetryPolicy(attempts=1)).resume
    report = s.add(service, tasks, existing=existing)
    failed = [(outcome.task_id, getattr(outcome.error, "property_name", "")) for outcome in report.failed]
    assert sorted(failed) == ([] if existing == "accept" else [("t-0", "commandLine"), ("t-1", "commandLine")])
    assert (report.added, report.existed) == (2 - len(failed), 0)


@pytest.mark.parametrize("earlier", ["lost", "no connection"])
def test_an_unclear_attempt_is_remembered_after_a_clear_one(earlier: str) -> None:
    """In both orders: once one may have added the task, "exists" means that it is ours."""
    for faults in ([s.lost(), s.refused()], [s.refused(), s.lost()], [s.refused(), s.refused(), s.lost(), s.refused()]):
        service = s.Service()
        service.faults = list(faults)
        report = s.add(service, s.make_tasks(2), existing="fail")
        assert (report.added, report.existed, report.failed) == (2, 0, [])


# What two kinds of attempts, the second of them again and again, leave a task with, and whether it may have been added.
LEFT = {
    "lost, then throttled": (s.timed_out(done=False), s.nothing_done(429), "unknown", True),
    "throttled, then lost": (s.nothing_done(429), s.timed_out(done=False), "unknown", True),
    "lost, then no connection": (s.timed_out(done=False), s.refused(), "unknown", True),
    "lost, then a stop": (s.timed_out(done=False), s.nothing_done(409, "JobCompleted"), "unknown", True),
    "not mentioned, then throttled": (s.forgotten_rows(1.0), s.nothing_done(429), "unknown", True),
    "throttled, then no connection": (s.nothing_done(429), s.refused(), "failed", True),
    "throttled, then a stop": (s.nothing_done(429), s.nothing_done(409, "JobCompleted"), "failed", True),
    "no connection, then a stop": (s.refused(), s.nothing_done(409, "JobCompleted"), "failed", False),
    "no connection without end": (s.refused(), s.refused(), "failed", False),
    "lost, then refused alone": (s.timed_out(done=False), s.nothing_done(400, "InvalidPropertyValue"), "failed", False),
}


@pytest.mark.parametrize("case", LEFT)
def test_an_outcome_in_doubt_stays_in_doubt(case: str) -> None:
    """Until an answer shows it: then the task is certainly not there."""
    first, then, status, maybe_done = LEFT[case]
    service = s.Service()
    service.faults, service.always = [first], then
    report = s.add(service, s.make_tasks(1), retry=RetryPolicy(attempts=3, wait_initial=0.1))
    (outcome,) = [*report.failed, *report.unknown]
    assert (outcome.status, outcome.maybe_done) == (status, maybe_done)


def test_a_per_task_error_that_passes_is_tried_again_with_others() -> None:
    """Tasks with errors of the service's own are gathered into few requests."""
    service = s.Service()
    service.choose = lambda: s.some_server_errors(0.05) if len(service.requests) <= 10 else None
    report = s.add(service, s.make_tasks(1000), concurrency=4)
    assert report.ok
    assert report.requests <= 13


def test_a_per_task_error_that_stays_fails_that_task_alone() -> None:
    def always_one(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        rows = [service.add_one(task) for task in tasks if task["id"] != "t-7"]
        if len(rows) < len(tasks):
            error = {"code": "InternalError", "message": {"value": "Trouble.\nRequestId:1\nTime:2"}}
            rows.append({"status": "servererror", "taskId": "T-7", "error": error})
        return service.rows(rows)

    service = s.Service()
    service.always = always_one
    report = s.add(service, s.make_tasks(300), retry=RetryPolicy(attempts=3))
    assert report.added == 299
    (failed,) = report.failed
    assert (failed.task_id, str(failed.error)) == ("t-7", "500 InternalError: Trouble.")
    assert sum("t-7" in ids for ids in service.requests) == 3


def test_retry_after_holds_all_lanes() -> None:
    service = s.Service()
    service.faults = [s.nothing_done(429, "TooManyRequests", retry_after="7")]
    backend = s.ScriptedBackend(service)
    report = s.add(backend, s.make_tasks(1000), concurrency=4)
    assert report.ok
    assert backend.now - 100 >= 7


def test_throttling_halves_the_window_and_it_grows_back() -> None:
    service = s.Service()
    service.faults = [None] * 20 + [s.nothing_done(429)] * 16
    backend = s.ScriptedBackend(service)
    widths: list[int] = []
    report = s.add(
        backend,
        s.make_tasks(30_000),
        concurrency=16,
        progress=lambda _: widths.append(len(backend.running)),
        on_result=None,
    )
    assert report.ok
    assert min(widths[3:]) <= 8
    assert widths[-3] >= 14 or max(widths[len(widths) // 2 :]) >= 14


def test_a_refused_connection_is_tried_again() -> None:
    service = s.Service()
    service.faults = [s.refused()] * 3
    report = s.add(service, s.make_tasks(100))
    assert report.ok
    assert report.requests == 4


def test_a_service_that_is_always_busy_ends_the_call() -> None:
    service = s.Service()
    service.always = s.nothing_done(503, "ServerBusy")
    backend = s.ScriptedBackend(service)
    report = s.add(backend, s.make_tasks(100_000), concurrency=16)
    assert report.added == 0
    assert isinstance(report.stopped, ThrottledError)
    assert report.pulled == 1600
    assert report.requests <= 16 * 8
    assert backend.now - 100 <= 200
    assert len(report.failed) == 1600
    assert len(list(report.resume)) == 100_000


def test_a_service_that_goes_away_in_the_midst_ends_the_call() -> None:
    """One request never gets through; as long as others do it waits, and when nothing does any more the call ends."""

    def refuses(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        gone = len(service.tasks) >= 3000 or tasks[0]["id"] == "t-0"
        return s.refused()(service, tasks) if gone else service.add(tasks)

    service = s.Service()
    service.always = refuses
    report = s.add(s.ScriptedBackend(service, latency=5.0), s.make_tasks(20_000), concurrency=2)
    assert report.added == 3000
    assert isinstance(report.stopped, ConnectionFailedError)
    assert not report.unknown
    assert len(list(report.resume)) == 17_000


def test_what_the_service_said_stays_when_later_attempts_do_not_reach_it() -> None:
    service = s.Service()
    service.faults = [s.nothing_done(429, "TooManyRequests")]
    service.always = s.refused()
    report = s.add(service, s.make_tasks(100))
    assert isinstance(report.stopped, ConnectionFailedError)
    assert {type(outcome.error) for outcome in report.failed} == {ThrottledError}
    service = s.Service()
    service.faults = [s.nothing_done(429, "TooManyRequests")]
    service.always = s.refused()
    report = s.add(service, s.make_tasks(100), deadline=3.0)
    assert {type(outcome.error) for outcome in report.failed} == {ThrottledError}


def test_one_attempt_means_one_attempt() -> None:
    service = s.Service()
    service.faults = [s.page(502), None]
    report = s.add(service, s.make_tasks(300), retry=RetryPolicy(attempts=1), concurrency=1)
    assert report.added == 200
    assert len(report.unknown) == 100
    assert report.stopped is None
    assert report.requests == 3


def test_a_task_that_breaks_the_service_ends_alone() -> None:
    """Every request with it gets a 500; the others go through, so it is looked for."""

    def breaks(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        if any(task["id"] == "t-42" for task in tasks):
            return s.refusal(500, "InternalError")
        return service.add(tasks)

    for number in (100, 1000):
        service = s.Service()
        service.always = breaks
        report = s.add(service, s.make_tasks(number), concurrency=4)
        assert report.added == number - 1, str(report)
        assert [outcome.task_id for outcome in report.unknown] == ["t-42"]
        assert report.stopped is None


def test_a_task_that_breaks_the_service_is_looked_for_after_few_attempts() -> None:
    def breaks(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        return s.page(502)(service, tasks) if any(task["id"] == "t-42" for task in tasks) else service.add(tasks)

    service = s.Service()
    service.always = breaks
    s.add(service, s.make_tasks(5000), concurrency=4)
    assert sum("t-42" in ids and len(ids) == 100 for ids in service.requests) == 4


def test_a_throttled_request_does_not_wait_ever_longer_while_others_go_through() -> None:
    """It would leave the field to others; how much is sent is the pace's business."""
    left = [12]

    def unlucky(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        if tasks[0]["id"] == "t-0" and left[0]:
            left[0] -= 1
            return s.refusal(429, "TooManyRequests")
        return service.add(tasks)

    service = s.Service()
    service.always = unlucky
    backend = s.ScriptedBackend(service, latency=0.25)
    at: list[float] = []
    report = s.add(
        backend,
        s.make_tasks(40_000),
        concurrency=8,
        on_result=lambda o: at.append(backend.now) if o.task_id == "t-0" else None,
    )
    assert report.ok
    assert not left[0]
    assert at[0] - 100 < 13 * (0.25 * 1.5 + 0.5) + 2


def test_a_result_that_says_the_job_is_over_stops_the_call() -> None:
    def over(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        error = {"code": "JobCompleted", "message": {"value": "The job is over."}}
        return service.rows([{"status": "ClientError", "taskId": task["id"], "error": error} for task in tasks])

    service = s.Service()
    service.faults = [None, over]
    report = s.add(service, s.make_tasks(1000), concurrency=1)
    assert (report.added, len(report.failed), report.requests) == (100, 100, 2)
    assert "The job is over" in str(report.stopped)


def test_refusals_of_everything_end_before_long() -> None:
    """When a thousand tasks were refused one by one and none accepted, the reason is not in the tasks."""
    service = s.Service()
    service.is_bad = lambda task: True
    report = s.add(service, s.make_tasks(50_000), concurrency=4)
    assert isinstance(report.stopped, ServiceError)
    assert report.stopped.code == "InvalidPropertyValue"
    assert 1000 <= len(report.failed) <= 1010
    assert report.requests <= 2 * 1000 + 50


def test_a_hundred_and_fifty_bad_tasks_each_fail_with_their_reason() -> None:
    service = s.Service()
    service.is_bad = lambda task: True
    report = s.add(service, s.make_tasks(150))
    assert len(report.failed) == 150
    assert report.stopped is None


def test_results_that_come_with_a_failure_are_not_believed() -> None:
    """A proxy may keep an old answer; the tasks are sent again."""

    def failing(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        rows = [{"status": "Success", "taskId": task["id"], "eTag": "0x1", "location": "http://x"} for task in tasks]
        return Answer(500, {"Content-Type": "application/json"}, json.dumps({"value": rows}).encode())

    service = s.Service()
    service.faults = [failing]
    report = s.add(service, s.make_tasks(30))
    assert (report.added, len(service.tasks), report.requests) == (30, 30, 2)


def test_the_halves_of_a_request_that_failed_wait_a_moment() -> None:
    service = s.Service()
    backend = s.ScriptedBackend(service)
    sent: list[tuple[int, float]] = []

    def breaks(service: s.Service, tasks: list[dict[str, Any]]) -> Any:
        sent.append((len(tasks), backend.now))
        return s.page(502)(service, tasks) if any(task["id"] == "t-42" for task in tasks) else service.add(tasks)

    service.always = breaks
    s.add(backend, s.make_tasks(100), concurrency=1, retry=RetryPolicy(attempts=3, wait_initial=5, wait_max=5))
    last_of_all = max(now for number, now in sent if number == 100)
    assert min(now for number, now in sent if number == 50) >= last_of_all + 5


@pytest.mark.parametrize("wrong", [0, 3])
def test_a_task_that_is_no_task_is_named_by_its_place(wrong: int) -> None:
    """Counted from 0."""
    tasks: list[Any] = s.make_tasks(6)
    tasks[wrong] = {"commandLine": "true"}
    [outcome] = s.add(s.Service(), tasks).failed
    assert outcome.position == wrong


@pytest.mark.parametrize("number", [999, 1000])
def test_when_refusals_are_hopeless(number: int) -> None:
    service = s.Service()
    service.is_bad = lambda task: True
    report = s.add(service, s.make_tasks(number), concurrency=1)
    assert len(report.failed) == number
    assert (report.stopped is not None) == (number == 1000)


def test_text_is_sent_as_utf_8_and_not_escaped() -> None:
    """So a request has room for as many tasks as the service takes."""
    service = s.Service()
    s.add(service, [{"id": "t", "commandLine": "ü" * 1000}])
    assert 2000 < service.bodies[0] < 2200
    assert service.tasks["t"]["commandLine"] == "ü" * 1000
