"""Answers to errors before a view or outside of DRF, by Django's own error handlers.

`pages.error_pages` makes pages of them where people look.
"""

import re
import sys
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve

from focusguard.api.errors.envelope import envelope
from focusguard.api.errors.outages import RETRY_AFTER_OUTAGE, status_of
from focusguard.api.exceptions import RouteNotFound

# What clients look for below /api, and is not there.
OUTSIDE = {
    "/asyncapi.json",
    "/docs",
    "/health",
    "/health/live",
    "/openapi.json",
    "/redoc",
}
BASE = re.compile(r"(?i)(/api(/v1)?)+(?=/)")


def envelope_answer(
    status: int, *, code: str | None = None, message: str | None = None
) -> HttpResponse:
    return JsonResponse(envelope(status, code=code, message=message), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return envelope_answer(413)
    return envelope_answer(400, message=foreign_host(request, exception))


def foreign_host(request: HttpRequest, exception: Exception) -> str | None:
    """Say to a developer which host was refused; None for anything and anybody else."""
    if not (settings.LOCAL_MODE and isinstance(exception, DisallowedHost)):
        return None
    host = request.META.get("HTTP_HOST", "")[:100]
    return (
        f"The host {host!r} is not served here, only "
        f"{', '.join(settings.ALLOWED_HOSTS)}. To serve it too, add it to "
        "ALLOWED_HOSTS and start again."
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return envelope_answer(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = RouteNotFound.message
    if meant := _route_meant(request.path_info):
        message = f"{message} Was {meant} meant?"
    return envelope_answer(404, code=RouteNotFound.code, message=message)


def _route_meant(path: str) -> str | None:
    """Return the route that a path misses by a slash, by its case or by /api.

    /api may be missing, may be there twice (in the base URL and in the path), or stand
    before what is outside of it; with its version or without.
    """
    plain = "/" + "/".join(part for part in path.split("/") if part)
    base = BASE.match(plain)
    bare = plain[base.end() :] if base else plain
    root = "/api/v1" if base and "/v1" in base[0].lower() else "/api"
    for candidate in (plain, f"{root}{bare}", f"{root}{bare}".lower(), bare.lower()):
        if candidate == path or len(candidate) >= 200:
            continue
        if candidate.startswith("/api/") or candidate in OUTSIDE:
            with suppress(Resolver404):
                resolve(candidate)
                return candidate
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    response = envelope_answer(status_of(sys.exc_info()[1]))
    if response.status_code == 503:
        response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
    return response
