"""Intentions of a person, and what they tell of: labels, goals, days off, entries.

Drawn from a generator of its own, so that the histories are those of before.
"""

import random
import uuid
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from demo.ids import uuid7_at
from demo.people import Person
from sessions_app.models.label import Color
from stats.plan.goals import EVERY_DAY, bits_of
from stats.plan.services import MOST_A_YEAR

ONE_DAY = timedelta(days=1)
COLORS = tuple(Color.values)
SUBJECTS = {
    "early bird": ("Writing", "Language", "Exercise plan", "Reading"),
    "office": ("Deep work", "Reviews", "Planning", "Mail"),
    "student": ("Thesis", "Lectures", "Exercises", "Language"),
    "night owl": ("Side project", "Reading", "Design"),
    "weekender": ("Garden plans", "Side project", "Guitar"),
}
ANY_SUBJECT = ("Work", "Study", "Reading", "Side project")
NOTES = (
    "Slow start, good end",
    "Phone in the other room",
    "Second draft",
    "Finished the chapter",
    "Café",
)
WORKDAYS = bits_of(("mon", "tue", "wed", "thu", "fri"))
NOON = time(12)


class Label(NamedTuple):
    id: uuid.UUID
    name: str
    color: str
    archived_at: datetime | None
    created_at: datetime


class Plan(NamedTuple):
    from_date: date
    daily_min: int | None
    weekly_min: int | None
    weekdays: int


class Entry(NamedTuple):
    """Focus of a day without times: at its noon, as such entries are."""

    id: uuid.UUID
    label_id: uuid.UUID | None
    note: str
    at: datetime
    minutes: int
    local_date: date
    created_at: datetime


class Intentions:
    """Draws what a person set out to do, the same for the same person and `now`."""

    def __init__(self, person: Person, now: datetime) -> None:
        self._rng = random.Random(f"{person.id}/intentions")  # noqa: S311  (made-up people, no secret)
        self._person = person
        self._now = now
        self._zone = ZoneInfo(person.zone)
        self._first = person.created_at.astimezone(self._zone).date()
        self._today = now.astimezone(self._zone).date()
        self.labels = self._labels() if self._rng.random() < 0.7 else ()
        self.plans = self._plans() if self._rng.random() < 0.6 else ()
        self.days_off = self._days_off() if self.plans else ()
        # Most of what somebody does is of the first of their labels.
        weights = [1 / (place + 1) for place in range(len(self.labels))]
        self._weights = list(accumulate(weights))

    def label(self) -> uuid.UUID | None:
        """Draw the label of a session; none of one in eight."""
        if not self.labels or self._rng.random() < 0.12:
            return None
        (label,) = self._rng.choices(self.labels, cum_weights=self._weights)
        return label.id

    def note(self) -> str:
        return self._rng.choice(NOTES) if self._rng.random() < 0.04 else ""

    def entries(self, focused: Collection[date]) -> Iterator[Entry]:
        """Draw what was told of some days on which no session was credited."""
        if not self.plans:
            return
        day = self._first + ONE_DAY
        while day < self._today and day <= (self._person.leaves_on or day):
            if day not in focused and self._rng.random() < 0.06:
                yield self._entry(day)
            day += ONE_DAY

    def _entry(self, day: date) -> Entry:
        at = datetime.combine(day, NOON, self._zone).astimezone(UTC)
        told_at = min(at + timedelta(hours=self._rng.uniform(8, 30)), self._now)
        return Entry(
            id=uuid7_at(told_at, self._rng),
            label_id=self.label(),
            note=self.note(),
            at=at,
            minutes=5 * self._rng.randint(2, 18),
            local_date=day,
            created_at=told_at,
        )

    def _labels(self) -> tuple[Label, ...]:
        subjects = SUBJECTS.get(self._person.habit.name, ANY_SUBJECT)
        names = self._rng.sample(subjects, self._rng.randint(1, len(subjects)))
        colors = self._rng.sample(COLORS, len(names))
        created_at = self._person.created_at
        return tuple(
            Label(uuid7_at(created_at, self._rng), name, color, None, created_at)
            for name, color in zip(names, colors, strict=True)
        )

    def _plans(self) -> tuple[Plan, ...]:
        """Set out on the first day, and anew after some weeks."""
        weekdays = WORKDAYS if self._person.habit.name == "office" else EVERY_DAY
        plans = []
        day = self._first
        while day <= self._today:
            daily = self._rng.choice((25, 30, 45, 60, 90, 120))
            weekly = daily * 5 if self._rng.random() < 0.5 else None
            plans.append(Plan(day, daily, weekly, weekdays))
            day += timedelta(days=14 + int(self._rng.expovariate(1 / 60)))
        return tuple(plans)

    def _days_off(self) -> tuple[tuple[date, str], ...]:
        """Take the holidays off, most of them away; no more than a year has."""
        days: dict[date, str] = {}
        for first, last in self._person.holidays:
            kind = "away" if self._rng.random() < 0.8 else "ill"
            for ahead in range((last - first).days + 1):
                day = first + ahead * ONE_DAY
                of_year = sum(taken.year == day.year for taken in days)
                if of_year < MOST_A_YEAR:
                    days[day] = kind
        return tuple(days.items())
