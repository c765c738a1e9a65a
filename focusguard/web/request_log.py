"""An id for every request, on its answer and on each of its log lines."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from focusguard.web.log_formats import without_tokens
from focusguard.web.origin import serving

logger = logging.getLogger("focusguard.request")

HEADER = "X-Request-ID"
SANE_ID = re.compile(r"[A-Za-z0-9._\-]{8,128}")
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """Return the id of the request being served, `-` outside of one."""
    return _request_id.get()


def _without_secret(request: HttpRequest) -> str:
    """Return the path; what a route calls its `token` does something for who has it.

    And a program's token opens what it opens for whoever finds it here.
    """
    path = without_tokens(request.path)
    token = request.resolver_match and request.resolver_match.kwargs.get("token")
    return path.replace(token, "*") if token else path


def _refused_host(request: HttpRequest, response: HttpResponse) -> str:
    """Return the host for which a request was refused, readable; else an empty text."""
    if response.status_code == 400:
        try:
            request.get_host()
        except DisallowedHost:
            return ascii(request.META.get("HTTP_HOST", "")[:100])
    return ""


class RequestIdFilter(logging.Filter):
    """Put the current request's id on each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class RequestLogMiddleware:
    """Give the request an id, and log one line when it is answered.

    The caller's `X-Request-ID` is kept when it is 8 to 128 of `A-Za-z0-9._-`;
    anything else could forge log lines and is replaced.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if SANE_ID.fullmatch(given) else uuid.uuid4().hex
        tokens = _request_id.set(request_id), serving.set(request)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = request_id
            self._log(request, response, time.perf_counter() - started)
        finally:
            _request_id.reset(tokens[0])
            serving.reset(tokens[1])
        return response

    def _log(self, request: HttpRequest, response: HttpResponse, took: float) -> None:
        # Percent-encoded again, so that it cannot break the line; without the query,
        # where somebody may have put a token.
        path = escape_uri_path(_without_secret(request))
        host = _refused_host(request, response)
        logger.log(
            logging.WARNING if host else logging.INFO,
            "%s %s %d %.1f ms%s",
            request.method,
            path,
            response.status_code,
            took * 1000,
            f", host {host} is not in ALLOWED_HOSTS" if host else "",
            extra={
                "method": request.method,
                "path": path,
                "status": response.status_code,
                "duration_ms": round(took * 1000, 1),
            },
        )
