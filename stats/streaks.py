"""Streaks as a pure function of days with focus (docs/design.md, rule 6).

Days alone decide for whoever stays in one zone; `stats.moves` has the rules for the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streaks:
    """The run of days that ends on `last_date`, and the longest run ever, in days.

    `until` is when the run is over unless it goes on, whatever zone its user reads it
    in. `zone` is where every session since the last day opened was; empty if in several.
    """

    length: int = 0
    last_date: date | None = None
    best: int = 0
    zone: str = ""
    until: datetime | None = None

    def living(self, zone: str, until: datetime) -> "Streaks":
        """Return the same run in a zone, alive until a moment."""
        return replace(self, zone=zone, until=until)

    def extended_by(self, day: date) -> "Streaks | None":
        """Add one day in O(1); None for a day before the last, which needs them all."""
        if self.last_date is None or day > self.last_date:
            follows = self.last_date is not None and day - self.last_date == ONE_DAY
            length = self.length + 1 if follows else 1
            return Streaks(length, day, max(self.best, length))
        return self if day == self.last_date else None

    def current(self, today: date) -> int:
        """Return the run that is alive: one that reached yesterday or later."""
        if self.last_date is None or self.last_date < today - ONE_DAY:
            return 0
        return self.length


def fold(days: Iterable[date]) -> Streaks:
    """Fold days, in any order and with repetitions, into their streaks."""
    streaks = Streaks()
    for day in sorted(set(days)):
        extended = streaks.extended_by(day)
        assert extended is not None  # the days are sorted
        streaks = extended
    return streaks
