"""People of the demo: a person from a seed and a position, the same every time."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from demo import habits, home_zones
from demo.habits import Habit
from demo.ids import uuid7_at
from demo.usernames import Usernames


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and what decides how they focus."""

    id: uuid.UUID
    username: str
    email: str
    password: str
    zone: str
    created_at: datetime
    habit: Habit
    # The last day with any session, if they leave.
    leaves_on: date | None = None
    # First and last days without any session.
    holidays: tuple[tuple[date, date], ...] = ()
    # Share of sessions that they plant something for.
    plants: float = 0.8
    is_active: bool = True
    leaderboard_visible: bool = True

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.holidays)


@dataclass(frozen=True, slots=True)
class Crowd:
    """`users` people who signed up in the `days` before `now`."""

    users: int
    days: int
    seed: int
    now: datetime

    def __iter__(self) -> Iterator[tuple[Person, random.Random]]:
        """Walk the people in the order of their signing up.

        Each comes with the generator that their history continues with.
        """
        names = Usernames.of(self.seed)
        for index in range(self.users):
            rng = random.Random(f"{self.seed}/{index}")  # noqa: S311  (made-up people, no secret)
            yield self._person(names.at(index), index, rng), rng

    def usernames(self) -> Iterator[str]:
        names = Usernames.of(self.seed)
        return map(names.at, range(self.users))

    def _person(self, username: str, index: int, rng: random.Random) -> Person:
        age = timedelta(days=self.days) * (1 - (index + rng.random()) / self.users)
        created_at = self.now - age
        habit = rng.choices(habits.HABITS, cum_weights=habits.CUMULATIVE)[0]
        return Person(
            id=uuid7_at(created_at, rng),
            username=username,
            email=f"{username}@example.{rng.choice(('com', 'org'))}",
            password=f"{UNUSABLE_PASSWORD_PREFIX}{rng.getrandbits(160):040x}",
            zone=rng.choices(home_zones.NAMES, cum_weights=home_zones.CUMULATIVE)[0],
            created_at=created_at,
            habit=habit,
            leaves_on=_leaves_on(created_at, habit, rng),
            holidays=_holidays(created_at, self.now, rng),
            plants=rng.choice((0.25, 0.7, 0.85, 0.95, 1.0)),
            is_active=rng.random() > 0.01,
            leaderboard_visible=rng.random() > 0.05,
        )


def _leaves_on(created_at: datetime, habit: Habit, rng: random.Random) -> date | None:
    if rng.random() >= habit.leaves:
        return None
    return created_at.date() + timedelta(days=int(rng.expovariate(1 / 25)))


def _holidays(
    created_at: datetime, now: datetime, rng: random.Random
) -> tuple[tuple[date, date], ...]:
    """Return some stretches of 2 to 17 days, one in seven weeks or so."""
    holidays: list[tuple[date, date]] = []
    first = created_at.astimezone(UTC).date()
    while True:
        first += timedelta(days=4 + int(rng.expovariate(1 / 45)))
        if first > now.date():
            return tuple(holidays)
        last = first + timedelta(days=int(rng.triangular(1, 16, 5)))
        holidays.append((first, last))
        first = last
