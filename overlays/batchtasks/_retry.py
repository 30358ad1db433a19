"""When and after how long a failed request is sent again: plain data and one pure function."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import Attribute, field, frozen

from batchtasks.errors import BatchTasksError, InvalidInputError


def _in_seconds(value: timedelta | float) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _in_seconds_or_none(value: timedelta | float | None) -> float | None:
    return None if value is None else _in_seconds(value)


def _not_negative(_: Any, attribute: Attribute[Any], value: object) -> None:
    if not _is_span(value):
        text = "a timedelta, or 0 or more seconds"
        raise InvalidInputError(f"RetryPolicy: {attribute.name} must be {text}, not {value!r}.")


def _not_negative_if_any(_: Any, attribute: Attribute[Any], value: object) -> None:
    if value is not None:
        _not_negative(_, attribute, value)


def _is_span(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf")


def _at_least_one(_: Any, attribute: Attribute[Any], value: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InvalidInputError(f"RetryPolicy: {attribute.name} must be a whole number of 1 or more, not {value!r}.")


@frozen(kw_only=True)
class RetryPolicy:
    """How often and how long a request is tried.

    Tried again are: connections that fail or break, time-outs, 408, 429 and 5xx (but not 501 and 505), for every verb.
    Where no connection can be made for a reason that will hardly pass, it is fewer `attempts` (see ConnectionFailed).
    All times are in seconds, or timedeltas. The n-th wait lies between half and all of `first_delay * 2 ** (n - 1)`, at most
    `longest_delay`, at random, so that many clients do not come back together. If the service says Retry-After, that is
    waited (at most `longest_retry_after`) and the random part on top. No wait begins that would end after `deadline`,
    which counts from the first attempt; None means no such limit. `RetryPolicy(attempts=1)` never tries again.
    """

    attempts: int = field(default=8, validator=_at_least_one)
    deadline: float | None = field(default=180.0, converter=_in_seconds_or_none, validator=_not_negative_if_any)
    first_delay: float = field(default=0.5, converter=_in_seconds, validator=_not_negative)
    longest_delay: float = field(default=30.0, converter=_in_seconds, validator=_not_negative)
    longest_retry_after: float = field(default=90.0, converter=_in_seconds, validator=_not_negative)

    def delay(self, error: BaseException, attempt: int, elapsed: float, random: float) -> float | None:
        """Tell the seconds to wait before the next attempt, or None to give up.

        `attempt` counts the attempts made (1 after the first), `elapsed` the seconds since the first one began, and
        `random` is a number from 0 up to, but not including, 1.
        """
        if not isinstance(error, BatchTasksError) or not error.is_retriable or attempt >= self.attempts_at(error):
            return None
        # 2.0 ** 64 is far beyond any cap and still a float.
        backoff = min(self.longest_delay, self.first_delay * 2.0 ** min(attempt - 1, 64))
        asked = error.retry_after
        wait = backoff * (0.5 + 0.5 * random) if asked is None else self._asked(asked) + backoff * 0.5 * random
        if self.deadline is not None and elapsed + wait > self.deadline:
            return None
        return wait

    def attempts_at(self, error: BatchTasksError) -> int:
        """Tell how often a request is tried at most that meets this error."""
        most = getattr(error, "most_attempts", None)
        return self.attempts if most is None else min(self.attempts, most)

    def _asked(self, seconds: float) -> float:
        return min(seconds, self.longest_retry_after)
