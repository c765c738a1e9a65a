"""Labels by the names that a file has for them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef
from uuid_utils.compat import uuid7

from sessions_app.labels.exceptions import MAX_LABELS
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.models.label import Color

# The database folds case, as its unique index does: Python does it otherwise.
FIND = f"""
SELECT asked.name, lower(asked.name), l.id
FROM unnest(%s::text[]) AS asked(name)
LEFT JOIN {Label._meta.db_table} l
    ON l.user_id = %s AND lower(l.name) = lower(asked.name)
"""  # noqa: S608  (only a name of our own)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the database folds it, and the user's label of that name."""

    folded: str
    label_id: uuid.UUID | None


def by_name(user_id: uuid.UUID, names: Collection[str]) -> dict[str, Name]:
    """Look names up among the user's labels; in their order."""
    if not names:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FIND, [list(names), user_id])
        found = {name: Name(*told) for name, *told in cursor.fetchall()}
    return {name: found[name] for name in names}


def room_for_more(user_id: uuid.UUID) -> int:
    """Return how many labels the user may still make."""
    return max(0, MAX_LABELS - Label.objects.for_user(user_id).count())


def make_missing(
    user_id: uuid.UUID, names: dict[str, Name], now: datetime
) -> list[uuid.UUID]:
    """Make labels of names that have none, as long as there is room for more.

    The caller holds the user's lock. Their colours go round.
    """
    missing: dict[str, str] = {}
    for name, found in names.items():
        if found.label_id is None:
            missing.setdefault(found.folded, name)
    if not missing:
        return []
    room, colors = room_for_more(user_id), list(Color)
    labels = [
        Label(
            id=uuid7(),
            user_id=user_id,
            name=name,
            color=colors[n % len(colors)],
            created_at=now,
        )
        for n, name in enumerate(list(missing.values())[:room])
    ]
    Label.objects.bulk_create(labels)
    return [label.pk for label in labels]


def delete_unused(user_id: uuid.UUID, label_ids: Iterable[uuid.UUID]) -> None:
    """Delete those of these labels that nothing carries."""
    carried = {"user_id": user_id, "label_id": OuterRef("pk")}
    Label.objects.for_user(user_id).filter(
        ~Exists(Entry.objects.filter(**carried)),
        ~Exists(FocusSession.objects.filter(**carried)),
        pk__in=list(label_ids),
    ).delete()
