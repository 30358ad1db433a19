"""Functions of the user: one log line and two hooks for each attempt, and callbacks of flows.

Nothing of this sees an Authorization header: a `Call` has none.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable, iscoroutinefunction
from typing import TypeVar

from attrs import frozen

from batchtasks.errors import BatchTasksError, InvalidInputError
from batchtasks_rest._call import Answer, AnyCall

T = TypeVar("T")
V = TypeVar("V")

_log = logging.getLogger("batchtasks")


@frozen
class Exchange:
    """One finished attempt: the request, and its status code or error.

    Attributes:
        operation, method, path: The request.
        seconds: The time from sending to the last byte of the answer.
        status_code: The status code, or None if no answer came.
        error: The error if no answer came, or None.
        request_id, client_request_id: The ids of the request.
    """

    operation: str
    method: str
    path: str
    seconds: float
    status_code: int | None = None
    error: BatchTasksError | None = None
    request_id: str | None = None
    client_request_id: str | None = None


@frozen
class Hooks:
    """Logs each attempt and calls the user's two functions; an error that they raise reaches the caller."""

    on_request: Callable[[AnyCall], object] | None = None
    on_answer: Callable[[Exchange], object] | None = None

    def before(self, call: AnyCall) -> float:
        """Record that an attempt begins; return the time, for `after`."""
        if self.on_request is not None:
            self.on_request(call)
        return time.perf_counter()

    def after(self, call: AnyCall, began: float, outcome: Answer | BatchTasksError) -> None:
        """Record how an attempt ended."""
        is_debug = _log.isEnabledFor(logging.DEBUG)
        if not is_debug and self.on_answer is None:
            return
        exchange = _exchange(call, time.perf_counter() - began, outcome)
        if is_debug:
            _log.debug(
                "%s %s %s %.1f ms request-id=%s",
                exchange.method,
                exchange.path,
                exchange.status_code if exchange.error is None else type(exchange.error).__name__,
                exchange.seconds * 1000,
                exchange.request_id,
            )
        if self.on_answer is not None:
            self.on_answer(exchange)


def _exchange(call: AnyCall, seconds: float, outcome: Answer | BatchTasksError) -> Exchange:
    answer = outcome if isinstance(outcome, Answer) else None
    return Exchange(
        operation=call.operation,
        method=call.method,
        path=call.path.partition("?")[0],
        seconds=seconds,
        status_code=answer.status_code if answer else None,
        error=outcome if isinstance(outcome, BatchTasksError) else None,
        request_id=answer.headers.get("request-id") if answer else None,
        client_request_id=call.headers.get("client-request-id"),
    )


def validate_callback(function: object, name: str, *, is_async: bool) -> None:
    """Raise InvalidInputError for what the flow cannot call; None stands for no function.

    Args:
        function: What the user passed.
        name: What errors call it.
        is_async: Whether the client is an AsyncBatchClient, which takes `async def` functions too.
    """
    if function is None:
        return
    if not callable(function):
        raise InvalidInputError(f"{name} must be a function, not {type(function).__name__}.")
    awaits = iscoroutinefunction(function) or iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004
    if awaits and not is_async:
        raise InvalidInputError(f"{name} of the blocking BatchClient cannot be an async function.")


async def call_back(function: Callable[[V], T | Awaitable[T]], value: V) -> T:
    """Call a function of the user, and await its result if it is an `async def`."""
    result = function(value)
    return await result if isawaitable(result) else result
