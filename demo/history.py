"""The history of a person: sessions and plants, by the rules of the product.

Time is drawn here; everything that follows from it is asked of the apps.
"""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accounts.models import level_for_xp
from demo.habits import PLANS
from demo.home_zones import resident
from demo.ids import uuid7_at
from demo.people import Person
from garden import growth, species
from garden.models import Plant
from sessions_app import focus_time
from sessions_app.models import FocusSession

# Plain strings: a member of an enum costs COPY more.
ACTIVE = FocusSession.Status.ACTIVE.value
COMPLETED = FocusSession.Status.COMPLETED.value
ABANDONED = FocusSession.Status.ABANDONED.value
GROWING = Plant.State.GROWING.value
WITHERED = Plant.State.WITHERED.value

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
# Nobody has more strength than this in a day.
MOST_A_DAY = 9


class PlantedPlant(NamedTuple):
    id: uuid.UUID
    number: int
    kind: str
    stage: int
    state: str
    created_at: datetime


class DoneSession(NamedTuple):
    id: uuid.UUID
    duration_min: int | None
    status: str
    focus_min: int
    local_date: date
    started_minute: int
    created_at: datetime
    ended_at: datetime | None
    plant: PlantedPlant | None


def history(person: Person, rng: random.Random, now: datetime) -> Iterator[DoneSession]:
    """Live a person's days from their signing up to `now`, session by session.

    One at a time, none after `now`; only the last may still be running.
    """
    xp = planted = 0
    free_from = person.created_at
    for start in _starts(person, rng, now):
        begin = start if start > free_from else free_from + _pause(rng)
        if begin >= now:
            return
        plan = rng.choices(PLANS, cum_weights=person.habit.cumulative_plans)[0]
        session = _session(person, rng, begin, plan, now)
        if rng.random() < person.plants:
            planted += 1
            plant = _plant(rng, session, planted, level_for_xp(xp), now)
            session = session._replace(plant=plant)
        yield session
        if session.ended_at is None:
            return
        xp += session.focus_min
        free_from = session.ended_at


def _starts(person: Person, rng: random.Random, now: datetime) -> Iterator[datetime]:
    """Draw when sessions are meant to start; one that is late moves them on."""
    zone = ZoneInfo(person.zone)
    habit = person.habit
    today = now.astimezone(zone).date()
    signed_up_on = person.created_at.astimezone(zone).date()
    last = min(today, person.leaves_on or today)
    if rng.random() < 0.85:
        yield person.created_at + _pause(rng)
    day = signed_up_on + ONE_DAY
    while day <= last:
        if not person.is_away(day) and rng.random() < habit.chance(day.weekday()):
            hour = timedelta(hours=rng.gauss(habit.hour, habit.spread))
            # Wall-clock arithmetic: 6.5 hours is half past six also when clocks change.
            first = datetime.combine(day, time(), zone) + hour
            start = first.astimezone(UTC)
            more = rng.expovariate(1 / habit.more)
            for _ in range(1 + min(int(more), MOST_A_DAY - 1)):
                yield start
        day += ONE_DAY


def _pause(rng: random.Random) -> timedelta:
    """Return a few minutes before the next session, sometimes hours."""
    return timedelta(minutes=2 + rng.expovariate(1 / 25))


def _session(
    person: Person, rng: random.Random, start: datetime, plan: int | None, now: datetime
) -> DoneSession:
    deadline = focus_time.deadline(start, plan)
    acts_at, gives_up = _ending(rng, start, deadline, plan, person.habit.gives_up)
    status, focus_min, ended_at = ACTIVE, 0, None
    local_time = resident(person.zone).local_time(start)
    if acts_at <= now:
        ended_at = focus_time.focus_end(start, deadline, acts_at)
        status = ABANDONED if gives_up else COMPLETED
        focus_min = 0 if gives_up else focus_time.whole_minutes(start, ended_at)
    return DoneSession(
        id=uuid7_at(start, rng),
        duration_min=plan,
        status=status,
        focus_min=focus_min,
        local_date=local_time.date(),
        started_minute=focus_time.minute_of_day(local_time),
        created_at=start,
        ended_at=ended_at,
        plant=None,
    )


def _ending(
    rng: random.Random,
    start: datetime,
    deadline: datetime,
    plan: int | None,
    gives_up: float,
) -> tuple[datetime, bool]:
    """Draw when the session is ended, by its user or by cron, and whether in vain."""
    chance = rng.random()
    whole = deadline - start
    if chance < gives_up:
        if plan is None and chance < gives_up / 2:
            # Forgotten: cron abandons it.
            return deadline, True
        return start + whole * rng.triangular(0.01, 0.95, 0.2), True
    if plan is None:
        return start + timedelta(minutes=rng.triangular(5, 180, 40)), False
    if chance > 0.97:
        # The window was closed: cron completes it.
        return deadline, False
    if chance > 0.88:
        return start + whole * rng.triangular(0.02, 0.99, 0.8), False
    return deadline, False


def _plant(
    rng: random.Random, session: DoneSession, number: int, level: int, now: datetime
) -> PlantedPlant:
    end = session.ended_at or now
    created_at = min(
        session.created_at + timedelta(seconds=rng.triangular(1, 20, 3)), end
    )
    if session.status == COMPLETED:
        stage = growth.stage_earned(session.focus_min, session.duration_min)
        state = Plant.State.of_credit(session.focus_min).value
    else:
        focused_seconds = (end - session.created_at) // ONE_SECOND
        allowed = growth.stage_allowed(focused_seconds, session.duration_min)
        stage = rng.randint(0, allowed)
        state = WITHERED if session.status == ABANDONED else GROWING
    return PlantedPlant(
        id=uuid7_at(created_at, rng),
        number=number,
        kind=rng.choice(_kinds(level)),
        stage=stage,
        state=state,
        created_at=created_at,
    )


@cache
def _kinds(level: int) -> tuple[str, ...]:
    """Return the species that a user of this level may plant."""
    return tuple(kind.name for kind in species.ALL if kind.level <= level)
