"""Reads of somebody's days: what was done on them, and what was planned."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import User
from accounts.zones import zone_named
from sessions_app.models import Entry, FocusSession
from stats.days.calendar import Life
from stats.kept import standing
from stats.models import DayOff, FocusPlan, UserStats
from stats.plan.goals import Plan, Plans
from stats.selectors import OWN_STATS, focus_by_day

SESSIONS = FocusSession._meta.db_table
ENTRIES = Entry._meta.db_table
HOURS = 24
MOST_DAYS = 371  # 53 weeks

MANUAL_SQL = f"""
SELECT local_date, sum(minutes) FROM {ENTRIES} WHERE user_id = %s GROUP BY local_date
"""  # noqa: S608  (only names of our own tables)

# Both are few, and asked together they are one statement: a plan has no day off.
PLANNED_SQL = f"""
SELECT NULL, from_date, daily_min, weekly_min, weekdays
FROM {FocusPlan._meta.db_table} WHERE user_id = %(user_id)s
UNION ALL
SELECT day, NULL, NULL, NULL, NULL
FROM {DayOff._meta.db_table} WHERE user_id = %(user_id)s
"""  # noqa: S608  (only names of our own tables)

LABELS_SQL = f"""
SELECT label_id, sum(focus_min), count(*) FROM {SESSIONS}
WHERE user_id = %s AND status = 'completed' AND focus_min > 0
  AND local_date BETWEEN %s AND %s
GROUP BY label_id
"""  # noqa: S608  (only names of our own tables)

MANUAL_LABELS_SQL = f"""
SELECT label_id, sum(minutes) FROM {ENTRIES}
WHERE user_id = %s AND local_date BETWEEN %s AND %s
GROUP BY label_id
"""  # noqa: S608  (only names of our own tables)

# The minute of the start is on the row, but for those of before that column was. Of
# these each comes by itself: the rules of a zone are Python's (docs/contract.md, Users).
HOURS_SQL = f"""
SELECT started_minute / 60 AS hour, at, zone, sum(focus_min)
FROM (
    SELECT started_minute, focus_min,
           CASE WHEN started_minute IS NULL THEN created_at END AS at,
           CASE WHEN started_minute IS NULL THEN timezone END AS zone
    FROM {SESSIONS}
    WHERE user_id = %s AND status = 'completed' AND focus_min > 0
      AND local_date BETWEEN %s AND %s
) started
GROUP BY 1, 2, 3
"""  # noqa: S608  (only names of our own tables)


class LabelFocus(NamedTuple):
    """Focus under a label, or under none."""

    label_id: uuid.UUID | None
    focus_min: int = 0
    sessions_completed: int = 0
    manual_min: int = 0


def life_of(user: User, now: datetime) -> Life:
    """Read all days of a user, as of their own today."""
    plans, days_off = _planned(user.pk)
    return Life(
        today=user.local_date(now),
        focus=focus_by_day(user, date.min, date.max),
        manual=dict(_rows(MANUAL_SQL, [user.pk])),
        plans=plans,
        days_off=days_off,
    )


def today_of(user: User, now: datetime) -> dict[str, Any]:
    """Return today, its week, and the kept streak as of now."""
    life = life_of(user, now)
    strict = OWN_STATS.first(user_id=user.pk) or UserStats(user_id=user.pk)
    run, week = life.run, life.week()
    shown_from = life.today - timedelta(days=MOST_DAYS - 1)
    streak = standing(run, strict.streaks, now, user.timezone)._asdict() | {
        "freezes": run.freezes,
        "focused_days_to_next": run.focused_days_to_next,
        "protected": [one for one in run.protected if one.date >= shown_from],
        "today": life.state,
    }
    today = week.days[life.today.weekday()]
    return today._asdict() | {"week": week, "streak": streak}


def by_label(user_id: uuid.UUID, first: date, last: date) -> list[LabelFocus]:
    """Sum the days from `first` to `last` by label, the most minutes first."""
    asked = [user_id, first, last]
    manual = dict(_rows(MANUAL_LABELS_SQL, asked))
    found = [
        LabelFocus(label_id, minutes, sessions, manual.pop(label_id, 0))
        for label_id, minutes, sessions in _rows(LABELS_SQL, asked)
    ]
    found += [
        LabelFocus(label_id, manual_min=told) for label_id, told in manual.items()
    ]
    return sorted(found, key=_most_first)


def by_hour(user_id: uuid.UUID, first: date, last: date) -> list[int]:
    """Sum the credited minutes of each hour of the day, by when its sessions began."""
    hours = [0] * HOURS
    for hour, at, zone, minutes in _rows(HOURS_SQL, [user_id, first, last]):
        if at is not None:
            hour = at.astimezone(zone_named(zone)).hour
        hours[hour] += minutes
    return hours


def _planned(user_id: uuid.UUID) -> tuple[Plans, frozenset[date]]:
    plans, days_off = [], set()
    for day_off, *plan in _rows(PLANNED_SQL, {"user_id": user_id}):
        if day_off is None:
            plans.append(Plan(*plan))
        else:
            days_off.add(day_off)
    return Plans(plans), frozenset(days_off)


def _most_first(label: LabelFocus) -> tuple[int, int, str]:
    return -label.focus_min, -label.manual_min, str(label.label_id or "")


def _rows(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
