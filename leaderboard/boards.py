"""The four boards, and the answer that each gives."""

import uuid
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking of users by one figure; the triggers know it by its number."""

    number: int
    slug: str
    figure: str
    source: Literal["users", "user_stats"]


XP = Board(1, "xp", "xp_points", "users")
FOCUS_TIME = Board(2, "focus-time", "total_focus_min", "user_stats")
STREAK = Board(3, "streak", "best_streak", "user_stats")
SESSIONS = Board(4, "sessions", "total_sessions", "user_stats")
BOARDS = (XP, FOCUS_TIME, STREAK, SESSIONS)

# Who stands on them, of the users `u`; the triggers say the same.
LISTED = "u.is_active AND u.leaderboard_visible AND NOT u.awaits_verification"


@dataclass(frozen=True, slots=True)
class Entry:
    rank: int
    user_id: uuid.UUID
    username: str
    lvl: int
    picture_id: uuid.UUID | None
    score: int


@dataclass(frozen=True, slots=True)
class Standings:
    """A page of a board, the own rank of the user who asks, and how many are ranked.

    All of one moment, so that one's own rank agrees with the list. `own_rank` is
    None for a score of 0.
    """

    entries: list[Entry]
    own_rank: int | None
    total: int
