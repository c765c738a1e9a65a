"""What is read of the log all day, prepared."""

import uuid
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Count, Q

from focusguard.api.pagination import Pages
from focusguard.api.prepared import Prepared
from sessions_app.models import FocusSession, FocusSessionQuerySet

OWN_ACTIVE = Prepared(
    lambda user_id: FocusSession.objects.for_user(user_id).active(), user_id=uuid.UUID
)
OWN = Prepared(
    lambda user_id, session_id: FocusSession.objects.for_user(user_id).filter(
        pk=session_id
    ),
    user_id=uuid.UUID,
    session_id=uuid.UUID,
)
# By the name of a parameter of the list: which rows it leaves.
FILTERS = {
    "status": ("status", str),
    "from": ("local_date__gte", date),
    "to": ("local_date__lte", date),
}


@cache
def own_pages(completed: bool | None, filters: frozenset[str]) -> Pages:
    """Return the pages of a user's log, with the filters that are named."""
    return Pages(partial(_filtered, completed), **_kinds(filters))


@cache
def own_counts(completed: bool | None, filters: frozenset[str]) -> Prepared:
    """Return (all, completed) of what the pages show; no row where they are empty."""
    return Prepared(
        lambda **parameters: (
            _filtered(completed, **parameters)
            .values("user_id")
            .annotate(all=Count("id"), done=Count("id", filter=Q(status="completed")))
            .values_list("all", "done")
        ),
        **_kinds(filters),
    )


def _kinds(filters: frozenset[str]) -> dict[str, type]:
    return {"user_id": uuid.UUID} | {name: FILTERS[name][1] for name in sorted(filters)}


def _filtered(
    completed: bool | None, /, *, user_id: uuid.UUID, **wanted: Any
) -> FocusSessionQuerySet:
    sessions: FocusSessionQuerySet = FocusSession.objects.for_user(user_id)
    if completed is not None:
        sessions = sessions.filter(completed=completed)
    return sessions.filter(**{FILTERS[name][0]: wanted[name] for name in wanted})
