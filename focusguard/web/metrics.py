"""Prometheus counters and histograms of a process.

With METRICS_DIR every worker keeps its counts in files there, which outlive it;
`manage.py serve_metrics` adds them up. Without it they cost a microsecond each and
nobody reads them.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

REQUESTS = Counter(
    "focusguard_requests", "Requests answered.", ["method", "route", "status"]
)
REQUEST_SECONDS = Histogram(
    "focusguard_request_seconds", "Time to an answer.", ["method", "route"]
)
STATEMENTS = Histogram(
    "focusguard_request_statements",
    "Statements that a request asked of Postgres.",
    ["route"],
    buckets=(0, 1, 2, 3, 5, 8, 12, 20, 50),
)
DATABASE_SECONDS = Counter(
    "focusguard_database_seconds", "Time spent waiting for Postgres.", ["route"]
)
_VALKEY = Counter(
    "focusguard_valkey_commands",
    "Commands to Valkey; skipped ones were not tried, as it was away just before.",
    ["outcome"],
)
VALKEY_ANSWERED = _VALKEY.labels("answered")
VALKEY_FAILED = _VALKEY.labels("failed")
VALKEY_SKIPPED = _VALKEY.labels("skipped")

# As many series as there are routes, whatever people ask for.
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
NO_ROUTE = "none"


class MetricsMiddleware:
    """Count each request by its route. Only there with METRICS_DIR."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = _Asked()
        began = time.perf_counter()
        with connection.execute_wrapper(asked):
            response = self.get_response(request)
        took = time.perf_counter() - began
        method = request.method if request.method in METHODS else "other"
        match = request.resolver_match
        route = match.route if match else NO_ROUTE
        REQUESTS.labels(method, route, response.status_code).inc()
        REQUEST_SECONDS.labels(method, route).observe(took)
        STATEMENTS.labels(route).observe(asked.statements)
        DATABASE_SECONDS.labels(route).inc(asked.seconds)
        return response


class _Asked:
    """The number of statements that a request asked, and the seconds that they took."""

    def __init__(self) -> None:
        self.statements = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            self.seconds += time.perf_counter() - began
