"""Reading answers: what is a result, for which task, and what a refusal means for the call."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from batchtasks._bulk.batch import EncodedTask, Results, body_of, dumps, size_of
from batchtasks._bulk.classify import Action, classify
from batchtasks._bulk.operations import AddTasks
from batchtasks._errors import error_from
from batchtasks.errors import (
    AlreadyExistsError,
    ConnectionFailedError,
    DuplicateIdError,
    InvalidInputError,
    RequestTimedOutError,
    ServiceError,
)
from batchtasks_rest._call import Answer
from tests.batchtasks.bulk import scripted as s


def read(ids: list[str], rows: Any, existing: Any = "accept", ours: tuple[str, ...] = ()) -> Results | None:
    items = [EncodedTask(task_id, b"{}", {"id": task_id}) for task_id in ids]
    for item in items:
        item.maybe_done = item.task_id in ours
    content = rows if isinstance(rows, bytes) else json.dumps({"value": rows}).encode()
    executor = s.executor(s.ScriptedBackend(s.Service()))
    return AddTasks(executor, "job", existing).read(items, Answer(200, {}, content))


def ids_of(items: list[EncodedTask]) -> list[str]:
    return [item.task_id for item in items]


def row(task_id: str, status: str = "Success", code: str | None = None) -> dict[str, Any]:
    error = {"error": {"code": code, "message": {"lang": "en-US", "value": f"{code}!\nRequestId:1\nTime:2"}}}
    return {"taskId": task_id, "status": status, **(error if code else {})}


@pytest.mark.parametrize("status", ["Success", "success", "SUCCESS"])
def test_results_come_in_any_order_and_letter_case(status: str) -> None:
    results = read(["a", "b", "c"], [row("c", status), row("A", status), row("b", status)])
    assert results is not None
    assert sorted(ids_of(results.added)) == ["a", "b", "c"]
    assert not results.again


@pytest.mark.parametrize("status", ["ClientError", "clienterror", "clientError"])
def test_exists_is_read_in_any_letter_case(status: str) -> None:
    results = read(["a", "b"], [row("a", status, "TaskExists"), row("b")])
    assert results is not None
    assert (ids_of(results.existed), ids_of(results.added)) == (["a"], ["b"])


def test_exists_after_an_unclear_attempt_is_an_own_one() -> None:
    """If an id that existed before matters, the task that exists is compared with the one that was sent."""
    exists = [row("a", "ClientError", "TaskExists")]
    results = read(["a"], exists, "accept", ours=("a",))
    assert results is not None
    assert ids_of(results.added) == ["a"]
    for existing in ("fail", "verify"):
        results = read(["a"], exists, existing, ours=("a",))
        assert results is not None
        (request,) = results.requests
        assert (ids_of(request.items), request.operation.only_reads) == (["a"], True)


def test_exists_can_be_a_failure() -> None:
    results = read(["a"], [row("a", "ClientError", "TaskExists")], "fail")
    assert results is not None
    (outcome,) = results.outcomes
    assert (outcome.task_id, outcome.status) == ("a", "failed")
    assert isinstance(outcome.error, AlreadyExistsError)
    assert outcome.error.message == "TaskExists!"


def test_of_two_tasks_with_one_id_in_a_request_the_later_fails() -> None:
    """The ids are compared before, so this is for what slips through, such as an interruption at a bad moment."""
    results = read(["a", "b", "A"], [row("b"), row("a")])
    assert results is not None
    assert sorted(ids_of(results.added)) == ["a", "b"]
    assert [(outcome.task_id, type(outcome.error)) for outcome in results.outcomes] == [("A", DuplicateIdError)]
    assert not results.again


def test_missing_results_are_to_be_sent_again_and_strange_ones_ignored() -> None:
    results = read(["a", "b", "c"], [row("b"), row("stranger"), row("b"), "text", {}, {"taskId": 7}, None])
    assert results is not None
    assert ids_of(results.added) == ["b"]
    assert [(item.task_id, failure.unclear) for item, failure in results.again] == [("a", True), ("c", True)]


def test_as_many_successes_as_tasks_are_not_yet_theirs() -> None:
    results = read(["a", "b"], [row("a"), row("stranger")])
    assert results is not None
    assert ids_of(results.added) == ["a"]
    assert [item.task_id for item, _ in results.again] == ["b"]
    results = read(["a", "b"], [row("a"), row("a")])
    assert results is not None
    assert (ids_of(results.added), len(results.again)) == (["a"], 1)


@pytest.mark.parametrize("status", ["ServerError", "servererror", "Puzzled", ""])
def test_server_errors_and_unknown_statuses_are_to_be_sent_again(status: str) -> None:
    results = read(["a"], [row("a", status, "InternalError")])
    assert results is not None
    ((item, failure),) = results.again
    assert (item.task_id, failure.unclear, failure.maybe_done) == ("a", False, True)
    assert failure.error.is_retriable


def test_a_client_error_fails_with_property_and_reason() -> None:
    error = {
        "code": "InvalidPropertyValue",
        "message": {"value": "Bad value."},
        "values": [{"key": "PropertyName", "value": "constraints"}, {"key": "Reason", "value": "negative"}, "odd"],
    }
    results = read(["a"], [{"taskId": "a", "status": "ClientError", "error": error}])
    assert results is not None
    found: Any = results.outcomes[0].error
    assert (found.property_name, found.reason, found.status_code) == ("constraints", "negative", 400)
    assert results.stop is None


@pytest.mark.parametrize("error", [None, "text", [], {}, {"message": "plain"}, {"code": 7, "message": {"value": 3}}])
def test_a_client_error_without_a_readable_error_fails_all_the_same(error: Any) -> None:
    results = read(["a"], [{"taskId": "a", "status": "ClientError", "error": error}])
    assert results is not None
    assert [outcome.status for outcome in results.outcomes] == ["failed"]


@pytest.mark.parametrize("code", ["JobCompleted", "JobBeingTerminated", "JobBeingDeleted", "JobNotFound"])
def test_a_result_that_would_meet_all_others_stops_the_call(code: str) -> None:
    results = read(["a", "b"], [row("a", "ClientError", code), row("b")])
    assert results is not None
    assert isinstance(results.stop, ServiceError)
    assert results.stop.code == code
    assert ids_of(results.added) == ["b"]


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[]", b"null", b'{"value": 3}', b'{"value": [', b"{}", b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_list_of_results_is_not_read_as_one(content: bytes) -> None:
    assert read(["a"], content) is None


def test_a_byte_order_mark_does_no_harm() -> None:
    results = read(["a"], b"\xef\xbb\xbf" + json.dumps({"value": [row("a")]}).encode())
    assert results is not None
    assert len(results.added) == 1


def test_bodies_are_joined_without_being_encoded_again() -> None:
    items = [EncodedTask("a", b'{"id":"a"}', None), EncodedTask("b", b'{"id":"b"}', None)]
    assert body_of(items) == b'{"value":[{"id":"a"},{"id":"b"}]}'
    assert size_of(items) == len(body_of(items))
    assert size_of(items[:1]) == len(body_of(items[:1]))


def test_bodies_are_the_same_without_orjson() -> None:
    document = {
        "id": "t-ü",
        "commandLine": 'echo "\n→"',
        "constraints": {"maxTaskRetryCount": -1},
        "list": [True, None],
    }
    program = (
        "import json, sys; sys.modules['orjson'] = None; from batchtasks._bulk.batch import dumps;"
        " sys.stdout.buffer.write(dumps(json.loads(sys.argv[1])))"
    )
    command = [sys.executable, "-c", program, json.dumps(document)]
    assert subprocess.run(command, check=True, capture_output=True).stdout == dumps(document)


def answer(status: int, code: str | None = None) -> Answer:
    body = {"code": code, "message": {"value": "x"}} if code else None
    return Answer(status, {}, json.dumps(body).encode() if body else b"<html>oops</html>")


@pytest.mark.parametrize(
    ("status", "code", "move"),
    [
        (413, None, "split"),
        (413, "RequestBodyTooLarge", "split"),
        (400, "RequestBodyTooLarge", "split"),
        (408, None, "retry"),
        (429, None, "retry"),
        (500, "InternalError", "retry"),
        (500, "OperationTimedOut", "retry"),
        (502, None, "retry"),
        (503, "ServerBusy", "retry"),
        (529, None, "retry"),
        (200, None, "retry"),
        (409, "SomethingQuotaReached", "retry"),
        (400, "InvalidPropertyValue", "refuse"),
        (400, None, "refuse"),
        (409, "TaskIdSameAsJobPreparationTask", "refuse"),
        (400, "UnsupportedRequestVersion", "stop"),
        (400, "InvalidAuthenticationInfo", "stop"),
        (409, "JobCompleted", "stop"),
        (409, "JobBeingTerminated", "stop"),
        (409, "JobBeingDeleted", "stop"),
        (401, None, "stop"),
        (403, "AuthenticationFailed", "stop"),
        (403, None, "stop"),
        (404, "JobNotFound", "stop"),
        (404, None, "stop"),
        (404, "TaskNotFound", "refuse"),
        (404, "ZoneNotFound", "stop"),
        (422, None, "refuse"),
        (300, None, "stop"),
        (405, "UnsupportedHttpVerb", "stop"),
        (302, None, "stop"),
        (501, None, "stop"),
        (507, None, "retry"),
    ],
)
def test_what_a_refusal_means(status: int, code: str | None, move: Action) -> None:
    assert classify(error_from(answer(status, code))).action == move


def test_what_is_clear_and_what_is_not() -> None:
    """Unclear is an attempt about which the service has said nothing; throttling asks for less."""
    assert not classify(error_from(answer(503, "ServerBusy"))).unclear
    assert classify(error_from(answer(503, "ServerBusy"))).throttled
    assert classify(error_from(answer(503))).unclear
    assert classify(error_from(answer(503))).throttled
    assert not classify(error_from(answer(429))).unclear
    assert classify(error_from(answer(500, "InternalError"))).unclear
    assert not classify(error_from(answer(500))).throttled
    assert classify(RequestTimedOutError("x")).unclear
    refused = classify(ConnectionFailedError("x", sent=False))
    assert (refused.action, refused.unclear, refused.maybe_done) == ("retry", False, False)
    assert classify(ConnectionFailedError("x")).maybe_done
    assert classify(error_from(answer(429))).maybe_done
    assert classify(InvalidInputError("x")).action == "stop"
    assert classify(ZeroDivisionError("x")).unclear


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        *(("1048576", 1048576), ("1", 1), ("9" * 19, 10**19 - 1)),
        *(("9" * 20, None), ("0", None), ("-5", None), ("x", None), ("", None)),
    ],
)
def test_the_limit_that_a_refusal_names(text: str, limit: int | None) -> None:
    body = {"code": "RequestBodyTooLarge", "message": {"value": "x"}, "values": [{"key": "MaxLimit", "value": text}]}
    assert classify(error_from(Answer(413, {}, json.dumps(body).encode()))).max_bytes == limit


@pytest.mark.parametrize("code", ["TaskExisting", "TaskExist", "Zero"])
def test_other_codes_do_not_mean_that_a_task_exists(code: str) -> None:
    results = read(["a"], [row("a", "ClientError", code)])
    assert results is not None
    assert [outcome.status for outcome in results.outcomes] == ["failed"]
