"""Rounds and breaks, worked out of the log; pure, and nothing of it is stored (ADR 52).

A break is what stands between two sessions. It earns nothing, so nobody has to prove it,
and every device that asks at one moment is told the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from accounts.models import Preferences

# So long a break that is over waits for the next round, and the rest of a plan is offered.
GRACE = timedelta(minutes=30)


class Name(StrEnum):
    FOCUS = "focus"
    BREAK = "break"
    LEFT = "left"
    IDLE = "idle"


class BreakKind(StrEnum):
    SHORT = "short"
    LONG = "long"


class Ended(NamedTuple):
    """A session that has ended: credited minutes of a plan, or of an open one (None)."""

    began: datetime
    ended: datetime
    planned: int | None
    credited: int
    given_up: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long a round and its breaks are, in minutes, and which one is the last."""

    focus_min: int
    short_break_min: int
    long_break_min: int
    rounds: int
    breaks: bool

    @classmethod
    def of(cls, preferences: Preferences) -> "Rhythm":
        return cls(**{name: getattr(preferences, name) for name in cls.__slots__})

    def keeps(self, one: Ended) -> bool:
        """Tell whether a session was a whole round: all that it was planned for."""
        if one.given_up:
            return False
        if one.planned is None:
            return one.credited >= self.focus_min
        return one.credited == one.planned

    def break_after(self, one: Ended, kept: int, now: datetime) -> "Break":
        """Return the break that the `kept`-th round in a row leads to."""
        is_long = kept % self.rounds == 0
        minutes = self.long_break_min if is_long else self.short_break_min
        if not self.breaks:
            minutes = 0
        ends_at = one.ended + timedelta(minutes=minutes)
        kind = BreakKind.LONG if is_long else BreakKind.SHORT
        return Break(kind, one.ended, ends_at, over=now >= ends_at)


@dataclass(frozen=True, slots=True)
class Break:
    """The time after a round; `over` while the next one is waited for."""

    kind: BreakKind
    started_at: datetime
    ends_at: datetime
    over: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The minutes of a plan that was ended early, and until when they are offered."""

    minutes: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Phase:
    """Where somebody is: `round` is the one that runs, or that a start would begin."""

    name: Name
    round: int
    pause: Break | None = None
    left: Left | None = None


def phase(
    log: Iterable[Ended], running_since: datetime | None, rhythm: Rhythm, now: datetime
) -> Phase:
    """Work out the phase at `now` from sessions in the order in which they began.

    Who begins later than `GRACE` after the last break, or after the early end of a
    session, begins at round 1. A session that was given up is no round and no break.
    """
    kept = 0
    last: Ended | None = None
    pause: Break | None = None
    continues_until: datetime | None = None
    for one in log:
        last, pause = one, None
        if one.given_up:
            continue
        kept = _carried(kept, continues_until, one.began)
        rest_ends = one.ended
        if rhythm.keeps(one):
            kept += 1
            pause = rhythm.break_after(one, kept, now)
            rest_ends = pause.ends_at
        # Of a break that a session has cut short, all of it may still be taken.
        continues_until = max(rest_ends + GRACE, continues_until or rest_ends)
    kept = _carried(kept, continues_until, running_since or now)
    number = kept % rhythm.rounds + 1
    if running_since is not None:
        return Phase(Name.FOCUS, number)
    if pause is not None and rhythm.breaks and now < pause.ends_at + GRACE:
        return Phase(Name.BREAK, number, pause=pause)
    left = _left_of(last, rhythm)
    if left is not None and now < left.until:
        return Phase(Name.LEFT, number, left=left)
    return Phase(Name.IDLE, number)


def _carried(kept: int, continues_until: datetime | None, start: datetime) -> int:
    """Return how many rounds a start follows: none where the gap was too long."""
    return kept if continues_until is not None and start <= continues_until else 0


def _left_of(last: Ended | None, rhythm: Rhythm) -> Left | None:
    """Return what is left of a plan; nothing of one that was kept or given up."""
    if last is None or last.given_up or last.planned is None or rhythm.keeps(last):
        return None
    return Left(last.planned - last.credited, until=last.ended + GRACE)
