"""Days and weeks beside what was planned for them; pure, no clock and no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from stats.kept import FREEZE, Kept, kept
from stats.periods import Focus, week_start
from stats.plan.goals import Plans
from stats.streaks import ONE_DAY

FOCUSED = "focused"
MANUAL = "manual"
REST = "rest"
AWAY = "away"
FROZEN = "frozen"
MISSED = "missed"
OPEN = "open"
OFF = "off"
MARKS = (FOCUSED, MANUAL, REST, AWAY, FROZEN, MISSED, OPEN)
STATES = (FOCUSED, OPEN, OFF)
PROTECTORS = (MANUAL, REST, AWAY, FREEZE)

NOTHING = Focus()
A_WEEK = 7  # days


class Day(NamedTuple):
    """A day: what was done, what was asked, and what it is to the kept streak."""

    date: date
    focus_min: int
    sessions_completed: int
    manual_min: int
    goal_min: int | None
    met: bool | None
    mark: str | None


class Week(NamedTuple):
    """An ISO week and its days; `met` is None where nothing is asked of it."""

    start: date
    focus_min: int
    manual_min: int
    goal_min: int | None
    met: bool | None
    days: list[Day]


@dataclass(frozen=True)
class Life:
    """All days of somebody: focus and told minutes by day, plans, days off."""

    today: date
    focus: Mapping[date, Focus] = field(default_factory=dict)
    manual: Mapping[date, int] = field(default_factory=dict)
    plans: Plans = field(default_factory=Plans)
    days_off: frozenset[date] = frozenset()

    def off(self, day: date) -> str | None:
        """Return what protects a day without focus; told minutes say most."""
        if day in self.manual:
            return MANUAL
        if self.plans.on(day).rests_on(day):
            return REST
        return AWAY if day in self.days_off else None

    @cached_property
    def run(self) -> Kept:
        return kept(self.focus, self.off, self.today)

    @property
    def state(self) -> str:
        """Say whether today has focus, can do without, or waits for it."""
        if self.today in self.focus:
            return FOCUSED
        return OFF if self.off(self.today) else OPEN

    def days(self, first: date, last: date) -> list[Day]:
        """Return each day from `first` to `last`, both included."""
        begun = min(self.focus, default=date.max)
        count = (last - first).days + 1
        wanted = (first + timedelta(days=ahead) for ahead in range(count))
        return [self._day(day, begun) for day in wanted]

    def week(self) -> Week:
        """Return the week of today, by the plan of today."""
        start = week_start(self.today)
        days = self.days(start, start + (A_WEEK - 1) * ONE_DAY)
        focus_min, manual_min = _sum(days)
        goal = self.plans.on(self.today).weekly_min
        met = reached(focus_min + manual_min, goal)
        return Week(start, focus_min, manual_min, goal, met, days)

    def _day(self, day: date, begun: date) -> Day:
        focus, manual = self.focus.get(day, NOTHING), self.manual.get(day, 0)
        # What is off is off: of a day of rest or away nothing is asked.
        goal = None if day in self.days_off else self.plans.on(day).goal_on(day)
        return Day(
            date=day,
            focus_min=focus.focus_min,
            sessions_completed=focus.sessions_completed,
            manual_min=manual,
            goal_min=goal,
            met=reached(focus.focus_min + manual, goal),
            mark=self._mark(day, begun),
        )

    def _mark(self, day: date, begun: date) -> str | None:
        if day in self.focus:
            return FOCUSED
        if by := self.off(day):
            return by
        if day == self.today:
            return OPEN
        if day in self.run.frozen:
            return FROZEN
        # Before the first focus there is nothing to miss, and what comes is not known.
        return MISSED if begun < day < self.today else None


def reached(minutes: int, goal: int | None) -> bool | None:
    """Tell whether a goal is met; None where there is none."""
    return None if goal is None else minutes >= goal


def _sum(days: Iterable[Day]) -> tuple[int, int]:
    focus = manual = 0
    for day in days:
        focus += day.focus_min
        manual += day.manual_min
    return focus, manual
