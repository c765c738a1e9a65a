"""Entries: telling of focus afterwards, one by one or many at once, and correcting it.

Each takes the lock of the user's row first, as every write of a user does (ADR 1), so
that no record takes a time while it is looked at. What is announced lets other pages
ask again: entries move no total, XP, streak, board or plant (ADR 49).
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.user_lock import lock_user
from accounts.zones import zone_named
from focusguard.api.exceptions import FieldsRefused
from sessions_app.entries import selectors
from sessions_app.entries.exceptions import EntryNotFound
from sessions_app.entries.judging import Judge, Verdict
from sessions_app.entries.room import Room
from sessions_app.entries.tellings import Telling, out_of_reach, placed
from sessions_app.labels.exceptions import UNKNOWN
from sessions_app.models import Entry
from sessions_app.signals import entries_changed

TIMES = {"at", "local_date", "minutes"}


@transaction.atomic
def add(
    *,
    user_id: uuid.UUID,
    tellings: Sequence[Telling],
    active_only: bool = True,
    now: datetime | None = None,
) -> list[Verdict]:
    """Add what can be added; return a verdict on each, in their order.

    They are judged one after the other, as if each were sent by itself, by one look
    at the user's records and with one INSERT, however many. What is wrong
    (FieldsRefused), in the way of another record (TimeTaken), too many
    (TooManyEntries) or named as another was (ClientIdReused) holds none of the others
    up; what was told before is a duplicate. TokenInvalid.
    """
    user = lock_user(user_id, active_only=active_only)
    judge = Judge(user_id, tellings, user.timezone, now or timezone.now())
    verdicts = list(judge.verdicts())
    if judge.new:
        Entry.objects.bulk_create(judge.new)
        entries_changed.send(sender=Entry, user_id=user_id)
    return verdicts


def tell(*, user_id: uuid.UUID, telling: Telling, now: datetime | None = None) -> Entry:
    """Add one entry. FieldsRefused, TimeTaken, TooManyEntries, ClientIdReused."""
    (verdict,) = add(user_id=user_id, tellings=[telling], now=now)
    if verdict.refusal is not None:
        raise verdict.refusal
    assert verdict.entry is not None
    return verdict.entry


@transaction.atomic
def change_entry(
    *,
    user_id: uuid.UUID,
    entry_id: uuid.UUID,
    changes: dict[str, Any],
    now: datetime | None = None,
) -> Entry:
    """Correct an entry: whatever `changes` names of time, minutes, label and note.

    Its day stays counted in the zone where it was told. EntryNotFound, FieldsRefused,
    TimeTaken.
    """
    lock_user(user_id)
    now = now or timezone.now()
    entry: Entry | None = selectors.OWN_ENTRY.first(user_id=user_id, entry_id=entry_id)
    if entry is None:
        raise EntryNotFound
    label_id = changes.get("label_id")
    wrong: dict[str, list[str]] = {}
    if label_id and not selectors.own_labels(user_id, [label_id]):
        wrong["label_id"] = [UNKNOWN]
    retold = _retold(entry, changes) if changes.keys() & TIMES else None
    if retold is not None:
        for name, told in out_of_reach(retold, zone_named(entry.timezone), now).items():
            # Of a longer stretch the start is not what was wrong.
            wrong[name if name in changes else "minutes"] = told
    if wrong:
        raise FieldsRefused(errors=wrong)
    if retold is not None:
        _move(entry, retold, now)
    entry.label_id = changes.get("label_id", entry.label_id)
    entry.note = changes.get("note", entry.note)
    entry.save(
        update_fields=["label", "note", "at", "ended_at", "minutes", "local_date"]
    )
    entries_changed.send(sender=Entry, user_id=user_id)
    return entry


@transaction.atomic
def delete_entry(*, user_id: uuid.UUID, entry_id: uuid.UUID) -> None:
    """Delete an entry. EntryNotFound."""
    lock_user(user_id)
    deleted, _ = Entry.objects.filter(user_id=user_id, pk=entry_id).delete()
    if not deleted:
        raise EntryNotFound
    entries_changed.send(sender=Entry, user_id=user_id)


def _retold(entry: Entry, changes: dict[str, Any]) -> Telling:
    """Return an entry's time as it will be told: by a start, or as minutes of a day."""
    minutes = changes.get("minutes", entry.minutes)
    if "at" in changes or "local_date" in changes:
        return Telling(
            minutes=minutes,
            at=changes.get("at"),
            local_date=changes.get("local_date"),
        )
    if entry.ended_at is None:
        return Telling(minutes=minutes, local_date=entry.local_date)
    return Telling(minutes=minutes, at=entry.at)


def _move(entry: Entry, retold: Telling, now: datetime) -> None:
    """Give an entry its new place, if there is room. TimeTaken."""
    place = placed(retold, zone_named(entry.timezone))
    room = Room(entry.user_id, [place], now, but=entry.pk)
    if refusal := room.refusal(place):
        raise refusal
    entry.at, entry.ended_at = place.at, place.ended_at
    entry.minutes, entry.local_date = place.minutes, place.local_date
