"""Bulk calls through whole clients, as programs make them."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import (
    UNLIMITED,
    AsyncBatchClient,
    BatchClient,
    BulkError,
    BulkReport,
    ConfigurationError,
    SharedKeyCredential,
    TaskOutcome,
)
from tests.batchtasks.support import KEY, URL, Mode, body

TASK = {"id": "t", "commandLine": "true"}
CALLS: dict[str, Callable[[Any], Any]] = {
    "add_collection": lambda client: client.task.add_collection("j", [TASK], raise_on_failure=False),
    "reactivate_many": lambda client: client.task.reactivate_many("j", ["t"], raise_on_failure=False),
}


@pytest.mark.parametrize("what", CALLS)
def test_errors_name_the_request_that_was_sent(mode: Mode, httpx_mock: HTTPXMock, what: str) -> None:
    """By the id that the service's log has, though every attempt has one of its own."""
    httpx_mock.add_response(status_code=503)
    httpx_mock.add_response(status_code=409, json=body("TaskSucceeded"), headers={"request-id": "r"})
    report: BulkReport = mode.run(CALLS[what])
    error: Any = report.failed[0].error
    sent = [request.headers["client-request-id"] for request in httpx_mock.get_requests()]
    assert len(set(sent)) == 2
    assert (error.client_request_id, error.request_id) == (sent[1], "r")


@pytest.mark.parametrize("name", ["Client-Request-Id", "x-mine"])
def test_each_request_has_an_id_of_its_own_unless_the_caller_gives_one(
    mode: Mode, httpx_mock: HTTPXMock, name: str
) -> None:
    httpx_mock.add_callback(add_all, is_reusable=True)
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(300)]
    mode.run(lambda c: c.task.add_collection("j", tasks, headers={name: "given"}))
    requests = httpx_mock.get_requests()
    assert [request.headers[name] for request in requests] == ["given"] * 3
    assert len({request.headers["client-request-id"] for request in requests}) == (3 if name == "x-mine" else 1)


def test_an_answer_without_results_is_named_too(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(content=b"[]", headers={"request-id": "r"}, is_reusable=True)
    report: BulkReport = mode.run(CALLS["add_collection"])
    error: Any = report.unknown[0].error
    assert error.client_request_id == httpx_mock.get_requests()[-1].headers["client-request-id"]
    assert (error.status_code, error.request_id, error.path) == (200, "r", "/jobs/j/addtaskcollection")


def add_all(request: httpx.Request) -> httpx.Response:
    """Add whatever comes."""
    ids = [task["id"] for task in json.loads(request.content)["value"]]
    return httpx.Response(200, json={"value": [{"taskId": task_id, "status": "Success"} for task_id in ids]})


@pytest.mark.parametrize("deadline", [UNLIMITED, timedelta.max, 1e300])
def test_a_deadline_may_be_as_far_away_as_one_likes(mode: Mode, httpx_mock: HTTPXMock, deadline: Any) -> None:
    httpx_mock.add_callback(add_all)
    report: BulkReport = mode.run(lambda c: c.task.add_collection("j", [TASK], deadline=deadline))
    assert report.added == 1


def test_a_bar_by_one_word(mode: Mode, httpx_mock: HTTPXMock, capsys: pytest.CaptureFixture[str]) -> None:
    httpx_mock.add_callback(add_all, is_reusable=True)
    mode.run(lambda c: c.task.add_collection("j", [TASK], progress=True))
    assert "1/1" in capsys.readouterr().err
    mode.run(lambda c: c.task.add_collection("j", [TASK], progress=False))
    assert capsys.readouterr().err == ""


def test_requests_that_are_sent_again_are_logged(
    mode: Mode, httpx_mock: HTTPXMock, caplog: pytest.LogCaptureFixture
) -> None:
    httpx_mock.add_response(status_code=503, json=body("ServerBusy"))
    httpx_mock.add_callback(add_all)
    with caplog.at_level(logging.INFO, "batchtasks"):
        mode.run(lambda c: c.task.add_collection("j", [TASK]))
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("503 ServerBusy: It is so. (POST /jobs/j/addtaskcollection, ")
    assert line.endswith("next attempt in 0.0 s (tasks in it: 1).")


@pytest.mark.parametrize("concurrency", [1, 4])
def test_an_error_after_the_work_is_done_carries_the_report_too(
    mode: Mode, httpx_mock: HTTPXMock, concurrency: int
) -> None:
    class Bar:
        def __call__(self, progress: object) -> None:
            """Draw nothing."""

        def finish(self) -> None:
            raise OSError("no terminal")

    httpx_mock.add_callback(add_all)
    with pytest.raises(OSError, match="no terminal") as caught:
        mode.run(lambda c: c.task.add_collection("j", [TASK], progress=Bar(), concurrency=concurrency))
    report: Any = vars(caught.value)["report"]
    assert report.ok
    assert report.added == 1


def test_an_attempt_that_somebody_else_cancels_is_not_waited_for_without_end(mode: Mode, httpx_mock: HTTPXMock) -> None:
    """A credential, or a transport of the user's own, whose helper was cancelled."""
    httpx_mock.add_exception(cast(Exception, asyncio.CancelledError()))
    report: BulkReport = mode.run(CALLS["add_collection"])
    assert [outcome.task_id for outcome in report.unknown] == ["t"]
    assert "CancelledError" in str(report.stopped)


@pytest.mark.parametrize("verb", ["add_collection", "delete_many", "terminate_many", "reactivate_many"])
def test_what_failed_is_raised_unless_it_is_asked_not_to_be(mode: Mode, httpx_mock: HTTPXMock, verb: str) -> None:
    httpx_mock.add_response(status_code=400, json=body("InvalidPropertyValue"), is_reusable=True)
    given: Any = [TASK] if verb == "add_collection" else ["t"]
    with pytest.raises(BulkError) as caught:
        mode.run(lambda c: getattr(c.task, verb)("j", given))
    assert len(caught.value.report.failed) == 1


def test_sixteen_requests_at_once_unless_it_is_asked_otherwise() -> None:
    for verb in ("add_collection", "delete_many", "terminate_many", "reactivate_many"):
        for client in (BatchClient, AsyncBatchClient):
            method = getattr(client(URL, SharedKeyCredential("myaccount", KEY)).task, verb)
            assert inspect.signature(method).parameters["concurrency"].default == 16


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_client_that_is_closed_during_a_call(mode: Mode, httpx_mock: HTTPXMock, concurrency: int) -> None:
    """What is not sent any more is known to be so, however many requests there are at once."""
    httpx_mock.add_callback(add_all, is_reusable=True)
    tasks = [{"id": f"t{number}", "commandLine": "true"} for number in range(2000)]
    clients: list[Any] = []

    def close(outcome: TaskOutcome) -> Any:
        return clients[0].close()

    def add(client: Any) -> Any:
        clients[:] = [client]
        return client.task.add_collection("j", tasks, concurrency=concurrency, on_result=close, raise_on_failure=False)

    report: BulkReport = mode.run(add)
    assert isinstance(report.stopped, ConfigurationError)
    assert report.unknown == []
    assert {type(outcome.error) for outcome in report.failed} == {ConfigurationError}
    sent = [task["id"] for request in httpx_mock.get_requests() for task in json.loads(request.content)["value"]]
    assert len(sent) == report.added
    assert sorted(sent + [task["id"] for task in report.resume]) == sorted(task["id"] for task in tasks)
