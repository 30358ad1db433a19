"""Liberal in what is read: the rows of the trap table that are about answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpx import HTTPXMock

from batchtasks import UNLIMITED
from batchtasks import errors as e
from tests.batchtasks.support import HASTY, URL, Mode

TASK: dict[str, Any] = {
    "odata.metadata": f"{URL}/$metadata#tasks/@Element",
    "id": "t1",
    "eTag": "0x8DC0DBE42D1E1FE",
    "creationTime": "2024-01-05T07:16:37.5685707Z",
    "state": "Completed",
    "previousState": "sleeping",
    "constraints": {"maxWallClockTime": "P10675199DT2H48M5.4775807S", "retentionTime": "P7D", "maxTaskRetryCount": 3},
    "executionInfo": {
        "exitCode": 2,
        "result": "failure",
        "failureInfo": {"category": "UserError", "code": "FailureExitCode", "details": [{"name": "a", "value": "b"}]},
        "retryCount": 0,
        "requeueCount": 0,
    },
    "nodeInfo": None,
    "brandNew": {"inside": [1]},
}


def test_a_task_as_the_service_sends_it(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json=TASK, headers={"Content-Type": "application/json;odata=minimalmetadata"})
    task = mode.run(lambda c: c.task.get("j", "t1"))
    assert task.state == "completed", "letter case does not count"
    assert task.previous_state == "sleeping", "unknown values pass"
    assert task.constraints.max_wall_clock_time == UNLIMITED
    assert task.constraints.retention_time == timedelta(days=7)
    assert task.creation_time == datetime(2024, 1, 5, 7, 16, 37, 568570, UTC), "seven digits"
    assert task.execution_info.failure_info.category == "usererror"
    assert task.node_info is None, "null passes"
    assert task.display_name is None, "missing passes"
    assert task.additional_properties["brandNew"] == {"inside": [1]}, "unknown members are kept"


def test_a_selection_may_leave_out_everything(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={})
    assert mode.run(lambda c: c.task.get("j", "t", select=["state"])).id is None


@pytest.mark.parametrize("status", [200, 201, 204, 302, 400, 502])
def test_a_page_of_something_on_the_way_is_never_taken_for_an_answer(
    mode: Mode, httpx_mock: HTTPXMock, status: int
) -> None:
    for use in (
        lambda c: c.task.get("j", "t"),
        lambda c: c.task.delete("j", "t"),
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}),
        lambda c: c.task.list("j"),
        lambda c: c.file.get_from_task("j", "t", "stdout.txt"),
    ):
        httpx_mock.reset()
        httpx_mock.add_response(
            status_code=status, html="<html><title>Log in to the hotel</title></html>", is_reusable=True
        )
        with pytest.raises(e.ServiceError) as caught:
            mode.run(use)
        assert caught.value.status_code == status


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"id": "t"', b"[" * 100_000])
def test_a_success_that_cannot_be_read_is_an_error_object(mode: Mode, httpx_mock: HTTPXMock, content: bytes) -> None:
    httpx_mock.add_response(content=content, headers={"request-id": "r"})
    with pytest.raises(e.UnreadableAnswerError, match="Task_Get cannot be read") as caught:
        mode.run(lambda c: c.task.get("j", "t"))
    assert (caught.value.status_code, caught.value.request_id) == (200, "r")


def test_an_empty_304(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=304)
    with pytest.raises(e.NotModifiedError, match="Not Modified"):
        mode.run(lambda c: c.task.get("j", "t"))


def test_a_status_that_nobody_registered(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=529, is_reusable=True)
    with pytest.raises(e.ServerError) as caught:
        mode.run(lambda c: c.task.get("j", "t"))
    assert caught.value.status_code == 529
    assert len(httpx_mock.get_requests()) == HASTY.attempts


def test_files_are_given_as_they_are(mode: Mode, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(content=b"\x00\xff", status_code=206)
    assert mode.run(lambda c: c.file.get_from_task("j", "t", "f", ocp_range="bytes=0-1")) == b"\x00\xff"


def test_numbers_as_text(mode: Mode, httpx_mock: HTTPXMock) -> None:
    properties = {"contentLength": "12345678901", "lastModified": "2024-01-05T07:16:37Z"}
    httpx_mock.add_response(json={"value": [{"name": "f", "isDirectory": False, "properties": properties}]})
    assert mode.run(lambda c: c.file.list_from_task("j", "t"))[0].properties.content_length == 12345678901
