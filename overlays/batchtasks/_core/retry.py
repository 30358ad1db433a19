"""When a failed request is sent again: plain data and one pure function."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attrs import Attribute, field, frozen

from batchtasks._validation.values import to_seconds, validate_int
from batchtasks.errors import BatchTasksError


def _seconds(value: timedelta | float | None) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _is_duration(_: object, attribute: Attribute[Any], value: object) -> None:
    if value is not None or attribute.name != "deadline":
        to_seconds(value, f"RetryPolicy: {attribute.name}")


def _is_count(_: object, attribute: Attribute[Any], value: object) -> None:
    validate_int(value, f"RetryPolicy: {attribute.name}", 1)


@frozen(kw_only=True)
class RetryPolicy:
    """How often and how long a request is tried.

    Requests are tried again after a connection that failed or broke, a timeout, and the status codes 408, 429 and 5xx (but
    not 501 and 505), whatever their method. If no connection can be made for a reason that will hardly go away, there are
    fewer attempts (see ConnectionFailedError). Durations are timedeltas or seconds.

    Args:
        attempts: How often a request is tried at most; 1 means never again. Default: 8.
        deadline: How long after the start of the first attempt another may begin. If the wait before it would end later,
            the call gives up at once. None means no limit. Default: 180 seconds.
        wait_initial: The first wait. The n-th wait is a random time between half and all of `wait_initial * 2 ** (n - 1)`,
            so that many clients do not return together. Default: 0.5 seconds.
        wait_max: The longest such wait. Default: 30 seconds.
        retry_after_max: If the service says Retry-After, that is waited, at most so long, and half of the random time
            on top. Default: 90 seconds.

    Raises:
        InvalidInputError: A value is out of range.
    """

    attempts: int = field(default=8, validator=_is_count)
    deadline: float | None = field(default=180.0, converter=_seconds, validator=_is_duration)
    wait_initial: float = field(default=0.5, converter=_seconds, validator=_is_duration)
    wait_max: float = field(default=30.0, converter=_seconds, validator=_is_duration)
    retry_after_max: float = field(default=90.0, converter=_seconds, validator=_is_duration)

    def delay(self, error: BaseException, attempt: int, elapsed: float, random: float) -> float | None:
        """Return the seconds to wait before the next attempt, or None to give up.

        Args:
            error: What the last attempt ended in.
            attempt: How many attempts were made: 1 after the first.
            elapsed: Seconds since the first attempt began.
            random: A number from 0 up to, but not including, 1.
        """
        if not isinstance(error, BatchTasksError) or not error.is_retriable or attempt >= self.attempts_for(error):
            return None
        # 2.0 ** 64 is far beyond any limit and still a float.
        backoff = min(self.wait_max, self.wait_initial * 2.0 ** min(attempt - 1, 64))
        asked = error.retry_after
        base = backoff * 0.5 if asked is None else min(asked, self.retry_after_max)
        wait = base + backoff * 0.5 * random
        if self.deadline is not None and elapsed + wait > self.deadline:
            return None
        return wait

    def attempts_for(self, error: BatchTasksError) -> int:
        """Return how often a request that ends in this error is tried at most."""
        most = getattr(error, "max_attempts", None)
        return self.attempts if most is None else min(self.attempts, most)
