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


class Move(Enum):
    """What to do about a request that brought no results."""

    AGAIN = auto()
    SMALLER = auto()
    REFUSED = auto()
    STOP = auto()


@frozen
class Setback:
    """A request that brought no results."""

    move: Move
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


def judge(error: BaseException) -> Setback:
    """Tell what to do about a request that ended in this error."""
    if isinstance(error, ServiceError):
        return _judge_answer(error)
    if not isinstance(error, BatchTasksError):
        wrapped = BatchTasksError(f"{type(error).__name__}: {error}")
        wrapped.__cause__ = error
        return Setback(Move.STOP, wrapped, unclear=True)
    if error.is_retriable:
        return Setback(Move.AGAIN, error, unclear=error.outcome_unknown)
    return Setback(Move.STOP, error)


def _judge_answer(error: ServiceError) -> Setback:
    code = (error.code or "").casefold()
    if error.status == 413 or code in _TOO_LARGE:
        return Setback(Move.SMALLER, error, most_bytes=_limit(error))
    if error.status == 304 or 200 <= error.status < 300:
        return Setback(Move.AGAIN, error, unclear=True)
    if error.is_retriable or isinstance(error, QuotaError):
        throttled = isinstance(error, (ThrottledError, QuotaError)) or error.status == 503
        plain = isinstance(error, (ThrottledError, QuotaError))
        return Setback(Move.AGAIN, error, throttled=throttled, unclear=not plain)
    if is_whole_call(error):
        return Setback(Move.STOP, error)
    return Setback(Move.REFUSED, error)


def is_whole_call(error: ServiceError) -> bool:
    """Whether the refusal would meet every other task of the call too."""
    code = (error.code or "").casefold()
    about_one = error.status in _ABOUT_TASKS or code == "tasknotfound"
    return code in WHOLE_CALL or not about_one


def is_about_task(error: BatchTasksError | None) -> bool:
    """Whether a task failed for what it is; if not, it can be passed in again once the cause is gone."""
    if isinstance(error, ServiceError):
        return not (error.is_retriable or isinstance(error, QuotaError) or is_whole_call(error))
    return not isinstance(error, (NoAnswerError, TokenError, ConfigurationError))


def _limit(error: ServiceError) -> int | None:
    text = error.details.get("MaxLimit", "")
    return int(text) if text.isdecimal() and int(text) > 0 else None
