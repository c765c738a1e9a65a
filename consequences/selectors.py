"""The figures before and after a deletion, read and folded without deleting anything."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

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
# Of one snapshot, so that what is before and what is after differ by the session alone,
# whatever is completed meanwhile.
CREDITED = Prepared(
    lambda user_id: (
        FocusSession.objects.for_user(user_id)
        .credited()
        .values_list("id", "created_at", "local_date", "timezone", "focus_min")
    )
)


class Credited(NamedTuple):
    """A credited session of the log."""

    id: uuid.UUID
    at: datetime
    day: date
    zone: str
    minutes: int


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
    """What a deletion takes: the session's minutes, its plant, and of each figure."""

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
    log = [Credited(*row) for row in CREDITED.rows(user_id=user.pk)]
    life = life_of(user, now)
    return Consequences(
        focus_min=session.as_of(now).focus_min,
        before=_standing(user, log, life, now),
        after=_standing(user, [one for one in log if one.id != session_id], life, now),
        plant=getattr(session, "plant", None),
    )


def _standing(user: User, log: list[Credited], life: Life, now: datetime) -> Standing:
    streaks = moves.streaks_of(moves.Focus(one.at, one.day, one.zone) for one in log)
    figures = figures_of_log(sum(one.minutes for one in log), len(log), streaks)
    run = replace(life, focus=dict.fromkeys((one.day for one in log), NOTHING)).run
    return Standing(
        xp_points=figures.xp_points,
        lvl=figures.lvl,
        total_focus_min=figures.total_focus_min,
        total_sessions=figures.total_sessions,
        current_streak=moves.current(streaks, now, user.timezone),
        best_streak=figures.best_streak,
        kept_streak=standing(run, streaks, now, user.timezone).length,
    )
