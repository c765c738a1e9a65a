"""Reads of entries, and of the time that records take."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from focusguard.db.prepared import Prepared
from sessions_app.entries.tellings import Place
from sessions_app.focus_time import MAX_PLANNED_MINUTES, OPEN_SESSION_MINUTES
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.models.entry import MAX_MINUTES

OWN_ENTRY = Prepared(
    lambda user_id, entry_id: Entry.objects.for_user(user_id).filter(pk=entry_id)
)

SESSIONS = FocusSession._meta.db_table
ENTRIES = Entry._meta.db_table

# Until when a session takes its time. Past its deadline it has ended, settled or not
# (ADR 24): a planned one with its plan, and an open one has taken nothing.
SESSION_ENDED = f"""
CASE WHEN s.status = 'completed'
     THEN s.created_at + s.focus_min * interval '1 minute'
     WHEN s.status = 'active' AND (s.duration_min IS NOT NULL
          OR s.created_at > %(now)s - {OPEN_SESSION_MINUTES} * interval '1 minute')
     THEN least(%(now)s, s.created_at
          + coalesce(s.duration_min, {OPEN_SESSION_MINUTES}) * interval '1 minute')
     ELSE s.created_at END
"""

# For each time that is asked for, a session and an entry that take some of it. Records
# have a longest length, so each look is a short stretch of an index. OFFSET 0 keeps
# Postgres to it: for the lowest id it went through everybody's entries by their key, 17
# seconds for a batch of a hundred.
TAKEN_SQL = f"""
SELECT asked.place, taken.id
FROM unnest(%(began)s::timestamptz[], %(ended)s::timestamptz[])
     WITH ORDINALITY AS asked(began, ended, place)
CROSS JOIN LATERAL (
    (SELECT 1 AS kind, s.id
     FROM {SESSIONS} s CROSS JOIN LATERAL (SELECT {SESSION_ENDED} AS at) AS its_end
     WHERE s.user_id = %(user_id)s
       AND s.created_at < asked.ended
       AND s.created_at > asked.began - {MAX_PLANNED_MINUTES} * interval '1 minute'
       AND its_end.at > greatest(asked.began, s.created_at)
     ORDER BY s.created_at LIMIT 1)
    UNION ALL
    (SELECT 2 AS kind, own.id
     FROM (
         SELECT e.id
         FROM {ENTRIES} e
         WHERE e.user_id = %(user_id)s
           AND e.at < asked.ended
           AND e.at > asked.began - {MAX_MINUTES} * interval '1 minute'
           AND e.ended_at > asked.began
           AND e.id IS DISTINCT FROM %(but)s
         OFFSET 0
     ) AS own
     ORDER BY own.id LIMIT 1)
) AS taken
ORDER BY asked.place, taken.kind DESC
"""  # noqa: S608  (only names and numbers of our own)

# The minutes of each day, credited and told; in the row without a day, how many entries
# there are in all.
DAYS_SQL = f"""
SELECT day, sum(minutes)
FROM (
    SELECT local_date AS day, focus_min AS minutes
    FROM {SESSIONS}
    WHERE user_id = %(user_id)s AND local_date = ANY(%(days)s)
      AND status = 'completed'
    UNION ALL
    SELECT local_date, duration_min
    FROM {SESSIONS}
    WHERE user_id = %(user_id)s AND local_date = ANY(%(days)s)
      AND status = 'active'
      AND created_at <= %(now)s - duration_min * interval '1 minute'
    UNION ALL
    SELECT local_date, minutes
    FROM {ENTRIES}
    WHERE user_id = %(user_id)s AND local_date = ANY(%(days)s)
      AND id IS DISTINCT FROM %(but)s
    UNION ALL
    SELECT NULL, count(*)
    FROM {ENTRIES}
    WHERE user_id = %(user_id)s AND id IS DISTINCT FROM %(but)s
) AS told
GROUP BY day
"""  # noqa: S608  (only names of our own tables)

# What services keep from happening, and no constraint can: an entry whose time another
# entry or a credited session takes. Of the user `u` of the statement around it.
OVERLAPS_SQL = f"""
SELECT e.id AS entry_id, other.id AS record_id
FROM {ENTRIES} e
CROSS JOIN LATERAL (
    SELECT s.id
    FROM {SESSIONS} s
    WHERE s.user_id = e.user_id AND s.status = 'completed' AND s.focus_min > 0
      AND s.created_at < e.ended_at
      AND s.created_at > e.at - {MAX_PLANNED_MINUTES} * interval '1 minute'
      AND s.created_at + s.focus_min * interval '1 minute' > e.at
    UNION ALL
    SELECT o.id
    FROM {ENTRIES} o
    WHERE o.user_id = e.user_id AND o.id > e.id
      AND o.at < e.ended_at
      AND o.at > e.at - {MAX_MINUTES} * interval '1 minute'
      AND o.ended_at > e.at
) AS other
WHERE e.user_id = u.id AND e.ended_at IS NOT NULL
"""  # noqa: S608  (only names of our own tables)


def known(
    user_id: uuid.UUID,
    client_ids: Collection[uuid.UUID],
    import_keys: Collection[bytes],
) -> Iterator[Entry]:
    """Return those of the user's entries that were sent with one of these names."""
    named = Q()
    if client_ids:
        named |= Q(client_id__in=client_ids)
    if import_keys:
        named |= Q(import_key__in=import_keys)
    if named:
        yield from Entry.objects.filter(named, user_id=user_id)


def own_labels(
    user_id: uuid.UUID, label_ids: Collection[uuid.UUID]
) -> set[uuid.UUID | None]:
    """Return which of these labels are the user's."""
    if not label_ids:
        return set()
    labels = Label.objects.filter(user_id=user_id, pk__in=label_ids)
    return set(labels.values_list("pk", flat=True))


def taken(
    user_id: uuid.UUID,
    places: Sequence[Place],
    now: datetime,
    but: uuid.UUID | None,
) -> dict[int, uuid.UUID]:
    """Return, by the position of a place, a record that takes some of its time.

    A session, if there is one. The entry `but` takes none.
    """
    timed = [(n, place) for n, place in enumerate(places) if place.ended_at]
    if not timed:
        return {}
    rows = _rows(
        TAKEN_SQL,
        {
            "user_id": user_id,
            "began": [place.at for _, place in timed],
            "ended": [place.ended_at for _, place in timed],
            "now": now,
            "but": but,
        },
    )
    # Entries come first, so that a session overwrites them.
    return {timed[position - 1][0]: record_id for position, record_id in rows}


def minutes_by_day(
    user_id: uuid.UUID, days: Collection[date], now: datetime, but: uuid.UUID | None
) -> tuple[dict[date, int], int]:
    """Return the minutes of these days, and the number of all entries; `but` counts nowhere."""
    given = {"user_id": user_id, "days": list(days), "now": now, "but": but}
    sums = {day: int(minutes) for day, minutes in _rows(DAYS_SQL, given)}
    # A day that is none stands for the count.
    entries = sums.pop(None)
    return sums, entries


def _rows(sql: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[Any] = cursor.fetchall()
    return rows
