"""What is read across the log: days, and the figures of the whole service."""

import logging
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import User
from sessions_app.models import FocusSession
from stats.models import UserStats
from stats.periods import Focus

logger = logging.getLogger(__name__)

SUMMARY_KEY = "stats:summary"
SUMMARY_MAX_AGE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of the whole service; `active_users_today` by the UTC day."""

    total_users: int
    total_sessions: int
    total_focus_min: int
    active_users_today: int
    updated_at: datetime


def focus_by_day(user_id: uuid.UUID, first: date, last: date) -> dict[date, Focus]:
    """Return the credited focus of each day from `first` to `last`, both included."""
    rows = (
        FocusSession.objects.for_user(user_id)
        .credited()
        .filter(local_date__range=(first, last))
        .values("local_date")
        .annotate(focus_min=Sum("focus_min"), sessions_completed=Count("id"))
        .values_list("local_date", "focus_min", "sessions_completed")
        .order_by("local_date")
    )
    return {day: Focus(minutes, sessions) for day, minutes, sessions in rows}


def summary() -> Summary:
    """Return the service's figures, at most 60 s old, from the cache if it answers."""
    try:
        cached: Summary | None = cache.get(SUMMARY_KEY)
        if cached is None:
            cached = _count_summary(timezone.now())
            cache.set(SUMMARY_KEY, cached, timeout=SUMMARY_MAX_AGE)
    except RedisError:
        logger.exception("cache away: counting the summary")
        return _count_summary(timezone.now())
    return cached


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


def _count_summary(now: datetime) -> Summary:
    totals = UserStats.objects.aggregate(
        sessions=Sum("total_sessions"), minutes=Sum("total_focus_min")
    )
    active = FocusSession.objects.filter(
        created_at__gte=_utc_midnight(now.astimezone(UTC).date())
    ).aggregate(users=Count("user", distinct=True))
    return Summary(
        total_users=User.objects.active().count(),
        total_sessions=totals["sessions"] or 0,
        total_focus_min=totals["minutes"] or 0,
        active_users_today=active["users"],
        updated_at=now,
    )


def _utc_midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
