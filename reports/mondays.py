"""The Mondays of people, who have them at many moments; pure, no clock, no database.

A report is due from Monday 08:00 to the end of Tuesday, by the calendar and the clock of
where its reader lives. It is asked whether one is due, never whether it is 08:00: a
worker that was away, a zone of half an hour, and a night in which the clocks were
changed lose nobody's. After Tuesday a letter about last week is no news any more.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from accounts.zones import ZONE_NAMES, zone_named

FIRST_HOUR = time(8)
LAST_DAY = 1  # Tuesday, as `date.weekday` counts
WEEK = timedelta(days=7)


class Due(NamedTuple):
    """A zone in which reports are due: of the week that began with `monday`.

    `over_at` is the moment at which that week was over there.
    """

    zone: str
    monday: date
    over_at: datetime


def due_zones(now: datetime) -> Iterator[Due]:
    """Find the zones in which reports are due at `now`."""
    for zone in sorted(ZONE_NAMES):
        there = now.astimezone(zone_named(zone))
        if _is_time(there.replace(tzinfo=None)):
            this_monday = there.date() - timedelta(days=there.weekday())
            over_at = datetime.combine(this_monday, time(), zone_named(zone))
            yield Due(zone, this_monday - WEEK, over_at)


def _is_time(there: datetime) -> bool:
    if there.weekday() == 0:
        return there.time() >= FIRST_HOUR
    return there.weekday() <= LAST_DAY


def is_news(monday: date, today: date) -> bool:
    """Tell whether the week of `monday` may still be reported on `today`.

    Not whether it is due: who has moved westward since it was queued may have their
    Sunday again.
    """
    return today <= monday + WEEK + timedelta(days=LAST_DAY)


def week_name(monday: date) -> str:
    """Return the name of the week by ISO 8601, such as 2026-W01."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"
