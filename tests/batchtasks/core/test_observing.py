"""Seeing what goes over the wire: log lines, hooks, spans."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import httpx
import pytest
from pytest_httpx import HTTPXMock

from batchtasks import Exchange
from batchtasks import errors as e
from batchtasks_rest._call import Call
from tests.batchtasks.support import KEY, Colour, body


def test_one_line_a_request(colour: Colour, httpx_mock: HTTPXMock, caplog: pytest.LogCaptureFixture) -> None:
    httpx_mock.add_exception(httpx.ReadTimeout("slow"))
    httpx_mock.add_response(json={"id": "t"}, headers={"request-id": "r-1"})
    caplog.set_level(logging.DEBUG, "batchtasks")
    colour.run(lambda c: c.task.get("j", "t", select="id"))
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.DEBUG]
    lines = [line for line in lines if line.startswith("GET")]
    assert len(lines) == 2
    assert lines[0].startswith("GET /jobs/j/tasks/t RequestTimedOutError ")
    assert lines[1].startswith("GET /jobs/j/tasks/t 200 ")
    assert lines[1].endswith(" ms request-id=r-1")
    assert any("next attempt in" in record.getMessage() for record in caplog.records)


def test_nothing_is_logged_unless_asked_for(httpx_mock: HTTPXMock, caplog: pytest.LogCaptureFixture) -> None:
    httpx_mock.add_response(json={"id": "t"})
    caplog.set_level(logging.WARNING)
    Colour("blocking").run(lambda c: c.task.get("j", "t"))
    assert caplog.records == []


def test_hooks_see_every_attempt_and_no_credentials(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_exception(httpx.ConnectError("refused"))
    httpx_mock.add_response(status_code=503, json=body("ServerBusy"))
    httpx_mock.add_response(status_code=201, headers={"request-id": "r"})
    asked: list[Call[Any]] = []
    came: list[Exchange] = []
    colour.run(
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}), on_request=asked.append, on_answer=came.append
    )
    assert [call.operation for call in asked] == ["Task_Add"] * 3
    assert [exchange.status_code for exchange in came] == [None, 503, 201]
    assert isinstance(came[0].error, e.ConnectionFailedError)
    assert (came[2].method, came[2].path, came[2].request_id) == ("POST", "/jobs/j/tasks", "r")
    assert len({exchange.client_request_id for exchange in came}) == 1
    assert all(exchange.seconds >= 0 for exchange in came)
    assert KEY not in repr(asked) + repr(came)
    assert "SharedKey" not in repr(asked) + repr(came)


def test_an_error_in_a_hook_reaches_the_caller(colour: Colour, httpx_mock: HTTPXMock) -> None:
    httpx_mock.add_response(json={"id": "t"})

    def fail(exchange: Exchange) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        colour.run(lambda c: c.task.get("j", "t"), on_answer=fail)


class Span:
    """What a test can see of a span."""

    def __init__(self, name: str, attributes: dict[str, Any]) -> None:
        self.name = name
        self.attributes = attributes

    def set_attribute(self, name: str, value: Any) -> None:
        self.attributes[name] = value


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[Span]:
    """Stands in for the package opentelemetry-api, with as much of it as is used."""
    made: list[Span] = []

    class Tracer:
        @contextmanager
        def start_as_current_span(self, name: str, *, kind: str, attributes: dict[str, Any]) -> Any:
            assert kind == "client"
            made.append(Span(name, dict(attributes)))
            yield made[-1]

    package, trace = ModuleType("opentelemetry"), ModuleType("opentelemetry.trace")
    trace.SpanKind = type("SpanKind", (), {"CLIENT": "client"})  # type: ignore[attr-defined]
    trace.get_tracer = lambda name: Tracer()  # type: ignore[attr-defined]
    package.trace = trace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "opentelemetry", package)
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", trace)
    return made


def test_one_span_an_operation(colour: Colour, httpx_mock: HTTPXMock, spans: list[Span]) -> None:
    httpx_mock.add_response(status_code=503, json=body("ServerBusy"))
    httpx_mock.add_response(json={"id": "t"}, headers={"request-id": "r"})
    colour.run(lambda c: c.task.get("j", "t", client_request_id="c"))
    (span,) = spans
    assert span.name == "Task_Get"
    assert span.attributes == {
        "az.namespace": "Microsoft.Batch",
        "http.request.method": "GET",
        "server.address": "myaccount.westeurope.batch.azure.com",
        "server.port": 443,
        "url.path": "/jobs/j/tasks/t",
        "az.client_request_id": "c",
        "http.request.resend_count": 1,
        "http.response.status_code": 200,
        "az.service_request_id": "r",
    }


def test_a_span_tells_what_went_wrong(colour: Colour, httpx_mock: HTTPXMock, spans: list[Span]) -> None:
    httpx_mock.add_response(status_code=404, json=body("TaskNotFound"))
    with pytest.raises(e.TaskNotFoundError):
        colour.run(lambda c: c.task.get("j", "t"), tracing=True)
    assert spans[0].attributes["error.type"] == "TaskNotFound"
    assert spans[0].attributes["http.response.status_code"] == 404
    httpx_mock.add_exception(httpx.ConnectError("refused"), is_reusable=True)
    with pytest.raises(e.ConnectionFailedError):
        colour.run(lambda c: c.task.get("j", "t"))
    assert spans[1].attributes["error.type"] == "ConnectionFailedError"


def test_one_span_for_a_bulk_call(colour: Colour, httpx_mock: HTTPXMock, spans: list[Span]) -> None:
    rows = [{"taskId": "a", "status": "Success"}, {"taskId": "b", "status": "ClientError", "error": {"code": "Bad"}}]
    httpx_mock.add_response(status_code=503)
    httpx_mock.add_response(json={"value": rows})
    tasks = [{"id": task_id, "commandLine": "true"} for task_id in "ab"]
    with pytest.raises(e.BatchTasksError):
        colour.run(lambda c: c.task.add_collection("j", tasks))
    (span,) = spans
    assert span.name == "Task_AddCollection"
    assert span.attributes == {
        "az.namespace": "Microsoft.Batch",
        "server.address": "myaccount.westeurope.batch.azure.com",
        "server.port": 443,
        "batchtasks.job_id": "j",
        "batchtasks.added": 1,
        "batchtasks.existed": 0,
        "batchtasks.failed": 1,
        "batchtasks.unknown": 0,
        "batchtasks.unsent": 0,
        "batchtasks.requests": 2,
        "batchtasks.retried": 2,
        "error.type": "BulkAddError",
    }
    httpx_mock.add_response(status_code=200)
    colour.run(lambda c: c.task.delete_many("j", ["a"], concurrency=1))
    assert (spans[1].name, spans[1].attributes["batchtasks.deleted"]) == ("Task_DeleteMany", 1)
    assert "error.type" not in spans[1].attributes


def test_the_span_of_an_interrupted_bulk_call_has_its_numbers(
    colour: Colour, httpx_mock: HTTPXMock, spans: list[Span]
) -> None:
    httpx_mock.add_response(json={"value": [{"taskId": "a", "status": "Success"}]})
    tasks = [{"id": "a", "commandLine": "true"}]
    with pytest.raises(ZeroDivisionError):
        colour.run(lambda c: c.task.add_collection("j", tasks, on_result=lambda outcome: 1 / 0))
    assert (spans[0].attributes["error.type"], spans[0].attributes["batchtasks.added"]) == ("ZeroDivisionError", 1)


def test_no_spans_when_they_are_not_wanted(colour: Colour, httpx_mock: HTTPXMock, spans: list[Span]) -> None:
    httpx_mock.add_response(json={"id": "t"})
    colour.run(lambda c: c.task.get("j", "t"), tracing=False)
    assert spans == []


def test_spans_without_the_package_are_refused_clearly(
    colour: Colour, httpx_mock: HTTPXMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    monkeypatch.delitem(sys.modules, "opentelemetry.trace", raising=False)
    with pytest.raises(e.ConfigurationError, match="opentelemetry-api"):
        colour.client(tracing=True)
    httpx_mock.add_response(json={"id": "t"})
    colour.run(lambda c: c.task.get("j", "t"))
