"""What is to be seen of requests: one log line and two hooks of the user for each attempt, and spans of OpenTelemetry.

Nothing of this sees an Authorization header: a `Call` has none.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from inspect import isawaitable, iscoroutinefunction
from typing import Any, TypeVar

from attrs import frozen

from batchtasks._http.origin import Origin
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

    def after(self, call: AnyCall, began: float, outcome: Answer | BatchTasksError) -> None:
        """Record an attempt that began at this time of `time.perf_counter`."""
        if self.on_answer is None and not _log.isEnabledFor(logging.DEBUG):
            return
        seconds, path, headers = time.perf_counter() - began, call.path.partition("?")[0], call.headers
        answer, error = (outcome, None) if isinstance(outcome, Answer) else (None, outcome)
        status, request_id = (answer.status_code, answer.headers.get("request-id")) if answer else (None, None)
        shown = type(error).__name__ if error else status
        _log.debug("%s %s %s %.1f ms request-id=%s", call.method, path, shown, seconds * 1000, request_id)
        if self.on_answer is not None:
            own_id = headers.get("client-request-id")
            self.on_answer(Exchange(call.operation, call.method, path, seconds, status, error, request_id, own_id))


def validate_callback(function: object, name: str, *, is_async: bool) -> None:
    """Raise InvalidInputError for what a flow cannot call; None stands for no function, `is_async` takes `async def` too."""
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


def call_span(tracing: bool | None, origin: Origin, call: AnyCall) -> AbstractContextManager[Any]:
    """Open the span of an operation with one request and its retries; `record_attempt` takes it.

    The names are those of the OpenTelemetry conventions for HTTP clients.
    """
    attributes = {"http.request.method": call.method, "url.path": call.path.partition("?")[0]}
    if "client-request-id" in call.headers:
        attributes["az.client_request_id"] = call.headers["client-request-id"]
    return open_span(tracing, origin, call.operation, attributes)


def record_attempt(span: Any, attempt: int, answer: Answer | None) -> None:
    """Record an attempt in the span of its call."""
    if span is not None and attempt > 1:
        span.set_attribute("http.request.resend_count", attempt - 1)
    if span is not None and answer is not None:
        span.set_attribute("http.response.status_code", answer.status_code)
        if (request_id := answer.headers.get("request-id")) is not None:
            span.set_attribute("az.service_request_id", request_id)


@contextmanager
def open_span(tracing: bool | None, origin: Origin, name: str, attributes: Mapping[str, str]) -> Iterator[Any]:
    """Open a span, or return None if the program wants none."""
    if not ("opentelemetry.trace" in sys.modules if tracing is None else tracing):
        yield None
        return
    trace = import_module("opentelemetry.trace")
    own: dict[str, Any] = {"server.address": origin.host, "server.port": origin.port}
    own |= {"az.namespace": "Microsoft.Batch", **attributes}
    tracer = trace.get_tracer("batchtasks")
    with tracer.start_as_current_span(name, kind=trace.SpanKind.CLIENT, attributes=own) as span:
        try:
            yield span
        except BaseException as error:
            span.set_attribute("error.type", getattr(error, "code", None) or type(error).__name__)
            raise
