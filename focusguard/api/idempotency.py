"""Retries that are safe: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).

The effect and the stored answer are one transaction, so there is no moment in which
one exists without the other, whatever dies.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from focusguard.api.exceptions import DomainError
from focusguard.api.models import IdempotentAnswer
from focusguard.api.rendering import JSONRenderer
from focusguard.api.views import ApiViewSet
from focusguard.db.locks import try_hold

HEADER = "Idempotency-Key"
KEPT_FOR = IdempotentAnswer.KEPT_FOR
REPLAYED = {"Idempotent-Replayed": "true"}

# Visible ASCII; a comma would be two headers that a proxy has joined.
_CHARACTERS = r"[\x21\x23-\x2B\x2D-\x5B\x5D-\x7E]{1,255}"
KEY = re.compile(rf'^("{_CHARACTERS}"|{_CHARACTERS})$')

View = TypeVar("View", bound=ApiViewSet)
Handler = Callable[[View, Request], Response]

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": KEY.pattern},
    OpenApiParameter.HEADER,
    description="Makes a retry safe: for 24 hours the same key and body get the first "
    "answer again, with `Idempotent-Replayed: true`. 1 to 255 visible ASCII "
    "characters without comma, quote and backslash; a UUID is best.",
)

IDEMPOTENT_REPLAYED = OpenApiParameter(
    "Idempotent-Replayed",
    {"type": "string", "enum": ["true"]},
    OpenApiParameter.HEADER,
    response=[200, 201, 202],
    description="The answer of the first request with this key, given again.",
)
IDEMPOTENCY_RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 0},
    OpenApiParameter.HEADER,
    response=[409],
    description="Seconds to wait, where the first request with this key still runs.",
)
IDEMPOTENCY = [IDEMPOTENCY_KEY, IDEMPOTENT_REPLAYED, IDEMPOTENCY_RETRY_AFTER]


class IdempotencyKeyInvalid(DomainError):
    """The header is there and is no key."""

    status_code = 400
    code = "IDEMPOTENCY_KEY_INVALID"
    message = (
        "Idempotency-Key must be 1 to 255 visible ASCII characters without comma, "
        "quote and backslash."
    )


class IdempotencyKeyReused(DomainError):
    """The key was used for another request."""

    status_code = 422
    code = "IDEMPOTENCY_KEY_REUSED"
    message = "This Idempotency-Key was used for another request; make a new one."


class IdempotencyKeyInFlight(DomainError):
    """The first request with this key is being served at this moment."""

    code = "IDEMPOTENCY_KEY_IN_FLIGHT"
    message = "The first request with this Idempotency-Key is still being served."


IDEMPOTENCY_ERRORS = (
    IdempotencyKeyInvalid,
    IdempotencyKeyInFlight,
    IdempotencyKeyReused,
)


def idempotent(
    made: type[Model], *, asked: Callable[[Request], Any] = attrgetter("data")
) -> Callable[[Handler[View]], Handler[View]]:
    """Let a handler that made a row of the user's take `Idempotency-Key`.

    A success is stored for `KEPT_FOR` and repeated, without a `Location` once the row
    is gone. A failure is not: it rolls back, and the same key may be tried again.
    Without a key nothing changes. `asked` says what a request asks, as JSON has it: its
    body, unless more than that belongs to it. IdempotencyKeyInvalid (400),
    IdempotencyKeyInFlight (409), IdempotencyKeyReused (422).
    """

    def taking_a_key(handler: Handler[View]) -> Handler[View]:
        @wraps(handler)
        def repeatable(view: View, request: Request) -> Response:
            key = key_of(request)
            if key is None:
                return handler(view, request)
            route = f"{type(view).__name__}.{handler.__name__}"
            fingerprint = fingerprint_of(route, asked(request))
            user_id = request.user.pk
            assert user_id is not None
            with transaction.atomic():
                hold(f"{user_id} {key}")
                known = _known(user_id, key)
                if known is not None:
                    answer = _repeat(known, fingerprint)
                    owned = made._default_manager.filter(user_id=user_id)
                    view.made_is_gone = not owned.filter(pk=answer.data["id"]).exists()
                    return answer
                response = handler(view, request)
                _store(user_id, key, fingerprint, response)
                return response

        return repeatable

    return taking_a_key


def key_of(request: Request) -> str | None:
    """Read the header: a string of RFC 9651 in its quotes, or the same without."""
    text = request.headers.get(HEADER)
    if text is None:
        return None
    if not KEY.fullmatch(text):
        raise IdempotencyKeyInvalid
    return text.strip('"')


def fingerprint_of(route: str, body: Any) -> bytes:
    """Digest what was asked: the same fields in another order ask the same."""
    text = json.dumps([route, body], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def hold(name: str) -> None:
    """Hold a key, by its name among all, until the transaction ends; IdempotencyKeyInFlight if it is held."""
    if not try_hold(name):
        raise IdempotencyKeyInFlight(retry_after=1)


def _known(user_id: uuid.UUID, key: str) -> IdempotentAnswer | None:
    return IdempotentAnswer.objects.filter(
        user_id=user_id, key=key, created_at__gt=timezone.now() - KEPT_FOR
    ).first()


def _repeat(known: IdempotentAnswer, fingerprint: bytes) -> Response:
    if bytes(known.fingerprint) != fingerprint:
        raise IdempotencyKeyReused
    return Response(
        json.loads(known.body),
        status=known.status,
        headers=REPLAYED,
    )


def _store(
    user_id: uuid.UUID, key: str, fingerprint: bytes, response: Response
) -> None:
    """Keep the answer, in the place of one that is older than `KEPT_FOR`."""
    answer = IdempotentAnswer(
        user_id=user_id,
        key=key,
        fingerprint=fingerprint,
        status=response.status_code,
        body=JSONRenderer().render(response.data).decode(),
        created_at=timezone.now(),
    )
    IdempotentAnswer.objects.bulk_create(
        [answer],
        update_conflicts=True,
        unique_fields=["user_id", "key"],
        update_fields=["fingerprint", "status", "body", "created_at"],
    )
