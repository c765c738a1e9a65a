"""The users to whom a report is due, and its figures."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from accounts.models import User
from garden import selectors as garden_selectors
from garden.models import Plant
from reports.mondays import WEEK, Due, week_name
from stats import moves, periods
from stats import selectors as stats_selectors
from stats.periods import Focus, Trend

ONE_DAY = timedelta(days=1)

# What says that somebody has theirs is the key of its mail. Who opened an account later
# has no such week. Zone by zone, as the index has them: with a plain join Postgres
# walked through all users, and compared each with each zone.
WHO_IS_DUE = """
SELECT reader.id, due.monday
FROM unnest(%s::text[], %s::date[], %s::text[], %s::timestamptz[])
    AS due (zone, monday, week, over_at)
CROSS JOIN LATERAL (
    SELECT u.id FROM users u
    WHERE u.timezone = due.zone AND u.weekly_report AND u.is_active
      AND u.email_verified_at IS NOT NULL AND u.created_at < due.over_at
      AND NOT EXISTS (
        SELECT FROM mail_outbox m WHERE m.key = %s || ':' || u.id || ':' || due.week
      )
    ORDER BY u.id LIMIT %s
) AS reader
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a week, as the API answers them."""

    monday: date
    trend: Trend
    minutes_before: int
    days: list[tuple[date, Focus]]  # Monday first
    streak: int
    best_streak: int
    grown: list[tuple[str, int]]  # by species, the most first
    withered: int

    @property
    def sunday(self) -> date:
        return self.monday + WEEK - ONE_DAY

    @property
    def is_empty(self) -> bool:
        return self.trend.sessions_completed == 0

    @property
    def best_day(self) -> tuple[date, Focus]:
        """The day with the most minutes; the first of several."""
        return max(self.days, key=lambda day: day[1].focus_min)


def who_is_due(
    kind: str, zones: Iterable[Due], limit: int
) -> list[tuple[uuid.UUID, date]]:
    """Return users who have no mail of `kind` about their last week, and the Monday."""
    columns = [
        [getattr(due, name) for due in zones] for name in ("zone", "monday", "over_at")
    ]
    names, mondays, over_at = columns
    weeks = [week_name(monday) for monday in mondays]
    with connection.cursor() as cursor:
        cursor.execute(WHO_IS_DUE, [names, mondays, weeks, over_at, kind, limit, limit])
        found: list[tuple[uuid.UUID, date]] = cursor.fetchall()
    return found


def report_of(user: User, monday: date, now: datetime) -> Report:
    """Return what the week of `monday` came to; the streak is that of `now`."""
    sunday = monday + WEEK - ONE_DAY
    focus = stats_selectors.focus_by_day(user, monday - WEEK, sunday)
    # As the API says it on the Monday after: the week is the newest that is over.
    trend = periods.trends(focus, sunday + ONE_DAY, periods.week_start)[1]
    stats = stats_selectors.OWN_STATS.first(user_id=user.pk)
    plants = garden_selectors.states_by_species(user.pk, monday, sunday)
    return Report(
        monday=monday,
        trend=trend,
        minutes_before=sum(
            spent.focus_min for day, spent in focus.items() if day < monday
        ),
        days=periods.last_days(focus, sunday, 7)[::-1],
        streak=moves.current(stats.streaks, now, user.timezone) if stats else 0,
        best_streak=stats.best_streak if stats else 0,
        grown=[(kind, n) for kind, state, n in plants if state == Plant.State.GROWN],
        withered=sum(n for _, state, n in plants if state == Plant.State.WITHERED),
    )
