"""Labels by the names that a file has for them."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef
from uuid_utils.compat import uuid7

from sessions_app.labels.exceptions import MAX_LABELS
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.models.label import Color

# The database says which names are one, as the unique index does.
FIND = f"""
SELECT asked.name, l.id
FROM unnest(%s::text[]) AS asked(name)
JOIN {Label._meta.db_table} l ON l.user_id = %s AND lower(l.name) = lower(asked.name)
"""  # noqa: S608  (only a name of our own)


def ids_by_name(user_id: uuid.UUID, names: Collection[str]) -> dict[str, uuid.UUID]:
    """Return the user's labels by these names, in whatever case they are."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FIND, [list(names), user_id])
        return dict(cursor.fetchall())


def room_for_more(user_id: uuid.UUID) -> int:
    """Return how many labels the user may still make."""
    return max(0, MAX_LABELS - Label.objects.for_user(user_id).count())


def make_missing(
    user_id: uuid.UUID, names: Collection[str], now: datetime
) -> list[uuid.UUID]:
    """Make labels of names that are nobody's yet, as long as there is room for more.

    The caller holds the user's lock. Their colours go round.
    """
    room = room_for_more(user_id)
    colors = list(Color)
    missing = [
        Label(
            id=uuid7(),
            user_id=user_id,
            name=name,
            color=colors[(room + n) % len(colors)],
            created_at=now,
        )
        for n, name in enumerate(list(names)[:room])
    ]
    # Two names may be one to the database, in ways that Python folds otherwise.
    Label.objects.bulk_create(missing, ignore_conflicts=True)
    return [label.pk for label in missing]


def delete_unused(user_id: uuid.UUID, label_ids: Iterable[uuid.UUID]) -> None:
    """Delete those of these labels that nothing carries."""
    carried = {"user_id": user_id, "label_id": OuterRef("pk")}
    Label.objects.for_user(user_id).filter(
        ~Exists(Entry.objects.filter(**carried)),
        ~Exists(FocusSession.objects.filter(**carried)),
        pk__in=list(label_ids),
    ).delete()
