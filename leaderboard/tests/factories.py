"""Users with a score on one board; what else they have follows from it."""

from datetime import date

from accounts.tests.factories import UserFactory
from stats.tests.factories import UserStatsFactory


def figures(board, score):
    """The columns of `user_stats` for a score on a board of it."""
    if not score:
        return {
            "total_focus_min": 0,
            "total_sessions": 0,
            "streak_length": 0,
            "best_streak": 0,
            "last_focus_date": None,
        }
    return {
        "total_focus_min": 2**31 - 1,
        "last_focus_date": date(2026, 1, 18),
        board.figure: score,
    }


def scorer(board, score, **user):
    """Make a user with a score on a board."""
    if board.source == "users":
        return UserFactory(xp_points=score, **user)
    made = UserFactory(**user)
    UserStatsFactory(user=made, **figures(board, score))
    return made
