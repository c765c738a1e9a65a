"""The audit table: what happened to an account, by whom, from where."""

import logging
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import SecurityEvent, User
from focusguard.web.origin import Origin, current_origin
from focusguard.web.request_log import current_request_id

logger = logging.getLogger("focusguard.security")

Kind = SecurityEvent.Kind


def record(
    kind: SecurityEvent.Kind,
    *,
    user_id: uuid.UUID | None,
    by: User | None = None,
    device_id: uuid.UUID | None = None,
    origin: Origin | None = None,
    request_id: str | None = None,
    method: str = "",
) -> None:
    """Write an event in the transaction of what it tells, from the current request.

    Or from an `origin` and a request of before. `by` is the member of staff who did it, None where it was the user.
    `method` is the way in or the factor that it is about, where there is one. An event of
    nobody (`user_id` None) that is no failed sign-in keeps no address either.
    """
    nameless = user_id is None and kind != Kind.SIGN_IN_FAILED
    origin = Origin() if nameless else origin or current_origin()
    SecurityEvent.objects.create(
        kind=kind,
        at=timezone.now(),
        user_id=user_id,
        actor=by,
        device_id=device_id,
        address=origin.address,
        user_agent=origin.user_agent,
        request_id=request_id or current_request_id(),
        method=method,
    )
    logger.info("%s", kind.value, extra={"user_id": user_id, "device_id": device_id})


def record_failure(
    kind: SecurityEvent.Kind, *, user_id: uuid.UUID | None, method: str = ""
) -> None:
    """Write that a proof was wrong, also for a user who is deleted meanwhile."""
    try:
        with transaction.atomic():
            record(kind, user_id=user_id, method=method)
    except IntegrityError:
        record(kind, user_id=None, method=method)
