"""Goals, and the day from which on they hold; pure, no clock and no database.

A plan holds from a day until the next one. So what was asked of a day in the past is
never changed by what is set today.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = 2 ** len(WEEKDAYS) - 1


class Plan(NamedTuple):
    """Goals in minutes, and the weekdays meant for focus as bits, Monday the lowest."""

    from_date: date | None = None
    daily_min: int | None = None
    weekly_min: int | None = None
    weekdays: int = EVERY_DAY

    def rests_on(self, day: date) -> bool:
        return not self.weekdays >> day.weekday() & 1

    def goal_on(self, day: date) -> int | None:
        """Return the minutes that are asked of a day; none of a day of rest."""
        return None if self.rests_on(day) else self.daily_min


NO_PLAN = Plan()


class Plans:
    """Plans of a user, which replace one another."""

    def __init__(self, plans: Iterable[Plan] = ()) -> None:
        self._plans = sorted(plans)
        self._from = [plan.from_date for plan in self._plans if plan.from_date]

    def on(self, day: date) -> Plan:
        """Return the plan that holds on a day: the last one that began by then."""
        before = bisect_right(self._from, day)
        return self._plans[before - 1] if before else NO_PLAN


def bits_of(weekdays: Iterable[str]) -> int:
    return sum({1 << WEEKDAYS.index(name) for name in weekdays})


def names_of(bits: int) -> list[str]:
    """Return the names of weekdays, from Monday on."""
    return [name for n, name in enumerate(WEEKDAYS) if bits >> n & 1]
