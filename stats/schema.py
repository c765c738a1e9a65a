"""The examples of the seed (docs/contract.md) for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

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
