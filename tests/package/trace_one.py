"""Run where the wheel is installed with the extra `otel`, beside the real SDK of OpenTelemetry: one operation, one span.

Not a test module: it must not see this checkout, so it is run by itself.
"""

from __future__ import annotations

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from batchtasks.testing import local_batch


def main() -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    with local_batch(run=False) as batch, batch.client() as client:
        assert list(client.job.list()) == []
    for span in exporter.get_finished_spans():
        status = (span.attributes or {}).get("http.response.status_code")
        print(f"{span.name} kind={span.kind.name} status={status}")


if __name__ == "__main__":
    main()
