"""What FocusGuard should do, said once more in plain Python.

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
        """What people see: past its deadline it has ended, settled or not."""
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


@dataclass(eq=False)
class Person:
    id: str
    zone: str = "UTC"
    sessions: list[Session] = field(default_factory=list)

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

    def figures(self, first: date, after: date) -> tuple[int, int]:
        """Minutes and sessions of the days from `first` until before `after`."""
        some = [
            one.focus_min for one in self.credited if first <= one.local_date < after
        ]
        return sum(some), len(some)


def day_at(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def lost(keep: list[Session], moment: datetime) -> bool:
    """Whether the day after has ended, wherever the run was kept."""
    return all(day_at(moment, one.zone) > one.local_date + DAY for one in keep)


def left_out(before: Session, keep: list[Session], one: Session) -> bool:
    """Whether a date of one's own was missed, of which there was more than half a day."""
    newest = max(keep, key=lambda session: session.local_date)
    after = datetime.combine(newest.local_date + DAY, time(), ZoneInfo(newest.zone))
    begin = datetime.combine(one.local_date, time(), ZoneInfo(one.zone))
    left = begin.astimezone(UTC) - after.astimezone(UTC)
    yesterday = one.local_date - DAY
    missed = (
        newest.local_date < yesterday and day_at(before.began, one.zone) < yesterday
    )
    return missed and left > DAY / 2


def ranks(scores: dict[str, int]) -> list[tuple[int, str, int]]:
    """(rank, id, score) of all who scored, ties sharing a rank in the order of ids."""
    listed = sorted((-score, key) for key, score in scores.items() if score)
    return [
        (1 + sum(other < score for other, _ in listed), key, -score)
        for score, key in listed
    ]
