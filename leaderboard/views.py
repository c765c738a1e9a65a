"""The boards over HTTP (docs/contract.md, Leaderboards)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.models import User
from focusguard.api.revalidation import IF_NONE_MATCH, revalidated
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet
from focusguard.db import replica
from leaderboard import boards, selectors
from leaderboard.boards import Board, Standings
from leaderboard.schema import board_example
from leaderboard.serializers import (
    BoardQuerySerializer,
    FocusTimeBoardSerializer,
    SessionsBoardSerializer,
    StreakBoardSerializer,
    XpBoardSerializer,
)


class LeaderboardViewSet(ApiViewSet):
    """`/leaderboard/{xp|focus-time|streak|sessions}`: a page, and one's own rank."""

    serializer_class = XpBoardSerializer
    query_shapes: ClassVar[Any] = dict.fromkeys(
        ("xp", "focus_time", "streak", "sessions"), (BoardQuerySerializer,)
    )

    @extend_schema(
        operation_id="xpLeaderboard",
        summary="Top users by XP",
        description="One point for each credited minute; with your own rank.",
        tags=["leaderboard"],
        parameters=[IF_NONE_MATCH],
        examples=[board_example("xp_points", 5000, 3200)],
        responses=XpBoardSerializer,
    )
    @revalidated
    def xp(self, request: Request) -> Response:
        return _answer(request, boards.XP, XpBoardSerializer)

    @extend_schema(
        operation_id="focusTimeLeaderboard",
        summary="Top users by focus time",
        description="By all credited minutes; with your own rank.",
        tags=["leaderboard"],
        parameters=[IF_NONE_MATCH],
        examples=[board_example("total_focus_min", 5000, 3200)],
        responses=FocusTimeBoardSerializer,
    )
    @revalidated
    def focus_time(self, request: Request) -> Response:
        return _answer(request, boards.FOCUS_TIME, FocusTimeBoardSerializer)

    @extend_schema(
        operation_id="streakLeaderboard",
        summary="Top users by their best streak",
        description="By the longest streak that each ever had; with your own rank.",
        tags=["leaderboard"],
        parameters=[IF_NONE_MATCH],
        examples=[board_example("best_streak", 42, 21)],
        responses=StreakBoardSerializer,
    )
    @revalidated
    def streak(self, request: Request) -> Response:
        return _answer(request, boards.STREAK, StreakBoardSerializer)

    @extend_schema(
        operation_id="sessionsLeaderboard",
        summary="Top users by completed sessions",
        description="By how many sessions were completed; with your own rank.",
        tags=["leaderboard"],
        parameters=[IF_NONE_MATCH],
        examples=[board_example("total_sessions", 150, 120)],
        responses=SessionsBoardSerializer,
    )
    @revalidated
    def sessions(self, request: Request) -> Response:
        return _answer(request, boards.SESSIONS, SessionsBoardSerializer)


def _answer(
    request: Request, board: Board, shape: type[serializers.Serializer[Any]]
) -> Response:
    query = parse_query(BoardQuerySerializer, request)
    return Response(shape(_standings(board, signed_in_user(request), query)).data)


def _standings(board: Board, user: User, query: dict[str, int]) -> Standings:
    return replica.read(
        lambda alias: selectors.standings(board, user_id=user.pk, using=alias, **query),
        as_of=(user.pk, user.updated_at),
    )
