"""The kept streak: one that forgives, for its owner alone; pure, like `stats.streaks`.

Days with focus fill freezes, seven a freeze and two at most. A day that is missed takes
one by itself; a day that is off takes nothing. Both protect a run and never add to it.
Nothing of it is stored, so a session that arrives late gives its freeze back by itself.

What is counted is energy, and not "a freeze at every seventh day": by that rule one more
day of focus, filled in before the others, can waste a freeze and end a run of 21 (ADR 50).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from stats import moves
from stats.streaks import ONE_DAY, Streaks

A_FREEZE = 7  # days of focus
MOST_ENERGY = 2 * A_FREEZE
FREEZE = "freeze"
# Longer than any days off that can be set, with a week that has one day of focus.
FARTHEST_CHANCE = 3 * 366  # days

# What protects a day that has no focus; None where nothing does.
Off = Callable[[date], str | None]


class Protected(NamedTuple):
    """A day of the run without focus, and what kept the run alive on it."""

    date: date
    by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The run as of a day, and the longest ever; both in days with focus.

    `protected` are the days of the run that something kept, oldest first, `frozen` all
    days ever that took a freeze. `last_chance` is the day with whose end the run is over
    unless there is focus before; None without a run.
    """

    length: int = 0
    best: int = 0
    energy: int = 0
    protected: tuple[Protected, ...] = ()
    frozen: frozenset[date] = frozenset()
    last_chance: date | None = None

    @property
    def freezes(self) -> int:
        return self.energy // A_FREEZE

    @property
    def focused_days_to_next(self) -> int | None:
        """Return after how many days with focus the next freeze is full."""
        if self.energy == MOST_ENERGY:
            return None
        return A_FREEZE - self.energy % A_FREEZE


def kept(days: Iterable[date], off: Off, today: date) -> Kept:
    """Fold days with focus, in any order and with repetitions, as of `today`.

    Today can be kept still, and is never missed. Days after it have not come yet.
    """
    focused = {day for day in days if day <= today}
    length = best = energy = 0
    protected: list[Protected] = []
    frozen = []
    day = min(focused, default=today)
    while day <= today:
        if day in focused:
            length += 1
            energy = min(MOST_ENERGY, energy + 1)
            best = max(best, length)
        elif day < today and length:
            by = off(day)
            if by is None and energy >= A_FREEZE:
                by = FREEZE
                energy -= A_FREEZE
                frozen.append(day)
            if by is not None:
                protected.append(Protected(day, by))
            else:
                length = energy = 0
                protected.clear()
        day += ONE_DAY
    freezes = energy // A_FREEZE
    return Kept(
        length=length,
        best=best,
        energy=energy,
        protected=tuple(protected),
        frozen=frozenset(frozen),
        last_chance=_last_chance(focused, off, today, freezes) if length else None,
    )


def _last_chance(
    focused: set[date], off: Off, today: date, freezes: int
) -> date | None:
    """Return the first day yet to be kept that nothing protects, should it be missed."""
    day = today + ONE_DAY if today in focused else today
    for _ in range(FARTHEST_CHANCE):
        if off(day) is None:
            if not freezes:
                return day
            freezes -= 1
        day += ONE_DAY
    return None


class Standing(NamedTuple):
    """The kept streak as it is told: in days, and when it is over unless it goes on."""

    length: int
    best: int
    at_risk_until: datetime | None


def standing(run: Kept, strict: Streaks, now: datetime, zone: str) -> Standing:
    """Return the kept streak beside the strict one, which it is never below.

    Dates decide the kept one, and a journey may pass one over, or go back behind one
    that has focus. The strict streak knows of journeys (`stats.moves`).
    """
    current = moves.current(strict, now, zone)
    ends = []
    if run.last_chance is not None:
        ends.append(moves.midnight(run.last_chance + ONE_DAY, zone))
    if current and strict.until is not None:
        ends.append(strict.until)
    return Standing(
        length=max(run.length, current),
        best=max(run.best, strict.best),
        at_risk_until=max(ends, default=None),
    )
