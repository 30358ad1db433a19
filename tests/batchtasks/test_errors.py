"""The class of an error follows from status and code alone; any answer whatsoever becomes an error object."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpx import HTTPXMock

from batchtasks import JobEndedError, TasksBlockedError, WaitError, WaitResult, WaitTimeoutError
from batchtasks import _errors as mapping
from batchtasks import errors as e
from batchtasks._errors import _BY_CODE
from batchtasks.conditions import if_match, if_modified_since, if_none_match, if_unmodified_since
from batchtasks_rest._call import Answer
from batchtasks_rest._facts import ERROR_CODES
from tests.batchtasks.support import KEY, Mode, answer, body, refusal

WHEN = "2024-01-05T07:16:39Z"
CONDITIONS: dict[str, Any] = {
    "none": None,
    "If-Match tag": if_match("0x8D1"),
    "If-Match *": if_match("*"),
    "If-None-Match tag": if_none_match("0x8D1"),
    "If-None-Match *": if_none_match("*"),
    "If-Modified-Since": if_modified_since(WHEN),
    "If-Unmodified-Since": if_unmodified_since(WHEN),
}

# What a caller has to tell apart; every other code of the service has the class of its status.
EXPECTED: dict[tuple[int, str], type[e.ServiceError]] = {
    (304, "ConditionNotMet"): e.NotModifiedError,
    (412, "ConditionNotMet"): e.ConditionNotMetError,
    (400, "InvalidPropertyValue"): e.InvalidRequestError,
    (400, "InvalidAuthenticationInfo"): e.AuthenticationError,
    (403, "AuthenticationFailed"): e.AuthenticationError,
    (403, "InsufficientAccountPermissions"): e.PermissionDeniedError,
    (403, "IOError"): e.ServiceError,
    (404, "ResourceNotFound"): e.NotFoundError,
    (404, "JobNotFound"): e.JobNotFoundError,
    (404, "TaskNotFound"): e.TaskNotFoundError,
    (404, "FileNotFound"): e.TaskFileNotFoundError,
    (404, "NodeNotFound"): e.NotFoundError,
    (405, "UnsupportedHttpVerb"): e.InvalidRequestError,
    (409, "TaskExists"): e.AlreadyExistsError,
    (409, "JobExists"): e.AlreadyExistsError,
    (409, "TaskCompleted"): e.TaskCompletedError,
    (409, "TaskNotCompleted"): e.TaskNotCompletedError,
    (409, "TaskSucceeded"): e.TaskSucceededError,
    (409, "JobCompleted"): e.JobCompletedError,
    (409, "JobBeingTerminated"): e.JobBeingTerminatedError,
    (409, "JobBeingDeleted"): e.JobBeingDeletedError,
    (409, "JobDisabled"): e.JobDisabledError,
    (409, "JobNotActive"): e.WrongStateError,
    (409, "TaskFilesUnavailable"): e.WrongStateError,
    (409, "TaskFilesCleanedup"): e.WrongStateError,
    (409, "OperationInvalidForCurrentState"): e.WrongStateError,
    (409, "ActiveJobAndScheduleQuotaReached"): e.QuotaError,
    (409, "PoolQuotaReached"): e.QuotaError,
    (409, "InvalidApplicationPackageReferences"): e.InvalidRequestError,
    (409, "TaskIdSameAsJobReleaseTask"): e.ConflictError,
    (411, "MissingContentLengthHeader"): e.InvalidRequestError,
    (413, "RequestBodyTooLarge"): e.TooLargeError,
    (416, "InvalidRange"): e.InvalidRequestError,
    (429, "TooManyRequests"): e.ThrottledError,
    (500, "InternalError"): e.ServerError,
    (500, "OperationTimedOut"): e.ServerError,
    (503, "ServerBusy"): e.ThrottledError,
}
OF_STATUS: dict[int, type[e.ServiceError]] = {
    302: e.ServiceError,
    304: e.NotModifiedError,
    400: e.InvalidRequestError,
    401: e.AuthenticationError,
    403: e.PermissionDeniedError,
    404: e.NotFoundError,
    407: e.ServiceError,
    409: e.ConflictError,
    412: e.ConditionNotMetError,
    413: e.TooLargeError,
    418: e.ServiceError,
    429: e.ThrottledError,
    500: e.ServerError,
    502: e.ServerError,
    503: e.ServerError,
    504: e.ServerError,
    529: e.ServerError,
}


@pytest.mark.parametrize(("status", "code"), EXPECTED)
def test_code_decides_the_class(status: int, code: str) -> None:
    for spelling in (code, code.lower(), code.upper()):
        error = mapping.error_from(refusal(status, spelling))
        assert type(error) is EXPECTED[status, code]
        assert (error.status_code, error.code) == (status, spelling)


@pytest.mark.parametrize("status", OF_STATUS)
@pytest.mark.parametrize("code", [None, "NeverHeardOf"])
def test_status_decides_where_the_code_says_nothing(status: int, code: str | None) -> None:
    error = mapping.error_from(answer(status, body(code) if code else None))
    assert type(error) is OF_STATUS[status]
    assert error.code == code


def test_every_code_of_the_service_has_a_class_that_fits_its_status() -> None:
    for code, statuses in ERROR_CODES.items():
        for status in statuses:
            kind = mapping.error_class(status, code)
            assert kind is EXPECTED.get((status, code), OF_STATUS.get(status)), (status, code)


def test_no_code_of_the_table_is_unknown_to_the_service() -> None:
    strangers = {pair for pair in _BY_CODE if pair[0] not in ERROR_CODES.get(pair[1], ())}
    assert strangers == set()


@pytest.mark.parametrize("status", [401, 403, 404, 409, 412, 500, 304, 400, 429, 503])
def test_the_request_does_not_change_the_class(mode: Mode, httpx_mock: HTTPXMock, status: int) -> None:
    code = {401: None, 403: "AuthenticationFailed", 404: "TaskNotFound", 409: "TaskCompleted", 412: "ConditionNotMet"}
    code |= {500: "InternalError", 304: None, 400: "InvalidPropertyValue", 429: "TooManyRequests", 503: "ServerBusy"}
    text = code[status]
    httpx_mock.add_response(
        status_code=status, json=body(text) if text else None, content=None if text else b"", is_reusable=True
    )
    wanted = EXPECTED[status, text] if text else OF_STATUS[status]
    for condition in CONDITIONS.values():
        for use in (
            lambda client, c=condition: client.task.get("j", "t", condition=c),
            lambda client, c=condition: client.task.update("j", "t", condition=c),
            lambda client, c=condition: client.task.terminate("j", "t", condition=c),
        ):
            with pytest.raises(e.ServiceError) as caught:
                mode.run(use)
            assert type(caught.value) is wanted
            assert caught.value.status_code == status


def test_text_has_what_is_needed_to_act() -> None:
    document = body("InvalidPropertyValue", "No good.", PropertyName="maxTaskRetryCount", Reason="Below -1")
    error = mapping.error_from(answer(400, document, {"request-id": "r-1", "client-request-id": "c-1"}))
    assert str(error) == (
        "400 InvalidPropertyValue: No good. [PropertyName: maxTaskRetryCount, Reason: Below -1] "
        "(request-id r-1, client-request-id c-1)"
    )
    assert (error.property_name, error.reason, error.parameter) == ("maxTaskRetryCount", "Below -1", None)
    assert error.details == {"PropertyName": "maxTaskRetryCount", "Reason": "Below -1"}


def test_request_id_is_found_in_the_message_when_the_header_is_gone() -> None:
    error = mapping.error_from(Answer(404, httpx.Headers(), answer(404, body("JobNotFound")).content))
    assert error.request_id == "11111111-2222-3333-4444-555555555555"
    assert error.message == "It is so."


BODIES: dict[str, tuple[bytes, str | None, str | None, str]] = {
    "html": (
        b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body>",
        "text/html",
        None,
        "502 Bad Gateway",
    ),
    "html without title": (b"<body><h1>Oh</h1><script>x</script> dear</body>", "text/html", None, "Oh dear"),
    "empty": (b"", None, None, "Bad Gateway"),
    "truncated": (b'{"code": "ServerBusy", "mess', "application/json", None, '{"code": "ServerBusy", "mess'),
    "other service": (b'{"success": false, "error": {"code": "Denied", "message": "No."}}', None, "Denied", "No."),
    "error is text": (b'{"error": "invalid_grant", "error_description": "Bad."}', None, "invalid_grant", "Bad."),
    "message is text": (b'{"code": "X", "message": "Plain."}', "application/json", "X", "Plain."),
    "odata error": (b'{"odata.error": {"code": "X", "message": {"value": "V"}}}', "application/json", "X", "V"),
    "latin-1": ("Zugriff verweigert für Sie".encode("latin-1"), "text/plain; charset=iso-8859-1", None, "für"),
    "wrong charset": ("für".encode(), "text/plain; charset=no-such-thing", None, "für"),
    "utf-16 json": ('{"code": "X", "message": "M"}'.encode("utf-16"), "application/json", "X", "M"),
    "a list": (b"[1, 2]", "application/json", None, "Bad Gateway"),
    "nulls": (b'{"code": null, "message": null, "values": null}', "application/json", None, "Bad Gateway"),
    "numbers": (b'{"code": 7, "message": {"value": 8}, "values": [1, {"key": "a", "value": 9}]}', None, "7", "8"),
    "deep": (b"[" * 100_000, "application/json", None, "[["),
    "octets": (bytes(range(256)), "application/octet-stream", None, ""),
}


@pytest.mark.parametrize("name", BODIES)
def test_any_body_gives_an_error_that_says_what_could_be_read(name: str) -> None:
    content, media_type, code, message = BODIES[name]
    error = mapping.error_from(answer(502, content, {"Content-Type": media_type} if media_type else {}))
    assert type(error) is e.ServerError
    assert (error.status_code, error.code) == (502, code)
    assert message in error.message
    assert str(error).startswith("502")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed_and_says_so(mode: Mode, httpx_mock: HTTPXMock, status: int) -> None:
    httpx_mock.add_response(status_code=status, headers={"Location": "https://elsewhere.example"})
    with pytest.raises(e.ServiceError, match=r"redirects to another address.* check the account URL"):
        mode.run(lambda c: c.task.get("j", "t"))


@given(
    st.integers(100, 999).filter(lambda status: not 200 <= status < 300),
    st.binary(max_size=200) | st.text(max_size=50).map(lambda text: text.encode()),
    st.dictionaries(st.sampled_from(["Content-Type", "Retry-After", "Date", "request-id"]), st.text(max_size=30)),
)
def test_no_answer_is_too_odd(status: int, content: bytes, headers: dict[str, str]) -> None:
    error = mapping.error_from(Answer(status, headers, content), now=0.0)
    assert error.status_code == status
    assert str(error)
    assert pickle.loads(pickle.dumps(error)).status_code == status


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"x-ms-retry-after-ms": "250", "Retry-After": "9"}, 0.25),
        ({"Retry-After": "Tue, 05 Nov 2024 10:00:30 GMT", "Date": "Tue, 05 Nov 2024 10:00:00 GMT"}, 30.0),
        ({"Retry-After": "Tue, 05 Nov 2024 09:00:00 GMT", "Date": "Tue, 05 Nov 2024 10:00:00 GMT"}, 0.0),
        ({"Retry-After": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60.0),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "inf"}, None),
        ({}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert mapping.error_from(answer(429, None, headers), now=0.0).retry_after == seconds


@pytest.mark.parametrize(
    ("status", "retriable"),
    [(408, True), (429, True), (500, True), (502, True), (503, True), (504, True), (529, True)]
    + [(status, False) for status in (304, 400, 401, 403, 404, 409, 412, 413, 501, 505)],
)
def test_what_may_be_sent_again(status: int, retriable: bool) -> None:
    error = mapping.error_from(answer(status))
    assert error.is_retriable is retriable
    assert error.outcome_unknown is retriable


def test_a_request_that_was_never_sent_has_a_known_outcome() -> None:
    assert not e.ConnectionFailedError("x", sent=False).outcome_unknown
    assert e.ConnectionFailedError("x", sent=True).outcome_unknown
    assert e.RequestTimedOutError("x").is_retriable


@pytest.mark.parametrize(("hours", "side"), [(1, "ahead of"), (-1, "behind")])
def test_a_wrong_clock_is_named(hours: int, side: str) -> None:
    there = 1730800800.0  # Tue, 05 Nov 2024 10:00:00 GMT
    refused = refusal(403, "AuthenticationFailed", {"Date": "Tue, 05 Nov 2024 10:00:00 GMT"})
    assert f"60 minutes {side} the service's" in str(mapping.error_from(refused, now=there + hours * 3600))
    assert "clock" not in str(mapping.error_from(refused, now=there + 60))
    assert "belong together" in str(mapping.error_from(refused, now=there + 60))
    assert "clock" not in str(mapping.error_from(refusal(404, "JobNotFound"), now=there + hours * 3600))


SECRETS = {
    "signature": "dxH8Gf2zLs7HUEdVbLuEmEJOYVv4fWTTbPbmiUNWGxc=",
    "key": KEY,
    "token": "eyJ0eXAiOiJKV1QiLCJhbGciOi.eyJhdWQiOiJodHRwczov.abcdefghijk",
    "sas": "Zm9vYmFyYmF6",
}


@pytest.mark.parametrize("field", ["message", "value", "page", "json"])
def test_secrets_that_an_answer_quotes_are_blanked(field: str) -> None:
    text = (
        f"The MAC signature found '{SECRETS['signature']}' is wrong; Authorization: SharedKey a:{SECRETS['signature']}, "
        f"key {KEY}, Bearer {SECRETS['token']}, https://x/y?sv=1&sig={SECRETS['sas']}"
    )
    document: Any = {"message": body("AuthenticationFailed", text), "value": body("A", AuthenticationErrorDetail=text)}
    document |= {"page": f"<p>{text}</p>".encode(), "json": [text]}
    error = mapping.error_from(answer(403, document[field]))
    shown = f"{error} {error!r} {error.values} {error.__dict__}"
    assert not [name for name, secret in SECRETS.items() if secret in shown]


def _every_error() -> list[e.BatchTasksError]:
    made: list[e.BatchTasksError] = []
    for kind in (*vars(e).values(), WaitError, JobEndedError, TasksBlockedError, WaitTimeoutError):
        if not (isinstance(kind, type) and issubclass(kind, e.BatchTasksError)):
            continue
        if issubclass(kind, e.ServiceError):
            made.append(kind("m", status_code=409, code="C", values=[("k", "v")], request_id="r", retry_after=3.0))
        elif issubclass(kind, WaitError):
            made.append(kind("m", result=WaitResult(pending=("a",))))
        elif kind is e.UnsupportedInApiVersionError:
            made.append(kind("m", what="w", api_version="v", versions=("x",)))
        elif issubclass(kind, e.NoAnswerError):
            made.append(kind("m", method="GET", path="/p", sent=False))
        else:
            made.append(kind("m"))
    return made


@pytest.mark.parametrize("error", _every_error(), ids=lambda error: type(error).__name__)
def test_errors_survive_pickle(error: e.BatchTasksError) -> None:
    try:
        raise error from RuntimeError("with a traceback")
    except e.BatchTasksError as raised:
        copy = pickle.loads(pickle.dumps(raised))
    assert type(copy) is type(error)
    assert (str(copy), copy.args, copy.__dict__) == (str(error), error.args, error.__dict__)
    assert (copy.is_retriable, copy.retry_after) == (error.is_retriable, error.retry_after)


@pytest.mark.parametrize("error", _every_error(), ids=lambda error: type(error).__name__)
def test_help_explains_what_an_error_has(error: e.BatchTasksError) -> None:
    told = " ".join(kind.__doc__ or "" for kind in type(error).__mro__)
    assert [name for name in vars(error) if not re.search(rf"\b{name}\b", told)] == []


def test_the_tree_in_the_reference_is_complete() -> None:
    drawn = set(
        (Path(__file__).resolve().parents[2] / "docs/reference/errors.md").read_text("utf-8").replace(",", " ").split()
    )
    missing = {type(error).__name__ for error in _every_error()} - drawn
    assert missing == set()


def test_all_errors_have_one_root_and_input_errors_are_value_errors() -> None:
    assert all(isinstance(error, e.BatchTasksError) for error in _every_error())
    assert issubclass(e.InvalidIdError, ValueError)
    assert issubclass(WaitTimeoutError, TimeoutError)


@pytest.mark.parametrize(
    ("code", "server", "kind", "status"),
    [
        ("TaskExists", False, e.AlreadyExistsError, 409),
        ("InvalidPropertyValue", False, e.InvalidRequestError, 400),
        ("InternalError", True, e.ServerError, 500),
        ("ServerBusy", True, e.ThrottledError, 503),
        (None, True, e.ServerError, 500),
        (None, False, e.InvalidRequestError, 400),
    ],
)
def test_errors_of_single_tasks_of_a_collection(
    code: str | None, server: bool, kind: type[e.ServiceError], status: int
) -> None:
    error = mapping.error_of_item(code, "m", [("Reason", "r")], server=server)
    assert (type(error), error.status_code, error.code, error.reason) == (kind, status, code, "r")


@pytest.mark.parametrize(
    "use",
    [
        lambda c: c.task.get("j", "t"),
        lambda c: c.task.add("j", {"id": "t", "commandLine": "x"}),
        lambda c: c.task.add_collection("j", [{"id": "t", "commandLine": "x"}]),
        lambda c: c.task.delete_many("j", ["t"]),
    ],
    ids=["get", "add", "add_collection", "delete_many"],
)
def test_a_notebook_shows_the_callers_line_and_the_last_of_ours(mode: Mode, httpx_mock: HTTPXMock, use: Any) -> None:
    """IPython and pytest leave out frames with __tracebackhide__; the last one IPython always shows."""
    httpx_mock.add_response(status_code=404, json=body("JobNotFound"))
    with pytest.raises(e.JobNotFoundError) as caught:
        mode.run(use)
    ours = [entry for entry in caught.traceback if entry.frame.f_globals["__name__"].startswith("batchtasks")]
    assert len(ours) > 3
    assert [entry.name for entry in ours[:-1] if not entry.frame.f_locals.get("__tracebackhide__")] == []
