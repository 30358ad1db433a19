"""What an outcome that is not a list of results means for the call: try again, cut smaller, or stop. Pure.

The rules, first match wins:
- no answer: try again;
- an error of the program itself (a credential, a bad address): stop;
- 413, or RequestBodyTooLarge: cut smaller; a task alone fails;
- 408, 429, 5xx (not 501 and 505), a quota, a success that cannot be read: try again;
- a code that is about the job, the account or the request as a whole: stop;
- 400, 409, 422 otherwise: some task among them is refused; cut in two to find it; a task alone fails;
- everything else (401, 403, 404, redirects, ...): stop.
"""

from __future__ import annotations

from enum import Enum, auto

from attrs import frozen

from batchtasks.errors import (
    BatchTasksError,
    ConfigurationError,
    NoAnswerError,
    QuotaError,
    ServiceError,
    ThrottledError,
    TokenError,
)


class Action(Enum):
    """What to do about a request that brought no results."""

    AGAIN = auto()
    SMALLER = auto()
    REFUSED = auto()
    STOP = auto()


@frozen
class Failure:
    """A request that brought no results."""

    move: Action
    error: BatchTasksError
    # The service asks for less: fewer requests at once from here on.
    throttled: bool = False
    # No word of the service about these tasks.
    unclear: bool = False
    # The largest body in bytes that the service says it takes.
    most_bytes: int | None = None

    @property
    def broke(self) -> bool:
        """Whether one of the tasks may be the cause: not if the service is busy or was not reached."""
        return self.unclear and not self.throttled

    @property
    def ours(self) -> bool:
        """Whether "exists" on a later attempt means that this one put it there."""
        return self.error.outcome_unknown or self.unclear


# Codes that come with 400 or 409 and are not about one of the tasks.
WHOLE_CALL = frozenset(
    code.casefold()
    for code in (
        "AccountIsDisabled",
        "InvalidAuthenticationInfo",
        "InvalidHeaderValue",
        "InvalidHttpVerb",
        "InvalidQueryParameterValue",
        "InvalidUri",
        "JobBeingDeleted",
        "JobBeingTerminated",
        "JobCompleted",
        "JobDisabled",
        "JobNotActive",
        "JobNotFound",
        "MissingRequiredHeader",
        "MissingRequiredQueryParameter",
        "MultipleConditionHeadersNotSupported",
        "OutOfRangeQueryParameterValue",
        "RequestUrlFailedToParse",
        "UnsupportedHeader",
        "UnsupportedHttpVerb",
        "UnsupportedQueryParameter",
        "UnsupportedRequestVersion",
    )
)
_TOO_LARGE = frozenset({"requestbodytoolarge", "requestentitytoolarge"})
# Statuses with which the service objects to what the body says.
_ABOUT_TASKS = frozenset({400, 409, 422})


def classify(error: BaseException) -> Failure:
    """Tell what to do about a request that ended in this error."""
    if isinstance(error, ServiceError):
        return _judge_answer(error)
    if not isinstance(error, BatchTasksError):
        wrapped = BatchTasksError(f"{type(error).__name__}: {error}")
        wrapped.__cause__ = error
        return Failure(Action.STOP, wrapped, unclear=True)
    if error.is_retriable:
        return Failure(Action.AGAIN, error, unclear=error.outcome_unknown)
    return Failure(Action.STOP, error)


def _judge_answer(error: ServiceError) -> Failure:
    code = (error.code or "").casefold()
    if error.status_code == 413 or code in _TOO_LARGE:
        return Failure(Action.SMALLER, error, most_bytes=_limit(error))
    if error.status_code == 304 or 200 <= error.status_code < 300:
        return Failure(Action.AGAIN, error, unclear=True)
    if error.is_retriable or isinstance(error, QuotaError):
        throttled = isinstance(error, (ThrottledError, QuotaError)) or error.status_code == 503
        plain = isinstance(error, (ThrottledError, QuotaError))
        return Failure(Action.AGAIN, error, throttled=throttled, unclear=not plain)
    if is_whole_call(error):
        return Failure(Action.STOP, error)
    return Failure(Action.REFUSED, error)


def is_whole_call(error: ServiceError) -> bool:
    """Whether the refusal would meet every other task of the call too."""
    code = (error.code or "").casefold()
    about_one = error.status_code in _ABOUT_TASKS or code == "tasknotfound"
    return code in WHOLE_CALL or not about_one


def is_about_task(error: BatchTasksError | None) -> bool:
    """Whether a task failed for what it is; if not, it can be passed in again once the cause is gone."""
    if isinstance(error, ServiceError):
        return not (error.is_retriable or isinstance(error, QuotaError) or is_whole_call(error))
    return not isinstance(error, (NoAnswerError, TokenError, ConfigurationError))


def _limit(error: ServiceError) -> int | None:
    text = error.details.get("MaxLimit", "")
    return int(text) if text.isdecimal() and int(text) > 0 else None
