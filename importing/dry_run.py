"""The dry run of a file: each row judged as applying it would, and nothing written.

No lock is held: thousands of rows take longer than a session that is started should
wait. What changes meanwhile is judged again when the rows are applied.
"""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.zones import zone_named
from focusguard.api.exceptions import DomainError
from importing import own_labels
from importing.findings import Tally
from importing.models import Import
from importing.reading.files import File
from importing.reading.moments import Order
from importing.reading.reasons import LineFault
from importing.reading.told_rows import Row
from sessions_app.entries.exceptions import TimeTaken, TooManyEntries
from sessions_app.entries.room import Room
from sessions_app.entries.tellings import Place
from sessions_app.models import Entry

KEYS_AT_A_TIME = 2000


def tally(found: Import, file: File, order: Order) -> Tally:
    """Judge all rows of a file by an order of its dates, the first line first."""
    reading = file.read(order, zone_named(found.zone), found.created_at)
    source = file.header.source
    judge = _Judge(found.user_id, reading.rows, source, timezone.now())
    judge.tally.faults += reading.faults
    for row in reading.rows:
        judge.take(row)
    return judge.tally


def fault_of(refusal: DomainError) -> LineFault:
    """Say as a report does why an entry was refused."""
    if isinstance(refusal, TooManyEntries):
        return LineFault.TOO_MANY_ENTRIES
    if isinstance(refusal, TimeTaken):
        return LineFault.TIME_TAKEN
    # Its fields are well, but for the time that has passed since the dry run.
    return LineFault.TOO_OLD


class _Judge:
    """What is there of the user's, and what the rows before have taken of it."""

    def __init__(
        self, user_id: uuid.UUID, rows: list[Row], source: str, now: datetime
    ) -> None:
        self.tally = Tally()
        self._source = source
        keys = [row.key(source) for row in rows]
        self._known = _stored(user_id, keys)
        self._room = Room(user_id, [_place(row) for row in rows], now)
        names = {row.label for row in rows if row.label}
        self._names = own_labels.by_name(user_id, names)
        self._new_labels: set[str] = set()
        self._room_for_labels = own_labels.room_for_more(user_id)

    def take(self, row: Row) -> None:
        key = row.key(self._source)
        if key in self._known:
            self.tally.repeat()
            return
        new_label = self._new_label(row)
        if new_label and len(self._new_labels) >= self._room_for_labels:
            self.tally.refuse(row, LineFault.TOO_MANY_LABELS)
            return
        place = _place(row)
        if refusal := self._room.refusal(place):
            self.tally.refuse(row, fault_of(refusal))
            return
        self._room.take(place, uuid.UUID(int=row.line))
        self._known.add(key)
        if new_label:
            self._new_labels.add(new_label)
        self.tally.accept(row)

    def _new_label(self, row: Row) -> str | None:
        """Return the name of the label that would be made for a row, if one would."""
        found = self._names.get(row.label)
        if found is None or found.label_id or found.folded in self._new_labels:
            return None
        return found.folded


def _stored(user_id: uuid.UUID, keys: list[bytes]) -> set[bytes]:
    """Return which of these rows are entries already."""
    stored: set[bytes] = set()
    for start in range(0, len(keys), KEYS_AT_A_TIME):
        some = keys[start : start + KEYS_AT_A_TIME]
        entries = Entry.objects.filter(user_id=user_id, import_key__in=some)
        found = entries.values_list("import_key", flat=True)
        stored |= {bytes(key) for key in found if key is not None}
    return stored


def _place(row: Row) -> Place:
    ended_at = row.at + timedelta(minutes=row.minutes) if row.timed else None
    return Place(row.at, ended_at, row.local_date, row.minutes)
