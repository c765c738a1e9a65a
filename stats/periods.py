"""Weeks and months out of days; pure, no clock and no database."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

PERIODS = 12


class Focus(NamedTuple):
    """Credited focus of a day."""

    focus_min: int = 0
    sessions_completed: int = 0


class Trend(NamedTuple):
    """A period beside the one before; `change_pct` is None where that had nothing.

    A period that still runs is compared with the same days of the one before.
    """

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
    """Return the last 12 weeks or months, newest first; `today` lies in the newest."""
    minutes, sessions = Counter[date](), Counter[date]()
    for day, focus in days.items():
        start = start_of(day)
        minutes[start] += focus.focus_min
        sessions[start] += focus.sessions_completed
    periods = list(pairwise(_starts(today, start_of, PERIODS + 1)))
    compared = {start: minutes[before] for start, before in periods}
    running, before = periods[0]
    compared[running] = _until_the_same_day(days, running, before, today)
    return [
        Trend(
            start,
            minutes[start],
            sessions[start],
            _change(minutes[start], compared[start]),
        )
        for start, _ in periods
    ]


def trends_begin(today: date) -> date:
    """Return the first day that the trends of `today` look at."""
    return min(
        _starts(today, start_of, PERIODS + 1)[-1]
        for start_of in (week_start, month_start)
    )


# The same for all who ask on one day, and needed four times for each of them.
@lru_cache(maxsize=64)
def _starts(
    today: date, start_of: Callable[[date], date], count: int
) -> tuple[date, ...]:
    starts = [start_of(today)]
    while len(starts) < count:
        starts.append(start_of(starts[-1] - timedelta(days=1)))
    return tuple(starts)


def _until_the_same_day(
    days: Mapping[date, Focus], start: date, before: date, today: date
) -> int:
    """Sum the minutes of the days before that have their like from `start` to `today`.

    All of them where that period was shorter: the 31st of March sees all of February.
    """
    count = min((today - start).days + 1, (start - before).days)
    alike = (before + timedelta(days=ahead) for ahead in range(count))
    return sum(days[day].focus_min for day in alike if day in days)


def _change(now: int, then: int) -> float | None:
    return round(100 * (now - then) / then, 1) if then else None
