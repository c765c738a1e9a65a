"""Every error in the one envelope, wherever it was raised."""

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)
from django.http import (
    HttpRequest,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.urls import Resolver404, resolve
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as drf_exception_handler
from rest_framework.views import set_rollback

from focusguard.api.envelope import FieldErrors, error_body
from focusguard.api.exceptions import DomainError, RouteNotFound
from focusguard.web.request_log import current_request_id

logger = logging.getLogger(__name__)

RETRY_AFTER_OUTAGE = 5  # seconds
# How many fields the sentence of a 422 names; `errors` has them all.
FAILURES_NAMED = 3

# A database that only reads, and one that ended a transaction which had stalled.
OUTAGE_STATES = {"25006", "25P03"}

# What clients look for below /api, and is not there.
OUTSIDE = {"/docs", "/health", "/health/live", "/openapi.json", "/redoc"}

MESSAGES = {
    400: ("BAD_REQUEST", "The request cannot be read."),
    401: ("NOT_AUTHENTICATED", "Sign in first."),
    403: ("FORBIDDEN", "You may not do this."),
    404: ("NOT_FOUND", "Not found."),
    405: ("METHOD_NOT_ALLOWED", "This method is not allowed here."),
    409: ("CONFLICT", "The request conflicts with the current state."),
    413: ("PAYLOAD_TOO_LARGE", "The request body is too large."),
    414: ("URI_TOO_LONG", "The request line is too long."),
    415: ("UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8, uncompressed."),
    422: ("VALIDATION_ERROR", "Some fields are invalid."),
    429: ("RATE_LIMITED", "Too many requests; try again later."),
    500: ("INTERNAL_ERROR", "Something went wrong on our side."),
    503: ("SERVICE_UNAVAILABLE", "The service is away; try again in a moment."),
}


def envelope(
    status: int,
    *,
    code: str | None = None,
    message: str | None = None,
    errors: FieldErrors | None = None,
) -> dict[str, Any]:
    """Fill the envelope; what is not given stands in `MESSAGES`."""
    default_code, default_message = MESSAGES.get(status, ("ERROR", "Request failed."))
    return error_body(
        message=message or default_message,
        code=code or default_code,
        status=status,
        request_id=current_request_id(),
        errors=errors,
    )


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """Turn whatever a view raised into an answer in the envelope.

    DRF's own handler goes first: it sets `Retry-After` and `WWW-Authenticate` and
    marks an open transaction for rollback. What nobody expected is logged once and
    answered with 500, or with 503 when the database is away.
    """
    if isinstance(exc, DomainError):
        set_rollback()
        return _domain_answer(exc)
    if isinstance(exc, (RequestDataTooBig, UnreadablePostError)):
        set_rollback()
        status = 413 if isinstance(exc, RequestDataTooBig) else 400
        return Response(envelope(status), status=status)
    response = drf_exception_handler(exc, context)
    if response is None:
        set_rollback()
        return _unexpected(exc, context["request"]._request)
    if isinstance(exc, drf.ValidationError):
        response.status_code = 422
        errors = dict(_flatten(exc.detail))
        response.data = envelope(422, message=first_failures(errors), errors=errors)
    elif isinstance(exc, drf.APIException):
        response.data = _api_answer(exc, response.status_code)
        if isinstance(exc, drf.AuthenticationFailed):
            response["WWW-Authenticate"] = challenge(str(exc.detail))
    else:
        response.data = envelope(response.status_code)
    return response


def first_failures(errors: FieldErrors) -> str:
    """Say in a sentence which fields failed first, for a reader of `message` alone."""
    told = []
    for name, messages in list(errors.items())[:FAILURES_NAMED]:
        at = "" if name == api_settings.NON_FIELD_ERRORS_KEY else f"{name[:50]}: "
        told.append(f"{at}{messages[0]}")
    if more := len(errors) - len(told):
        told.append(f"{more} more field{'s' if more > 1 else ''} failed.")
    return " ".join(told)


def challenge(refused: str = "") -> str:
    """Write `WWW-Authenticate`; of a token that was sent, why it was `refused`.

    By the error a client knows that a new token helps, and not another right.
    """
    if not refused:
        return "Bearer"
    return f'Bearer error="invalid_token", error_description="{refused}"'


def _domain_answer(exc: DomainError) -> Response:
    message = exc.detail
    if exc.status_code == 422 and exc.errors:
        message = first_failures(exc.errors)
    response = Response(
        envelope(exc.status_code, code=exc.code, message=message, errors=exc.errors),
        status=exc.status_code,
    )
    if exc.status_code == 401:
        response["WWW-Authenticate"] = challenge(
            exc.detail if exc.refuses_token else ""
        )
    if exc.retry_after is not None:
        response["Retry-After"] = str(exc.retry_after)
    return response


def _api_answer(exc: drf.APIException, status: int) -> dict[str, Any]:
    """Keep the code and text of an error that says more than its status."""
    if isinstance(exc, drf.NotAuthenticated) and exc.detail != exc.default_detail:
        return envelope(status, message=str(exc.detail))
    if isinstance(exc, (drf.ParseError, drf.AuthenticationFailed)):
        codes = exc.get_codes()
        code = codes if isinstance(codes, str) and codes.isupper() else None
        text = exc.detail if isinstance(exc.detail, str) else None
        return envelope(status, code=code, message=text)
    return envelope(status)


def _flatten(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Walk nested validation errors into pairs of (dotted field, messages)."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flatten(value, f"{path}.{key}" if path else str(key))
    elif isinstance(detail, list) and any(isinstance(x, dict) for x in detail):
        for index, value in enumerate(detail):
            if value:
                yield from _flatten(value, f"{path}.{index}" if path else str(index))
    else:
        messages = detail if isinstance(detail, list) else [detail]
        yield (
            path or api_settings.NON_FIELD_ERRORS_KEY,
            [str(message) for message in messages],
        )


def is_outage(exc: BaseException | None) -> bool:
    """Tell whether the database, not the request, is what failed."""
    if isinstance(exc, (OperationalError, InterfaceError)):
        return True
    return (
        isinstance(exc, InternalError)
        and getattr(exc.__cause__, "sqlstate", None) in OUTAGE_STATES
    )


def status_of(exc: BaseException | None) -> int:
    """Return the status of an error that nobody foresaw.

    What only the database's own rules caught is a conflict; what it could not even
    store was no good request.
    """
    if is_outage(exc):
        return 503
    if isinstance(exc, IntegrityError):
        return 409
    return 400 if isinstance(exc, DataError) else 500


def _unexpected(exc: Exception, request: HttpRequest) -> Response:
    status = status_of(exc)
    got_request_exception.send(sender=exception_handler, request=request)
    logger.error("database away" if status == 503 else "unhandled error", exc_info=exc)
    response = Response(envelope(status), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
    return response


# What is raised before a view or outside DRF; focusguard.error_pages makes pages of it
# where people look.


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
    before what is outside of it.
    """
    plain = "/" + "/".join(part for part in path.split("/") if part)
    bare = plain[4:] if plain.lower().startswith("/api/") else plain
    for candidate in (plain, f"/api{bare}", f"/api{bare}".lower(), bare.lower()):
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
