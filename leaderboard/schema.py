"""The operations of the boards for the OpenAPI document, with the examples of the seed."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from focusguard.api.revalidation import IF_NONE_MATCH
from leaderboard.serializers import (
    FocusTimeBoardSerializer,
    SessionsBoardSerializer,
    StreakBoardSerializer,
    XpBoardSerializer,
)

View = TypeVar("View", bound=Callable[..., Any])

FIRST = {
    "rank": 1,
    "user_id": "e5555555-5555-5555-5555-555555555555",
    "username": "eve_learn",
    "lvl": 10,
    "picture": "/api/pictures/3f2a9c5e7b1d4860a4c2e8f01b6d9753.webp",
}
SECOND = {
    "rank": 2,
    "user_id": "c3333333-3333-3333-3333-333333333333",
    "username": "charlie_dev",
    "lvl": 8,
    "picture": None,
}


def _board(
    operation_id: str,
    title: str,
    description: str,
    shape: type[serializers.Serializer[Any]],
    **scores: tuple[int, int],
) -> Callable[[View], View]:
    """Describe a board; its example shows the `scores` of the first two."""
    ((score, (first, second)),) = scores.items()
    example = OpenApiExample(
        "The first two of a hundred",
        value={
            "leaderboard": [FIRST | {score: first}, SECOND | {score: second}],
            "current_user_rank": 5,
            "total_users": 100,
        },
        response_only=True,
    )
    return extend_schema(
        operation_id=operation_id,
        summary=f"Top users by {title}",
        description=f"{description}; with your own rank.",
        tags=["leaderboard"],
        parameters=[IF_NONE_MATCH],
        examples=[example],
        responses=shape,
    )


xp_board = _board(
    "xpLeaderboard",
    "XP",
    "One point for each credited minute",
    XpBoardSerializer,
    xp_points=(5000, 3200),
)
focus_time_board = _board(
    "focusTimeLeaderboard",
    "focus time",
    "By all credited minutes",
    FocusTimeBoardSerializer,
    total_focus_min=(5000, 3200),
)
streak_board = _board(
    "streakLeaderboard",
    "their best streak",
    "By the longest streak that each ever had",
    StreakBoardSerializer,
    best_streak=(42, 21),
)
sessions_board = _board(
    "sessionsLeaderboard",
    "completed sessions",
    "By how many sessions were completed",
    SessionsBoardSerializer,
    total_sessions=(150, 120),
)
