"""From an answer to an exception: its class depends only on the status code and the error code.

Any body is read: the service's own refusal, another service's, a proxy's page, or nothing.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Mapping
from http.client import responses
from typing import Any

from attrs import frozen

from batchtasks import errors
from batchtasks._validation.values import read_http_date
from batchtasks_rest._call import Answer, AnyCall

# The class of a status code whose error code is unknown or has no class of its own.
_BY_STATUS: dict[int, type[errors.ServiceError]] = {
    304: errors.NotModifiedError,
    400: errors.InvalidRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    405: errors.InvalidRequestError,
    409: errors.ConflictError,
    411: errors.InvalidRequestError,
    412: errors.ConditionNotMetError,
    413: errors.TooLargeError,
    416: errors.InvalidRequestError,
    429: errors.ThrottledError,
}

# Error codes that say more than their status code. With another status code they are ignored.
_BY_CODE: dict[tuple[int, str], type[errors.ServiceError]] = {
    (400, "InvalidAuthenticationInfo"): errors.AuthenticationError,
    (403, "AuthenticationFailed"): errors.AuthenticationError,
    # A file that could not be read or written on the node: in spite of the status code not a matter of permissions.
    (403, "IOError"): errors.ServiceError,
    (404, "FileNotFound"): errors.TaskFileNotFoundError,
    (404, "JobNotFound"): errors.JobNotFoundError,
    (404, "TaskNotFound"): errors.TaskNotFoundError,
    (409, "JobExists"): errors.AlreadyExistsError,
    (409, "TaskExists"): errors.AlreadyExistsError,
    (409, "TaskCompleted"): errors.TaskCompletedError,
    (409, "TaskNotCompleted"): errors.TaskNotCompletedError,
    (409, "TaskSucceeded"): errors.TaskSucceededError,
    (409, "JobCompleted"): errors.JobCompletedError,
    (409, "JobBeingTerminated"): errors.JobBeingTerminatedError,
    (409, "JobBeingDeleted"): errors.JobBeingDeletedError,
    (409, "JobDisabled"): errors.JobDisabledError,
    (409, "JobNotActive"): errors.WrongStateError,
    (409, "OperationInvalidForCurrentState"): errors.WrongStateError,
    (409, "TaskFilesUnavailable"): errors.WrongStateError,
    (409, "TaskFilesCleanedup"): errors.WrongStateError,
    (409, "InvalidApplicationPackageReferences"): errors.InvalidRequestError,
    (503, "ServerBusy"): errors.ThrottledError,
}

_BY_FOLDED_CODE = {(status, code.casefold()): kind for (status, code), kind in _BY_CODE.items()}
_STATUS_OF_CODE = {code.casefold(): status for status, code in _BY_CODE}

_REDIRECTS = (301, 302, 303, 307, 308)
# The service accepts a difference of 15 minutes between its clock and the caller's.
_MAX_CLOCK_SKEW = 14 * 60.0

# All texts are cut before they are searched: some patterns below take quadratic time on text made to slow them down.
_MAX_PAGE = 4_000
_MAX_TEXT = 8_000
_MAX_SHOWN = 500
_MAX_VALUES = 50
_TRAILER = re.compile(r"^(RequestId|Time):(.*)$", re.IGNORECASE)
# Credentials that a page or the service's own text may quote.
_SECRETS = (
    (re.compile(r"(SharedKey(?:Lite)?\s+[^\s:]+:)[A-Za-z0-9+/=]+", re.IGNORECASE), r"\1***"),
    (re.compile(r"(Bearer\s+)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), r"\1***"),
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])"), "***"),
    (re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])"), "***"),
    (re.compile(r"([?&]sig=)[^&\s'\"<>]+", re.IGNORECASE), r"\1***"),
)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)


def error_class(status_code: int, code: str | None) -> type[errors.ServiceError]:
    """Return the exception class for a status code and an error code (without regard to letter case)."""
    folded = (code or "").casefold()
    known = _BY_FOLDED_CODE.get((status_code, folded)) or _BY_STATUS.get(status_code)
    if status_code == 409 and folded.endswith("quotareached"):
        return errors.QuotaError
    return known or (errors.ServerError if status_code >= 500 else errors.ServiceError)


def error_from(answer: Answer, call: AnyCall | None = None, *, now: float | None = None) -> errors.ServiceError:
    """Return the exception for any answer: any status code, any body, any media type.

    It names the `call`, if there is one. `now` is the local time in seconds since 1970, to notice a wrong clock.
    """
    body = read_error_body(answer.content, answer.headers.get("Content-Type"))
    now = time.time() if now is None else now
    error = error_class(answer.status_code, body.code)(
        body.message or _default_message(answer.status_code),
        code=body.code,
        values=body.values,
        retry_after=retry_after_of(answer.headers, now),
        **_of_exchange(answer, call),
    )
    error.request_id = error.request_id or body.request_id
    if isinstance(error, errors.AuthenticationError):
        _add_clock_hint(error, answer.headers, now)
    return error


def error_of_item(
    code: str | None, message: str, values: Iterable[tuple[str, str]] = (), *, server: bool
) -> errors.ServiceError:
    """Return the exception for one task of a collection, whose result has an error code but no status code.

    The status code is the usual one of the error code, or 500 (`server`) or 400.
    """
    usual = _STATUS_OF_CODE.get((code or "").casefold(), 400)
    status = max(usual, 500) if server else usual
    text = without_secrets(message) or _default_message(status)
    return error_class(status, code)(text, status_code=status, code=code, values=values)


def unreadable(answer: Answer, call: AnyCall, message: str) -> errors.UnreadableAnswerError:
    """Return the exception for an answer whose status code means success and whose body cannot be read."""
    return errors.UnreadableAnswerError(message, **_of_exchange(answer, call))


def _of_exchange(answer: Answer, call: AnyCall | None) -> dict[str, Any]:
    """Return what every ServiceError says of the request and its answer."""
    found = {
        "status_code": answer.status_code,
        "headers": answer.headers,
        "request_id": answer.headers.get("request-id"),
        "client_request_id": answer.headers.get("client-request-id"),
    }
    if call is None:
        return found
    found["client_request_id"] = found["client_request_id"] or call.headers.get("client-request-id")
    return found | {"operation": call.operation, "method": call.method, "path": without_secrets(call.path)}


def _default_message(status_code: int) -> str:
    """Return the message for an answer without a readable body."""
    if status_code in _REDIRECTS:
        return "The answer redirects to another address, where no credentials are sent: check the account URL."
    phrase = responses.get(status_code)
    return f"{phrase}." if phrase else "The answer gives no reason."


def _add_clock_hint(error: errors.AuthenticationError, headers: Mapping[str, str], now: float) -> None:
    there = read_http_date(headers.get("Date"))
    ahead = 0.0 if there is None else now - there.timestamp()
    if abs(ahead) < _MAX_CLOCK_SKEW:
        if error.code == "AuthenticationFailed":
            error.add_hint("Check that account name, key and URL belong together.")
        return
    minutes, side = round(abs(ahead) / 60), "ahead of" if ahead > 0 else "behind"
    error.add_hint(
        f"The clock of this machine is {minutes} minutes {side} the service's clock; at most 15 are allowed."
    )


@frozen
class ErrorBody:
    """What could be read of a refusal."""

    code: str | None = None
    message: str = ""
    values: tuple[tuple[str, str], ...] = ()
    request_id: str | None = None


def without_secrets(text: str) -> str:
    """Return a text, cut to 8,000 characters, with signatures, tokens and account keys replaced by ***."""
    text = text[:_MAX_TEXT]
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def read_error_body(content: bytes, content_type: str | None) -> ErrorBody:
    """Return what can be read of any body; never raises."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return _from_text(_decode(content, content_type))
    if isinstance(document, str):
        return _from_text(document)
    return error_body_from(document) if isinstance(document, dict) else ErrorBody()


def error_body_from(document: dict[str, Any]) -> ErrorBody:
    """Return what can be read of an error in JSON."""
    inner = document
    for wrapper in ("error", "odata.error", "Error"):
        if isinstance(document.get(wrapper), dict):
            inner = document[wrapper]
    code = inner.get("code") or inner.get("Code") or document.get("code")
    if code is None and isinstance(inner.get("error"), str):
        code = inner["error"]
    text = inner.get("message") or inner.get("Message") or inner.get("error_description") or inner.get("detail") or ""
    if isinstance(text, dict):
        text = text.get("value") or ""
    message, request_id = _without_trailer(str(text)[:_MAX_TEXT])
    return ErrorBody(
        code=without_secrets(str(code)) if code is not None else None,
        message=without_secrets(message),
        values=tuple(_values(inner.get("values"))),
        request_id=request_id,
    )


def _values(values: Any) -> list[tuple[str, str]]:
    if not isinstance(values, list):
        return []
    pairs = [(item.get("key"), item.get("value")) for item in values[:_MAX_VALUES] if isinstance(item, dict)]
    return [(str(key), without_secrets(str(value))) for key, value in pairs if key is not None]


def _without_trailer(text: str) -> tuple[str, str | None]:
    kept, request_id = [], None
    for line in text.splitlines():
        match = _TRAILER.match(line.strip())
        if match is None:
            kept.append(line)
        elif match.group(1).casefold() == "requestid":
            request_id = match.group(2).strip() or None
    return "\n".join(kept).strip(), request_id


def _from_text(text: str) -> ErrorBody:
    text = text[:_MAX_PAGE]
    title = _TITLE.search(text)
    if title and title.group(1).strip():
        text = title.group(1)
    elif "<" in text:
        text = _TAG.sub(" ", text)
    text = without_secrets(" ".join(text.split()))
    return ErrorBody(message=text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + " ...")


def _decode(content: bytes, content_type: str | None) -> str:
    charset = re.search(r"charset=[\"']?([\w.:-]+)", (content_type or "")[:200], re.IGNORECASE)
    for name in ("utf-8", charset.group(1) if charset else "latin-1"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def retry_after_of(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds that Retry-After (seconds or a date) or its variants in milliseconds ask for, or None."""
    for name, unit in (("retry-after-ms", 1000), ("x-ms-retry-after-ms", 1000), ("Retry-After", 1)):
        number = _number(headers.get(name))
        if number is not None:
            return number / unit
    until = read_http_date(headers.get("Retry-After"))
    if until is None:
        return None
    # If the service sent its own time, both dates are by its clock, so a wrong clock here does no harm.
    there = read_http_date(headers.get("Date"))
    return max(0.0, until.timestamp() - (now if there is None else there.timestamp()))


def _number(text: str | None) -> float | None:
    try:
        number = float((text or "")[:100])
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
