"""The operations of figures for the OpenAPI document, with the examples of the seed."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from stats.serializers import (
    MAX_DAYS,
    DailySerializer,
    SummarySerializer,
    TrendsSerializer,
)

STATS_EXAMPLE = OpenApiExample(
    "Alice",
    value={
        "user_id": "a1111111-1111-1111-1111-111111111111",
        "total_focus_min": 1250,
        "total_sessions": 15,
        "current_streak": 5,
        "best_streak": 8,
        "updated_at": "2026-01-18T14:30:00Z",
    },
    response_only=True,
)
DAILY_EXAMPLE = OpenApiExample(
    "The last two days",
    value={
        "daily_stats": [
            {"date": "2026-01-18", "focus_min": 120, "sessions_completed": 3},
            {"date": "2026-01-17", "focus_min": 80, "sessions_completed": 2},
        ]
    },
    response_only=True,
)
TRENDS_EXAMPLE = OpenApiExample(
    "The newest of twelve",
    value={
        "weekly": [
            {
                "period_start": "2026-01-12",
                "focus_min": 600,
                "sessions_completed": 15,
                "change_pct": 20.0,
            }
        ],
        "monthly": [
            {
                "period_start": "2026-01-01",
                "focus_min": 1250,
                "sessions_completed": 31,
                "change_pct": None,
            }
        ],
    },
    response_only=True,
)
SUMMARY_EXAMPLE = OpenApiExample(
    "The whole service",
    value={
        "total_users": 100,
        "total_sessions": 1500,
        "total_focus_min": 42000,
        "active_users_today": 37,
        "updated_at": "2026-01-18T14:30:00Z",
    },
    response_only=True,
)

DAYS = OpenApiParameter(
    "days",
    {"type": "integer", "minimum": 1, "maximum": MAX_DAYS},
    OpenApiParameter.PATH,
)

get_stats = extend_schema(
    operation_id="getStats",
    summary="Your totals and streaks",
    description="Of completed sessions alone. A streak is as true as now, in your zone.",
    tags=["stats"],
    examples=[STATS_EXAMPLE],
)

get_daily_stats = extend_schema(
    operation_id="getDailyStats",
    summary="Your focus on each of the last days",
    description="Exactly as many entries as days, today first, in your zone.",
    tags=["stats"],
    parameters=[DAYS],
    examples=[DAILY_EXAMPLE],
    responses=DailySerializer,
)

get_recent_days = extend_schema(
    operation_id="getRecentDays",
    summary="Your focus on each of the last days",
    description="The same as `/stats/daily/{days}`; 7 days when left out.",
    tags=["stats"],
    examples=[DAILY_EXAMPLE],
    responses=DailySerializer,
)

get_trends = extend_schema(
    operation_id="getTrends",
    summary="Your last 12 weeks and 12 months",
    description="Newest first. `change_pct` compares the minutes with those of the "
    "period before; for the period that still runs, with those of the same days of "
    "the one before (on a Wednesday, Monday to Wednesday). Weeks are ISO weeks.",
    tags=["stats"],
    examples=[TRENDS_EXAMPLE],
    responses=TrendsSerializer,
)

get_summary = extend_schema(
    operation_id="getSummary",
    summary="The figures of the whole service",
    description="At most 60 seconds old.",
    tags=["stats"],
    examples=[SUMMARY_EXAMPLE],
    responses=SummarySerializer,
)
