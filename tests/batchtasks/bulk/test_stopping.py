"""What stops a whole call: which exception is raised for it, and what is in the report then."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from batchtasks import (
    AuthenticationError,
    BatchTasksError,
    BulkAddError,
    BulkDeadlineError,
    BulkReport,
    ConfigurationError,
    ConnectionFailedError,
    InvalidRequestError,
    JobBeingDeletedError,
    JobBeingTerminatedError,
    JobCompletedError,
    JobDisabledError,
    JobNotFoundError,
    PermissionDeniedError,
    RequestTimedOutError,
    RetryPolicy,
    ServerError,
    ServiceError,
    ThrottledError,
    TokenError,
    UnreadableAnswerError,
)
from batchtasks._bulk import recovery
from batchtasks._errors import error_class
from batchtasks_rest._call import Answer
from batchtasks_rest._facts import ABOUT_CALL
from tests.batchtasks.bulk import scripted as s

pytestmark = pytest.mark.usefixtures("both_modes")

FEW = RetryPolicy(attempts=3, wait_initial=0.1)
CAUSES: dict[str, tuple[s.Fault, type[BaseException]]] = {
    "no such job": (s.nothing_done(404, "JobNotFound"), JobNotFoundError),
    "a completed job": (s.nothing_done(409, "JobCompleted"), JobCompletedError),
    "a job that is being terminated": (s.nothing_done(409, "JobBeingTerminated"), JobBeingTerminatedError),
    "a job that is being deleted": (s.nothing_done(409, "JobBeingDeleted"), JobBeingDeletedError),
    "a disabled job": (s.nothing_done(409, "JobDisabled"), JobDisabledError),
    "a wrong key": (s.nothing_done(403, "AuthenticationFailed"), AuthenticationError),
    "no credentials": (s.nothing_done(401), AuthenticationError),
    "no permission": (s.nothing_done(403, "InsufficientAccountPermissions"), PermissionDeniedError),
    "no token": (lambda service, tasks: TokenError("none"), TokenError),
    "a closed client": (lambda service, tasks: ConfigurationError("closed"), ConfigurationError),
    "a request that is wrong as a whole": (s.nothing_done(400, "UnsupportedRequestVersion"), InvalidRequestError),
    "another address": (s.nothing_done(302), ServiceError),
    "busy without end": (s.nothing_done(503, "ServerBusy"), ThrottledError),
    "throttled without end": (s.nothing_done(429), ThrottledError),
    "failing without end": (s.nothing_done(500, "InternalError"), ServerError),
    "no connection": (s.refused(), ConnectionFailedError),
    "no answer": (s.timed_out(done=False), RequestTimedOutError),
    "no readable answer": (s.unreadable(), UnreadableAnswerError),
}


def raised(service: s.Service, number: int = 1000, **options: Any) -> tuple[BaseException, BulkReport]:
    """What a call raises, and the report that it has."""
    with pytest.raises(BatchTasksError) as caught:
        s.add(service, s.make_tasks(number), raise_on_failure=True, retry=FEW, concurrency=2, **options)
    report: BulkReport = caught.value.report  # type: ignore[attr-defined]
    return caught.value, report


@pytest.mark.parametrize("cause", CAUSES)
def test_a_cause_that_stops_the_call_is_raised_itself(cause: str) -> None:
    """So `except JobNotFoundError` sees it; the report is attached, and what is left can be brought in."""
    fault, kind = CAUSES[cause]
    service = s.Service()
    service.faults = [None] * 3
    service.always = fault
    error, report = raised(service)
    assert type(error) is kind
    assert report.stopped is error
    assert report.added >= 200
    assert report.pulled == report.added + len(report.failed) + len(report.unknown) + len(report.unsent)
    assert "report" in "".join(error.__notes__)
    service.always = None
    rest = s.add(service, report.resume)
    assert rest.ok
    assert len(service.tasks) == 1000
    assert report.added + rest.added == 1000


@pytest.mark.parametrize("cause", CAUSES)
def test_the_report_is_returned_if_nothing_is_to_be_raised(cause: str) -> None:
    service = s.Service()
    service.always, kind = CAUSES[cause]
    report = s.add(service, s.make_tasks(300), retry=FEW, concurrency=2)
    assert type(report.stopped) is kind
    with pytest.raises(kind) as caught:
        report.raise_if_incomplete()
    assert vars(caught.value)["report"] is report
    with pytest.raises(kind):
        report.raise_if_incomplete()
    assert len(caught.value.__notes__) == 1, "it is said once"


def test_the_deadline() -> None:
    error, report = raised(s.Service(), 100_000, deadline=1)
    assert isinstance(error, BulkDeadlineError)
    assert isinstance(error, TimeoutError)
    assert report.stopped is error
    assert report.added > 0


def test_refused_tasks_do_not_stop_the_call_and_raise_bulk_add_error() -> None:
    service = s.Service()
    service.is_bad = lambda task: task["id"] == "t-5"
    error, report = raised(service)
    assert type(error) is BulkAddError
    assert report.added == 999


def test_when_every_task_is_refused_the_tasks_are_the_cause() -> None:
    """The call stops after 1,000 of them; each has its own error, so it is BulkAddError that has them."""
    service = s.Service()
    service.is_bad = lambda task: True
    error, report = raised(service, 5000)
    assert type(error) is BulkAddError
    assert error.__cause__ is report.stopped
    assert isinstance(report.stopped, InvalidRequestError)


@pytest.mark.parametrize(
    ("there", "existing", "failed"),
    [
        (None, "accept", 148),
        ("true", "accept", 148),
        ("true", "verify", 148),
        ("another", "verify", 150),
        ("true", "fail", None),
    ],
    ids=["added", "existed", "the same", "another", "failed"],
)
def test_a_task_that_is_accepted_now_and_then_keeps_the_call_going(
    monkeypatch: pytest.MonkeyPatch, there: str | None, existing: str, failed: int | None
) -> None:
    """Added, there already, or there and to be compared: never so many refused ones without one in between.

    `there` is the command line of two tasks that the service has before, `failed` how many fail; None: the call stops.
    """
    monkeypatch.setattr(recovery, "HOPELESS", 100)
    service = s.Service()
    good = ["t-40", "t-80"]
    service.is_bad = lambda task: task["id"] not in good
    if there:
        service.has(*good, commandLine=there)
    report = s.add(service, s.make_tasks(150), concurrency=1, existing=existing)
    assert (report.stopped is not None) is (failed is None)
    if failed:
        assert len(report.failed) == failed


@pytest.mark.parametrize("hopeless", [63, 64])
def test_refusals_are_counted_from_the_latest_accepted_task(monkeypatch: pytest.MonkeyPatch, hopeless: int) -> None:
    """Of 64 tasks the first is accepted, and 63 are refused after it."""
    monkeypatch.setattr(recovery, "HOPELESS", hopeless)
    service = s.Service()
    service.is_bad = lambda task: task["id"] != "t-0"
    report = s.add(service, s.make_tasks(64), concurrency=1)
    assert (report.added, len(report.failed)) == (1, 63)
    assert (report.stopped is not None) is (hopeless == 63)


def test_a_request_whose_tasks_all_fail_does_not_stop_the_call_before_others_do() -> None:
    """With one attempt each: a single bad answer does not show that the service is out of reach."""
    service = s.Service()
    service.faults = [s.some_server_errors(1.0)]
    report = s.add(service, s.make_tasks(300), concurrency=1, retry=RetryPolicy(attempts=1))
    assert (report.added, len(report.failed), report.stopped) == (200, 100, None)


def test_a_service_that_fails_at_every_task_ends_the_call() -> None:
    """It answers, with an error of its own for each task: most of the input is left as it is."""
    service = s.Service()
    service.always = s.some_server_errors(1.0)
    error, report = raised(service, 5000)
    assert type(error) is ServerError
    assert report.pulled == len(report.failed) < 1000


def test_answers_in_which_every_task_fails_show_that_the_service_is_in_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """One task breaks the service, and all others are there already: the call does not stop for the one."""
    tasks = s.make_tasks(600)
    service = s.Service()
    service.has(*(task["id"] for task in tasks[1:]))

    def refuse(tasks: list[dict[str, Any]]) -> Any:
        return s.page(502)(service, tasks) if tasks[0]["id"] == "t-0" else None

    monkeypatch.setattr(service, "refuse", refuse)
    report = s.add(service, tasks, concurrency=2, existing="fail")
    assert report.stopped is None
    # What was in a request with it may have been added by that.
    assert (len(report.failed), report.added) == (500, 99)
    assert [outcome.task_id for outcome in report.unknown] == ["t-0"]


def test_an_error_of_the_program_is_wrapped_with_its_cause() -> None:
    service = s.Service()
    service.always = lambda service, tasks: LookupError("odd")
    error, report = raised(service)
    assert type(error) is BatchTasksError
    assert isinstance(error.__cause__, LookupError)
    assert len(report.unknown) == report.pulled


@pytest.mark.parametrize("cause", ["no such job", "no connection", "no readable answer"])
def test_the_exception_survives_pickling_with_its_report(cause: str) -> None:
    service = s.Service()
    service.always = CAUSES[cause][0]
    error, report = raised(service)
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy)) == (type(error), str(error))
    assert copy.report.stopped is copy
    assert copy.report.counts == report.counts


@pytest.mark.parametrize("code", sorted(ABOUT_CALL))
@pytest.mark.parametrize("status", [400, 409])
def test_every_code_that_is_about_the_whole_call_stops_it(code: str, status: int) -> None:
    """After one request, and not after each of its tasks has been refused alone."""
    service = s.Service()
    service.always = s.nothing_done(status, code)
    report = s.add(service, s.make_tasks(500), concurrency=1)
    assert report.requests == 1
    assert type(report.stopped) is error_class(status, code)
    assert len(list(report.resume)) == 500


def test_the_codes_that_are_about_the_whole_call() -> None:
    """A list of its own: a code that is left out by mistake must not pass."""
    expected = """
        AccountIsDisabled InvalidAuthenticationInfo InvalidHeaderValue InvalidHttpVerb
        InvalidQueryParameterValue InvalidUri JobBeingDeleted JobBeingTerminated
        JobCompleted JobDisabled JobNotActive JobNotFound
        MissingRequiredHeader MissingRequiredQueryParameter MultipleConditionHeadersNotSupported OutOfRangeQueryParameterValue
        RequestUrlFailedToParse UnsupportedHeader UnsupportedHttpVerb UnsupportedQueryParameter
        UnsupportedRequestVersion
    """
    assert sorted(ABOUT_CALL) == expected.split()


def test_a_cause_in_a_single_result_stops_the_call_too() -> None:
    def disabled(service: s.Service, tasks: list[dict[str, Any]]) -> Answer:
        error = {"code": "JobDisabled", "message": {"value": "The job is disabled."}}
        return service.rows([{"status": "ClientError", "taskId": task["id"], "error": error} for task in tasks])

    service = s.Service()
    service.always = disabled
    error, report = raised(service)
    assert type(error) is JobDisabledError
    assert len(list(report.resume)) == 1000


def test_a_cancellation_is_raised_as_it_is() -> None:
    backend = s.ScriptedBackend(s.Service(), is_async=True)

    async def main() -> BulkReport:
        from batchtasks._bulk import methods

        call = asyncio.ensure_future(methods.add_collection(s.executor(backend), "job", s.make_tasks(5000)))
        await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await call
        report: BulkReport = caught.value.report  # type: ignore[attr-defined]
        with pytest.raises(BulkAddError):
            report.raise_if_incomplete()
        return report

    assert isinstance(asyncio.run(main()).stopped, asyncio.CancelledError)


@pytest.mark.parametrize("concurrency", [2, 4, 8])
def test_no_more_is_taken_from_the_input_once_a_whole_round_has_failed(concurrency: int) -> None:
    """Each failure of the first round lets one more request start in its place, but not the last of them."""
    service, taken = s.Service(), 0
    service.always = s.refused()

    def source() -> Iterator[dict[str, Any]]:
        nonlocal taken
        for task in s.make_tasks(10_000):
            taken += 1
            yield task

    report = s.add(service, source(), concurrency=concurrency, retry=FEW)
    assert isinstance(report.stopped, ConnectionFailedError)
    assert taken == report.pulled == (2 * concurrency - 1) * 100
