"""Streaks of somebody who changes their time zone; pure, like `stats.streaks`.

A change of zone opens no second day and saves no missed one, and who really travels
loses nothing. Three rules say so, and in one zone they are the calendar's:

- A day opens when it is later than the last one by both calendars: by that of the zone
  in which the last one was opened, and by that of the present zone.
- It is missed when, where the last one was opened, the day after it has ended; or when
  by the present calendar a date was left out, of which more than half a day was left.
- Focus that is later by one of the calendars alone opens no day, but keeps the run alive
  until the next day of its own zone has ended.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from accounts.zones import zone_named
from stats.streaks import ONE_DAY, Streaks, fold

# More of a date than this was left, so that it could have been used: not the one hour
# that is left of Tuesday between Honolulu's Monday and Auckland's Wednesday.
MOST_OF_A_DAY = timedelta(hours=12)
BEGINNING = datetime.min.replace(tzinfo=UTC)


class Focus(NamedTuple):
    """A credited session: when it began, and on which day of which zone."""

    at: datetime
    day: date
    zone: str


@lru_cache(maxsize=10_000)
def midnight(day: date, zone: str) -> datetime:
    """Return the moment at which a day begins in a zone."""
    return datetime.combine(day, time(), zone_named(zone)).astimezone(UTC)


def alive_until(day: date, zone: str) -> datetime:
    """Return when a run that reached `day` is over: the day after has ended."""
    return midnight(day + 2 * ONE_DAY, zone)


def at_home(streaks: Streaks, zone: str) -> Streaks:
    """Return the streaks of somebody who was in one zone since their last day opened."""
    if streaks.last_date is None:
        return streaks
    return streaks.living(zone, alive_until(streaks.last_date, zone))


def extended(streaks: Streaks, day: date, zone: str) -> Streaks | None:
    """Add a session in O(1); None for one that needs the whole log: after a move."""
    if streaks.last_date is not None and streaks.zone != zone:
        return None
    longer = streaks.extended_by(day)
    return longer and at_home(longer, zone)


def current(streaks: Streaks, now: datetime, zone: str) -> int:
    """Return the run that is alive, which no change of zone revives or ends."""
    if streaks.until is None:
        # A row from before `until`, which neither credit nor rebuild_stats has met.
        return streaks.current(now.astimezone(zone_named(zone)).date())
    return streaks.length if now < streaks.until else 0


def streaks_of(log: Iterable[Focus]) -> Streaks:
    """Fold credited sessions; days are enough of whoever was in one zone all along."""
    log = list(log)
    zones = {one.zone for one in log}
    if len(zones) > 1:
        return fold_log(log)
    return at_home(fold(one.day for one in log), "".join(zones))


def fold_log(log: Iterable[Focus]) -> Streaks:
    """Fold credited sessions, in any order, into their streaks."""
    streaks = Streaks()
    last = kept = date.min
    opened_at = day_ends = kept_ends = last_at = until = BEGINNING
    for at, day, zone in sorted(log):
        begins, ends = midnight(day, zone), midnight(day + ONE_DAY, zone)
        after = alive_until(day, zone)
        later = at >= day_ends, day > last and begins > opened_at
        missed = at >= until or _left_out(day, zone, kept, kept_ends, last_at)
        if missed or all(later):
            length = 1 if missed else streaks.length + 1
            streaks = Streaks(length, day, max(streaks.best, length), zone, after)
            last, opened_at, day_ends, until = day, at, ends, after
            kept, kept_ends = day, ends
        else:
            if any(later):
                until = max(until, after)
                if day > kept:
                    kept, kept_ends = day, ends
            streaks = streaks.living(zone if zone == streaks.zone else "", until)
        last_at = at
    return streaks


def _left_out(
    day: date, zone: str, kept: date, kept_ends: datetime, last_at: datetime
) -> bool:
    """Tell whether a date between `kept` and `day` passed that could have been used."""
    return (
        day > kept + ONE_DAY
        and last_at < midnight(day - ONE_DAY, zone)
        and midnight(day, zone) - kept_ends > MOST_OF_A_DAY
    )
