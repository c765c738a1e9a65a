"""Writes to the outbox, for the apps that have something to tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from mail.exceptions import CannotSendAgain
from mail.models import OutboxMail
from mail.signals import mail_queued

State = OutboxMail.State

# By the clock of the database, which senders go by: a machine whose clock is ahead
# would leave every mail to the sweep.
INSERT = """
INSERT INTO mail_outbox
    (id, kind, key, user_id, address, data, created_at, due_at, tries, state, reason)
VALUES (%s, %s, %s, %s, %s, %s, now(), coalesce(%s, now()), 0, 'waiting', '')
ON CONFLICT (key) DO NOTHING
RETURNING id
"""


def is_on() -> bool:
    """Tell whether there is a server that mail is handed to."""
    return bool(settings.EMAIL_URL)


@transaction.atomic(savepoint=False)
def queue(
    *,
    kind: str,
    key: str,
    user_id: UUID | None = None,
    address: str = "",
    data: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """Store a mail that is sent once the caller's transaction has ended well.

    A second one of the same `key` is none, and nothing is stored while mail is off.
    With a user and no address it goes to the address that the user has by then. `data`
    holds ids and facts as JSON has them: no secret, no token, no link.
    """
    if user_id is None and not address:
        raise ValueError("a mail is for a user or to an address")
    if not is_on():
        return
    facts = Jsonb(dict(data or {}))
    row: list[Any] = [uuid7(), kind, key, user_id, address, facts, due_at]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, row)
        stored = cursor.fetchone()
    if stored:
        mail_queued.send(sender=OutboxMail, mail_id=stored[0])


def forgo(*, kind: str, key: str, user_id: UUID, reason: str) -> None:
    """Take the mail of `key` for one that was dropped, so that none is sent."""
    now = timezone.now()
    mail = OutboxMail(kind=kind, key=key, user_id=user_id, created_at=now, due_at=now)
    mail.state, mail.reason, mail.ended_at = State.DROPPED, reason, now
    OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)


def forget(*, address: str) -> None:
    """Delete what waits to be sent because somebody typed this address."""
    typed = OutboxMail.objects.filter(user=None, state=State.WAITING)
    typed.filter(address__iexact=address).delete()


@transaction.atomic
def send_again(*, mail_id: UUID) -> None:
    """Let a mail that was sent or has failed wait once more, with all its tries.

    CannotSendAgain, also where nobody knows any more where to. Its Message-ID is the
    same: where the first one did arrive after all, programs drop the second.
    """
    mail = OutboxMail.objects.select_for_update(no_key=True).filter(pk=mail_id).first()
    if mail is None or mail.state not in (State.SENT, State.FAILED):
        raise CannotSendAgain("Only what was sent or has failed can be sent again.")
    if mail.user_id is None and not mail.address:
        raise CannotSendAgain(
            "The address was typed, and erased when the mail had ended."
        )
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=State.WAITING, tries=0, reason="", due_at=Now(), ended_at=None
    )
