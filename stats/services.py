"""Keeping the totals equal to the log. Callers hold the lock of the user's row."""

import uuid
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import services as account_services
from accounts.user_lock import lock_user
from sessions_app.models import FocusSession
from stats import moves
from stats.models import UserStats
from stats.proof import Figures, figures_of_user, streaks_of_log
from stats.selectors import KEPT, OWN_STATS, SET_STATS


@transaction.atomic(savepoint=False)
def record_session(*, session: FocusSession, now: datetime | None = None) -> None:
    """Add a session that was just completed: minutes, XP, level, streak.

    A session of 0 minutes adds nothing (docs/design.md, rule 2). 1 XP a credited minute.
    """
    if not session.focus_min:
        return
    stats = _stats_of(session.user_id, now or timezone.now())
    stats.total_focus_min += session.focus_min
    stats.total_sessions += 1
    stats.streaks = moves.extended(
        stats.streaks, session.local_date, session.timezone
    ) or streaks_of_log(session.user_id)
    _save(stats)
    account_services.set_xp(user_id=session.user_id, xp=stats.total_focus_min)


@transaction.atomic(savepoint=False)
def forget_session(*, session: FocusSession) -> None:
    """Take the credit of a deleted session back (docs/design.md, rule 7)."""
    if session.focus_min:
        _store(session.user_id, figures_of_user(session.user_id), timezone.now())


@transaction.atomic
def rebuild_stats(*, user_id: uuid.UUID, now: datetime | None = None) -> Figures:
    """Write what the log says over what is stored, and return it.

    TokenInvalid when the user is gone.
    """
    lock_user(user_id, active_only=False)
    figures = figures_of_user(user_id)
    _store(user_id, figures, now or timezone.now())
    return figures


def _store(user_id: uuid.UUID, figures: Figures, now: datetime) -> None:
    stats = _stats_of(user_id, now)
    for name, value in asdict(figures).items():
        if name not in ("xp_points", "lvl"):
            setattr(stats, name, value)
    _save(stats)
    account_services.set_xp(user_id=user_id, xp=figures.xp_points)


def _stats_of(user_id: uuid.UUID, now: datetime) -> UserStats:
    """Return the user's row, or a new one: no row is needed before there is credit."""
    stats: UserStats = OWN_STATS.first(user_id=user_id) or UserStats(user_id=user_id)
    stats.updated_at = now
    return stats


def _save(stats: UserStats) -> None:
    if stats._state.adding:
        stats.save(force_insert=True)
    else:
        kept = {name: getattr(stats, name) for name in KEPT}
        SET_STATS.run(user_id=stats.pk, **kept)
