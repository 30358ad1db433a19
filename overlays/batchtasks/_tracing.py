"""Spans of OpenTelemetry, one an operation with all its requests inside, if the program uses OpenTelemetry."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from batchtasks.errors import ConfigurationError
from batchtasks_rest._call import Call

if TYPE_CHECKING:
    from batchtasks._bulk.report import BulkReport


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
        """Open a span for an operation of one request, with its retries; an error that leaves it is recorded."""
        attributes = {"http.request.method": call.method, "url.path": call.path.partition("?")[0]}
        if "client-request-id" in call.headers:
            attributes["az.client_request_id"] = call.headers["client-request-id"]
        with self.open(call.operation, attributes) as span:
            yield _Span(span)

    @contextmanager
    def open(self, name: str, attributes: dict[str, str]) -> Iterator[Any]:
        """Open a span of this client."""
        trace = _api()
        own = {"az.namespace": "Microsoft.Batch", "server.address": self._host, "server.port": self._port}
        tracer = trace.get_tracer("batchtasks")
        with tracer.start_as_current_span(name, kind=trace.SpanKind.CLIENT, attributes={**own, **attributes}) as span:
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", getattr(error, "code", None) or type(error).__name__)
                raise


@contextmanager
def bulk_span(tracing: Tracing | None, what: str, job_id: str) -> Iterator[Callable[[BulkReport], None]]:
    """Open one span for a whole bulk call, if spans are made; gives what to tell its report to.

    Of single requests there would be thousands, from threads that know nothing of the caller's span.
    """
    if tracing is None or not tracing.is_on:
        yield lambda report: None
        return
    name = "Task_" + "".join(part.capitalize() for part in what.split("_"))
    with tracing.open(name, {"batchtasks.job_id": job_id}) as span:
        yield partial(_tell_report, span)


def _tell_report(span: Any, report: BulkReport) -> None:
    counts = {
        report.verb: report.added,
        "existed": report.existed,
        "requests": report.requests,
        "retried": report.retried,
    }
    lists = {"failed": report.failed, "unknown": report.unknown, "unsent": report.unsent}
    for name, number in (counts | {name: len(tasks) for name, tasks in lists.items()}).items():
        span.set_attribute(f"batchtasks.{name}", number)


def _api() -> Any:
    try:
        return import_module("opentelemetry.trace")
    except ImportError as error:
        raise ConfigurationError("tracing=True needs the package opentelemetry-api.") from error
