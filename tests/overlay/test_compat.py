"""The calling convention of azure-batch 14, with our models, with dicts, and with the models of the real package."""

from __future__ import annotations

import importlib
import inspect
import json
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import AsyncBatchClient, BatchClient, RetryPolicy, SharedKeyCredential, compat
from batchtasks import errors as e
from batchtasks.models import (
    CloudTask,
    CloudTaskListSubtasksResult,
    EnvironmentSetting,
    TaskAddParameter,
    TaskConstraints,
)
from tests.overlay.support import HASTY, KEY, URL, body

WHEN = datetime(2024, 1, 5, 7, 16, 39)


@pytest.fixture
def client() -> Iterator[BatchClient]:
    with BatchClient(URL, SharedKeyCredential("myaccount", KEY), api_version="2024-02-01.19.0", retry=HASTY) as client:
        yield client


@pytest.fixture
def tasks(client: BatchClient) -> compat.TaskOperations:
    return compat.TaskOperations(client)


@pytest.fixture(scope="session")
def models() -> Any:
    """The models of azure-batch 14, where that is installed."""
    found = pytest.importorskip("azure.batch.models", reason="azure-batch 14 is not installed")
    if not hasattr(found, "TaskAddParameter"):
        pytest.skip("azure-batch is installed, but not version 14")
    return found


OURS = TaskAddParameter(
    "t",
    "true",
    constraints=TaskConstraints(max_wall_clock_time=timedelta(hours=1)),
    environment_settings=[EnvironmentSetting("A", "1")],
)
WIRE = {
    "id": "t",
    "commandLine": "true",
    "constraints": {"maxWallClockTime": "PT1H"},
    "environmentSettings": [{"name": "A", "value": "1"}],
}


def _theirs(models: Any) -> Any:
    return models.TaskAddParameter(
        id="t",
        command_line="true",
        constraints=models.TaskConstraints(max_wall_clock_time=timedelta(hours=1)),
        environment_settings=[models.EnvironmentSetting(name="A", value="1")],
    )


@pytest.mark.parametrize("task", [OURS, WIRE, {**WIRE, "constraints": OURS.constraints}], ids=["ours", "dict", "mixed"])
def test_add(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, task: Any) -> None:
    httpx_mock.add_response(status_code=201, headers={"ETag": "0x1", "request-id": "r"}, is_reusable=True)
    assert tasks.add("j", task) is None
    raw = tasks.add("j", task, raw=True)
    assert (raw.output, raw.headers["etag"], raw.response.request_id) == (None, "0x1", "r")
    assert [json.loads(request.content) for request in httpx_mock.get_requests()] == [WIRE, WIRE]


def test_add_takes_the_models_of_azure_batch(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, models: Any) -> None:
    httpx_mock.add_response(status_code=201, is_reusable=True)
    tasks.add("j", _theirs(models))
    tasks.add("j", {**WIRE, "constraints": models.TaskConstraints(max_wall_clock_time=timedelta(hours=1))})
    assert [json.loads(request.content) for request in httpx_mock.get_requests()] == [WIRE, WIRE]
    with pytest.raises(e.InvalidInputError, match="needs command_line"):
        tasks.add("j", models.TaskAddParameter(id="t", command_line=None))


OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "client_request_id": "my-id",
    "return_client_request_id": True,
    "if_match": '"0x1"',
    "if_unmodified_since": WHEN,
}


@pytest.mark.parametrize("make", [dict, SimpleNamespace, compat.TaskUpdateOptions])
def test_options_of_any_origin(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, make: Any) -> None:
    httpx_mock.add_response()
    tasks.update("j", "t", {"max_task_retry_count": 1}, make(**OPTIONS), {"x-mine": "1"}, timeout=9)
    request = httpx_mock.get_requests()[0]
    assert json.loads(request.content) == {"constraints": {"maxTaskRetryCount": 1}}
    assert request.url.params["timeout"] == "20"
    assert request.headers["If-Match"] == "0x1"
    assert request.headers["If-Unmodified-Since"] == "Fri, 05 Jan 2024 07:16:39 GMT"
    assert (request.headers["client-request-id"], request.headers["return-client-request-id"]) == ("my-id", "true")
    assert request.headers["x-mine"] == "1"
    assert request.extensions["timeout"]["read"] == 9


def test_options_of_azure_batch(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, models: Any) -> None:
    httpx_mock.add_response(status_code=304)
    options = models.TaskGetOptions(select="id,state", timeout=10, if_none_match="0x1", client_request_id="c")
    with pytest.raises(e.NotModifiedError):
        tasks.get("j", "t", options)
    request = httpx_mock.get_requests()[0]
    assert request.url.params["$select"] == "id,state"
    assert request.url.params["timeout"] == "10"
    assert request.headers["If-None-Match"] == "0x1"
    assert request.headers["client-request-id"] == "c"
    assert "return-client-request-id" not in request.headers


def test_what_cannot_be_honoured_is_refused(tasks: compat.TaskOperations) -> None:
    with pytest.raises(TypeError, match="verify: not taken here"):
        tasks.get("j", "t", verify=False)
    with pytest.raises(e.UnknownFieldError, match="Did you mean 'select'"):
        tasks.get("j", "t", {"selct": "id"})
    for threads in (-1, None):
        with pytest.raises(e.InvalidInputError, match="threads"):
            tasks.add_collection("j", [], threads=threads)  # type: ignore[arg-type]
    with pytest.raises(e.InvalidInputError, match="options must be an options object or a dict, not str"):
        tasks.get("j", "t", "id,state")
    with pytest.raises(e.InvalidInputError, match="not with AsyncBatchClient"):
        compat.TaskOperations(AsyncBatchClient(URL, SharedKeyCredential("a", KEY)))  # type: ignore[arg-type]
    with pytest.raises(e.InvalidInputError, match="client_request_id"):
        tasks.add_collection("j", [], {"client_request_id": "c", "return_client_request_id": True})
    with pytest.raises(e.ConditionError):
        tasks.get("j", "t", {"if_match": "0x1", "if_none_match": "0x1"})


@pytest.mark.parametrize(("name", "status"), [("delete", 200), ("terminate", 204), ("reactivate", 204)])
def test_the_verbs(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, name: str, status: int) -> None:
    httpx_mock.add_response(status_code=status, match_headers={"If-Match": "*"}, is_reusable=True)
    assert getattr(tasks, name)("j", "t", {"if_match": "*"}) is None
    assert getattr(tasks, name)("j", "t", {"if_match": "*"}, raw=True).response.status_code == status


def test_get(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t", "state": "completed"}, headers={"ETag": "0x1"}, is_reusable=True)
    task = tasks.get("j", "t")
    assert isinstance(task, CloudTask)
    raw = tasks.get("j", "t", raw=True)
    assert (raw.output, raw.headers["etag"]) == (task, "0x1")


def test_states_compare_with_those_of_azure_batch(
    tasks: compat.TaskOperations, httpx_mock: HTTPXMock, models: Any
) -> None:
    httpx_mock.add_response(json={"id": "t", "state": "completed"})
    assert tasks.get("j", "t").state == models.TaskState.completed


def test_errors_have_what_programs_look_at(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=409, json=body("TaskExists", "There.", Reason="r"))
    with pytest.raises(compat.BatchErrorException) as caught:
        tasks.add("j", WIRE)
    assert isinstance(caught.value, e.AlreadyExistsError)
    error = vars(caught.value)["error"]
    assert (error.code, error.message.value, error.message.lang) == ("TaskExists", "There.", "en-US")
    assert [(detail.key, detail.value) for detail in error.values] == [("Reason", "r")]
    httpx_mock.add_exception(httpx.ConnectError("refused"), is_reusable=True)
    with pytest.raises(compat.ClientRequestError):
        tasks.get("j", "t")


def _pages(httpx_mock: HTTPXMock) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if "$skiptoken" in request.url.params:
            return httpx.Response(200, json={"value": [{"id": "c"}]})
        link = f"{URL}/jobs/j/tasks?$skiptoken=1"
        return httpx.Response(200, json={"value": [{"id": "a"}, {"id": "b"}], "odata.nextLink": link})

    httpx_mock.add_callback(serve, is_reusable=True)


def test_list(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    _pages(httpx_mock)
    options = compat.TaskListOptions(filter="state eq 'active'", select="id", max_results=2)
    paged = tasks.list("j", options)
    assert [task.id for task in paged] == ["a", "b", "c"]
    assert [task.id for task in paged] == ["a", "b", "c"], "a second walk begins again"
    params = httpx_mock.get_requests()[0].url.params
    assert (params["$filter"], params["$select"], params["maxresults"]) == ("state eq 'active'", "id", "2")


def test_list_by_hand(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    _pages(httpx_mock)
    paged = tasks.list("j", raw=True)
    assert paged.next().id == "a"
    assert [task.id for task in paged] == ["b", "c"], "going on where next() was"
    paged.reset()
    assert [task.id for task in paged.advance_page()] == ["a", "b"]
    link = paged.next_link
    assert link is not None
    assert [task.id for task in paged.advance_page()] == ["c"]
    assert [task.id for task in paged.current_page] == ["c"]
    with pytest.raises(StopIteration):
        paged.advance_page()
    assert [task.id for task in paged.get(link)] == ["c"]


def test_list_subtasks(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"value": [{"id": 1}]}, is_reusable=True)
    found = tasks.list_subtasks("j", "t", {"select": "id"})
    assert isinstance(found, CloudTaskListSubtasksResult)
    assert found.value is not None
    assert found.value[0].id == 1
    raw = tasks.list_subtasks("j", "t", raw=True)
    assert (raw.output, raw.response.status_code) == (found, 200)
    assert raw.headers["content-type"] == "application/json"


def test_list_subtasks_of_several_pages(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    link = f"{URL}/jobs/j/tasks/t/subtasksinfo?api-version=2024-02-01.19.0&$skiptoken=x"
    httpx_mock.add_response(json={"value": [{"id": 1}], "odata.nextLink": link}, headers={"request-id": "first"})
    httpx_mock.add_response(json={"value": [{"id": 2}]})
    raw = tasks.list_subtasks("j", "t", raw=True)
    assert [subtask.id for subtask in raw.output.value] == [1, 2]
    assert (raw.output.odata_next_link, raw.headers["request-id"]) == (None, "first")


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
            else:
                result["error"] = body(code, Reason="so")
            results.append(result)
        return httpx.Response(200, json={"value": results[::-1]}, headers={"request-id": "r"})


def _many(count: int) -> list[dict[str, Any]]:
    return [{"id": f"t{n}", "commandLine": "true"} for n in range(count)]


@pytest.mark.parametrize("threads", [0, 4])
def test_add_collection(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, threads: int) -> None:
    service = Service({"t7": "TaskExists"})
    httpx_mock.add_callback(service.serve, is_reusable=True)
    result = tasks.add_collection("j", _many(250), threads=threads)
    assert result.value is not None
    assert len(result.value) == 250
    assert sorted(service.there) == sorted(f"t{n}" for n in range(250) if n != 7)
    by_id = {added.task_id: added for added in result.value}
    assert by_id["t1"].status == "success"
    assert by_id["t1"].location == f"{URL}/jobs/j/tasks/t1"
    existed = by_id["t7"]
    assert existed.status == "clienterror"
    assert existed.error is not None
    assert existed.error.code == "TaskExists"


def test_add_collection_of_the_models_of_azure_batch(
    tasks: compat.TaskOperations, httpx_mock: HTTPXMock, models: Any
) -> None:
    service = Service({"t": "InvalidPropertyValue"})
    httpx_mock.add_callback(service.serve, is_reusable=True)
    theirs = [_theirs(models), models.TaskAddParameter(id="u", command_line="true")]
    with pytest.raises(compat.CreateTasksErrorException) as caught:
        tasks.add_collection("j", theirs, models.TaskAddCollectionOptions())
    assert service.there == ["u"]
    assert [result.task_id for result in caught.value.failure_tasks] == ["t"]
    assert json.loads(httpx_mock.get_requests()[0].content)["value"][0] == WIRE
    assert httpx_mock.get_requests()[0].url.params["timeout"] == "30"


def test_refused_tasks_are_listed(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_callback(Service({"t1": "InvalidPropertyValue"}).serve, is_reusable=True)
    with pytest.raises(compat.CreateTasksErrorException) as caught:
        tasks.add_collection("j", _many(3))
    error = caught.value
    assert (error.pending_tasks, error.errors) == ([], [])
    (failed,) = error.failure_tasks
    assert failed.error is not None
    assert (failed.task_id, failed.status, failed.error.code) == ("t1", "clienterror", "InvalidPropertyValue")
    assert "1 tasks failed, 0 are pending; t1: InvalidPropertyValue: It is so." in str(error)
    assert "(Reason so)" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_what_was_not_added_is_pending(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, models: Any) -> None:
    _pending(tasks, httpx_mock, [models.TaskAddParameter(id=f"t{n}", command_line="true") for n in range(450)])


def test_what_was_not_added_is_pending_for_dicts(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    _pending(tasks, httpx_mock, _many(450))


def _pending(tasks: compat.TaskOperations, httpx_mock: HTTPXMock, given: list[Any]) -> None:
    service = Service(fail=httpx.Response(409, json=body("JobCompleted")))
    httpx_mock.add_callback(service.serve, is_reusable=True)
    with pytest.raises(compat.CreateTasksErrorException) as caught:
        tasks.add_collection("j", given)
    error = caught.value
    assert len(service.there) == 100
    assert len(error.pending_tasks) == 350, "all that is not there, also what was not read yet"
    assert not error.failure_tasks, "nothing is wrong with any of them"
    assert type(error.pending_tasks[0]) is type(given[0]), "as they were passed in"
    assert isinstance(error.errors[0], e.JobCompletedError)


def test_an_outage_is_not_endless(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=503, is_reusable=True)
    retry = RetryPolicy(attempts=2, wait_initial=0)
    with (
        BatchClient(URL, SharedKeyCredential("myaccount", KEY), retry=retry) as client,
        pytest.raises(compat.CreateTasksErrorException) as caught,
    ):
        compat.TaskOperations(client).add_collection("j", _many(5))
    assert len(caught.value.pending_tasks) == 5
    assert caught.value.errors


def test_signatures_are_those_of_azure_batch(models: Any) -> None:
    theirs = importlib.import_module("azure.batch.operations")

    for name in (
        "add",
        "list",
        "add_collection",
        "delete",
        "get",
        "update",
        "list_subtasks",
        "terminate",
        "reactivate",
    ):
        ours = inspect.signature(getattr(compat.TaskOperations, name)).parameters
        there = inspect.signature(getattr(theirs.TaskOperations, name)).parameters
        assert list(ours) == list(there), name
        assert {n: p.default for n, p in ours.items()} == {n: p.default for n, p in there.items()}, name
    for name in (
        "TaskAddOptions",
        "TaskListOptions",
        "TaskGetOptions",
        "TaskUpdateOptions",
        "TaskAddCollectionOptions",
    ):
        known = set(inspect.signature(getattr(models, name).__init__).parameters) - {"self", "kwargs"}
        assert known <= set(inspect.signature(getattr(compat, name)).parameters), name


def test_times_without_a_zone_count_as_utc(tasks: compat.TaskOperations, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    for when in (WHEN, WHEN.replace(tzinfo=UTC)):
        tasks.get("j", "t", {"if_modified_since": when})
    sent = {request.headers["If-Modified-Since"] for request in httpx_mock.get_requests()}
    assert sent == {"Fri, 05 Jan 2024 07:16:39 GMT"}
