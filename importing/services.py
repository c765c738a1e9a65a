"""Imports as their owner acts on them: upload, apply, undo. `importing.steps` does the work.

Each takes the lock of the user's row first (ADR 1), writes what is due now, and tells
`import_due`; nothing of the file is looked at here, since a request waits for it.
"""

import datetime as dt
import math
import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.user_lock import lock_user
from importing import selectors
from importing.exceptions import (
    DayFirstNeeded,
    ImportNotFound,
    ImportNotReady,
    ImportRateLimited,
    ImportRunning,
)
from importing.models import Import, Status
from importing.signals import import_due, import_moved

LIMIT, WINDOW = 5, dt.timedelta(days=1)
# Answered as it stands: who asks twice did not hear the first answer.
ASKED_ALREADY = (Status.APPLYING, Status.APPLIED)
UNDONE_ALREADY = (Status.UNDOING, Status.UNDONE)


@transaction.atomic
def receive(
    *,
    user_id: uuid.UUID,
    raw: bytes,
    source: str = "",
    zone: str | None = None,
    day_first: bool | None = None,
    now: dt.datetime | None = None,
) -> Import:
    """Keep a file, for a dry run that begins once this has been committed.

    `source` is the program that wrote it, else its header tells; `zone` where its times
    are from, else where the user lives. ImportRunning, ImportRateLimited, TokenInvalid.
    """
    user = lock_user(user_id)
    now = now or timezone.now()
    live_id, recent = selectors.before(user_id, now - WINDOW)
    if live_id:
        raise ImportRunning(errors={"import_id": [str(live_id)]})
    if settings.RATE_LIMIT_ENABLED and len(recent) >= LIMIT:
        wait = (recent[-LIMIT] + WINDOW - now).total_seconds()
        raise ImportRateLimited(retry_after=max(1, math.ceil(wait)))
    received = Import.objects.create(
        user=user,
        source=source,
        zone=zone or user.timezone,
        day_first=day_first,
        raw=raw,
        created_at=now,
    )
    _tell(received, "read")
    return received


@transaction.atomic
def apply(
    *, user_id: uuid.UUID, import_id: uuid.UUID, day_first: bool | None = None
) -> Import:
    """Let the rows of a file become entries, as its dry run has shown.

    Of one that was asked for before, nothing changes. ImportNotFound; ImportNotReady for
    one that is being read, has failed or was undone, or is applied with its dates in the
    other order; DayFirstNeeded where its dates can
    be read in two ways and nobody has said in which.
    """
    lock_user(user_id)
    found = _own(user_id, import_id)
    if found.status in ASKED_ALREADY:
        if _reads_otherwise(found, day_first):
            raise ImportNotReady
        return found
    if found.status != Status.READY:
        raise ImportNotReady
    if day_first is not None:
        found.day_first = day_first
    assert found.report is not None
    if found.report["ambiguous_dates"] and found.day_first is None:
        raise DayFirstNeeded
    found.status, found.tries = Status.APPLYING, 0
    found.save(update_fields=["status", "tries", "day_first"])
    _tell(found, "apply")
    return found


@transaction.atomic
def undo(
    *, user_id: uuid.UUID, import_id: uuid.UUID, now: dt.datetime | None = None
) -> Import:
    """Take back whatever an import has made, also while it is being applied.

    One that has made nothing is undone at once. ImportNotFound; ImportRunning where
    another one has not ended.
    """
    lock_user(user_id)
    found = _own(user_id, import_id)
    if found.status in UNDONE_ALREADY:
        return found
    if found.position or found.status == Status.APPLYING:
        if other := selectors.other_live(user_id, import_id):
            raise ImportRunning(errors={"import_id": [str(other)]})
        found.status = Status.UNDOING
        import_due.send(sender=Import, import_id=found.pk, step="undo")
    else:
        found.status, found.undone_at = Status.UNDONE, now or timezone.now()
    found.raw = None
    found.save(update_fields=["raw", "status", "undone_at"])
    import_moved.send(sender=Import, user_id=user_id)
    return found


def _reads_otherwise(applied: Import, day_first: bool | None) -> bool:
    """Say whether its dates were taken in another order than is asked for now."""
    assert applied.report is not None
    return (
        day_first is not None
        and applied.report["ambiguous_dates"]
        and applied.day_first != day_first
    )


def _own(user_id: uuid.UUID, import_id: uuid.UUID) -> Import:
    found = selectors.own_import(user_id, import_id)
    if found is None:
        raise ImportNotFound
    return found


def _tell(due: Import, step: str) -> None:
    import_due.send(sender=Import, import_id=due.pk, step=step)
    import_moved.send(sender=Import, user_id=due.user_id)
