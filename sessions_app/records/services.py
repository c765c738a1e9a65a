"""Labelling and noting what is over, or still runs."""

import uuid
from typing import Any

from django.db import transaction

from accounts.user_lock import lock_user
from sessions_app.labels.own_label import own_label
from sessions_app.models import Entry, FocusSession
from sessions_app.records.exceptions import RecordNotFound
from sessions_app.records.record import Record
from sessions_app.records.selectors import own_record
from sessions_app.signals import record_annotated


@transaction.atomic
def annotate(
    *, user_id: uuid.UUID, record_id: uuid.UUID, changes: dict[str, Any]
) -> Record:
    """Change `label_id` and `note` of a session or an entry, at any time.

    They are the owner's words about the time and not the time: no figure moves.
    RecordNotFound, NoSuchLabel.
    """
    lock_user(user_id)
    with own_label():
        for rows in (FocusSession.objects, Entry.objects):
            if rows.for_user(user_id).filter(pk=record_id).update(**changes):
                break
    record = own_record(user_id, record_id)
    if record is None:
        raise RecordNotFound
    record_annotated.send(sender=Record, user_id=user_id)
    return record
