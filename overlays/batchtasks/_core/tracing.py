"""OpenTelemetry spans, one for each operation with all its requests, if the program uses OpenTelemetry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from batchtasks._http.origin import Origin
from batchtasks.errors import ConfigurationError
from batchtasks_rest._call import Answer, AnyCall


@contextmanager
def call_span(origin: Origin | None, call: AnyCall) -> Iterator[Callable[[int, Answer | None], None]]:
    """Open the span of an operation with one request and its retries; yield a function to record each attempt.

    The names are those of the OpenTelemetry conventions for HTTP clients. An error that leaves the span is recorded.
    """
    attributes = {"http.request.method": call.method, "url.path": call.path.partition("?")[0]}
    if "client-request-id" in call.headers:
        attributes["az.client_request_id"] = call.headers["client-request-id"]
    with _span(origin, call.operation, attributes) as span:

        def record(attempt: int, answer: Answer | None) -> None:
            if attempt > 1:
                span.set_attribute("http.request.resend_count", attempt - 1)
            if answer is not None:
                span.set_attribute("http.response.status_code", answer.status_code)
                if (request_id := answer.headers.get("request-id")) is not None:
                    span.set_attribute("az.service_request_id", request_id)

        yield record


@contextmanager
def bulk_span(origin: Origin | None, method: str, job_id: str) -> Iterator[Callable[[Mapping[str, int]], None]]:
    """Open one span for a whole bulk call; yield a function to record its counts.

    The thousands of requests of a bulk call have no spans: their threads do not know the span of the caller.
    """
    name = "Task_" + "".join(part.capitalize() for part in method.split("_"))
    with _span(origin, name, {"batchtasks.job_id": job_id}) as span:

        def record(counts: Mapping[str, int]) -> None:
            for key, number in counts.items():
                span.set_attribute(f"batchtasks.{key}", number)

        yield record


@contextmanager
def _span(origin: Origin | None, name: str, attributes: Mapping[str, str]) -> Iterator[Any]:
    trace = opentelemetry()
    own: dict[str, Any] = {"az.namespace": "Microsoft.Batch"}
    if origin is not None:
        own |= {"server.address": origin.host, "server.port": origin.port}
    tracer = trace.get_tracer("batchtasks")
    with tracer.start_as_current_span(name, kind=trace.SpanKind.CLIENT, attributes={**own, **attributes}) as span:
        try:
            yield span
        except BaseException as error:
            span.set_attribute("error.type", getattr(error, "code", None) or type(error).__name__)
            raise


def opentelemetry() -> Any:
    """Return the module opentelemetry.trace; raise ConfigurationError if it is not installed."""
    try:
        return import_module("opentelemetry.trace")
    except ImportError as error:
        raise ConfigurationError("tracing=True needs the package opentelemetry-api.") from error
