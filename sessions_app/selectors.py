"""Hot reads of the session log, as prepared statements.

What is shown or counted is the log as of now: `stands_as` and `as_of` of the models say
what a session past its deadline is before it is settled.
"""

import uuid
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared, PreparedInsert, PreparedUpdate
from sessions_app.models import FocusSession, FocusSessionQuerySet, stands_as

OWN_ACTIVE = Prepared(lambda user_id: FocusSession.objects.for_user(user_id).active())
OWN = Prepared(
    lambda user_id, session_id: FocusSession.objects.for_user(user_id).filter(
        pk=session_id
    )
)
START = PreparedInsert(
    FocusSession,
    "id",
    "user_id",
    "duration_min",
    "local_date",
    "timezone",
    "created_at",
    "label_id",
    "note",
    "started_minute",
)
# Only an active one: so it ends once, even for a caller that holds no lock.
FINISH = PreparedUpdate(
    lambda session_id: FocusSession.objects.active().filter(pk=session_id),
    "status",
    "ended_at",
    "focus_min",
)
# By the name of a parameter of the list: which rows it leaves.
FILTERS = {"from": "local_date__gte", "to": "local_date__lte"}


@cache
def own_pages(
    status: str | None, completed: bool | None, filters: frozenset[str]
) -> Pages:
    """Return the pages of a user's log, with the filters that are named."""
    names = {"user_id", *filters}
    if status is not None or completed is not None:
        names.add("now")
    return Pages(partial(_filtered, status, completed), *names)


@cache
def own_counts(
    status: str | None, completed: bool | None, filters: frozenset[str]
) -> Prepared:
    """Return (all, completed, those of 0 minutes) of the pages; no row for none."""
    return Prepared(partial(_counted, status, completed), "user_id", "now", *filters)


def _counted(
    status: str | None, completed: bool | None, *, now: datetime, **wanted: Any
) -> "QuerySet[Any, Any]":
    done = stands_as("completed", now)
    return (
        _filtered(status, completed, now=now, **wanted)
        .values("user_id")
        .annotate(
            all=Count("id"),
            done=Count("id", filter=done),
            # What waits to be settled was planned, and so has a minute at least.
            empty=Count("id", filter=Q(status="completed", focus_min=0)),
        )
        .values_list("all", "done", "empty")
    )


def _filtered(
    status: str | None,
    completed: bool | None,
    /,
    *,
    user_id: uuid.UUID,
    now: datetime | None = None,
    **wanted: Any,
) -> FocusSessionQuerySet:
    sessions: FocusSessionQuerySet = FocusSession.objects.for_user(user_id)
    if now and status is not None:
        sessions = sessions.filter(stands_as(status, now))
    if now and completed is not None:
        done = stands_as("completed", now)
        sessions = sessions.filter(done if completed else ~done)
    return sessions.filter(**{FILTERS[name]: wanted[name] for name in wanted})
