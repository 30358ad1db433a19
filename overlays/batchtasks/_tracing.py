"""Spans of OpenTelemetry, one an operation with its retries inside, if the program uses OpenTelemetry."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

from batchtasks.errors import ConfigurationError
from batchtasks_rest._call import Call


class Note(Protocol):
    """What an operation tells of itself while its span is open."""

    def attempt(self, number: int, status: int | None, request_id: str | None) -> None: ...


class _Silent:
    def attempt(self, number: int, status: int | None, request_id: str | None) -> None:
        """Without a span nothing is noted."""


class _Span:
    """Writes onto a span, with the names of the OpenTelemetry conventions for HTTP clients."""

    def __init__(self, span: Any) -> None:
        self._span = span

    def attempt(self, number: int, status: int | None, request_id: str | None) -> None:
        if number > 1:
            self._span.set_attribute("http.request.resend_count", number - 1)
        if status is not None:
            self._span.set_attribute("http.response.status_code", status)
        if request_id is not None:
            self._span.set_attribute("az.service_request_id", request_id)


SILENT = _Silent()


class Tracing:
    """Makes spans. `wanted` None: if the program has imported OpenTelemetry itself; True: always; False: never."""

    def __init__(self, wanted: bool | None, host: str, port: int) -> None:
        self._wanted = wanted
        self._host = host
        self._port = port
        if wanted:
            _api()

    @property
    def is_on(self) -> bool:
        """Whether spans are made."""
        return self._wanted if self._wanted is not None else "opentelemetry.trace" in sys.modules

    @contextmanager
    def span(self, call: Call[Any]) -> Iterator[Note]:
        """Open a span for an operation; an error that leaves it is recorded."""
        trace = _api()
        attributes = {
            "az.namespace": "Microsoft.Batch",
            "http.request.method": call.method,
            "server.address": self._host,
            "server.port": self._port,
            "url.path": call.path.partition("?")[0],
        }
        if "client-request-id" in call.headers:
            attributes["az.client_request_id"] = call.headers["client-request-id"]
        tracer = trace.get_tracer("batchtasks")
        with tracer.start_as_current_span(call.operation, kind=trace.SpanKind.CLIENT, attributes=attributes) as span:
            try:
                yield _Span(span)
            except BaseException as error:
                span.set_attribute("error.type", getattr(error, "code", None) or type(error).__name__)
                raise


def _api() -> Any:
    try:
        return import_module("opentelemetry.trace")
    except ImportError as error:
        raise ConfigurationError("tracing=True needs the package opentelemetry-api.") from error
