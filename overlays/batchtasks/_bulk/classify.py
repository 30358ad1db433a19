"""What a request without results means for the call: send it again, split it, refuse it, or stop. Pure functions.

The rules, first match wins:
- no answer: send it again, unless the error says that this is useless: then stop;
- another error of the client, such as a credential that gives no token: stop;
- 413, or RequestBodyTooLarge: split it; a task alone fails;
- 408, 429, 5xx (not 501 and 505), a quota, 304, a success that cannot be read: send it again;
- a code that is about the job, the account or the request as a whole: stop;
- 400, 409, 422, or TaskNotFound: one of its tasks is refused; split it to find which; a task alone fails;
- everything else (401, 403, 404, redirects, ...): stop.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from batchtasks import errors
from batchtasks_rest._facts import ABOUT_CALL

# What to do about a request that brought no results.
Action: TypeAlias = Literal["retry", "split", "refuse", "stop"]


@frozen
class Failure:
    """A request, or a task of one, without a result.

    Attributes:
        throttled: Whether the service asks for fewer requests.
        unclear: Whether the service said nothing about the task.
        maybe_done: Whether the request may have been carried out, so that "exists" on a later attempt may be its work.
        max_bytes: The largest body that the service takes, if it said so.
    """

    action: Action
    error: errors.BatchTasksError
    throttled: bool = False
    unclear: bool = False
    maybe_done: bool = False
    max_bytes: int | None = None

    @property
    def may_be_of_task(self) -> bool:
        """Whether one of the tasks may be the cause: not if the service is busy."""
        return self.unclear and not self.throttled


_ABOUT_CALL = frozenset(code.casefold() for code in ABOUT_CALL)
_TOO_LARGE = frozenset({"requestbodytoolarge", "requestentitytoolarge"})
# Status codes with which the service objects to what the body says.
_ABOUT_TASKS = frozenset({400, 409, 422})


def classify(error: BaseException) -> Failure:
    """Return what to do about a request that ended in this error."""
    if isinstance(error, errors.ServiceError):
        return _classify_refusal(error)
    if not isinstance(error, errors.BatchTasksError):
        wrapped = errors.BatchTasksError(f"{type(error).__name__}: {error}")
        wrapped.__cause__ = error
        return Failure("stop", wrapped, unclear=True, maybe_done=True)
    if error.is_retriable:
        return Failure("retry", error, unclear=error.outcome_unknown, maybe_done=error.outcome_unknown)
    return Failure("stop", error)


def _classify_refusal(error: errors.ServiceError) -> Failure:
    code = (error.code or "").casefold()
    if error.status_code == 413 or code in _TOO_LARGE:
        limit = error.details.get("MaxLimit", "")
        max_bytes = int(limit) if limit.isdecimal() and len(limit) < 20 else 0
        return Failure("split", error, max_bytes=max_bytes or None)
    if error.status_code == 304 or 200 <= error.status_code < 300:
        return Failure("retry", error, unclear=True, maybe_done=True)
    if isinstance(error, (errors.ThrottledError, errors.QuotaError)):
        return Failure("retry", error, throttled=True, maybe_done=error.outcome_unknown)
    if error.is_retriable:
        return Failure("retry", error, throttled=error.status_code == 503, unclear=True, maybe_done=True)
    about_one = error.status_code in _ABOUT_TASKS or code == "tasknotfound"
    return Failure("refuse" if about_one and code not in _ABOUT_CALL else "stop", error)


def is_about_task(error: BaseException | None) -> bool:
    """Return whether a task failed for what it is; if not, another call can bring it in once the cause is gone."""
    if isinstance(error, errors.ServiceError):
        return _classify_refusal(error).action in ("split", "refuse")
    return isinstance(error, errors.InvalidInputError) and not isinstance(error, errors.ConfigurationError)
