"""The boards over HTTP (docs/contract.md, Leaderboards)."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.revalidation import revalidated
from focusguard.api.scopes import Scope
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet
from leaderboard import boards, schema, selectors
from leaderboard.boards import Board
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
    token_scopes: ClassVar[Any] = dict.fromkeys(
        ("xp", "focus_time", "streak", "sessions"), Scope.BOARDS_READ
    )
    query_shapes: ClassVar[Any] = dict.fromkeys(
        ("xp", "focus_time", "streak", "sessions"), (BoardQuerySerializer,)
    )

    @schema.xp_board
    @revalidated
    def xp(self, request: Request) -> Response:
        return _answer(request, boards.XP, XpBoardSerializer)

    @schema.focus_time_board
    @revalidated
    def focus_time(self, request: Request) -> Response:
        return _answer(request, boards.FOCUS_TIME, FocusTimeBoardSerializer)

    @schema.streak_board
    @revalidated
    def streak(self, request: Request) -> Response:
        return _answer(request, boards.STREAK, StreakBoardSerializer)

    @schema.sessions_board
    @revalidated
    def sessions(self, request: Request) -> Response:
        return _answer(request, boards.SESSIONS, SessionsBoardSerializer)


def _answer(
    request: Request, board: Board, shape: type[serializers.Serializer[Any]]
) -> Response:
    query = parse_query(BoardQuerySerializer, request)
    user_id = signed_in_user(request).pk
    return Response(shape(selectors.standings(board, user_id=user_id, **query)).data)
