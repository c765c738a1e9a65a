"""Figures over HTTP (docs/contract.md, Stats)."""

from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import signed_in_user
from focusguard.api.serializers.query import parse_query, parse_texts
from focusguard.api.views import ApiViewSet
from stats import moves, periods, selectors
from stats import schema as examples
from stats.models import UserStats
from stats.serializers import (
    MAX_DAYS,
    DailySerializer,
    DaysQuerySerializer,
    SummarySerializer,
    TrendsSerializer,
    UserStatsSerializer,
)

DAYS = OpenApiParameter(
    "days",
    {"type": "integer", "minimum": 1, "maximum": MAX_DAYS},
    OpenApiParameter.PATH,
)


class StatsViewSet(ApiViewSet):
    """`/stats`: the user's own figures, and the summary of the whole service."""

    serializer_class = UserStatsSerializer
    query_shapes: ClassVar[Any] = {"daily_query": (DaysQuerySerializer,)}

    @extend_schema(
        operation_id="getStats",
        summary="Your totals and streaks",
        description="Of completed sessions alone. A streak is as true as now, in your zone.",
        tags=["stats"],
        examples=[examples.STATS_EXAMPLE],
    )
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

    @extend_schema(
        operation_id="getDailyStats",
        summary="Your focus on each of the last days",
        description="Exactly as many entries as days, today first, in your zone.",
        tags=["stats"],
        parameters=[DAYS],
        examples=[examples.DAILY_EXAMPLE],
        responses=DailySerializer,
    )
    def daily(self, request: Request, days: str) -> Response:
        query = parse_texts(DaysQuerySerializer, {"days": days})
        return self._daily(request, query["days"])

    @extend_schema(
        operation_id="getRecentDays",
        summary="Your focus on each of the last days",
        description="The same as `/stats/daily/{days}`; 7 days when left out.",
        tags=["stats"],
        examples=[examples.DAILY_EXAMPLE],
        responses=DailySerializer,
    )
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

    @extend_schema(
        operation_id="getTrends",
        summary="Your last 12 weeks and 12 months",
        description="Newest first. `change_pct` compares the minutes with those of the "
        "period before; for the period that still runs, with those of the same days of "
        "the one before (on a Wednesday, Monday to Wednesday). Weeks are ISO weeks.",
        tags=["stats"],
        examples=[examples.TRENDS_EXAMPLE],
        responses=TrendsSerializer,
    )
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

    @extend_schema(
        operation_id="getSummary",
        summary="The figures of the whole service",
        description="At most 60 seconds old.",
        tags=["stats"],
        examples=[examples.SUMMARY_EXAMPLE],
        responses=SummarySerializer,
    )
    def summary(self, request: Request) -> Response:
        return Response(SummarySerializer(selectors.summary()).data)
