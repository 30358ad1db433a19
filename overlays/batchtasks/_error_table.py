"""Which class an error has, by status and code; held to the service's own list of codes by test."""

from __future__ import annotations

from batchtasks import errors as e

# The class of a status whose code is unknown or has no class of its own.
_BY_STATUS: dict[int, type[e.ServiceError]] = {
    304: e.NotModified,
    400: e.InvalidRequestError,
    401: e.AuthenticationError,
    403: e.PermissionDeniedError,
    404: e.NotFoundError,
    405: e.InvalidRequestError,
    409: e.ConflictError,
    411: e.InvalidRequestError,
    412: e.ConditionNotMet,
    413: e.TooLargeError,
    416: e.InvalidRequestError,
    429: e.ThrottledError,
}

# Codes that say more than their status. A code under another status than its own says nothing.
_BY_CODE: dict[tuple[int, str], type[e.ServiceError]] = {
    (400, "InvalidAuthenticationInfo"): e.AuthenticationError,
    (403, "AuthenticationFailed"): e.AuthenticationError,
    # A file that could not be read or written on the node: not a matter of permissions in spite of its status.
    (403, "IOError"): e.ServiceError,
    (404, "FileNotFound"): e.FileNotFound,
    (404, "JobNotFound"): e.JobNotFound,
    (404, "TaskNotFound"): e.TaskNotFound,
    (409, "JobExists"): e.AlreadyExistsError,
    (409, "TaskExists"): e.AlreadyExistsError,
    (409, "TaskCompleted"): e.TaskCompleted,
    (409, "TaskNotCompleted"): e.TaskNotCompleted,
    (409, "TaskSucceeded"): e.TaskSucceeded,
    (409, "JobCompleted"): e.JobCompleted,
    (409, "JobBeingTerminated"): e.JobBeingTerminated,
    (409, "JobBeingDeleted"): e.JobBeingDeleted,
    (409, "JobDisabled"): e.JobDisabled,
    (409, "JobNotActive"): e.WrongStateError,
    (409, "OperationInvalidForCurrentState"): e.WrongStateError,
    (409, "TaskFilesUnavailable"): e.WrongStateError,
    (409, "TaskFilesCleanedup"): e.WrongStateError,
    (409, "InvalidApplicationPackageReferences"): e.InvalidRequestError,
    (503, "ServerBusy"): e.ThrottledError,
}

_BY_FOLDED_CODE = {(status, code.casefold()): kind for (status, code), kind in _BY_CODE.items()}
_STATUS_OF_CODE = {code.casefold(): status for status, code in _BY_CODE}

_ELSEWHERE = "The answer leads to another address, where no credentials are sent: check the account URL."
# What is said of an answer without a readable body.
PLAIN_MESSAGES: dict[int, str] = {
    301: _ELSEWHERE,
    302: _ELSEWHERE,
    303: _ELSEWHERE,
    304: "The resource has not changed.",
    307: _ELSEWHERE,
    308: _ELSEWHERE,
    401: "The service does not know who is asking.",
    403: "The service does not allow this.",
    404: "There is nothing at this address.",
    407: "A proxy on the way asks for credentials.",
    412: "The condition is not met.",
    429: "Too many requests.",
    500: "The service failed.",
    502: "A gateway on the way got no usable answer.",
    503: "The service is not available at the moment.",
    504: "A gateway on the way waited for the service in vain.",
}


def class_for(status: int, code: str | None) -> type[e.ServiceError]:
    """Tell the class for a status and a code (letter case does not count)."""
    folded = (code or "").casefold()
    known = _BY_FOLDED_CODE.get((status, folded)) or _BY_STATUS.get(status)
    if status == 409 and folded.endswith("quotareached"):
        return e.QuotaError
    return known or (e.ServerError if status >= 500 else e.ServiceError)


def status_of(code: str | None) -> int | None:
    """Tell the status that a code with a class of its own comes with, or None."""
    return _STATUS_OF_CODE.get((code or "").casefold())
