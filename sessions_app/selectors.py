"""Hot reads of the session log, as prepared statements.

What is shown or counted is the log as of now: `stands_as` and `as_of` of the models say
what a session past its deadline is before it is settled.
"""

import uuid
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared, PreparedInsert, PreparedUpdate
from sessions_app.models import FocusSession, FocusSessionQuerySet, stands_as
from sessions_app.rhythm import Ended

OWN_ACTIVE = Prepared(lambda user_id: FocusSession.objects.for_user(user_id).active())
OWN = Prepared(
    lambda user_id, session_id: FocusSession.objects.for_user(user_id).filter(
        pk=session_id
    )
)
# A working day, and more of it than breaks can hold together; who starts a hundred
# sessions a day is shown another round, and never another credit.
RECENT_FOR = timedelta(hours=24)
RECENT = Prepared(
    lambda user_id, since: (
        FocusSession.objects.for_user(user_id)
        .filter(created_at__gt=since)
        .order_by("-created_at", "-id")[:64]
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


def recent_log(
    user_id: uuid.UUID, now: datetime
) -> tuple[FocusSession | None, list[Ended]]:
    """Return the session that runs, and those that ended lately, the oldest first."""
    running, ended = None, []
    for session in reversed(RECENT.rows(user_id=user_id, since=now - RECENT_FOR)):
        session.as_of(now)
        if session.ended_at is None:
            running = session
        else:
            ended.append(
                Ended(
                    began=session.created_at,
                    ended=session.ended_at,
                    planned=session.duration_min,
                    credited=session.focus_min,
                    given_up=session.status == FocusSession.Status.ABANDONED,
                )
            )
    return running, ended


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
