"""All exceptions of this package.

The class of a ServiceError depends only on the status code and the error code of the answer. All errors can be pickled. No
error holds a key, a token or an Authorization header. All of them can be imported from `batchtasks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self


def _restore(kind: type[BatchTasksError], args: tuple[object, ...]) -> BatchTasksError:
    error = kind.__new__(kind, *args)
    error.args = args  # OSError, the base of TimeoutError, sets them only in __init__
    return error


class BatchTasksError(Exception):
    """The base class of all exceptions of this package."""

    retry_after: float | None = None
    """Seconds to wait before the next attempt, if the service said so, or None."""

    @property
    def is_retriable(self) -> bool:
        """Whether the same request may succeed if it is sent again later."""
        return False

    @property
    def outcome_unknown(self) -> bool:
        """Whether the service may have carried out the request in spite of this error."""
        return False

    def __reduce__(self) -> tuple[object, ...]:
        # The state comes third, because it may refer to the error itself: a bulk report has the error that stopped the call.
        return _restore, (type(self), self.args), dict(self.__dict__)


class InvalidInputError(BatchTasksError, ValueError):
    """An argument cannot be sent; nothing was sent."""


class InvalidIdError(InvalidInputError):
    """An id is not 1 to 64 letters, digits, hyphens and underscores."""


class DuplicateIdError(InvalidInputError):
    """A task id stands twice in the input of one bulk call; ids are compared without regard to letter case.

    `position` is the place of this task in the input, `first_position` that of the earlier task with the same id; both are
    counted from 0, and None if they are not known.
    """

    def __init__(self, task_id: str, first_position: int | None = None, position: int | None = None) -> None:
        where = "" if position is None else f", at positions {first_position:,} and {position:,} (counted from 0)"
        super().__init__(f"The id {task_id!r} stands twice in the input{where}; letter case does not count.")
        self.first_position = first_position
        self.position = position


class UnknownFieldError(InvalidInputError):
    """A dictionary or a selection names a member that does not exist."""


class MissingFieldError(InvalidInputError):
    """A member that the service requires is missing."""


class BodyTooLargeError(InvalidInputError):
    """The body is larger than the 1,048,576 bytes that the service takes in one request."""


class ConditionError(InvalidInputError):
    """The conditional headers cannot be sent as they are."""


class ConfigurationError(InvalidInputError):
    """The account URL, the credential or the environment cannot be used."""


class ForeignOriginError(InvalidInputError):
    """A link leads to another scheme, host or port than the account's; credentials are not sent there."""


class UnsupportedInApiVersionError(InvalidInputError):
    """The client's `api_version` does not have `what`; `versions` lists the versions that have it."""

    def __init__(self, message: str, *, what: str = "", api_version: str = "", versions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.what = what
        self.api_version = api_version
        self.versions = versions


class TokenError(BatchTasksError):
    """The credential gave no access token; the credential's own error is the `__cause__`."""


class NoAnswerError(BatchTasksError):
    """No answer came back after `attempts` attempts at the request `method` `path`.

    `sent` is False if the last attempt certainly did not reach the service. `hint` says what to do, if that is known; it is
    part of the text. `max_attempts` limits how often a request with this error is tried, whatever the RetryPolicy allows;
    with 1 the error is not retriable, None means no such limit.
    """

    def __init__(
        self,
        message: str,
        *,
        method: str = "",
        path: str = "",
        sent: bool = True,
        hint: str | None = None,
        max_attempts: int | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        self.method, self.path, self.sent, self.hint = method, path, sent, hint
        self.max_attempts, self.attempts = max_attempts, attempts

    @property
    def is_retriable(self) -> bool:
        return self.max_attempts != 1

    @property
    def outcome_unknown(self) -> bool:
        return self.sent

    def __str__(self) -> str:
        text = f"{super().__str__()} {self.hint}" if self.hint else super().__str__()
        return text if self.attempts == 1 else f"{text} Given up after {self.attempts} attempts."


class ConnectionFailedError(NoAnswerError):
    """The connection could not be made, or it broke before the answer was complete.

    There is no second attempt if the certificate of the server cannot be verified, if the server does not speak TLS, or if a
    proxy refuses; there are three attempts if no host has that name.
    """


class RequestTimedOutError(NoAnswerError):
    """The answer did not come within the client's timeout."""


class ServiceError(BatchTasksError):
    """The service, or a proxy before it, refused; also the class for status codes without a class of their own.

    Attributes:
        status_code: The HTTP status code.
        code: The service's error code, or None if the body had none.
        message: The service's text, without its lines RequestId and Time.
        values: The service's details as pairs of key and value, in its order.
        headers: The headers of the answer; names are compared without regard to letter case.
        request_id, client_request_id: The ids of the request, for the service's support.
        operation, method, path: The request.
        retry_after: Seconds to wait before the next attempt, if the service said so, or None.
        hint: What to do, if that is known; it is part of the text.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        code: str | None = None,
        values: Iterable[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
        client_request_id: str | None = None,
        retry_after: float | None = None,
        operation: str = "",
        method: str = "",
        path: str = "",
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.status_code, self.code = message, status_code, code
        self.values = tuple(values)
        self.headers = {} if headers is None else headers
        self.request_id, self.client_request_id = request_id, client_request_id
        self.operation, self.method, self.path = operation, method, path
        self.hint, self.retry_after = hint, retry_after

    @property
    def details(self) -> dict[str, str]:
        """The service's details as a dict; if a key occurs more than once, its last value."""
        return dict(self.values)

    @property
    def property_name(self) -> str | None:
        """The member of the body that the service refuses, if it said so."""
        return self._value("PropertyName")

    @property
    def parameter(self) -> str | None:
        """The query parameter or header that the service refuses, if it said so."""
        return self._value("QueryParameterName", "HeaderName")

    @property
    def reason(self) -> str | None:
        """Why the service refuses the property or parameter, if it said so."""
        return self._value("Reason")

    @property
    def is_retriable(self) -> bool:
        return self.status_code in (408, 429) or (self.status_code >= 500 and self.status_code not in (501, 505))

    @property
    def outcome_unknown(self) -> bool:
        # Even a request that was answered with 429 had been carried out (azure-sdk-for-net issue 36549).
        return self.is_retriable

    def add_hint(self, hint: str) -> Self:
        """Add a sentence to the text of this error; return the error."""
        self.hint = f"{self.hint} {hint}" if self.hint else hint
        return self

    def _value(self, *keys: str) -> str | None:
        wanted = {key.casefold() for key in keys}
        return next((value for key, value in self.values if key.casefold() in wanted), None)

    def __str__(self) -> str:
        head = f"{self.status_code} {self.code}" if self.code else str(self.status_code)
        lines = ", ".join(f"{key}: {value}" for key, value in self.values)
        values = lines.replace("\r", "").replace("\n", "\\n")
        text = f"{head}: {self.message}" + (f" [{values}]" if values else "") + (f" {self.hint}" if self.hint else "")
        tail = [where] if (where := f"{self.method} {self.path}".strip()) else []
        ids = {"request-id": self.request_id, "client-request-id": self.client_request_id}
        tail += [f"{name} {value}" for name, value in ids.items() if value]
        return f"{text} ({', '.join(tail)})" if tail else text


class NotModifiedError(ServiceError):
    """304: the resource has not changed since the state that the condition names."""


class InvalidRequestError(ServiceError):
    """400, 405, 411 or 416: see `property_name`, `parameter` and `reason`."""


class AuthenticationError(ServiceError):
    """The service could not identify the caller: wrong key, wrong clock or expired token."""


class PermissionDeniedError(ServiceError):
    """403: the caller is known but not allowed."""


class NotFoundError(ServiceError):
    """404: the resource does not exist."""


class JobNotFoundError(NotFoundError):
    """The job does not exist."""


class TaskNotFoundError(NotFoundError):
    """The job has no such task."""


class TaskFileNotFoundError(NotFoundError):
    """The task's directory has no such file."""


class ConflictError(ServiceError):
    """409: the state of the resource does not allow the request."""


class AlreadyExistsError(ConflictError):
    """A job or task with this id exists; ids are compared without regard to letter case."""


class QuotaError(ConflictError):
    """A quota of the account is used up; waiting may help, repeating at once does not."""


class WrongStateError(ConflictError):
    """The task, its files or its job are in a state that does not allow this."""


class TaskCompletedError(WrongStateError):
    """The task has completed."""


class TaskNotCompletedError(WrongStateError):
    """The task has not completed."""


class TaskSucceededError(WrongStateError):
    """The task has succeeded, so it cannot run again."""


class JobCompletedError(WrongStateError):
    """The job has completed; it takes no more tasks."""


class JobBeingTerminatedError(WrongStateError):
    """The job is being terminated."""


class JobBeingDeletedError(WrongStateError):
    """The job is being deleted."""


class JobDisabledError(WrongStateError):
    """The job is disabled."""


class ConditionNotMetError(ServiceError):
    """412: the condition is not met; this attempt changed nothing.

    `maybe_done` is True if an earlier attempt of the same call got no clear answer. That attempt may have been carried out
    and have changed the ETag itself, and so have caused this refusal. Read the resource to find out.
    """

    maybe_done: bool = False


class TooLargeError(ServiceError):
    """413: the body is too large for the service."""


class ThrottledError(ServiceError):
    """Too many requests; `retry_after` has the seconds to wait, if the service said so."""


class ServerError(ServiceError):
    """5xx: the service or a gateway failed; the request may or may not have been carried out."""


class UnreadableAnswerError(ServiceError):
    """The status means success, but the body cannot be read as the answer of the operation."""


class BulkDeadlineError(BatchTasksError, TimeoutError):
    """The `deadline` of a bulk call expired before all tasks were settled; the attribute `report` has the BulkReport."""
