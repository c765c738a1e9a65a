"""Figures over HTTP (docs/contract.md, Stats)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from focusguard.api.scopes import Scope
from focusguard.api.serializers.query import parse_query, parse_texts
from focusguard.api.views import ApiViewSet
from stats import moves, periods, schema, selectors
from stats.models import UserStats
from stats.serializers import (
    DailySerializer,
    DaysQuerySerializer,
    SummarySerializer,
    TrendsSerializer,
    UserStatsSerializer,
)


class StatsViewSet(ApiViewSet):
    """`/stats`: the user's own figures, and the summary of the whole service."""

    serializer_class = UserStatsSerializer
    token_scopes: ClassVar[Any] = dict.fromkeys(
        ("me", "daily", "daily_query", "trends", "summary"), Scope.STATS_READ
    )
    query_shapes: ClassVar[Any] = {"daily_query": (DaysQuerySerializer,)}

    @schema.get_stats
    def me(self, request: Request) -> Response:
        user = signed_in_user(request)
        stats = selectors.OWN_STATS.first(user_id=user.pk) or UserStats(
            user_id=user.pk, updated_at=user.created_at
        )
        now = timezone.now()
        return Response(
            UserStatsSerializer(
                {
                    "user_id": user.pk,
                    "total_focus_min": stats.total_focus_min,
                    "total_sessions": stats.total_sessions,
                    "current_streak": moves.current(stats.streaks, now, user.timezone),
                    "best_streak": stats.best_streak,
                    "updated_at": stats.updated_at,
                }
            ).data
        )

    @schema.get_daily_stats
    def daily(self, request: Request, days: str) -> Response:
        query = parse_texts(DaysQuerySerializer, {"days": days})
        return self._daily(request, query["days"])

    @schema.get_recent_days
    def daily_query(self, request: Request) -> Response:
        return self._daily(request, parse_query(DaysQuerySerializer, request)["days"])

    def _daily(self, request: Request, count: int) -> Response:
        user = signed_in_user(request)
        today = user.local_date(timezone.now())
        first = periods.first_of_last_days(today, count)
        days = selectors.focus_by_day(user, first, today)
        entries = [
            {
                "date": day,
                "focus_min": focus.focus_min,
                "sessions_completed": focus.sessions_completed,
            }
            for day, focus in periods.last_days(days, today, count)
        ]
        return Response(DailySerializer({"daily_stats": entries}).data)

    @schema.get_trends
    def trends(self, request: Request) -> Response:
        user = signed_in_user(request)
        today = user.local_date(timezone.now())
        first = periods.trends_begin(today)
        days = selectors.focus_by_day(user, first, today)
        return Response(
            TrendsSerializer(
                {
                    "weekly": periods.trends(days, today, periods.week_start),
                    "monthly": periods.trends(days, today, periods.month_start),
                }
            ).data
        )

    @schema.get_summary
    def summary(self, request: Request) -> Response:
        return Response(SummarySerializer(selectors.summary()).data)
