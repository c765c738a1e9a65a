"""Habits of focus: times of day, frequency, lengths, faithfulness."""

from dataclasses import dataclass
from itertools import accumulate

# Planned minutes to choose from; None is an open session.
PLANS: tuple[int | None, ...] = (15, 25, 45, 60, None)


@dataclass(frozen=True, slots=True)
class Habit:
    name: str
    # How many in a thousand live so.
    weight: int
    # Local hour of a day's first session and its spread; over 24 is after midnight.
    hour: float
    spread: float
    # Chance that a day sees any session.
    weekday: float
    weekend: float
    # Sessions beyond the first on such a day, on average.
    more: float
    # Share of sessions given up.
    gives_up: float
    # Weights of PLANS.
    plans: tuple[int, int, int, int, int]
    # Chance to stop for good some day.
    leaves: float = 0.25

    @property
    def cumulative_plans(self) -> tuple[int, ...]:
        return tuple(accumulate(self.plans))

    def chance(self, weekday: int) -> float:
        """Return the chance of focus on this day of the week, Monday being 0."""
        return self.weekday if weekday < 5 else self.weekend


HABITS = (
    Habit("early bird", 140, 6.2, 0.7, 0.75, 0.45, 0.8, 0.08, (10, 50, 25, 12, 3)),
    Habit("office", 230, 9.6, 1.1, 0.62, 0.06, 1.6, 0.12, (8, 55, 22, 10, 5)),
    Habit("student", 200, 15.5, 2.6, 0.50, 0.45, 1.4, 0.18, (20, 45, 15, 10, 10)),
    Habit("night owl", 130, 22.9, 1.3, 0.50, 0.55, 1.0, 0.16, (5, 35, 25, 20, 15)),
    Habit("weekender", 90, 11.5, 2.4, 0.02, 0.72, 1.5, 0.14, (10, 35, 25, 20, 10)),
    Habit(
        "streak keeper",
        80,
        19.5,
        2.2,
        0.985,
        0.985,
        0.5,
        0.04,
        (30, 50, 12, 6, 2),
        0.03,
    ),
    Habit("now and then", 80, 14.0, 4.0, 0.10, 0.10, 0.3, 0.22, (25, 45, 10, 5, 15)),
    Habit("lapsed", 50, 17.0, 3.5, 0.60, 0.40, 0.6, 0.28, (30, 50, 10, 5, 5), 1.0),
)
CUMULATIVE = tuple(accumulate(habit.weight for habit in HABITS))
