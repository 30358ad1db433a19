"""Every error of the service: its code, HTTP status and text, and one function that makes it.

An error may be raised anywhere while a request is handled; `exchange.error_answer` makes the answer of it. A test
compares codes and statuses with the table of the specification.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batchtasks_local.domain import clock
from batchtasks_local.domain.checks import RefusedError

Values = tuple[tuple[str, str], ...]

# Four texts are those of the real service: ConditionNotMet, AuthenticationFailed and RequestBodyTooLarge were captured,
# TaskExists is from the reference pages. The others say in the same style what the reference says of the code.
MESSAGES: dict[str, tuple[int, str]] = {
    # conditions and headers
    "ConditionNotMet": (412, "The condition specified using HTTP conditional header(s) is not met."),
    "MultipleConditionHeadersNotSupported": (400, "Multiple condition headers are not supported."),
    "InvalidHeaderValue": (400, "The value for one of the HTTP headers is not in the correct format."),
    "MissingRequiredHeader": (400, "A mandatory HTTP header is not specified in the request."),
    "UnsupportedHeader": (400, "One of the HTTP headers specified in the request is not supported."),
    "MissingContentLengthHeader": (411, "The Content-Length header was not specified."),
    "InvalidMetadata": (400, "The metadata specified in the request is invalid."),
    "EmptyMetadataKey": (400, "The name of one of the metadata items is empty."),
    "MetadataTooLarge": (400, "The size of the specified metadata exceeds the maximum permitted size."),
    # query and URL
    "MissingRequiredQueryParameter": (400, "A query parameter that is mandatory for this request is not specified."),
    "UnsupportedQueryParameter": (400, "One of the query parameters specified in the request URI is not supported."),
    "InvalidQueryParameterValue": (
        400,
        "Value for one of the query parameters specified in the request URI is invalid.",
    ),
    "OutOfRangeQueryParameterValue": (
        400,
        "A query parameter specified in the request URI is outside the permissible range.",
    ),
    "UnsupportedRequestVersion": (400, "The api-version specified in the request URI is not supported."),
    "RequestUrlFailedToParse": (400, "The URL in the request could not be parsed."),
    "InvalidUri": (400, "The requested URI does not represent any resource on the server."),
    "InvalidHttpVerb": (400, "The HTTP verb specified is not recognized by the server."),
    "UnsupportedHttpVerb": (405, "The resource does not support the specified HTTP verb."),
    "ResourceNotFound": (404, "The specified resource does not exist."),
    # bodies
    "RequestBodyTooLarge": (413, "The request body is too large and exceeds the maximum permissible limit."),
    "InvalidRequestBody": (400, "The specified request body is not syntactically valid."),
    "MissingRequiredProperty": (400, "A required property was not specified in the request body."),
    "UnsupportedProperty": (400, "One of the properties specified in the request body is not supported."),
    "InvalidPropertyValue": (
        400,
        "The value provided for one of the properties in the request body is invalid.",
    ),
    "OutOfRangeInput": (400, "One of the request inputs is out of range."),
    "InvalidInput": (400, "One of the request inputs is not valid."),
    # authentication
    "AuthenticationFailed": (
        403,
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly"
        " including the signature.",
    ),
    "InvalidAuthenticationInfo": (
        400,
        "The authentication information is not in the correct format. Verify the value of Authorization header.",
    ),
    "InsufficientAccountPermissions": (
        403,
        "The account being accessed does not have the permission for this operation.",
    ),
    "AccountIsDisabled": (403, "The specified account is disabled."),
    # tasks
    "TaskExists": (409, "The specified task already exists."),
    "TaskNotFound": (404, "The specified task does not exist."),
    "TaskCompleted": (409, "The specified task is already in a completed state."),
    "TaskNotCompleted": (409, "The specified task is not in a completed state."),
    "TaskSucceeded": (409, "The specified task has completed with success and cannot run again."),
    "TaskIdSameAsJobPreparationTask": (409, "The id of a task cannot be the id of the job's preparation task."),
    "TaskIdSameAsJobReleaseTask": (409, "The id of a task cannot be the id of the job's release task."),
    "TaskDependenciesNotSpecifiedOnJob": (
        400,
        "The job of a task with dependencies must be set to use task dependencies.",
    ),
    "TaskDependencyListTooLong": (400, "The list of task ids that a task depends on is too long."),
    "TaskDependencyRangesTooLong": (400, "The list of task id ranges that a task depends on is too long."),
    "InvalidApplicationPackageReferences": (409, "One or more application package references are not valid."),
    # jobs
    "JobExists": (409, "The specified job already exists."),
    "JobNotFound": (404, "The specified job does not exist."),
    "JobCompleted": (409, "The specified job is already in a completed state."),
    "JobBeingTerminated": (409, "The specified job is being terminated."),
    "JobBeingDeleted": (409, "The specified job has been marked for deletion and is being reclaimed."),
    "JobDisabled": (409, "The specified job has been disabled."),
    "JobNotActive": (409, "The specified job is not in an active state."),
    "JobScheduleWithSameIdExists": (409, "The specified job has the id of a job schedule."),
    "ActiveJobAndScheduleQuotaReached": (
        409,
        "The quota of active jobs and job schedules of this account has been reached.",
    ),
    "JobPreparationTaskOrReleaseTaskNotSpecified": (
        409,
        "The specified job does not have either job preparation task or job release task.",
    ),
    # pools and job schedules
    "PoolExists": (409, "The specified pool already exists."),
    "PoolBeingDeleted": (409, "The specified pool is being deleted."),
    "PoolBeingResized": (409, "The specified pool is being resized."),
    "OperationNotValidOnPool": (409, "The specified operation is not valid on the specified pool."),
    "InvalidAutoScalingSettings": (400, "The autoscale settings of the pool are not valid."),
    "AutoScalingFormulaSyntaxError": (400, "The autoscale formula has a syntax error."),
    "AutoScalingFormulaTooLong": (400, "The autoscale formula is too long."),
    "NodeAgentSKUNotFound": (404, "The specified node agent SKU does not exist."),
    "JobScheduleExists": (409, "The specified job schedule already exists."),
    "JobWithSameIdExists": (409, "A job with the id of the job schedule exists."),
    "PoolNotFound": (404, "The specified pool does not exist."),
    "PoolQuotaReached": (409, "The pool quota of this account has been reached."),
    "OperationInvalidForCurrentState": (
        409,
        "The specified operation is not valid for the current state of the resource.",
    ),
    # files
    "FileNotFound": (404, "The specified file does not exist."),
    "NodeNotFound": (404, "The specified node does not exist."),
    "TaskFilesUnavailable": (409, "The task files are unavailable: the task has not run, or its node is gone."),
    "TaskFilesCleanedup": (409, "The task files have been cleaned up."),
    "InvalidRange": (416, "The range specified is not valid for the current size of the file."),
    "IOError": (403, "The file operation failed on the node."),
    # the service itself
    "TooManyRequests": (429, "Too many requests have been received from this account. Please try again later."),
    "InternalError": (500, "Server encountered an internal error. Please try again after some time."),
    "OperationTimedOut": (500, "Operation could not be completed within the specified time."),
    "ServerBusy": (503, "Server is busy. Please try again after some time."),
}


class BatchError(Exception):
    """An answer that is an error: the HTTP status, the code, the service's text, and pairs that explain it."""

    def __init__(
        self, code: str, values: Iterable[tuple[str, str]] = (), headers: Values = (), status_code: int = 0
    ) -> None:
        default_status_code, text = MESSAGES[code]
        self.status_code = status_code or default_status_code
        self.code = code
        self.text = text
        self.values: Values = tuple((key, str(value)) for key, value in values)
        self.headers = headers
        super().__init__(f"{self.status_code} {code}")

    def body(self, request_id: str) -> dict[str, Any]:
        """Return the members code, message and values, as in an error body or in a result of an add collection."""
        value = f"{self.text}\nRequestId:{request_id}\nTime:{clock.to_text(clock.now())}"
        body: dict[str, Any] = {"code": self.code, "message": {"lang": "en-US", "value": value}}
        if self.values:
            body["values"] = [{"key": key, "value": value} for key, value in self.values]
        return body


# --- the request as a whole ---------------------------------------------------------------------------------------


def body_too_large(limit: int) -> BatchError:
    return BatchError("RequestBodyTooLarge", [("MaxLimit", str(limit))])


def url_failed_to_parse(reason: str) -> BatchError:
    return BatchError("RequestUrlFailedToParse", [("Reason", reason)])


def resource_not_found(reason: str = "") -> BatchError:
    return BatchError("ResourceNotFound", _reason(reason))


def unsupported_verb(verb: str, allowed: Iterable[str]) -> BatchError:
    names = ", ".join(sorted(allowed))
    return BatchError("UnsupportedHttpVerb", [("Reason", f"{verb} is not one of {names}")], (("Allow", names),))


def unsupported_version(version: str, supported: Iterable[str]) -> BatchError:
    reason = "This service knows the api-versions " + ", ".join(supported)
    return BatchError("UnsupportedRequestVersion", [*_query("api-version", version), ("Reason", reason)])


def invalid_header(name: str, value: str, reason: str = "") -> BatchError:
    return BatchError("InvalidHeaderValue", [("HeaderName", name), ("HeaderValue", value), *_reason(reason)])


def ambiguous_length(length: str) -> BatchError:
    reason = "A request must not have both Content-Length and Transfer-Encoding"
    values = [("HeaderName", "Content-Length"), ("HeaderValue", length), ("Reason", reason)]
    return BatchError("InvalidHeaderValue", values, (("Connection", "close"),))


def headers_too_long(limit: int) -> BatchError:
    return BatchError("InvalidHeaderValue", [("Reason", f"The headers are longer than {limit} bytes")])


def unsupported_header(name: str, value: str, reason: str = "") -> BatchError:
    return BatchError("UnsupportedHeader", [("HeaderName", name), ("HeaderValue", value), *_reason(reason)])


def several_conditions(names: Iterable[str]) -> BatchError:
    return BatchError("MultipleConditionHeadersNotSupported", [("HeaderName", ", ".join(names))])


def condition_not_met(status_code: int, headers: Values = ()) -> BatchError:
    return BatchError("ConditionNotMet", headers=headers, status_code=status_code)


# --- query parameters ---------------------------------------------------------------------------------------------


def missing_query(name: str) -> BatchError:
    return BatchError("MissingRequiredQueryParameter", [("QueryParameterName", name)])


def unsupported_query(name: str, value: str, reason: str = "") -> BatchError:
    return BatchError("UnsupportedQueryParameter", [*_query(name, value), *_reason(reason)])


def invalid_query(name: str, value: str, reason: str) -> BatchError:
    return BatchError("InvalidQueryParameterValue", [*_query(name, value), ("Reason", reason)])


def query_out_of_range(name: str, value: str, least: int, most: int) -> BatchError:
    pairs = [*_query(name, value), ("MinimumAllowed", str(least)), ("MaximumAllowed", str(most))]
    return BatchError("OutOfRangeQueryParameterValue", pairs)


# --- request bodies -----------------------------------------------------------------------------------------------


def invalid_body(reason: str) -> BatchError:
    return BatchError("InvalidRequestBody", [("Reason", reason)])


def missing_property(name: str, reason: str = "") -> BatchError:
    return BatchError("MissingRequiredProperty", [("PropertyName", name), *_reason(reason)])


def unsupported_property(name: str, reason: str = "") -> BatchError:
    return BatchError("UnsupportedProperty", [("PropertyName", name), *_reason(reason)])


def invalid_property(name: str, value: str, reason: str) -> BatchError:
    return BatchError("InvalidPropertyValue", [("PropertyName", name), ("PropertyValue", value), ("Reason", reason)])


# --- authentication --------------------------------------------------------------------------------------------------


def authentication_failed(detail: str, status_code: int = 403, headers: Values = ()) -> BatchError:
    return BatchError("AuthenticationFailed", [("AuthenticationErrorDetail", detail)], headers, status_code)


def malformed_authorization(detail: str) -> BatchError:
    return BatchError("InvalidAuthenticationInfo", [("AuthenticationErrorDetail", detail)])


# --- jobs, tasks, files -------------------------------------------------------------------------------------------


def job_not_found() -> BatchError:
    return BatchError("JobNotFound")


def job_exists() -> BatchError:
    return BatchError("JobExists")


def pool_not_found() -> BatchError:
    return BatchError("PoolNotFound")


def pool_exists() -> BatchError:
    return BatchError("PoolExists")


def pool_scales_itself() -> BatchError:
    return BatchError("OperationNotValidOnPool", [("Reason", "The pool has enableAutoScale: true")])


def node_not_found() -> BatchError:
    return BatchError("NodeNotFound")


def no_job_schedules(schedule_id: str) -> BatchError:
    reason = "This local service runs no job schedules; add the job itself, with Job_Add"
    return BatchError("InvalidInput", [("JobScheduleId", schedule_id), ("Reason", reason)])


def no_special_tasks() -> BatchError:
    return BatchError("JobPreparationTaskOrReleaseTaskNotSpecified")


def task_not_found() -> BatchError:
    return BatchError("TaskNotFound")


def task_exists() -> BatchError:
    return BatchError("TaskExists")


def file_refused(code: str, reason: str) -> BatchError:
    """Return FileNotFound or IOError."""
    return BatchError(code, [("Reason", reason)])


def task_files_of_active_task() -> BatchError:
    reason = "The files of the specified task cannot be accessed as the task state is still active"
    return BatchError("OperationInvalidForCurrentState", [("Reason", reason)])


def task_files_unavailable() -> BatchError:
    return BatchError("TaskFilesUnavailable")


def task_files_cleaned_up() -> BatchError:
    return BatchError("TaskFilesCleanedup")


def invalid_range(value: str) -> BatchError:
    return BatchError("InvalidRange", [("HeaderName", "ocp-range"), ("HeaderValue", value)])


def refused(error: RefusedError) -> BatchError:
    """Return the error for what the rules of jobs and tasks refuse, such as TaskCompleted."""
    return BatchError(error.code, error.values)


def refused_in_collection(error: RefusedError) -> BatchError:
    """Return the error of one task of a collection; for `dependsOn` its code is another than alone (recorded)."""
    if error.code == "TaskDependenciesNotSpecifiedOnJob":
        return BatchError("UnsupportedProperty", error.values)
    return refused(error)


# --- the service itself -------------------------------------------------------------------------------------------


def internal_error(reason: str = "") -> BatchError:
    return BatchError("InternalError", _reason(reason))


def client_too_slow() -> BatchError:
    return BatchError("OperationTimedOut", [("Reason", "The body did not arrive in time")], (("Connection", "close"),))


def server_busy(retry_after: float | None = None) -> BatchError:
    return BatchError("ServerBusy", headers=_retry_after(retry_after))


def too_many_requests(retry_after: float | None = None) -> BatchError:
    return BatchError("TooManyRequests", headers=_retry_after(retry_after))


def injected(code: str, status: int | None, retry_after: float | None) -> BatchError:
    """Return the error of an injected fault."""
    return BatchError(code, headers=_retry_after(retry_after), status_code=status or 0)


def _retry_after(seconds: float | None) -> Values:
    return () if seconds is None else (("Retry-After", f"{seconds:g}"),)


def _query(name: str, value: str) -> Values:
    return (("QueryParameterName", name), ("QueryParameterValue", value))


def _reason(reason: str) -> Values:
    return (("Reason", reason),) if reason else ()
