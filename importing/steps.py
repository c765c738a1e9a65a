"""The steps of an import, done in the background: read a file, apply it, undo it.

Each asks the row what is due and is harmless to repeat, on two machines at once too:
what it changes goes by the user's lock and by the row as it stands under that. Applying
and undoing take a few hundred rows a transaction, so that nobody waits for the lock, and
one that was killed goes on where it was.
"""

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.exceptions import TokenInvalid
from accounts.user_lock import lock_user
from accounts.zones import zone_named
from importing import dry_run, findings, own_labels
from importing.models import Import, Status
from importing.reading.files import File, file_of
from importing.reading.moments import Order
from importing.reading.reasons import FileFault, FileRefused, LineFault
from importing.reading.told_rows import Row
from importing.signals import import_moved
from sessions_app.entries import services as entry_services
from sessions_app.entries.tellings import Telling
from sessions_app.models import Entry, Label
from sessions_app.signals import entries_changed, labels_changed

logger = logging.getLogger("focusguard.importing")

AT_A_TIME = 500  # rows
# A file that kills its worker would come back for ever. What gets ahead begins anew.
MOST_TRIES = 5


def read(import_id: uuid.UUID) -> None:
    """Try a file: what would become of it is its report, and nothing else is written."""
    found = _begin(import_id, Status.READING)
    if found is None:
        return
    this = Import.objects.filter(pk=import_id, status=Status.READING)
    try:
        file = _file(found)
    except FileRefused as refused:
        _fail(found, Status.READING, refused.fault)
        return
    orders = _orders(found.day_first, file.order)
    tallies = {order: dry_run.tally(found, file, order) for order in orders}
    this.update(
        status=Status.READY,
        source=file.header.source,
        report=findings.report_of(file, tallies),
        tries=0,
    )
    import_moved.send(sender=Import, user_id=found.user_id)


def apply(import_id: uuid.UUID) -> None:
    """Let the rows of a file become entries, from where it was left."""
    found = _begin(import_id, Status.APPLYING)
    if found is None:
        return
    rows = _Rows(found)
    while _apply_some(found, rows):
        pass


def undo(import_id: uuid.UUID) -> None:
    """Delete the entries that an import has made, and labels that only they had."""
    found = _begin(import_id, Status.UNDOING)
    while found is not None and _undo_some(found):
        pass


STEPS: dict[str, Callable[[uuid.UUID], None]] = {
    Status.READING: read,
    Status.APPLYING: apply,
    Status.UNDOING: undo,
}


def run_due(limit: int) -> Iterator[tuple[uuid.UUID, Exception | None]]:
    """Do what is due, the oldest first; say of each what stopped it, if anything did."""
    due = Import.objects.due().order_by("created_at")
    for import_id, status in list(due.values_list("pk", "status")[:limit]):
        try:
            STEPS[status](import_id)
        except Exception as error:
            yield import_id, error
        else:
            yield import_id, None


def expire() -> int:
    """Let go of the text of files that nobody applied for a day; return how many."""
    forgotten = Import.objects.shown().forgotten()
    return sum(
        _fail(found, Status.READY, FileFault.EXPIRED) for found in list(forgotten)
    )


def _file(found: Import) -> File:
    raw, found.raw = bytes(found.raw or b""), None
    return file_of(raw, found.source or None)


def _orders(day_first: bool | None, told: Order | None) -> list[Order]:
    if day_first is not None:
        return [Order.DAY_FIRST if day_first else Order.MONTH_FIRST]
    return [told] if told else [*Order]


def _begin(import_id: uuid.UUID, status: Status) -> Import | None:
    """Return an import that waits for this; None for another, or one that is hopeless."""
    this = Import.objects.filter(pk=import_id, status=status)
    # An undoing has to come to its end, and reads no file that could kill it.
    if status != Status.UNDOING:
        this.update(tries=F("tries") + 1)
    found = this.first()
    if found is None or found.tries <= MOST_TRIES:
        return found
    logger.error("import %s given up: %s tries had no end", import_id, MOST_TRIES)
    _fail(found, status, FileFault.GIVEN_UP)
    return None


@transaction.atomic
def _fail(found: Import, status: Status, fault: FileFault) -> bool:
    """End an import; tell whether it still waited for this."""
    held = _locked(found, status)
    if held is None:
        return False
    held.status, held.raw, held.tries = Status.FAILED, None, 0
    held.report = findings.failure(fault, held.report)
    held.save(update_fields=["status", "raw", "tries", "report"])
    import_moved.send(sender=Import, user_id=held.user_id)
    return True


def _locked(found: Import, status: Status) -> Import | None:
    """Lock the user; return the import as it stands now, if it still waits for this."""
    try:
        lock_user(found.user_id, active_only=False)
    except TokenInvalid:  # the account is gone, and the import with it
        return None
    return Import.objects.shown().filter(pk=found.pk, status=status).first()


class _Rows:
    """The rows of an import that is applied, some at a time."""

    def __init__(self, found: Import) -> None:
        self._file = _file(found)
        (self._order,) = _orders(found.day_first, self._file.order)
        self._zone = zone_named(found.zone)
        # As of when it came: a row that was yet to come then would shift the others.
        self._as_of = found.created_at
        self._rows = self._from_the_start()
        self._position = 0

    def after(self, position: int) -> list[Row]:
        """Return the rows behind so many; another worker may have got ahead."""
        if position < self._position:
            self._rows, self._position = self._from_the_start(), 0
        ahead = position - self._position
        some = list(islice(self._rows, ahead, ahead + AT_A_TIME))
        self._position = position + len(some)
        return some

    def _from_the_start(self) -> Iterator[Row]:
        lines = self._file.read(self._order, self._zone, self._as_of)
        return (line for line in lines if isinstance(line, Row))


@transaction.atomic
def _apply_some(found: Import, rows: _Rows) -> bool:
    """Apply the next rows, and say how far it is; return whether there are more."""
    now = timezone.now()
    held = _locked(found, Status.APPLYING)
    if held is None:
        return False
    import_moved.send(sender=Import, user_id=held.user_id)
    some = rows.after(held.position)
    if not some:
        held.status, held.applied_at, held.raw = Status.APPLIED, now, None
        held.save(update_fields=["status", "applied_at", "raw"])
        return False
    held.outcome = findings.with_more(held.outcome, _add(held, some, now))
    held.position += len(some)
    held.tries = 0
    held.save(update_fields=["outcome", "position", "tries", "made_labels"])
    return True


def _add(held: Import, rows: list[Row], now: dt.datetime) -> findings.Tally:
    """Add entries for rows, with labels that are made where they are missing."""
    tally = findings.Tally()
    labels, made = _labels(held, rows, now)
    kept = []
    for row in rows:
        if row.label and not labels[row.label]:
            tally.refuse(row, LineFault.TOO_MANY_LABELS)
        else:
            kept.append(row)
    verdicts = entry_services.add(
        user_id=held.user_id,
        tellings=[_telling(held, row, labels.get(row.label)) for row in kept],
        active_only=False,
        now=now,
    )
    for row, verdict in zip(kept, verdicts, strict=True):
        if verdict.refusal is not None:
            tally.refuse(row, dry_run.fault_of(verdict.refusal))
        elif verdict.is_new:
            tally.accept(row)
        else:
            tally.repeat()
    if made:
        # Of a name whose rows were all refused nothing is left.
        own_labels.delete_unused(held.user_id, made)
        held.made_labels += made
        labels_changed.send(sender=Label, user_id=held.user_id)
    return tally


def _labels(
    held: Import, rows: list[Row], now: dt.datetime
) -> tuple[dict[str, uuid.UUID | None], list[uuid.UUID]]:
    """Return the labels of rows by their names, and which of them had to be made."""
    names = {row.label: None for row in rows if row.label}
    found = own_labels.by_name(held.user_id, names)
    made = own_labels.make_missing(held.user_id, found, now)
    if made:
        found = own_labels.by_name(held.user_id, names)
    return {name: found[name].label_id for name in names}, made


def _telling(held: Import, row: Row, label_id: uuid.UUID | None) -> Telling:
    return Telling(
        minutes=row.minutes,
        at=row.at if row.timed else None,
        local_date=None if row.timed else row.local_date,
        label_id=label_id,
        note=row.note,
        source=Entry.Source.IMPORT,
        import_id=held.pk,
        import_key=row.key(held.source),
        timezone=held.zone,
    )


@transaction.atomic
def _undo_some(found: Import) -> bool:
    """Delete some of its entries; return whether there are more."""
    held = _locked(found, Status.UNDOING)
    if held is None:
        return False
    made = Entry.objects.filter(user_id=held.user_id, import_id=held.pk)
    some = list(made.values_list("pk", flat=True)[:AT_A_TIME])
    if some:
        made.filter(pk__in=some).delete()
        entries_changed.send(sender=Entry, user_id=held.user_id)
        return True
    own_labels.delete_unused(held.user_id, held.made_labels)
    held.status, held.undone_at = Status.UNDONE, timezone.now()
    held.made_labels, held.position = [], 0
    held.save(update_fields=["status", "undone_at", "made_labels", "position"])
    import_moved.send(sender=Import, user_id=held.user_id)
    labels_changed.send(sender=Label, user_id=held.user_id)
    return False
