"""Opt-ins: errors to Sentry, traces to an OpenTelemetry collector.

Their packages are not among ours: requirements-watch.txt has them. A variable that is
set without what it needs stops the start (`focusguard.E010`).
"""

from importlib.util import find_spec
from typing import Any

from django.conf import settings

from focusguard.web.log_formats import without_details, without_tokens

# The package that each setting needs, and what brings it.
NEEDS = {
    "SENTRY_DSN": ("sentry_sdk", "requirements-watch.txt"),
    "OTEL_EXPORTER_OTLP_ENDPOINT": ("opentelemetry", "requirements-watch.txt"),
    "PICTURES_S3_BUCKET": ("boto3", "requirements-pictures.txt"),
}


def lacking() -> dict[str, str]:
    """Return the settings that are set without their package, each with what brings it."""
    return {
        name: file
        for name, (package, file) in NEEDS.items()
        if getattr(settings, name) and find_spec(package) is None
    }


def start() -> None:
    """Start what is set, in a process that serves requests."""
    report_errors()
    if settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        _start_tracing()


def report_errors() -> None:
    """Send errors to Sentry where that is set, in whatever process they would be missed."""
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk

    # No bodies, no addresses, no headers that sign anybody in.
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        before_send=_told,
    )


def _told(event: Any, hint: Any) -> Any:
    """Leave out of an error what Postgres tells of the row that it refused, and tokens."""
    # Written as programs write it, and told once more in the text made of it.
    event.get("logentry", {}).pop("params", None)
    return _without_details(event)


def _without_details(told: Any) -> Any:
    """Go through all of it: the text of an error also stands where it was logged."""
    if isinstance(told, str):
        return without_tokens(without_details(told))
    if isinstance(told, dict):
        return {name: _without_details(value) for name, value in told.items()}
    if isinstance(told, (list, tuple)):
        return [_without_details(value) for value in told]
    return told


def _start_tracing() -> None:
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.django import DjangoInstrumentor
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    # Where to is read from the environment, with all of OTEL_'s own variables.
    provider = TracerProvider(resource=Resource.create({"service.name": "focusguard"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    DjangoInstrumentor().instrument()
    PsycopgInstrumentor().instrument()
