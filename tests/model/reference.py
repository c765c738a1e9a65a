"""The reference model: what FocusGuard should do, once more in plain Python.

Written from the contract and the rules of focus, without a look at the services,
and kept naive on purpose: nothing is stored that can be worked out from the log.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from math import isqrt
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
OPEN_PLAN, OPEN_GROWTH = 240, 25
RIPE = 5
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = 400  # days; nobody is off for longer


class Refused(Exception):
    """A rule says no; any of the answers will do where several rules do at once."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        super().__init__(*answers)
        self.answers = set(answers)


FINISHED = (409, "SESSION_FINISHED")


@dataclass(eq=False)
class Plant:
    number: int
    species: str
    stage: int
    id: str = ""


@dataclass(eq=False)
class Session:
    planned: int | None
    began: datetime
    zone: str
    id: str = ""
    status: str = "active"
    ended: datetime | None = None
    focus_min: int = 0
    plant: Plant | None = None

    @property
    def deadline(self) -> datetime:
        return self.began + (self.planned or OPEN_PLAN) * MINUTE

    @property
    def local_date(self) -> date:
        return self.began.astimezone(ZoneInfo(self.zone)).date()

    def overdue(self, now: datetime) -> bool:
        return self.status == "active" and now >= self.deadline

    @property
    def stage_earned(self) -> int:
        return min(RIPE, RIPE * self.focus_min // (self.planned or OPEN_GROWTH))

    @property
    def plant_state(self) -> str:
        if self.status == "completed":
            return "grown" if self.focus_min else "withered"
        return "growing" if self.status == "active" else "withered"

    def growth_allowed(self, now: datetime) -> int:
        if self.status == "completed":
            return self.stage_earned
        focused = min(now, self.deadline) - self.began
        return min(RIPE, RIPE * focused // ((self.planned or OPEN_GROWTH) * MINUTE))

    def as_of(self, now: datetime) -> "Session":
        """Return the session as people see it: ended past its deadline, settled or not."""
        shown = replace(self)
        if shown.overdue(now):
            shown.plant = self.plant and replace(self.plant)
            shown.settle()
        return shown

    def complete(self, now: datetime) -> None:
        left = self.planned is None and self.overdue(now)
        if self.status == "abandoned" or left:
            raise Refused(FINISHED)
        if self.status == "active":
            self.status, self.ended = "completed", min(now, self.deadline)
            self.focus_min = (self.ended - self.began) // MINUTE
            if self.plant:
                self.plant.stage = self.stage_earned

    def abandon(self, now: datetime) -> None:
        if self.status != "active" or self.overdue(now):
            raise Refused(FINISHED)
        self.leave(now)

    def leave(self, now: datetime) -> None:
        self.status, self.ended = "abandoned", min(now, self.deadline)

    def replan(self, planned: int, now: datetime) -> None:
        if self.status != "active" or self.overdue(now):
            raise Refused(FINISHED)
        self.planned = planned
        if self.plant:
            self.plant.stage = min(self.plant.stage, self.growth_allowed(now))
        if self.overdue(now):
            self.settle()

    def settle(self) -> None:
        (self.complete if self.planned else self.leave)(self.deadline)

    def grow(self, stage: int, now: datetime) -> None:
        if self.overdue(now):
            self.as_of(now).grow(stage, now)  # which may refuse, and settle nothing
            self.settle()
        if stage == self.plant.stage:
            return  # asks for nothing, whatever its state
        no = set()
        if self.plant_state == "withered":
            no.add((409, "PLANT_WITHERED"))
        if stage < self.plant.stage:
            no.add((409, "PLANT_CANNOT_SHRINK"))
        if stage > self.growth_allowed(now):
            no.add((409, "GROWTH_AHEAD_OF_FOCUS"))
        if no:
            raise Refused(*no)
        self.plant.stage = stage


@dataclass(frozen=True)
class Plan:
    daily: int | None = None
    weekly: int | None = None
    weekdays: tuple[str, ...] = WEEKDAYS


@dataclass(eq=False)
class Person:
    id: str
    zone: str = "UTC"
    sessions: list[Session] = field(default_factory=list)
    plans: dict[date, Plan] = field(default_factory=dict)
    days_off: dict[date, str] = field(default_factory=dict)
    told: list[tuple[date, int]] = field(default_factory=list)

    def today(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def active(self) -> Session | None:
        return next((one for one in self.sessions if one.status == "active"), None)

    def start(self, planned: int | None, now: datetime) -> Session:
        if self.active and not self.active.overdue(now):
            raise Refused((409, "ACTIVE_SESSION_EXISTS"))
        if self.active:
            self.active.settle()
        self.sessions.append(Session(planned, now.astimezone(UTC), self.zone))
        return self.sessions[-1]

    def settle_forgotten(self, now: datetime) -> None:
        if self.active and self.active.overdue(now):
            self.active.settle()

    @property
    def planted(self) -> list[Session]:
        return [session for session in self.sessions if session.plant]

    def plant(self, session, species, level_needed, stage, number, now) -> Plant:
        real, session = session, session.as_of(now)
        taken = {planted.plant.number for planted in self.planted}
        no = set()
        if session.plant:
            no.add((409, "SESSION_ALREADY_PLANTED"))
        if session.status == "abandoned":
            no.add((409, "SESSION_ABANDONED"))
        if level_needed > self.level:
            no.add((403, "PLANT_LOCKED"))
        if session.status == "active" and stage > session.growth_allowed(now):
            no.add((409, "GROWTH_AHEAD_OF_FOCUS"))
        if number in taken:
            no.add((409, "PLANT_NUM_TAKEN"))
        if no:
            raise Refused(*no)
        if real.overdue(now):
            real.settle()
        stage = session.stage_earned if session.status == "completed" else stage
        real.plant = Plant(number or max(taken, default=0) + 1, species, stage)
        return real.plant

    @property
    def credited(self) -> list[Session]:
        return [session for session in self.sessions if session.focus_min]

    @property
    def minutes(self) -> int:
        return sum(session.focus_min for session in self.sessions)

    @property
    def level(self) -> int:
        return max(1, isqrt(self.minutes // 50))

    @property
    def runs(self) -> list[tuple[int, list[Session]]]:
        """After each credited session: the run's length, and what keeps it alive.

        The first of those opened the last day; the others kept it over a move.
        """
        runs: list[tuple[int, list[Session]]] = []
        previous = None
        for one in sorted(self.credited, key=lambda session: session.began):
            length, keep = runs[-1] if runs else (0, [])
            before, previous = previous, one
            if not keep or lost(keep, one.began) or left_out(before, keep, one):
                runs.append((1, [one]))
                continue
            last = keep[0]
            there = day_at(one.began, last.zone) > last.local_date
            here = one.local_date > max(last.local_date, day_at(last.began, one.zone))
            if there and here:
                runs.append((length + 1, [one]))
            else:
                runs.append((length, [*keep, one] if there or here else keep))
        return runs

    @property
    def best_streak(self) -> int:
        return max((length for length, _ in self.runs), default=0)

    def current_streak(self, now: datetime) -> int:
        length, keep = self.runs[-1] if self.runs else (0, [])
        return 0 if lost(keep, now) else length

    def set_out(self, changes: dict[str, object], now: datetime) -> None:
        """Plan from today on; what was planned for later is no more."""
        today = self.today(now)
        planned = replace(self.last_plan, **changes)
        self.plans = {day: plan for day, plan in self.plans.items() if day < today}
        self.plans[today] = planned

    @property
    def last_plan(self) -> Plan:
        return self.plans[max(self.plans)] if self.plans else Plan()

    def plan_on(self, day: date) -> Plan:
        begun = [first for first in self.plans if first <= day]
        return self.plans[max(begun)] if begun else Plan()

    def take_off(self, first: date, last: date, kind: str, now: datetime) -> None:
        self.require_in_reach(first, last, now)
        days = dict.fromkeys(days_between(first, last + DAY), kind)
        years = [day.year for day in {**self.days_off, **days}]
        if any(years.count(day.year) > 90 for day in days):
            raise Refused((409, "TOO_MANY_DAYS_OFF"))
        self.days_off |= days

    def give_back(self, first: date, last: date, now: datetime) -> None:
        self.require_in_reach(first, last, now)
        for day in days_between(first, last + DAY):
            self.days_off.pop(day, None)

    def require_in_reach(self, first: date, last: date, now: datetime) -> None:
        today = self.today(now)
        if first < today - 14 * DAY or last > today + 365 * DAY:
            raise Refused((422, "DAY_OUT_OF_REACH"))

    def told_on(self, day: date) -> int:
        return sum(minutes for date_, minutes in self.told if date_ == day)

    def why_off(self, day: date) -> str | None:
        if self.told_on(day):
            return "manual"
        if WEEKDAYS[day.weekday()] not in self.plan_on(day).weekdays:
            return "rest"
        return "away" if day in self.days_off else None

    def kept(self, now: datetime) -> dict[str, object]:
        """The streak that forgives, which is never below the strict one."""
        today = self.today(now)
        focused = {one.local_date for one in self.credited}
        past = {day for day in focused if day <= today}
        days = days_between(min(past, default=today), today + AHEAD * DAY)
        off = {day: why for day in days if (why := self.why_off(day))}
        length, best, freezes, protected, chance, left = kept_by_days(past, off, today)
        strict = self.current_streak(now)
        ends = []
        if chance:
            ends.append(midnight(chance + DAY, self.zone))
        if strict:
            _, keep = self.runs[-1]
            ends += [midnight(one.local_date + 2 * DAY, one.zone) for one in keep]
        return {
            "length": max(length, strict),
            "best": max(best, self.best_streak),
            "freezes": freezes,
            "focused_days_to_next": left,
            "protected": protected,
            "today": "focused"
            if today in focused
            else "off"
            if today in off
            else "open",
            "at_risk_until": max(ends, default=None),
        }

    def mark(self, day: date, now: datetime) -> str | None:
        """Return what a day is to the kept streak, as if each day were asked by itself."""
        today = self.today(now)
        focused = {one.local_date for one in self.credited}
        if day in focused:
            return "focused"
        if why := self.why_off(day):
            return why
        if day >= today or not focused or day < min(focused):
            return "open" if day == today else None
        days = days_between(min(focused), day + DAY)
        off = {one: why for one in days if (why := self.why_off(one))}
        past = {one for one in focused if one <= day}
        *_, protected, _, _ = kept_by_days(past, off, day + DAY)
        return "frozen" if protected.get(day) == "freeze" else "missed"

    def goal_on(self, day: date) -> int | None:
        plan = self.plan_on(day)
        asked = WEEKDAYS[day.weekday()] in plan.weekdays and day not in self.days_off
        return plan.daily if asked else None

    def figures(self, first: date, after: date) -> tuple[int, int]:
        """Minutes and sessions of the days from `first` until before `after`."""
        some = [
            one.focus_min for one in self.credited if first <= one.local_date < after
        ]
        return sum(some), len(some)


def day_at(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def lost(keep: list[Session], moment: datetime) -> bool:
    """True where the day after has ended, wherever the run was kept."""
    return all(day_at(moment, one.zone) > one.local_date + DAY for one in keep)


def left_out(before: Session, keep: list[Session], one: Session) -> bool:
    """True where a date of one's own was missed, of which there was more than half a day."""
    newest = max(keep, key=lambda session: session.local_date)
    after = datetime.combine(newest.local_date + DAY, time(), ZoneInfo(newest.zone))
    begin = datetime.combine(one.local_date, time(), ZoneInfo(one.zone))
    left = begin.astimezone(UTC) - after.astimezone(UTC)
    yesterday = one.local_date - DAY
    missed = (
        newest.local_date < yesterday and day_at(before.began, one.zone) < yesterday
    )
    return missed and left > DAY / 2


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def kept_by_days(
    focused: set[date], off: dict[date, str], today: date
) -> tuple[int, int, int, dict[date, str], date | None, int | None]:
    """Length, best, freezes, what protected which day, the last chance: day by day.

    Then how many days with focus the next freeze is away. `off` are the days that may
    be without focus, and why, those to come as well.
    """
    length = best = fullness = 0
    protected: dict[date, str] = {}
    for day in days_between(min(focused, default=today), today):
        if day in focused:
            length, fullness = length + 1, min(14, fullness + 1)
        elif day in off and length:
            protected[day] = off[day]
        elif fullness >= 7:
            fullness -= 7
            protected[day] = "freeze"
        else:
            length, fullness, protected = 0, 0, {}
        best = max(best, length)
    if today in focused:
        length, fullness = length + 1, min(14, fullness + 1)
        best = max(best, length)
    left, last_chance = fullness // 7, today + (today in focused) * DAY
    while last_chance in off or left:
        left -= last_chance not in off
        last_chance += DAY
    to_next = None if fullness == 14 else 7 - fullness % 7
    chance = last_chance if length else None
    return length, best, fullness // 7, protected, chance, to_next


def days_between(first: date, after: date) -> list[date]:
    return [first + n * DAY for n in range(max(0, (after - first).days))]


def ranks(scores: dict[str, int]) -> list[tuple[int, str, int]]:
    """(rank, id, score) of all who scored, ties sharing a rank in the order of ids."""
    listed = sorted((-score, key) for key, score in scores.items() if score)
    return [
        (1 + sum(other < score for other, _ in listed), key, -score)
        for score, key in listed
    ]
