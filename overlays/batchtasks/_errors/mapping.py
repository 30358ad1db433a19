"""Build the exception for an answer; its class depends only on the status code and the error code."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from batchtasks import errors as e
from batchtasks._errors.parse import read_error_body, retry_after_of, without_secrets
from batchtasks._validation.values import seconds_of_http_date
from batchtasks_rest._call import Answer, AnyCall

# The class of a status code whose error code is unknown or has no class of its own.
_BY_STATUS: dict[int, type[e.ServiceError]] = {
    304: e.NotModifiedError,
    400: e.InvalidRequestError,
    401: e.AuthenticationError,
    403: e.PermissionDeniedError,
    404: e.NotFoundError,
    405: e.InvalidRequestError,
    409: e.ConflictError,
    411: e.InvalidRequestError,
    412: e.ConditionNotMetError,
    413: e.TooLargeError,
    416: e.InvalidRequestError,
    429: e.ThrottledError,
}

# Error codes that say more than their status code. With another status code they are ignored.
_BY_CODE: dict[tuple[int, str], type[e.ServiceError]] = {
    (400, "InvalidAuthenticationInfo"): e.AuthenticationError,
    (403, "AuthenticationFailed"): e.AuthenticationError,
    # A file that could not be read or written on the node: in spite of the status code not a matter of permissions.
    (403, "IOError"): e.ServiceError,
    (404, "FileNotFound"): e.TaskFileNotFoundError,
    (404, "JobNotFound"): e.JobNotFoundError,
    (404, "TaskNotFound"): e.TaskNotFoundError,
    (409, "JobExists"): e.AlreadyExistsError,
    (409, "TaskExists"): e.AlreadyExistsError,
    (409, "TaskCompleted"): e.TaskCompletedError,
    (409, "TaskNotCompleted"): e.TaskNotCompletedError,
    (409, "TaskSucceeded"): e.TaskSucceededError,
    (409, "JobCompleted"): e.JobCompletedError,
    (409, "JobBeingTerminated"): e.JobBeingTerminatedError,
    (409, "JobBeingDeleted"): e.JobBeingDeletedError,
    (409, "JobDisabled"): e.JobDisabledError,
    (409, "JobNotActive"): e.WrongStateError,
    (409, "OperationInvalidForCurrentState"): e.WrongStateError,
    (409, "TaskFilesUnavailable"): e.WrongStateError,
    (409, "TaskFilesCleanedup"): e.WrongStateError,
    (409, "InvalidApplicationPackageReferences"): e.InvalidRequestError,
    (503, "ServerBusy"): e.ThrottledError,
}

_BY_FOLDED_CODE = {(status, code.casefold()): kind for (status, code), kind in _BY_CODE.items()}
_STATUS_OF_CODE = {code.casefold(): status for status, code in _BY_CODE}

_REDIRECTS = (301, 302, 303, 307, 308)
# The service accepts a difference of 15 minutes between its clock and the caller's.
_MAX_CLOCK_SKEW = 14 * 60.0


def error_class(status_code: int, code: str | None) -> type[e.ServiceError]:
    """Return the exception class for a status code and an error code (without regard to letter case)."""
    folded = (code or "").casefold()
    known = _BY_FOLDED_CODE.get((status_code, folded)) or _BY_STATUS.get(status_code)
    if status_code == 409 and folded.endswith("quotareached"):
        return e.QuotaError
    return known or (e.ServerError if status_code >= 500 else e.ServiceError)


def error_from(answer: Answer, call: AnyCall | None = None, *, now: float | None = None) -> e.ServiceError:
    """Return the exception for any answer: any status code, any body, any media type.

    Args:
        answer: The answer.
        call: The request, which the exception then names.
        now: The local time in seconds since 1970, to notice a wrong clock. Default: the time of the system.
    """
    body = read_error_body(answer.content, answer.headers.get("Content-Type"))
    now = time.time() if now is None else now
    error = error_class(answer.status_code, body.code)(
        body.message or _default_message(answer.status_code),
        status_code=answer.status_code,
        code=body.code,
        values=body.values,
        headers=answer.headers,
        request_id=answer.headers.get("request-id") or body.request_id,
        client_request_id=answer.headers.get("client-request-id")
        or (call.headers.get("client-request-id") if call else None),
        retry_after=retry_after_of(answer.headers, now),
        operation=call.operation if call else "",
        method=call.method if call else "",
        path=without_secrets(call.path) if call else "",
    )
    if isinstance(error, e.AuthenticationError):
        _add_clock_hint(error, answer.headers, now)
    return error


def error_of_item(
    code: str | None, message: str, values: Iterable[tuple[str, str]] = (), *, server: bool
) -> e.ServiceError:
    """Return the exception for one task of a collection, whose result has an error code but no status code.

    The status code is the usual one of the error code, or 500 (`server`) or 400.
    """
    status = _STATUS_OF_CODE.get((code or "").casefold()) or (500 if server else 400)
    if server and status < 500:
        status = 500
    text = without_secrets(message) or _default_message(status)
    return error_class(status, code)(text, status_code=status, code=code, values=values)


def unreadable(answer: Answer, call: AnyCall, message: str) -> e.UnreadableAnswerError:
    """Return the exception for an answer whose status code means success and whose body cannot be read."""
    return e.UnreadableAnswerError(
        message,
        status_code=answer.status_code,
        headers=answer.headers,
        request_id=answer.headers.get("request-id"),
        client_request_id=call.headers.get("client-request-id"),
        operation=call.operation,
        method=call.method,
        path=call.path,
    )


def _default_message(status_code: int) -> str:
    """Return the message for an answer without a readable body."""
    if status_code in _REDIRECTS:
        return "The answer redirects to another address, where no credentials are sent: check the account URL."
    try:
        return f"{HTTPStatus(status_code).phrase}."
    except ValueError:
        return "The answer gives no reason."


def _add_clock_hint(error: e.AuthenticationError, headers: Mapping[str, str], now: float) -> None:
    there = seconds_of_http_date(headers.get("Date"))
    if there is None or abs(now - there) < _MAX_CLOCK_SKEW:
        if error.code == "AuthenticationFailed":
            error.add_hint("Check that account name, key and URL belong together.")
        return
    minutes = round(abs(now - there) / 60)
    side = "ahead of" if now > there else "behind"
    error.add_hint(
        f"The clock of this machine is {minutes} minutes {side} the service's clock; at most 15 are allowed."
    )
