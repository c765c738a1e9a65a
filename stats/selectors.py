"""Reads across the session log: days, and the figures of the whole service."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from focusguard.db import replica
from focusguard.db.prepared import Prepared, PreparedUpdate
from sessions_app.models import FocusSession
from stats.models import UserStats
from stats.periods import Focus

logger = logging.getLogger(__name__)

SUMMARY_KEY = "stats:summary"
RECENT_DAYS_KEY = "stats:recent-days"
SUMMARY_MAX_AGE = 60  # seconds
RECENT_DAYS = 14

Figures = TypeVar("Figures")


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the whole service; `active_users_today` by the UTC day."""

    total_users: int
    total_sessions: int
    total_focus_min: int
    active_users_today: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RecentDays:
    """Sessions by the UTC day they started on, oldest first, today last."""

    sessions: list[tuple[date, int]]
    focus_min_today: int

    @property
    def sessions_today(self) -> int:
        return self.sessions[-1][1]


OWN_STATS = Prepared(lambda user_id: UserStats.objects.filter(pk=user_id))
# All columns but the key.
KEPT = tuple(
    field.attname for field in UserStats._meta.concrete_fields if not field.primary_key
)
# Feeds the boards: triggers on `user_stats` count the change of score.
SET_STATS = PreparedUpdate(lambda user_id: UserStats.objects.filter(pk=user_id), *KEPT)
FOCUS_BY_DAY = Prepared(
    lambda user_id, first, last: (
        FocusSession.objects.for_user(user_id)
        .credited()
        .filter(local_date__range=(first, last))
        .values("local_date")
        .annotate(focus_min=Sum("focus_min"), sessions_completed=Count("id"))
        .values_list("local_date", "focus_min", "sessions_completed")
        .order_by("local_date")
    )
)


def focus_by_day(user: User, first: date, last: date) -> dict[date, Focus]:
    """Return the credited focus of each day from `first` to `last`, both included."""
    days = {"user_id": user.pk, "first": first, "last": last}
    rows = replica.read(
        lambda alias: FOCUS_BY_DAY.rows(using=alias, **days),
        as_of=(user.pk, user.updated_at),
    )
    return {day: Focus(minutes, sessions) for day, minutes, sessions in rows}


def summary() -> Summary:
    """Return the service's figures, at most 60 s old, from the cache if it answers."""
    return _cached(SUMMARY_KEY, _count_summary)


def recent_days() -> RecentDays:
    """Return the figures of the last 14 UTC days, at most 60 s old."""
    return _cached(RECENT_DAYS_KEY, _count_recent_days)


def sessions_by_day(last: date, days: int) -> list[tuple[date, int]]:
    """Count the sessions started on each of the last UTC days, oldest first."""
    first = last - timedelta(days=days - 1)
    counts = dict(
        FocusSession.objects.filter(created_at__gte=_utc_midnight(first))
        .values_list("created_at__date")
        .annotate(sessions=Count("id"))
        .order_by()
    )
    wanted = (first + timedelta(days=offset) for offset in range(days))
    return [(day, counts.get(day, 0)) for day in wanted]


def _cached(key: str, count: Callable[[datetime], Figures]) -> Figures:
    try:
        cached: Figures | None = cache.get(key)
        if cached is None:
            cached = count(timezone.now())
            cache.set(key, cached, timeout=SUMMARY_MAX_AGE)
    except RedisError:
        logger.exception("cache away: counting %s", key)
        return count(timezone.now())
    return cached


def _count_recent_days(now: datetime) -> RecentDays:
    today = now.astimezone(UTC).date()
    credited = FocusSession.objects.filter(created_at__gte=_utc_midnight(today))
    return RecentDays(
        sessions=sessions_by_day(today, RECENT_DAYS),
        focus_min_today=credited.aggregate(minutes=Sum("focus_min"))["minutes"] or 0,
    )


def _count_summary(now: datetime) -> Summary:
    totals = UserStats.objects.aggregate(
        sessions=Sum("total_sessions"), minutes=Sum("total_focus_min")
    )
    today = _utc_midnight(now.astimezone(UTC).date())
    active = FocusSession.objects.filter(created_at__gte=today).aggregate(
        users=Count("user", distinct=True)
    )
    return Summary(
        total_users=User.objects.active().count(),
        total_sessions=totals["sessions"] or 0,
        total_focus_min=totals["minutes"] or 0,
        active_users_today=active["users"],
        updated_at=now,
    )


def _utc_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
