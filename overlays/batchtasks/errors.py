"""Everything that this package raises.

    BatchTasksError
    ├── InvalidInputError (ValueError)      refused here, nothing was sent
    │   ├── InvalidIdError                  a job or task id outside 1-64 of letters, digits, - and _
    │   ├── UnknownFieldError               a member that the model does not have
    │   ├── MissingFieldError               a member that the service requires
    │   ├── BodyTooLargeError               more than 1,048,576 bytes
    │   ├── ConditionError                  conditional headers that cannot stand together, or no usable ETag
    │   ├── ConfigurationError              an account URL, credential or environment that cannot work
    │   ├── ForeignOriginError              a link that leads away from the account
    │   └── UnsupportedInApiVersion         the chosen API version does not have it
    ├── TokenError                          the credential gave no token, nothing was sent
    ├── NoAnswerError                       nothing came back
    │   ├── ConnectionFailed
    │   └── RequestTimedOut
    ├── ServiceError                        the service (or something before it) answered with a refusal
    │   ├── NotModified                     304
    │   ├── InvalidRequestError             400, 405, 411, 416
    │   ├── AuthenticationError             401, and 403 AuthenticationFailed
    │   ├── PermissionDeniedError           403
    │   ├── NotFoundError                   404
    │   │   └── JobNotFound, TaskNotFound, FileNotFound
    │   ├── ConflictError                   409
    │   │   ├── AlreadyExistsError
    │   │   ├── QuotaError
    │   │   └── WrongStateError
    │   │       ├── TaskCompleted, TaskNotCompleted, TaskSucceeded
    │   │       └── JobCompleted, JobBeingTerminated, JobBeingDeleted, JobDisabled
    │   ├── ConditionNotMet                 412
    │   ├── TooLargeError                   413
    │   ├── ThrottledError                  429, and 503 ServerBusy
    │   ├── ServerError                     5xx
    │   └── UnreadableAnswerError           a status of success with a body that cannot be read
    ├── BulkError                           a bulk call did not bring everything where it should be; has the report
    │   └── BulkAddError                    the same of add_collection
    ├── BulkDeadline (TimeoutError)         what a report says that the deadline of a bulk call was met
    ├── JobEndedError                       a wait for tasks that will never run, because their job has ended
    └── WaitTimeout (TimeoutError)          the time for a wait ran out

The class of a ServiceError follows from the status and the code of the answer and from nothing else. All errors can be
pickled. None of them holds a key, a token or an Authorization header. All can be imported from `batchtasks`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from batchtasks._error_base import BatchTasksError as BatchTasksError
from batchtasks._error_base import ServiceError as ServiceError
from batchtasks._error_input import BodyTooLargeError as BodyTooLargeError
from batchtasks._error_input import ConditionError as ConditionError
from batchtasks._error_input import ConfigurationError as ConfigurationError
from batchtasks._error_input import ForeignOriginError as ForeignOriginError
from batchtasks._error_input import InvalidIdError as InvalidIdError
from batchtasks._error_input import InvalidInputError as InvalidInputError
from batchtasks._error_input import MissingFieldError as MissingFieldError
from batchtasks._error_input import UnknownFieldError as UnknownFieldError
from batchtasks._error_input import UnsupportedInApiVersion as UnsupportedInApiVersion
from batchtasks._error_unanswered import ConnectionFailed as ConnectionFailed
from batchtasks._error_unanswered import NoAnswerError as NoAnswerError
from batchtasks._error_unanswered import RequestTimedOut as RequestTimedOut

if TYPE_CHECKING:
    from batchtasks.waiting import WaitResult
    from batchtasks_rest._call import Answer, Call


class TokenError(BatchTasksError):
    """The credential could not give an access token; its own error is the `__cause__`."""


class NotModified(ServiceError):
    """304: the resource has not changed in the sense of the condition."""


class InvalidRequestError(ServiceError):
    """400 and kin: see `property_name`, `parameter` and `reason`."""


class AuthenticationError(ServiceError):
    """The service could not tell who is asking: wrong key, wrong clock, expired token."""


class PermissionDeniedError(ServiceError):
    """403: known, but not allowed."""


class NotFoundError(ServiceError):
    """404: there is no such thing."""


class JobNotFound(NotFoundError):
    """There is no such job."""


class TaskNotFound(NotFoundError):
    """There is no such task in the job."""


class FileNotFound(NotFoundError):
    """There is no such file in the task's directory."""


class ConflictError(ServiceError):
    """409: the request does not fit the state of things."""


class AlreadyExistsError(ConflictError):
    """There is a job or task of this id already; ids are compared without regard to letter case."""


class QuotaError(ConflictError):
    """A quota of the account is used up; waiting may help, repeating at once does not."""


class WrongStateError(ConflictError):
    """The task, its files or its job are not in a state that allows this."""


class TaskCompleted(WrongStateError):
    """The task has completed already."""


class TaskNotCompleted(WrongStateError):
    """The task has not completed yet."""


class TaskSucceeded(WrongStateError):
    """The task has succeeded, so that it cannot be run again."""


class JobCompleted(WrongStateError):
    """The job has completed; it takes no more tasks."""


class JobBeingTerminated(WrongStateError):
    """The job is being terminated."""


class JobBeingDeleted(WrongStateError):
    """The job is being deleted."""


class JobDisabled(WrongStateError):
    """The job is disabled."""


class ConditionNotMet(ServiceError):
    """412: the condition does not hold, nothing was changed by this attempt.

    `maybe_done` is True when an earlier attempt of the same call got no clear answer. Then that attempt may have been
    carried out, have changed the ETag itself and so have caused this refusal: read the resource to learn which.
    """

    maybe_done: bool = False


class TooLargeError(ServiceError):
    """413: the body is too large for the service."""


class ThrottledError(ServiceError):
    """Too many requests; `retry_after` says how long to wait, if the service said."""


class ServerError(ServiceError):
    """5xx: the service or a gateway failed; what was asked may or may not have been done."""


class UnreadableAnswerError(ServiceError):
    """The status says success, the body cannot be read as the operation's answer."""


class JobEndedError(BatchTasksError):
    """The job has completed while tasks that are waited for have not; `result` says which did what."""

    def __init__(self, message: str, *, result: WaitResult) -> None:
        super().__init__(message)
        self.result = result


class WaitTimeout(BatchTasksError, TimeoutError):
    """The time for a wait ran out; `result` says what had finished by then.

    `pending` names what had not; of a whole job at most 1,000 ids, while `pending_count` is the whole number.
    """

    def __init__(self, message: str, *, result: WaitResult, pending_count: int) -> None:
        super().__init__(message)
        self.result = result
        self.pending_count = pending_count

    @property
    def pending(self) -> tuple[str, ...]:
        """The ids of tasks that had not reached the state waited for."""
        return self.result.pending


def error_class(status: int, code: str | None) -> type[ServiceError]:
    """Tell the class for a status and a code: from these two alone."""
    from batchtasks._error_table import class_for

    return class_for(status, code)


def error_from(answer: Answer, call: Call[Any] | None = None, *, now: float | None = None) -> ServiceError:
    """Make the error object of any answer whatsoever: any status, any body, any media type.

    `now` is the local time in seconds since 1970, for tests; it serves to notice a wrong clock.
    """
    from batchtasks._error_body import read_error_body, seconds_to_wait, without_secrets

    body = read_error_body(answer.content, answer.headers.get("Content-Type"))
    now = time.time() if now is None else now
    error = error_class(answer.status, body.code)(
        body.message or _plain_message(answer.status),
        status=answer.status,
        code=body.code,
        values=body.values,
        request_id=answer.headers.get("request-id") or body.request_id,
        client_request_id=answer.headers.get("client-request-id")
        or (call.headers.get("client-request-id") if call else None),
        retry_after=seconds_to_wait(answer.headers, now),
        operation=call.operation if call else "",
        method=call.method if call else "",
        path=without_secrets(call.path) if call else "",
    )
    if isinstance(error, AuthenticationError):
        _mention_clock(error, answer.headers, now)
    return error


def error_of_item(
    code: str | None, message: str, values: Iterable[tuple[str, str]] = (), *, server: bool
) -> ServiceError:
    """Make the error of one task of a collection, whose answer has a code of its own but no HTTP status.

    The status is the one that the code has elsewhere, or 500 (`server`) or 400.
    """
    from batchtasks._error_body import without_secrets
    from batchtasks._error_table import class_for, status_of

    status = status_of(code) or (500 if server else 400)
    if server and status < 500:
        status = 500
    return class_for(status, code)(
        without_secrets(message) or _plain_message(status), status=status, code=code, values=values
    )


def _plain_message(status: int) -> str:
    from batchtasks._error_table import PLAIN_MESSAGES

    return PLAIN_MESSAGES.get(status, "The answer carries no explanation.")


def _mention_clock(error: AuthenticationError, headers: Mapping[str, str], now: float) -> None:
    from batchtasks._times import http_date_to_seconds

    there = http_date_to_seconds(headers.get("Date"))
    if there is None or abs(now - there) < _LARGEST_SKEW:
        if error.code == "AuthenticationFailed":
            error.with_hint("Account name, key and URL have to belong together.")
        return
    minutes = round(abs(now - there) / 60)
    side = "ahead of" if now > there else "behind"
    error.with_hint(f"The clock of this machine is {minutes} minutes {side} the service's; at most 15 are allowed.")


_LARGEST_SKEW = 14 * 60.0
