"""What is sent again, when, and what a refusal after an attempt of unknown outcome means."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpx import HTTPXMock

from batchtasks import RetryPolicy, TaskCompletedError, if_match
from batchtasks import errors as e
from batchtasks._core.sync_async import run_sync
from batchtasks_rest._call import Call
from batchtasks_rest.api.file import FileCalls
from tests.batchtasks.support import HASTY, Mode, ScriptedBackend, answer, body, executor, refusal, script

BUSY = refusal(503, "ServerBusy")
LOST = e.ConnectionFailedError("lost", sent=True)
UNSENT = e.ConnectionFailedError("refused", sent=False)


def _error(status: int, retry_after: float | None = None) -> e.ServiceError:
    return e.ServiceError("m", status_code=status, retry_after=retry_after)


@given(st.integers(1, 100), st.floats(0, 0.999), st.floats(0, 170))
def test_waits_stay_within_their_bounds(attempt: int, random: float, elapsed: float) -> None:
    policy = RetryPolicy(attempts=101, deadline=None)
    wait = policy.delay(_error(500), attempt, elapsed, random)
    full = min(30.0, 0.5 * 2.0 ** (attempt - 1))
    assert wait is not None
    assert full / 2 <= wait <= full


@given(st.floats(0, 1e6), st.integers(1, 100), st.floats(0, 0.999))
def test_retry_after_is_waited_up_to_its_cap(asked: float, attempt: int, random: float) -> None:
    wait = RetryPolicy(attempts=101, deadline=None).delay(_error(429, asked), attempt, 0, random)
    assert wait is not None
    assert min(asked, 90) <= wait <= min(asked, 90) + 15


@given(st.floats(0, 1000), st.floats(0, 1000), st.integers(1, 20), st.floats(0, 0.999))
def test_no_wait_goes_beyond_the_deadline(elapsed: float, deadline: float, attempt: int, random: float) -> None:
    policy = RetryPolicy(attempts=21, deadline=deadline)
    wait = policy.delay(_error(500), attempt, elapsed, random)
    assert wait is None or elapsed + wait <= deadline


def test_attempts_are_limited() -> None:
    policy = RetryPolicy(attempts=3)
    assert policy.delay(_error(500), 2, 0, 0) is not None
    assert policy.delay(_error(500), 3, 0, 0) is None
    assert RetryPolicy(attempts=1).delay(_error(500), 1, 0, 0) is None


@pytest.mark.parametrize("error", [_error(404), _error(409), _error(501), ValueError("x"), e.TokenError("x")])
def test_what_cannot_get_better_is_not_tried_again(error: Exception) -> None:
    assert RetryPolicy().delay(error, 1, 0, 0) is None


NONSENSE: list[dict[str, Any]] = [
    {"attempts": 0},
    {"attempts": 1.5},
    {"attempts": True},
    {"wait_initial": -1},
    {"deadline": float("inf")},
    {"wait_max": float("nan")},
    {"retry_after_max": -0.1},
    {"wait_initial": None},
    {"wait_initial": "1"},
    {"wait_max": True},
    {"deadline": timedelta(seconds=-1)},
]


@pytest.mark.parametrize("options", NONSENSE)
def test_a_policy_that_makes_no_sense_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(e.InvalidInputError, match=next(iter(options))):
        RetryPolicy(**options)


def test_times_may_be_timedeltas() -> None:
    policy = RetryPolicy(deadline=timedelta(minutes=1), wait_initial=timedelta(milliseconds=20))
    assert policy == RetryPolicy(deadline=60, wait_initial=0.02)
    assert policy.delay(_error(500), 1, 0, 0) == 0.01


OPERATIONS: dict[str, Any] = {
    "add": (lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}), 201),
    "get": (lambda c: c.task.get("j", "t"), 200),
    "update": (lambda c: c.task.update("j", "t"), 200),
    "delete": (lambda c: c.task.delete("j", "t"), 200),
    "terminate": (lambda c: c.task.terminate("j", "t"), 204),
    "reactivate": (lambda c: c.task.reactivate("j", "t"), 204),
    "head": (lambda c: c.file.get_properties_from_task("j", "t", "stdout.txt"), 200),
    "patch": (lambda c: c.job.patch("j", {"priority": 1}), 200),
}
FAULTS: dict[str, Any] = {
    "500": {"status_code": 500},
    "502 page": {"status_code": 502, "html": "<title>Bad gateway</title>"},
    "503": {"status_code": 503, "json": body("ServerBusy")},
    "429": {"status_code": 429, "headers": {"Retry-After": "0"}},
    "529": {"status_code": 529},
    "refused": httpx.ConnectError("refused"),
    "broken": httpx.RemoteProtocolError("broken"),
    "slow": httpx.ReadTimeout("slow"),
    "slow to connect": httpx.ConnectTimeout("slow"),
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_verb_is_tried_again(mode: Mode, httpx_mock: HTTPXMock, name: str, fault: str) -> None:
    use, status = OPERATIONS[name]
    what = FAULTS[fault]
    if isinstance(what, Exception):
        httpx_mock.add_exception(what)
    else:
        httpx_mock.add_response(**what)
    httpx_mock.add_response(status_code=status, json={"id": "t"} if name == "get" else None)
    mode.run(use)
    first, second = httpx_mock.get_requests()
    assert first.content == second.content
    assert first.headers["client-request-id"] == second.headers["client-request-id"]


def test_connections_that_fail_for_good(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ConnectError("[Errno 111] Connection refused"), is_reusable=True)
    with pytest.raises(e.ConnectionFailedError, match="Connection refused") as caught:
        mode.run(lambda c: c.task.get("j", "t"))
    assert not caught.value.sent
    assert str(caught.value).endswith("Given up after 4 attempts.")
    assert len(httpx_mock.get_requests()) == HASTY.attempts


def test_the_wait_follows_the_policy_and_the_clock() -> None:
    backend = ScriptedBackend(
        script(BUSY, refusal(429, "TooManyRequests", {"Retry-After": "7"}), LOST, answer(200, {"id": "t"}))
    )
    at = executor(backend)
    assert run_sync(at.send(at.task.get("j", "t"))).value.id == "t"
    assert backend.slept == [0.25, 7.0, 1.0]


def test_giving_up_tells_how_often_was_tried() -> None:
    backend = ScriptedBackend(lambda call: BUSY)
    at = executor(backend, RetryPolicy(attempts=3))
    with pytest.raises(e.ThrottledError, match="Given up after 3 attempts"):
        run_sync(at.send(at.task.get("j", "t")))
    assert len(backend.calls) == 3


def test_the_deadline_ends_it() -> None:
    backend = ScriptedBackend(lambda call: BUSY)
    at = executor(backend, RetryPolicy(attempts=1000, deadline=60))
    with pytest.raises(e.ThrottledError):
        run_sync(at.send(at.task.get("j", "t")))
    assert 30 < sum(backend.slept) <= 60


def _call(at: Any, name: str) -> Call[Any]:
    make: dict[str, Any] = {
        "add": lambda: at.task.add("j", {"id": "t", "commandLine": "x"}),
        "delete": lambda: at.task.delete("j", "t"),
        "terminate": lambda: at.task.terminate("j", "t"),
        "reactivate": lambda: at.task.reactivate("j", "t"),
        "job add": lambda: at.job.add({"id": "j", "poolInfo": {"poolId": "p"}}),
        "job delete": lambda: at.job.delete("j"),
        "job terminate": lambda: at.job.terminate("j"),
        "file delete": lambda: at.calls(FileCalls).delete_from_task("j", "t", "wd/x"),
    }
    call: Call[Any] = make[name]()
    return call


DONE = {
    "add": (409, "TaskExists"),
    "delete": (404, "TaskNotFound"),
    "terminate": (409, "TaskCompleted"),
    "reactivate": (409, "TaskNotCompleted"),
    "job add": (409, "JobExists"),
    "job delete": (404, "JobNotFound"),
    "job terminate": (409, "JobCompleted"),
    "file delete": (404, "FileNotFound"),
}


@pytest.mark.parametrize("name", DONE)
@pytest.mark.parametrize(
    "first", [LOST, e.RequestTimedOutError("slow"), refusal(500, "OperationTimedOut"), answer(502)]
)
def test_after_an_unknown_outcome_the_refusal_shows_that_it_was_done(name: str, first: Any) -> None:
    status, code = DONE[name]
    backend = ScriptedBackend(script(first, refusal(status, code)))
    at = executor(backend)
    response = run_sync(at.send(_call(at, name)))
    assert (response.value, response.status_code) == (None, status)


@pytest.mark.parametrize("name", DONE)
def test_without_an_unknown_outcome_it_stays_a_refusal(name: str) -> None:
    status, code = DONE[name]
    for outcomes in ([], [UNSENT]):
        backend = ScriptedBackend(script(*outcomes, refusal(status, code)))
        at = executor(backend)
        with pytest.raises(e.ServiceError) as caught:
            run_sync(at.send(_call(at, name)))
        assert caught.value.code == code


def test_another_refusal_after_an_unknown_outcome_stays_one() -> None:
    at = executor(ScriptedBackend(script(LOST, refusal(409, "TaskCompleted"))))
    with pytest.raises(TaskCompletedError):
        run_sync(at.send(at.task.reactivate("j", "t")))


@pytest.mark.parametrize("name", ["update", "terminate", "delete", "reactivate"])
def test_a_412_after_an_unknown_outcome_says_that_it_may_have_been_done(name: str) -> None:
    for first, maybe in ((LOST, True), (UNSENT, False)):
        at = executor(ScriptedBackend(script(first, refusal(412, "ConditionNotMet"))))
        call = getattr(at.task, name)("j", "t", condition=if_match("0x1"))
        with pytest.raises(e.ConditionNotMetError) as caught:
            run_sync(at.send(call))
        assert caught.value.maybe_done is maybe
        assert ("earlier attempt" in str(caught.value)) is maybe


def test_cancelling_stops_the_waiting(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=503, json=body("ServerBusy"), is_reusable=True)

    async def main() -> None:
        async with Mode("async").client(retry=RetryPolicy(wait_initial=30)) as client:
            task = asyncio.create_task(client.task.get("j", "t"))
            while not httpx_mock.get_requests():  # noqa: ASYNC110 - the mock has no event
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(main())
    assert len(httpx_mock.get_requests()) == 1
