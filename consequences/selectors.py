"""The figures before and after a deletion, read and folded without deleting anything."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from focusguard.db.prepared import Prepared
from garden.models import Plant
from sessions_app.exceptions import SessionNotFound
from sessions_app.models import FocusSession
from stats import moves
from stats.days.calendar import NOTHING, Life
from stats.days.selectors import life_of
from stats.kept import standing
from stats.proof import figures_of_log

OWN_WITH_PLANT = Prepared(
    lambda user_id, session_id: (
        FocusSession.objects.for_user(user_id)
        .filter(pk=session_id)
        .select_related("plant")
    )
)


def _credit(*also: str) -> Prepared:
    """Sum the credited log by day and zone, with what the session has of it."""
    return Prepared(
        lambda user_id, session_id: (
            FocusSession.objects.for_user(user_id)
            .credited()
            .values("local_date", "timezone", *also)
            .annotate(
                minutes=Sum("focus_min"),
                sessions=Count("id"),
                own=Coalesce(Sum("focus_min", filter=Q(id=session_id)), 0),
            )
            .values_list(*Credit._fields[:5], *also)
        )
    )


class Credit(NamedTuple):
    """Credited minutes and sessions of a day in a zone, `own` minutes of them at stake."""

    local_date: date
    timezone: str
    minutes: int
    sessions: int
    own: int
    created_at: datetime = moves.BEGINNING

    def without_own(self) -> "Credit":
        return self._replace(
            minutes=self.minutes - self.own,
            sessions=self.sessions - bool(self.own),
        )


# Ten years of days are read in a tenth of the time of their sessions, each of which is
# needed of whoever has moved (`stats.moves`). Before and after come out of one of them,
# and so of one snapshot: they differ by the session alone, whatever is completed meanwhile.
BY_DAY = _credit()
BY_START = _credit("created_at")


class Standing(NamedTuple):
    """The figures that follow from a log, by the names that they have elsewhere."""

    xp_points: int
    lvl: int
    total_focus_min: int
    total_sessions: int
    current_streak: int
    best_streak: int
    kept_streak: int


class Consequences(NamedTuple):
    """The losses by a deletion: the session's minutes, its plant, and of each figure."""

    focus_min: int
    before: Standing
    after: Standing
    plant: Plant | None


def consequences_of(user: User, session_id: uuid.UUID, now: datetime) -> Consequences:
    """Work out what the deletion of a session would take. SessionNotFound.

    With the functions that the deletion itself calls. A session that has not been
    settled is in no total yet; its minutes are those that it is shown with.
    """
    session: FocusSession | None = OWN_WITH_PLANT.first(
        user_id=user.pk, session_id=session_id
    )
    if session is None:
        raise SessionNotFound
    log = _log(user, session_id)
    left = [credit for one in log if (credit := one.without_own()).sessions]
    life = life_of(user, now)
    return Consequences(
        focus_min=session.as_of(now).focus_min,
        before=_standing(user, log, life, now),
        after=_standing(user, left, life, now),
        plant=getattr(session, "plant", None),
    )


def _log(user: User, session_id: uuid.UUID) -> list[Credit]:
    asked: dict[str, Any] = {"user_id": user.pk, "session_id": session_id}
    log = [Credit(*row) for row in BY_DAY.rows(**asked)]
    if len({one.timezone for one in log}) > 1:
        log = [Credit(*row) for row in BY_START.rows(**asked)]
    return log


def _standing(user: User, log: list[Credit], life: Life, now: datetime) -> Standing:
    streaks = moves.streaks_of(
        moves.Focus(one.created_at, one.local_date, one.timezone) for one in log
    )
    figures = figures_of_log(
        sum(one.minutes for one in log), sum(one.sessions for one in log), streaks
    )
    focus = dict.fromkeys((one.local_date for one in log), NOTHING)
    run = replace(life, focus=focus).run
    return Standing(
        xp_points=figures.xp_points,
        lvl=figures.lvl,
        total_focus_min=figures.total_focus_min,
        total_sessions=figures.total_sessions,
        current_streak=moves.current(streaks, now, user.timezone),
        best_streak=figures.best_streak,
        kept_streak=standing(run, streaks, now, user.timezone).length,
    )
