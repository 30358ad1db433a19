"""Where two rules of sending meet: attempts that end in different ways, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from batchtasks import RetryPolicy, if_match
from batchtasks import errors as e
from batchtasks._core.sync_async import run_sync
from batchtasks_rest.api.file import FileCalls
from tests.batchtasks.support import ScriptedBackend, answer, executor, refusal, script

# How an attempt may end, and whether the service may have carried it out then.
ATTEMPTS: dict[str, tuple[Any, bool]] = {
    "lost": (e.ConnectionFailedError("lost", sent=True), True),
    "timed out": (e.RequestTimedOutError("slow", sent=True), True),
    "no connection": (e.ConnectionFailedError("refused", sent=False), False),
    "failed": (refusal(500, "InternalError"), True),
    "a page": (answer(502, b"<html>"), True),
    "throttled": (refusal(429, "TooManyRequests"), True),
}
# For each operation the refusals that show that it was carried out before.
CARRIED_OUT = {
    "add": [(409, "TaskExists")],
    "delete": [(404, "TaskNotFound")],
    "terminate": [(409, "TaskCompleted")],
    "reactivate": [(409, "TaskNotCompleted")],
    "job add": [(409, "JobExists")],
    "job delete": [(404, "JobNotFound"), (409, "JobBeingDeleted")],
    "job terminate": [(409, "JobCompleted"), (409, "JobBeingTerminated")],
    "file delete": [(404, "FileNotFound")],
}
CALLS: dict[str, Callable[[Any], Any]] = {
    "add": lambda at: at.task.add("j", {"id": "t", "commandLine": "x"}),
    "delete": lambda at: at.task.delete("j", "t"),
    "terminate": lambda at: at.task.terminate("j", "t"),
    "reactivate": lambda at: at.task.reactivate("j", "t"),
    "job add": lambda at: at.job.add({"id": "j", "poolInfo": {"poolId": "p"}}),
    "job delete": lambda at: at.job.delete("j"),
    "job terminate": lambda at: at.job.terminate("j"),
    "file delete": lambda at: at.calls(FileCalls).delete_from_task("j", "t", "wd/x"),
}
PAIRS = [(name, status, code) for name, refusals in CARRIED_OUT.items() for status, code in refusals]
ENDLESS = RetryPolicy(attempts=20, deadline=None)
attempts = st.lists(st.sampled_from(list(ATTEMPTS)), max_size=6)


@pytest.fixture(params=[run_sync, asyncio.run], ids=["sync", "async"], scope="module")
def run(request: pytest.FixtureRequest) -> Any:
    """Runs a coroutine as the BatchClient does, and in an event loop."""
    return request.param


@given(earlier=attempts, pair=st.sampled_from(PAIRS))
def test_the_refusal_counts_as_done_if_any_earlier_attempt_may_have_done_it(
    run: Any, earlier: list[str], pair: tuple[str, int, str]
) -> None:
    """Whatever the attempts in between ended in, and in any order."""
    name, status, code = pair
    backend = ScriptedBackend(script(*(ATTEMPTS[how][0] for how in earlier), refusal(status, code)))
    at = executor(backend, ENDLESS)
    if any(ATTEMPTS[how][1] for how in earlier):
        response = run(at.send(CALLS[name](at)))
        assert (response.value, response.status_code) == (None, status)
    else:
        with pytest.raises(e.ServiceError) as caught:
            run(at.send(CALLS[name](at)))
        assert caught.value.code == code
    assert len(backend.calls) == len(earlier) + 1


@given(earlier=attempts)
def test_a_condition_not_met_may_be_the_work_of_any_earlier_attempt(run: Any, earlier: list[str]) -> None:
    outcomes = [ATTEMPTS[how][0] for how in earlier]
    at = executor(ScriptedBackend(script(*outcomes, refusal(412, "ConditionNotMet"))), ENDLESS)
    with pytest.raises(e.ConditionNotMetError) as caught:
        run(at.send(at.task.terminate("j", "t", condition=if_match("0x1"))))
    assert caught.value.maybe_done is any(ATTEMPTS[how][1] for how in earlier)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_error_says_how_many_attempts_were_made(run: Any, number: int) -> None:
    """Not if there was only one: nothing was given up then."""
    backend = ScriptedBackend(lambda call: refusal(500, "InternalError"))
    at = executor(backend, RetryPolicy(attempts=number))
    with pytest.raises(e.ServerError) as caught:
        run(at.send(at.task.get("j", "t")))
    assert (f"after {number} attempts" in str(caught.value)) is (number > 1)
    assert "attempts" in str(caught.value) or number == 1


@pytest.mark.parametrize("path", ["/jobs/j/tasks/t", "/jobs/j/tasks?$skipToken=a&timeout=9"])
@pytest.mark.parametrize("given", [None, 20])
def test_the_server_timeout_is_added_where_it_is_given_and_no_link_has_it(path: str, given: int | None) -> None:
    at = executor(ScriptedBackend(script()), server_timeout=given)
    call = at.prepare(evolve(at.task.get("j", "t"), path=path))
    assert call.query.get("timeOut") == ("20" if given and "?" not in path else None)


@pytest.mark.parametrize("name", ["content-type", "CONTENT-TYPE", None])
def test_the_content_type_is_added_to_a_body_that_has_none(name: str | None) -> None:
    at = executor(ScriptedBackend(script()))
    given = {name: "application/json"} if name else {}
    headers = at.prepare(at.task.add("j", {"id": "t", "commandLine": "x"}, headers=given)).headers
    found = [value for key, value in headers.items() if key.lower() == "content-type"]
    assert found == (["application/json"] if name else ["application/json; odata=minimalmetadata"])
    assert "content-type" not in map(str.lower, at.prepare(at.task.get("j", "t")).headers)


def test_text_is_sent_as_utf_8_and_not_escaped() -> None:
    """So 1 MiB has room for as much of it as the service takes."""
    at = executor(ScriptedBackend(script()))
    sent = at.prepare(at.task.add("j", {"id": "t", "commandLine": "echo grüße →"})).content
    assert sent is not None
    assert "grüße →".encode() in sent
