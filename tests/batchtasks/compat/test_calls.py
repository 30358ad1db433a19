"""What is sent for the arguments, options and settings of azure-batch 14, and what comes back."""

from __future__ import annotations

import json
import pickle
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

import batchtasks.models
from batchtasks import errors as e
from batchtasks.compat import BatchServiceClient, SharedKeyCredentials, exceptions, models
from tests.batchtasks.support import KEY, URL, body

WHEN = datetime(2024, 1, 5, 7, 16, 39)
WIRE = {
    "id": "t",
    "commandLine": "true",
    "constraints": {"maxWallClockTime": "PT1H"},
    "environmentSettings": [{"name": "A", "value": "1"}],
}
OLD = models.TaskAddParameter(
    id="t",
    command_line="true",
    constraints=models.TaskConstraints(max_wall_clock_time=timedelta(hours=1)),
    environment_settings=[models.EnvironmentSetting(name="A", value="1")],
)
NEW = batchtasks.models.TaskAddParameter(
    "t",
    "true",
    constraints=batchtasks.models.TaskConstraints(max_wall_clock_time=timedelta(hours=1)),
    environment_settings=[batchtasks.models.EnvironmentSetting("A", "1")],
)


@pytest.mark.parametrize("task", [OLD, NEW, WIRE, {**WIRE, "constraints": OLD.constraints}], ids=str)
def test_a_task_of_any_origin(client: Any, httpx_mock: HTTPXMock, task: Any) -> None:
    httpx_mock.add_response(status_code=201, headers={"ETag": "0x1", "request-id": "r"}, is_reusable=True)
    assert client.task.add("j", task) is None
    assert client.task.add(job_id="j", task=task) is None
    raw = client.task.add("j", task, raw=True)
    assert (raw.output, raw.headers["ETag"], raw.headers["request-id"]) == (None, "0x1", "r")
    assert (raw.response.status_code, raw.response.reason) == (201, "Created")
    assert [json.loads(request.content) for request in httpx_mock.get_requests()] == [WIRE] * 3
    assert httpx_mock.get_requests()[0].url.params["api-version"] == "2024-02-01.19.0"


OPTIONS: dict[str, Any] = {
    "timeout": 20,
    "client_request_id": "my-id",
    "return_client_request_id": True,
    "if_match": '"0x1"',
    "if_unmodified_since": WHEN,
}


@pytest.mark.parametrize("make", [dict, SimpleNamespace, models.TaskUpdateOptions])
def test_options_by_position_and_headers(client: Any, httpx_mock: HTTPXMock, make: Any) -> None:
    httpx_mock.add_response()
    constraints = models.TaskConstraints(max_task_retry_count=1)
    client.task.update("j", "t", constraints, make(**OPTIONS), {"x-mine": "1"}, timeout=9)
    request = httpx_mock.get_requests()[0]
    assert json.loads(request.content) == {"constraints": {"maxTaskRetryCount": 1}}
    assert request.url.params["timeout"] == "20"
    assert request.headers["If-Match"] == "0x1"
    assert request.headers["If-Unmodified-Since"] == "Fri, 05 Jan 2024 07:16:39 GMT"
    assert (request.headers["client-request-id"], request.headers["return-client-request-id"]) == ("my-id", "true")
    assert request.headers["x-mine"] == "1"
    assert request.extensions["timeout"]["read"] == 9


def test_options_by_keyword(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    for when in (WHEN, WHEN.replace(tzinfo=UTC)):
        client.task.get("j", task_id="t", task_get_options=models.TaskGetOptions(select="id", if_modified_since=when))
    for request in httpx_mock.get_requests():
        assert request.url.params["$select"] == "id"
        assert request.headers["If-Modified-Since"] == "Fri, 05 Jan 2024 07:16:39 GMT"


def test_options_of_another_method(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response()
    client.task.delete("j", "t", models.TaskListOptions())  # nothing but defaults
    with pytest.raises(exceptions.ValidationError, match=r"task.delete takes no 'filter'"):
        client.task.delete("j", "t", models.TaskListOptions(filter="x"))


def test_what_cannot_be_honoured_is_refused(client: Any) -> None:
    with pytest.raises(TypeError, match=r"proxies, verify: not taken by task.get"):
        client.task.get("j", "t", verify=False, proxies={})
    with pytest.raises(exceptions.ValidationError, match="Did you mean 'select'"):
        client.task.get("j", "t", {"selct": "id"})
    for threads in (-1, 1.5):
        with pytest.raises(ValueError, match="threads"):
            client.task.add_collection("j", [], threads=threads)
    with pytest.raises(exceptions.ValidationError, match="an options object or a dict, not str"):
        client.task.get("j", "t", "id,state")
    with pytest.raises(e.InvalidInputError, match="together"):
        client.task.get("j", "t", {"if_match": "0x1", "if_none_match": "0x1"})
    with pytest.raises(TypeError, match="job_id"):
        client.task.get()
    with pytest.raises(NotImplementedError, match=r"file.list_from_compute_node"):
        client.file.list_from_compute_node("p", "n")
    with pytest.raises(AttributeError, match="certificate"):
        client.certificate.list()
    with pytest.raises(AttributeError, match="remove_nodes"):
        client.pool.remove_nodes("p", {})


@pytest.mark.parametrize(("name", "status"), [("delete", 200), ("terminate", 204), ("reactivate", 204)])
def test_the_verbs(client: Any, httpx_mock: HTTPXMock, name: str, status: int) -> None:
    httpx_mock.add_response(status_code=status, match_headers={"If-Match": "*"}, is_reusable=True)
    assert getattr(client.task, name)("j", "t", {"if_match": "*"}) is None
    assert getattr(client.task, name)("j", "t", {"if_match": "*"}, raw=True).response.status_code == status


def test_an_update_without_constraints_sets_the_defaults(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response()
    client.task.update("j", "t")
    assert json.loads(httpx_mock.get_requests()[0].content) == {"constraints": {}}


def test_jobs(client: Any, httpx_mock: HTTPXMock) -> None:
    for method, status in (("PATCH", 200), ("DELETE", 202)):
        httpx_mock.add_response(method=method, status_code=status)
    httpx_mock.add_response(method="POST", url=re.compile(".*/jobs[?].*"), status_code=201)
    httpx_mock.add_response(
        method="POST", url=re.compile(".*/(disable|terminate)[?].*"), status_code=202, is_reusable=True
    )
    client.job.add(models.JobAddParameter(id="j", pool_info=models.PoolInformation(pool_id="p"), priority=1))
    client.job.patch("j", models.JobPatchParameter(on_all_tasks_complete=models.OnAllTasksComplete.terminate_job))
    client.job.disable("j", models.DisableJobOption.requeue)
    client.job.disable("j", "wait")
    client.job.terminate("j")
    client.job.terminate("j", "enough")
    client.job.delete("j", models.JobDeleteOptions(if_match="*"))
    assert [json.loads(request.content or "null") for request in httpx_mock.get_requests()] == [
        {"id": "j", "poolInfo": {"poolId": "p"}, "priority": 1},
        {"onAllTasksComplete": "terminatejob"},
        {"disableTasks": "requeue"},
        {"disableTasks": "wait"},
        None,
        {"terminateReason": "enough"},
        None,
    ]


def test_errors_have_what_programs_look_at(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=409, json=body("TaskExists", "There.", Reason="r"), headers={"request-id": "x"})
    with pytest.raises(models.BatchErrorException) as caught:
        client.task.add("j", OLD)
    error = caught.value
    assert (error.error.code, error.error.message.value, error.error.message.lang) == ("TaskExists", "There.", "en-US")
    assert [(detail.key, detail.value) for detail in error.error.values] == [("Reason", "r")]
    assert (error.response.status_code, error.response.headers["request-id"]) == (409, "x")
    assert error.response.reason == "Conflict"
    assert error.response.json()["code"] == "TaskExists"
    assert "RequestId:" in error.response.text
    assert (error.message, error.message.value) == ("There.", "There.")
    assert str(error).startswith("409 TaskExists: There. [Reason: r]")
    assert isinstance(error, e.ServiceError)
    assert isinstance(error, exceptions.HttpOperationError)
    assert isinstance(error.inner_exception, e.AlreadyExistsError)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.error, again.response) == (str(error), error.error, error.response)


def test_a_web_page_is_an_error_without_code(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=502, html="<title>Bad gateway</title>", is_reusable=True)
    with pytest.raises(models.BatchErrorException) as caught:
        client.task.get("j", "t")
    assert (caught.value.error.code, caught.value.error.values) == (None, None)
    assert "Bad gateway" in str(caught.value)


def test_no_answer(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ConnectError("refused"), is_reusable=True)
    with pytest.raises(exceptions.ClientRequestError, match="Given up after 4 attempts") as caught:
        client.task.get("j", "t")
    assert isinstance(caught.value, e.NoAnswerError)
    assert isinstance(caught.value.inner_exception, e.ConnectionFailedError)


def test_bad_input(client: Any) -> None:
    for work in (
        lambda: client.task.get("j", None),
        lambda: client.task.add("j", {"id": "t"}),
        lambda: client.task.list("a b"),
        lambda: list(client.task.list("j", models.TaskListOptions(select="nothing"))),
    ):
        with pytest.raises(exceptions.ValidationError) as caught:
            work()
        assert isinstance(caught.value, ValueError)


def test_an_error_of_the_credential_is_raised_itself() -> None:
    class Refused(Exception): ...

    class Credential:
        def get_token(self, *scopes: str) -> Any:
            raise Refused

    with BatchServiceClient(Credential(), URL) as client, pytest.raises(Refused):
        client.task.get("j", "t")


def test_credentials_of_identity_and_of_msrest(httpx_mock: HTTPXMock) -> None:
    class Identity:
        def get_token(self, *scopes: str) -> Any:
            assert scopes == ("https://batch.core.windows.net//.default",)
            return SimpleNamespace(token="identity", expires_on=9e9)

    class Msrest:
        def signed_session(self, session: Any = None) -> Any:
            session.headers["Authorization"] = "Bearer msrest"
            return session

    class Basic:
        def signed_session(self, session: Any = None) -> Any:
            return session

    class AzureBatch:
        auth = SimpleNamespace(_account_name="myaccount", _key=KEY)

        def signed_session(self, session: Any = None) -> Any: ...

    httpx_mock.add_response(json={"id": "t"}, is_reusable=True)
    for credential in (Identity(), Msrest(), AzureBatch(), SharedKeyCredentials("myaccount", KEY)):
        with BatchServiceClient(credential, URL) as client:
            client.task.get("j", "t")
    sent = [request.headers["Authorization"] for request in httpx_mock.get_requests()]
    assert sent[:2] == ["Bearer identity", "Bearer msrest"]
    assert all(header.startswith("SharedKey myaccount:") for header in sent[2:])
    with BatchServiceClient(Basic(), URL) as client, pytest.raises(exceptions.ValidationError, match="no bearer token"):
        client.task.get("j", "t")
    with pytest.raises(e.ConfigurationError) as caught:
        SharedKeyCredentials("myaccount", "not Base64!")
    below = [entry.frame.f_locals for entry in caught.traceback[1:]]
    assert below
    assert all("not Base64!" not in str(variables) for variables in below)


def test_settings(httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=503, is_reusable=True)
    with BatchServiceClient(SharedKeyCredentials("myaccount", KEY), "https://other.batch.azure.com") as client:
        assert client.config.batch_url == "https://other.batch.azure.com"
        client.config.batch_url = URL
        client.config.add_user_agent("mine/1")
        client.config.add_user_agent("yours/2")
        client.config.retry_policy.backoff_factor = 0
        client.config.connection.timeout = 7
        for retries in (2, 0):
            client.config.retry_policy.retries = retries
            with pytest.raises(models.BatchErrorException):
                client.task.get("j", "t")
        client.config.retry_policy = 3  # type: ignore[assignment]  # as Airflow does
        assert client.config.retry_policy.retries == 3
        with pytest.raises(AttributeError):
            _ = client.config.proxies  # type: ignore[attr-defined]
    requests = httpx_mock.get_requests()
    assert len(requests) == 3 + 1
    assert requests[0].url.host == "myaccount.westeurope.batch.azure.com"
    assert requests[0].headers["User-Agent"].startswith("mine/1 yours/2 batchtasks/")
    assert requests[0].extensions["timeout"]["read"] == 7
    assert KEY not in repr(client.config)
    for given in ((None, URL), (SharedKeyCredentials("a", KEY), None)):
        with pytest.raises(ValueError, match="must not be None"):
            BatchServiceClient(*given)


def _pages(httpx_mock: HTTPXMock) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if "$skiptoken" in request.url.params:
            return httpx.Response(200, json={"value": [{"id": "c"}]})
        link = f"{URL}/jobs/j/tasks?$skiptoken=1"
        return httpx.Response(200, json={"value": [{"id": "a"}, {"id": "b"}], "odata.nextLink": link})

    httpx_mock.add_callback(serve, is_reusable=True)


def test_list(client: Any, httpx_mock: HTTPXMock) -> None:
    _pages(httpx_mock)
    paged = client.task.list("j", models.TaskListOptions(filter="state eq 'active'", select="id", max_results=2))
    assert isinstance(paged, models.CloudTaskPaged)
    assert [task.id for task in paged] == ["a", "b", "c"]
    assert [task.id for task in paged] == ["a", "b", "c"], "a second walk begins again"
    params = httpx_mock.get_requests()[0].url.params
    assert (params["$filter"], params["$select"], params["maxresults"]) == ("state eq 'active'", "id", "2")


def test_list_by_hand(client: Any, httpx_mock: HTTPXMock) -> None:
    _pages(httpx_mock)
    paged = client.task.list("j", raw=True)
    assert paged.next().id == "a"
    assert [task.id for task in paged] == ["b", "c"], "going on where next() was"
    paged.reset()
    assert [task.id for task in paged.advance_page()] == ["a", "b"]
    assert json.loads(paged.raw.response.text)["value"][0]["id"] == "a"
    link = paged.next_link
    assert [task.id for task in paged.advance_page()] == ["c"]
    assert [task.id for task in paged.current_page] == ["c"]
    assert paged.next_link is None
    with pytest.raises(StopIteration):
        paged.advance_page()
    assert [task.id for task in paged.get(link)] == ["c"]


def test_a_list_raises_the_old_errors(client: Any, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(status_code=404, json=body("JobNotFound"))
    with pytest.raises(models.BatchErrorException) as caught:
        list(client.task.list("j"))
    assert caught.value.response.status_code == 404


def test_subtasks_of_several_pages_are_one_result(client: Any, httpx_mock: HTTPXMock) -> None:
    link = f"{URL}/jobs/j/tasks/t/subtasksinfo?api-version=2024-02-01.19.0&$skiptoken=x"
    httpx_mock.add_response(json={"value": [{"id": 1, "state": "completed"}], "odata.nextLink": link})
    httpx_mock.add_response(json={"value": [{"id": 2}]}, is_reusable=True)
    found = client.task.list_subtasks("j", "t")
    assert isinstance(found, models.CloudTaskListSubtasksResult)
    assert [subtask.id for subtask in found.value] == [1, 2]
    assert found.value[0].state is models.SubtaskState.completed
    raw = client.task.list_subtasks("j", "t", {"select": "id"}, raw=True)
    assert [subtask.id for subtask in raw.output.value] == [2]
