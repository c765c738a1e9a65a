"""The minute of the day of sessions that began before it was kept.

The rules of zones are those of `tzdata`, as at each start; Postgres has its own, which
may be older.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.zones import zone_named
from sessions_app import focus_time
from sessions_app.models import FocusSession

BATCH_SIZE = 1000

FILL = """
UPDATE sessions SET started_minute = filled.minute
FROM unnest(%s::uuid[], %s::smallint[]) AS filled (id, minute)
WHERE sessions.id = filled.id AND started_minute IS NULL
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A batch: rows that were looked at, filled, and left since somebody held them."""

    looked_at: int
    filled: int
    left: int


def backfill(*, batch_size: int = BATCH_SIZE) -> Iterator[Filled]:
    """Walk the log along its key and fill what is empty, a transaction a batch.

    It waits for no lock, and so cannot stand in a deadlock with the deletion of an
    account, which takes rows in an order of its own. What is held at that moment is
    left for another run.
    """
    last = uuid.UUID(int=0)
    while True:
        log = FocusSession.objects.filter(pk__gt=last).order_by("pk")
        # Full ones too: a search for the next empty one would read on to the end.
        window = list(log.values_list("pk", "started_minute")[:batch_size])
        if not window:
            return
        empty = [pk for pk, minute in window if minute is None]
        filled = _fill(empty) if empty else 0
        last = window[-1][0]
        yield Filled(len(window), filled, len(empty) - filled)


@transaction.atomic
def _fill(keys: list[uuid.UUID]) -> int:
    rows = list(
        FocusSession.objects.filter(pk__in=keys, started_minute=None)
        .select_for_update(skip_locked=True, no_key=True)
        .values_list("pk", "created_at", "timezone")
    )
    minutes = [
        focus_time.minute_of_day(created_at.astimezone(zone_named(zone)))
        for _, created_at, zone in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(FILL, [[pk for pk, *_ in rows], minutes])
        return int(cursor.rowcount)
