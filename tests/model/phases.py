"""Rounds, breaks and what is left of a plan, said once more and naively (ADR 52)."""

from dataclasses import dataclass
from datetime import datetime

from tests.model.reference import DAY, MINUTE, Person, Session

PATIENCE = 30 * MINUTE


@dataclass
class Likes:
    """The preferences of a user that matter here, as of `/users/me/preferences`."""

    focus_min: int = 25
    short_break_min: int = 5
    long_break_min: int = 15
    rounds: int = 4
    breaks: bool = True


class Chain:
    """Completed sessions that follow each other; each knows how long it is waited for."""

    def __init__(self, likes: Likes) -> None:
        self.likes = likes
        self.sessions: list[Session] = []
        self.breaks: dict[Session, tuple[str, datetime]] = {}

    def is_round(self, one: Session) -> bool:
        return one.focus_min == one.planned or (
            one.planned is None and one.focus_min >= self.likes.focus_min
        )

    @property
    def kept(self) -> int:
        return sum(self.is_round(one) for one in self.sessions)

    def reaches(self, moment: datetime) -> bool:
        ends = [self.breaks.get(one, ("", one.ended))[1] for one in self.sessions]
        return any(moment <= end + PATIENCE for end in ends)

    def add(self, one: Session) -> None:
        self.sessions.append(one)
        if self.is_round(one):
            kind = "long" if self.kept % self.likes.rounds == 0 else "short"
            length = getattr(self.likes, f"{kind}_break_min") * self.likes.breaks
            self.breaks[one] = (kind, one.ended + length * MINUTE)


def phase_of(person: Person, likes: Likes, now: datetime) -> dict:
    """Return `phase`, `round`, `rounds`, `break` and `left` with times as they are."""
    lately = [one.as_of(now) for one in person.sessions if one.began > now - DAY]
    running = [one for one in lately if one.status == "active"]
    chain = Chain(likes)
    for one in lately:
        if one.status == "completed":
            if not chain.reaches(one.began):
                chain = Chain(likes)
            chain.add(one)
    if not chain.reaches(running[0].began if running else now):
        number = 1
    else:
        number = chain.kept % likes.rounds + 1
    told = {"phase": "idle", "round": number, "rounds": likes.rounds}
    told |= {"break": None, "left": None}
    last = lately[-1] if lately else None
    if running:
        return told | {"phase": "focus"}
    if last is None or last.status == "abandoned":
        return told
    if last in chain.breaks:
        kind, ends = chain.breaks[last]
        if not likes.breaks or now >= ends + PATIENCE:
            return told
        pause = {"kind": kind, "started_at": last.ended, "ends_at": ends}
        return told | {"phase": "break", "break": pause | {"over": now >= ends}}
    if last.planned and now < last.ended + PATIENCE:
        rest = last.planned - last.focus_min
        left = {"minutes": rest, "until": last.ended + PATIENCE}
        return told | {"phase": "left", "left": left}
    return told
