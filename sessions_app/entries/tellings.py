"""Focus that a person tells of, and where in time it belongs. No clock, no database."""

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from focusguard.api.errors.body import FieldErrors

OLDEST_YEARS = 10
# More than ten years of any calendar, and far from where dates end.
LONG_AGO = dt.timedelta(days=3660)
NOON = dt.time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """So many minutes, from `at` on or somewhere on `local_date`: one of the two.

    `timezone` is where its day is counted, the user's where it is left out. What
    `client_id` or `import_key` names is told once, however often it is sent.
    """

    minutes: int
    at: dt.datetime | None = None
    local_date: dt.date | None = None
    label_id: uuid.UUID | None = None
    note: str = ""
    source: str = "manual"
    client_id: uuid.UUID | None = None
    import_id: uuid.UUID | None = None
    import_key: bytes | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in time something is: from `at` to `ended_at`, which a mere day has not."""

    at: dt.datetime
    ended_at: dt.datetime | None
    local_date: dt.date
    minutes: int


def out_of_reach(telling: Telling, zone: ZoneInfo, now: dt.datetime) -> FieldErrors:
    """Return what is wrong with the time: it is yet to come, or too long ago.

    By field, and empty where nothing is. Compared in an order that works out no time
    beyond the year 9999, nor before the year 1.
    """
    today = now.astimezone(zone).date()
    if telling.at is None:
        assert telling.local_date is not None
        name, day = "local_date", telling.local_date
        ahead = is_yet_to_come(day, telling.minutes, zone, now)
    else:
        name, day = "at", today
        ahead = telling.at > now - dt.timedelta(minutes=telling.minutes)
        if not ahead and telling.at > now - LONG_AGO:
            day = telling.at.astimezone(zone).date()
        elif not ahead:
            day = dt.date.min
    if ahead:
        told = (
            "It ends in the future." if telling.at else "This day has not had so much."
        )
        return {name: [told]}
    if day < ten_years_before(today):
        return {name: ["It is more than ten years ago."]}
    return {}


def is_yet_to_come(
    day: dt.date, minutes: int, zone: ZoneInfo, now: dt.datetime
) -> bool:
    """Tell whether a day has not had so many minutes yet; today has those so far."""
    today = now.astimezone(zone).date()
    if day != today:
        return day > today
    began = dt.datetime.combine(day, dt.time.min, zone).astimezone(dt.UTC)
    return began + dt.timedelta(minutes=minutes) > now


def placed(telling: Telling, zone: ZoneInfo) -> Place:
    """Return where something within reach belongs; of a mere day `at` is its noon."""
    if telling.at is not None:
        ended_at = telling.at + dt.timedelta(minutes=telling.minutes)
        day = telling.at.astimezone(zone).date()
        return Place(telling.at, ended_at, day, telling.minutes)
    assert telling.local_date is not None
    noon = dt.datetime.combine(telling.local_date, NOON, zone).astimezone(dt.UTC)
    return Place(noon, None, telling.local_date, telling.minutes)


def ten_years_before(day: dt.date) -> dt.date:
    """Return the same day ten years ago; of a leap day the one before it."""
    year = day.year - OLDEST_YEARS
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap_day else day.day)
