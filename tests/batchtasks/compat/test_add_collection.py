"""`task.add_collection` of azure-batch 14 with the promises of the bulk add below it."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import errors as e
from batchtasks.compat import models
from batchtasks.compat.custom.custom_errors import CreateTasksErrorException
from tests.batchtasks.support import URL, body


class Service:
    """Takes collections; `refuse` says which ids it refuses, and how."""

    def __init__(self, refuse: dict[str, str] | None = None, fail: httpx.Response | None = None) -> None:
        self.refuse = refuse or {}
        self.fail = fail
        self.there: list[str] = []

    def serve(self, request: httpx.Request) -> httpx.Response:
        if self.fail is not None and self.there:
            return self.fail
        results = []
        for task in json.loads(request.content)["value"]:
            code = self.refuse.get(task["id"])
            result: dict[str, Any] = {"taskId": task["id"], "status": "Success" if code is None else "ClientError"}
            if code is None:
                self.there.append(task["id"])
                result |= {"eTag": "0x1", "lastModified": "2024-01-05T07:16:39Z", "location": f"{URL}/t/{task['id']}"}
            else:
                result["error"] = body(code, Reason="so")
            results.append(result)
        return httpx.Response(200, json={"value": results[::-1]}, headers={"request-id": "r"})


def _many(count: int) -> list[Any]:
    return [models.TaskAddParameter(id=f"t{n}", command_line="true") for n in range(count)]


@pytest.mark.parametrize("threads", [None, 0, 4])
def test_results_in_the_order_of_the_input(client: Any, httpx_mock: HTTPXMock, threads: int | None) -> None:
    service = Service({"t7": "TaskExists"})
    httpx_mock.add_callback(service.serve, is_reusable=True)
    result = client.task.add_collection("j", _many(250), None, None, True, threads)
    assert isinstance(result, models.TaskAddCollectionResult)
    assert [one.task_id for one in result.value] == [f"t{n}" for n in range(250)]
    assert sorted(service.there) == sorted(f"t{n}" for n in range(250) if n != 7)
    assert result.value[1].status is models.TaskAddStatus.success
    assert (result.value[1].location, result.value[1].e_tag) == (f"{URL}/t/t1", "0x1")
    assert result.value[1].last_modified == datetime(2024, 1, 5, 7, 16, 39, tzinfo=UTC)
    assert result.value[1].error is None
    assert result.value[7].status is models.TaskAddStatus.client_error
    assert result.value[7].error.code == "TaskExists"


def test_a_task_whose_answer_was_lost_has_a_result_too(client: Any, httpx_mock: HTTPXMock) -> None:
    service = Service()

    def lose_the_first_answer(request: httpx.Request) -> httpx.Response:
        answer = service.serve(request)
        service.refuse = {"t0": "TaskExists"}
        if len(httpx_mock.get_requests()) == 1:
            raise httpx.ReadError("reset")
        return answer

    httpx_mock.add_callback(lose_the_first_answer, is_reusable=True)
    result = client.task.add_collection("j", _many(1), {"client_request_id": "mine"}).value[0]
    assert (result.status, result.location, result.error) == ("success", f"{URL}/jobs/j/tasks/t0", None)
    assert [one.headers["client-request-id"] for one in httpx_mock.get_requests()] == ["mine"] * 2


def test_any_iterable_is_read_as_it_is_sent(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_callback(Service().serve, is_reusable=True)
    assert len(client.task.add_collection("j", iter(_many(3))).value) == 3
    assert client.task.add_collection("j", []).value == []


@pytest.mark.parametrize(("count", "text"), [(1, "1 task failed; t0: "), (5, "5 tasks failed; t0: ")])
def test_refused_tasks_are_listed(client: Any, httpx_mock: HTTPXMock, count: int, text: str) -> None:
    httpx_mock.add_callback(Service({f"t{n}": "InvalidPropertyValue" for n in range(count)}).serve, is_reusable=True)
    with pytest.raises(models.CreateTasksErrorException) as caught:
        client.task.add_collection("j", _many(count + 1), models.TaskAddCollectionOptions())
    error = caught.value
    assert error is not None
    assert (error.pending_tasks, error.errors) == ([], [])
    assert [failed.task_id for failed in error.failure_tasks] == [f"t{n}" for n in range(count)]
    assert error.failure_tasks[0].status is models.TaskAddStatus.client_error
    assert str(error).startswith(f"{text}InvalidPropertyValue: It is so. (Reason so)")
    assert ("and 2 more" in str(error)) is (count == 5)
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == error.message


def test_what_was_not_added_is_pending(client: Any, httpx_mock: HTTPXMock) -> None:
    service = Service(fail=httpx.Response(409, json=body("JobCompleted")))
    httpx_mock.add_callback(service.serve, is_reusable=True)
    given = _many(450)
    with pytest.raises(models.CreateTasksErrorException, match="350 tasks pending; 409 JobCompleted") as caught:
        client.task.add_collection("j", given)
    assert service.there == [f"t{n}" for n in range(100)]
    assert sorted(task.id for task in caught.value.pending_tasks) == sorted(task.id for task in given[100:])
    assert all(task in given for task in caught.value.pending_tasks), "as they were passed in"
    assert not caught.value.failure_tasks, "nothing is wrong with any of them"
    assert caught.value.errors[0].error.code == "JobCompleted"


def test_an_outage_is_not_endless(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=503, is_reusable=True)
    with pytest.raises(models.CreateTasksErrorException) as caught:
        client.task.add_collection("j", _many(5))
    assert len(caught.value.pending_tasks) == 5
    assert isinstance(caught.value.errors[0], models.BatchErrorException)


def test_a_task_that_is_too_large_fails_alone(client: Any, httpx_mock: HTTPXMock) -> None:
    service = Service()
    httpx_mock.add_callback(service.serve, is_reusable=True)
    large = models.TaskAddParameter(id="large", command_line="x" * 1_100_000)
    with pytest.raises(models.CreateTasksErrorException) as caught:
        client.task.add_collection("j", [*_many(2), large, {"id": "t3"}])
    assert service.there == ["t0", "t1"]
    assert [failed.task_id for failed in caught.value.failure_tasks] == ["large", "t3"]
    assert [failed.error.code for failed in caught.value.failure_tasks] == ["RequestBodyTooLarge", "MissingFieldError"]
    assert caught.value.errors.pop().error.code == "RequestBodyTooLarge"
    assert not caught.value.pending_tasks


def test_the_exception_of_nothing() -> None:
    error = CreateTasksErrorException()
    assert (error.pending_tasks, error.failure_tasks, error.errors) == ([], [], [])
    assert error.message == "Not every task was added"
    assert isinstance(error, e.BatchTasksError)
