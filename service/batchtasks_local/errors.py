"""Everything the service refuses: one function per error, each with the service's own code, status and text.

A fault is raised anywhere while a request is handled; `answer` makes the BatchError of it. Codes and statuses are held
to the table of the specification by a test.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from batchtasks_local import clock
from batchtasks_local.exchange import JSON_TYPE, Answer, Exchange
from batchtasks_local.lifecycle.refused import Refused
from batchtasks_local.texts import MESSAGES

ERROR_METADATA = "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element"

Values = tuple[tuple[str, str], ...]


class BatchFault(Exception):
    """An answer that is an error: status, code, the service's text, and pairs that say more."""

    def __init__(
        self, code: str, values: Iterable[tuple[str, str]] = (), headers: Values = (), status: int = 0
    ) -> None:
        default_status, text = MESSAGES[code]
        self.status = status or default_status
        self.code = code
        self.text = text
        self.values: Values = tuple((key, str(value)) for key, value in values)
        self.headers = headers
        super().__init__(f"{self.status} {code}")


def payload(fault: BatchFault, request_id: str) -> dict[str, Any]:
    """The members code, message and values, as in an error body and in an item of an add-collection result."""
    value = f"{fault.text}\nRequestId:{request_id}\nTime:{clock.to_text(clock.now())}"
    body: dict[str, Any] = {"code": fault.code, "message": {"lang": "en-US", "value": value}}
    if fault.values:
        body["values"] = [{"key": key, "value": value} for key, value in fault.values]
    return body


def answer(fault: BatchFault, exchange: Exchange) -> Answer:
    """The HTTP answer for a fault: a BatchError, or nothing but headers for 304."""
    if fault.status == 304:
        return Answer(304, fault.headers)
    body = {"odata.metadata": exchange.base + ERROR_METADATA, **payload(fault, exchange.request_id)}
    return Answer(fault.status, (("Content-Type", JSON_TYPE), *fault.headers), orjson.dumps(body))


# --- the request as a whole ---------------------------------------------------------------------------------------


def body_too_large(limit: int) -> BatchFault:
    return BatchFault("RequestBodyTooLarge", [("MaxLimit", str(limit))])


def url_failed_to_parse(reason: str) -> BatchFault:
    return BatchFault("RequestUrlFailedToParse", [("Reason", reason)])


def resource_not_found(reason: str = "") -> BatchFault:
    return BatchFault("ResourceNotFound", _reason(reason))


def unsupported_verb(verb: str, allowed: Iterable[str]) -> BatchFault:
    names = ", ".join(sorted(allowed))
    return BatchFault("UnsupportedHttpVerb", [("Reason", f"{verb} is not one of {names}")], (("Allow", names),))


def unsupported_version(version: str, supported: Iterable[str]) -> BatchFault:
    reason = "This service knows the api-versions " + ", ".join(supported)
    return BatchFault("UnsupportedRequestVersion", [*_query("api-version", version), ("Reason", reason)])


def invalid_header(name: str, value: str, reason: str = "") -> BatchFault:
    return BatchFault("InvalidHeaderValue", [("HeaderName", name), ("HeaderValue", value), *_reason(reason)])


def headers_too_long(limit: int) -> BatchFault:
    return BatchFault("InvalidHeaderValue", [("Reason", f"The headers are longer than {limit} bytes")])


def unsupported_header(name: str, value: str, reason: str = "") -> BatchFault:
    return BatchFault("UnsupportedHeader", [("HeaderName", name), ("HeaderValue", value), *_reason(reason)])


def several_conditions(names: Iterable[str]) -> BatchFault:
    return BatchFault("MultipleConditionHeadersNotSupported", [("HeaderName", ", ".join(names))])


def condition_not_met(status: int, headers: Values = ()) -> BatchFault:
    return BatchFault("ConditionNotMet", headers=headers, status=status)


# --- query parameters ---------------------------------------------------------------------------------------------


def missing_query(name: str) -> BatchFault:
    return BatchFault("MissingRequiredQueryParameter", [("QueryParameterName", name)])


def unsupported_query(name: str, value: str, reason: str = "") -> BatchFault:
    return BatchFault("UnsupportedQueryParameter", [*_query(name, value), *_reason(reason)])


def invalid_query(name: str, value: str, reason: str) -> BatchFault:
    return BatchFault("InvalidQueryParameterValue", [*_query(name, value), ("Reason", reason)])


def query_out_of_range(name: str, value: str, least: int, most: int) -> BatchFault:
    pairs = [*_query(name, value), ("MinimumAllowed", str(least)), ("MaximumAllowed", str(most))]
    return BatchFault("OutOfRangeQueryParameterValue", pairs)


# --- request bodies -----------------------------------------------------------------------------------------------


def invalid_body(reason: str) -> BatchFault:
    return BatchFault("InvalidRequestBody", [("Reason", reason)])


def missing_property(name: str, reason: str = "") -> BatchFault:
    return BatchFault("MissingRequiredProperty", [("PropertyName", name), *_reason(reason)])


def unsupported_property(name: str, reason: str = "") -> BatchFault:
    return BatchFault("UnsupportedProperty", [("PropertyName", name), *_reason(reason)])


def invalid_property(name: str, value: str, reason: str) -> BatchFault:
    return BatchFault("InvalidPropertyValue", [("PropertyName", name), ("PropertyValue", value), ("Reason", reason)])


# --- who asks -----------------------------------------------------------------------------------------------------


def authentication_failed(detail: str, status: int = 403, headers: Values = ()) -> BatchFault:
    return BatchFault("AuthenticationFailed", [("AuthenticationErrorDetail", detail)], headers, status)


def malformed_authorization(detail: str) -> BatchFault:
    return BatchFault("InvalidAuthenticationInfo", [("AuthenticationErrorDetail", detail)])


# --- jobs, tasks, files -------------------------------------------------------------------------------------------


def job_not_found() -> BatchFault:
    return BatchFault("JobNotFound")


def job_exists() -> BatchFault:
    return BatchFault("JobExists")


def task_not_found() -> BatchFault:
    return BatchFault("TaskNotFound")


def task_exists() -> BatchFault:
    return BatchFault("TaskExists")


def file_refused(code: str, reason: str) -> BatchFault:
    """FileNotFound or IOError."""
    return BatchFault(code, [("Reason", reason)])


def task_files_unavailable() -> BatchFault:
    return BatchFault("TaskFilesUnavailable")


def task_files_cleaned_up() -> BatchFault:
    return BatchFault("TaskFilesCleanedup")


def invalid_range(value: str) -> BatchFault:
    return BatchFault("InvalidRange", [("HeaderName", "ocp-range"), ("HeaderValue", value)])


def refused(refusal: Refused) -> BatchFault:
    """What the life cycle refuses: TaskCompleted, JobBeingDeleted, InvalidPropertyValue with its values, ..."""
    return BatchFault(refusal.code, refusal.values)


# --- the service itself -------------------------------------------------------------------------------------------


def internal_error(reason: str = "") -> BatchFault:
    return BatchFault("InternalError", _reason(reason))


def client_too_slow() -> BatchFault:
    return BatchFault("OperationTimedOut", [("Reason", "The body did not arrive in time")], (("Connection", "close"),))


def server_busy(retry_after: float | None = None) -> BatchFault:
    return BatchFault("ServerBusy", headers=_retry_after(retry_after))


def too_many_requests(retry_after: float | None = None) -> BatchFault:
    return BatchFault("TooManyRequests", headers=_retry_after(retry_after))


def on_demand(code: str, status: int | None, retry_after: float | None) -> BatchFault:
    """The error that a test asked for."""
    return BatchFault(code, headers=_retry_after(retry_after), status=status or 0)


def _retry_after(seconds: float | None) -> Values:
    return () if seconds is None else (("Retry-After", f"{seconds:g}"),)


def _query(name: str, value: str) -> Values:
    return (("QueryParameterName", name), ("QueryParameterValue", value))


def _reason(reason: str) -> Values:
    return (("Reason", reason),) if reason else ()
