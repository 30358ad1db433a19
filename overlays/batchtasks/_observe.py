"""Seeing what goes over the wire: one log line a request, and two hooks.

Neither ever sees an Authorization header: a `Call` does not have one.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from attrs import frozen

from batchtasks.errors import BatchTasksError
from batchtasks_rest._call import Answer, Call

log = logging.getLogger("batchtasks")


@frozen
class Exchange:
    """One attempt that is over: what was asked, and the status or the error that came of it.

    `seconds` is the time from sending to the last byte. `status` is None and `error` set when no answer came.
    """

    operation: str
    method: str
    path: str
    seconds: float
    status: int | None = None
    error: BatchTasksError | None = None
    request_id: str | None = None
    client_request_id: str | None = None


@frozen
class Observer:
    """Logs attempts and calls the hooks; an error that a hook raises reaches the caller."""

    on_request: Callable[[Call[Any]], object] | None = None
    on_answer: Callable[[Exchange], object] | None = None

    def begin(self, call: Call[Any]) -> float:
        """Note that an attempt begins."""
        if self.on_request is not None:
            self.on_request(call)
        return time.perf_counter()

    def end(self, call: Call[Any], began: float, outcome: Answer | BaseException) -> None:
        """Note how an attempt ended."""
        debug = log.isEnabledFor(logging.DEBUG)
        if not debug and self.on_answer is None:
            return
        exchange = _exchange(call, time.perf_counter() - began, outcome)
        if debug:
            log.debug(
                "%s %s %s %.1f ms request-id=%s",
                exchange.method,
                exchange.path,
                exchange.status if exchange.error is None else type(exchange.error).__name__,
                exchange.seconds * 1000,
                exchange.request_id,
            )
        if self.on_answer is not None:
            self.on_answer(exchange)


def _exchange(call: Call[Any], seconds: float, outcome: Answer | BaseException) -> Exchange:
    answer = outcome if isinstance(outcome, Answer) else None
    return Exchange(
        operation=call.operation,
        method=call.method,
        path=call.path.partition("?")[0],
        seconds=seconds,
        status=answer.status if answer else None,
        error=outcome if isinstance(outcome, BatchTasksError) else None,
        request_id=answer.headers.get("request-id") if answer else None,
        client_request_id=call.headers.get("client-request-id"),
    )
