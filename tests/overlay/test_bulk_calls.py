"""Bulk calls through whole clients, as programs make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpx import HTTPXMock

from batchtasks import BulkReport
from tests.overlay.support import Colour, body

TASK = {"id": "t", "commandLine": "true"}
CALLS: dict[str, Callable[[Any], Any]] = {
    "add_collection": lambda client: client.task.add_collection("j", [TASK], raise_on_failure=False),
    "reactivate_many": lambda client: client.task.reactivate_many("j", ["t"], raise_on_failure=False),
}


@pytest.mark.parametrize("what", CALLS)
def test_errors_name_the_request_that_was_sent(colour: Colour, httpx_mock: HTTPXMock, what: str) -> None:
    """By the id that the service's log has, though every attempt has one of its own."""
    httpx_mock.add_response(status_code=503)
    httpx_mock.add_response(status_code=409, json=body("TaskSucceeded"), headers={"request-id": "r"})
    report: BulkReport = colour.run(CALLS[what])
    error: Any = report.failed[0].error
    sent = [request.headers["client-request-id"] for request in httpx_mock.get_requests()]
    assert len(set(sent)) == 2
    assert (error.client_request_id, error.request_id) == (sent[1], "r")


def test_an_answer_without_results_is_named_too(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(content=b"[]", headers={"request-id": "r"}, is_reusable=True)
    report: BulkReport = colour.run(CALLS["add_collection"])
    error: Any = report.unknown[0].error
    assert error.client_request_id == httpx_mock.get_requests()[-1].headers["client-request-id"]
    assert (error.status, error.request_id, error.path) == (200, "r", "/jobs/j/addtaskcollection")
