"""The dry run of a file: each row judged as applying it would, and nothing written.

No lock is held: thousands of rows take longer than a session that is started should
wait. What changes meanwhile is judged again when the rows are applied.
"""

import uuid
from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from accounts.zones import zone_named
from focusguard.api.exceptions import DomainError
from importing import own_labels
from importing.findings import Tally
from importing.models import Import
from importing.reading.files import Fault, File
from importing.reading.moments import Order
from importing.reading.reasons import LineFault
from importing.reading.told_rows import Row
from sessions_app.entries.exceptions import TimeTaken, TooManyEntries
from sessions_app.entries.room import Room
from sessions_app.entries.tellings import Place
from sessions_app.models import Entry

# So many are looked up at once; a file as a whole would take the worker 20 MB.
AT_A_TIME = 1000


def tally(found: Import, file: File, order: Order) -> Tally:
    """Judge all rows of a file by an order of its dates, the first line first."""
    judge = _Judge(found.user_id, file.header.source, timezone.now())
    lines = file.read(order, zone_named(found.zone), found.created_at)
    while some := list(islice(lines, AT_A_TIME)):
        rows = [line for line in some if isinstance(line, Row)]
        judge.tally.faults += [line for line in some if isinstance(line, Fault)]
        judge.take(rows)
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
    """The user's records, and what the rows before have taken of their free time."""

    def __init__(self, user_id: uuid.UUID, source: str, now: datetime) -> None:
        self.tally = Tally()
        self._user_id = user_id
        self._source = source
        self._seen: set[bytes] = set()
        self._room = Room(user_id, [], now)
        self._names: dict[str, own_labels.Name] = {}
        self._new_labels: set[str] = set()
        self._room_for_labels = own_labels.room_for_more(user_id)

    def take(self, rows: list[Row]) -> None:
        """Judge some more rows, by one look at what there is."""
        keys = [row.key(self._source) for row in rows]
        places = [_place(row) for row in rows]
        self._seen |= _stored(self._user_id, keys)
        self._room.look(places)
        names = {row.label for row in rows if row.label}
        self._names = own_labels.by_name(self._user_id, names)
        for row, key, place in zip(rows, keys, places, strict=True):
            self._judge(row, key, place)

    def _judge(self, row: Row, key: bytes, place: Place) -> None:
        if key in self._seen:
            self.tally.repeat()
            return
        new_label = self._new_label(row)
        if new_label and len(self._new_labels) >= self._room_for_labels:
            self.tally.refuse(row, LineFault.TOO_MANY_LABELS)
            return
        if refusal := self._room.refusal(place):
            self.tally.refuse(row, fault_of(refusal))
            return
        self._room.take(place, uuid.UUID(int=row.line))
        self._seen.add(key)
        if new_label:
            self._new_labels.add(new_label)
        self.tally.accept(row)
        if found := self._names.get(row.label):
            self.tally.labels.setdefault(found.folded, row.label)

    def _new_label(self, row: Row) -> str | None:
        """Return the name of the label that would be made for a row, if one would."""
        found = self._names.get(row.label)
        if found is None or found.label_id or found.folded in self._new_labels:
            return None
        return found.folded


def _stored(user_id: uuid.UUID, keys: list[bytes]) -> set[bytes]:
    """Return which of these rows are entries already."""
    entries = Entry.objects.filter(user_id=user_id, import_key__in=keys)
    found = entries.values_list("import_key", flat=True)
    return {bytes(key) for key in found if key is not None}


def _place(row: Row) -> Place:
    ended_at = row.at + timedelta(minutes=row.minutes) if row.timed else None
    return Place(row.at, ended_at, row.local_date, row.minutes)
