"""The EXCEPTION_HANDLER of DRF: an error of a view in the one envelope."""

import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import HttpRequest, UnreadablePostError
from rest_framework import exceptions as drf
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler as drf_exception_handler

from focusguard.api.errors.body import FieldErrors
from focusguard.api.errors.envelope import envelope
from focusguard.api.errors.outages import RETRY_AFTER_OUTAGE, status_of
from focusguard.api.exceptions import DomainError, FieldsRefused
from focusguard.api.scopes import ScopeMissing

logger = logging.getLogger(__name__)

# How many fields the sentence of a 422 names; `errors` has them all.
FAILURES_NAMED = 3


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """Turn whatever a view raised into an answer in the envelope.

    DRF's own handler goes first: it sets `Retry-After` and `WWW-Authenticate`. What
    nobody expected is logged once and answered with 500, or with 503 when the database
    is away.
    """
    if isinstance(exc, DomainError):
        return _domain_answer(exc)
    if isinstance(exc, (RequestDataTooBig, UnreadablePostError)):
        status = 413 if isinstance(exc, RequestDataTooBig) else 400
        return Response(envelope(status), status=status)
    response = drf_exception_handler(exc, context)
    if response is None:
        return _unexpected(exc, context["request"]._request)
    if isinstance(exc, drf.ValidationError):
        response.status_code = 422
        errors = dict(flatten(exc.detail))
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


def told_of(exc: DomainError) -> str:
    """Return the message of an error; of fields that are refused it names the first."""
    if isinstance(exc, FieldsRefused) and exc.errors:
        return first_failures(exc.errors)
    return exc.detail


def _domain_answer(exc: DomainError) -> Response:
    response = Response(
        envelope(
            exc.status_code, code=exc.code, message=told_of(exc), errors=exc.errors
        ),
        status=exc.status_code,
    )
    if exc.status_code == 401:
        response["WWW-Authenticate"] = challenge(
            exc.detail if exc.refuses_token else ""
        )
    elif isinstance(exc, ScopeMissing):
        response["WWW-Authenticate"] = exc.challenge
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


def flatten(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Walk nested validation errors into pairs of (dotted field, messages)."""
    if isinstance(detail, list) and any(isinstance(x, dict) for x in detail):
        detail = {index: value for index, value in enumerate(detail) if value}
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from flatten(value, f"{path}.{key}" if path else str(key))
    else:
        messages = detail if isinstance(detail, list) else [detail]
        yield path or api_settings.NON_FIELD_ERRORS_KEY, [*map(str, messages)]


def _unexpected(exc: Exception, request: HttpRequest) -> Response:
    status = status_of(exc)
    got_request_exception.send(sender=exception_handler, request=request)
    logger.error("database away" if status == 503 else "unhandled error", exc_info=exc)
    response = Response(envelope(status), status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_AFTER_OUTAGE)
    return response
