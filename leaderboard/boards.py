"""The four boards, and what every engine that ranks them must answer."""

import uuid
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking of users by one figure."""

    slug: str
    figure: str
    source: Literal["users", "user_stats"]


XP = Board("xp", "xp_points", "users")
FOCUS_TIME = Board("focus-time", "total_focus_min", "user_stats")
STREAK = Board("streak", "best_streak", "user_stats")
SESSIONS = Board("sessions", "total_sessions", "user_stats")


@dataclass(frozen=True, slots=True)
class Entry:
    rank: int
    user_id: uuid.UUID
    username: str
    lvl: int
    score: int


@dataclass(frozen=True, slots=True)
class Standings:
    """A page of a board, the rank of the one who asks, and how many are ranked.

    All of one moment, so that one's own rank agrees with the list. `own_rank` is
    None for a score of 0.
    """

    entries: list[Entry]
    own_rank: int | None
    total: int


class Engine(Protocol):
    """Ranks users. Equal scores share a rank (1, 2, 2, 4), ordered by user id.

    Listed are active users who are visible and score more than 0; everybody has an
    own rank: one more than the listed who score higher.
    """

    def standings(
        self, board: Board, *, user_id: uuid.UUID, limit: int, offset: int
    ) -> Standings: ...
