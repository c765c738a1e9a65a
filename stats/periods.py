"""Weeks and months out of days; pure, no clock and no database."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

PERIODS = 12


class Focus(NamedTuple):
    """Credited focus of a day."""

    focus_min: int = 0
    sessions_completed: int = 0


class Trend(NamedTuple):
    """A period beside the one before; `change_pct` is None where that had nothing."""

    period_start: date
    focus_min: int
    sessions_completed: int
    change_pct: float | None


def week_start(day: date) -> date:
    """Return the Monday of the ISO week."""
    return day - timedelta(days=day.weekday())


def month_start(day: date) -> date:
    return day.replace(day=1)


def first_of_last_days(today: date, count: int) -> date:
    """Return the oldest of the last `count` days, today included."""
    return today - timedelta(days=count - 1)


def last_days(
    days: Mapping[date, Focus], today: date, count: int
) -> list[tuple[date, Focus]]:
    """Return exactly `count` days, today first, zeros where there was nothing."""
    wanted = (today - timedelta(days=back) for back in range(count))
    return [(day, days.get(day, Focus())) for day in wanted]


def trends(
    days: Mapping[date, Focus], today: date, start_of: Callable[[date], date]
) -> list[Trend]:
    """Return the last 12 weeks or months, newest first."""
    minutes, sessions = Counter[date](), Counter[date]()
    for day, focus in days.items():
        start = start_of(day)
        minutes[start] += focus.focus_min
        sessions[start] += focus.sessions_completed
    return [
        Trend(start, minutes[start], sessions[start], _change(minutes, start, before))
        for start, before in pairwise(_starts(today, start_of, PERIODS + 1))
    ]


def trends_begin(today: date) -> date:
    """Return the first day that the trends of `today` look at."""
    return min(
        _starts(today, start_of, PERIODS + 1)[-1]
        for start_of in (week_start, month_start)
    )


def _starts(today: date, start_of: Callable[[date], date], count: int) -> list[date]:
    starts = [start_of(today)]
    while len(starts) < count:
        starts.append(start_of(starts[-1] - timedelta(days=1)))
    return starts


def _change(minutes: Counter[date], start: date, before: date) -> float | None:
    if not minutes[before]:
        return None
    return round(100 * (minutes[start] - minutes[before]) / minutes[before], 1)
