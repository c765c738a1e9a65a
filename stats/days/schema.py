"""The operations of days for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from stats.days.serializers import (
    CalendarSerializer,
    FocusByHourSerializer,
    FocusByLabelSerializer,
    TodayStatsSerializer,
)

DAY = {
    "date": "2026-01-18",
    "focus_min": 75,
    "sessions_completed": 3,
    "manual_min": 20,
    "goal_min": 90,
    "met": True,
    "mark": "focused",
}
FROZEN_DAY = DAY | {
    "date": "2026-01-17",
    "focus_min": 0,
    "sessions_completed": 0,
    "manual_min": 0,
    "met": False,
    "mark": "frozen",
}
TODAY_EXAMPLE = OpenApiExample(
    "A goal that is met",
    value={name: value for name, value in DAY.items() if name != "mark"}
    | {
        "week": {
            "start": "2026-01-12",
            "focus_min": 310,
            "manual_min": 20,
            "goal_min": 450,
            "met": False,
            "days": [FROZEN_DAY, DAY],
        },
        "streak": {
            "length": 12,
            "best": 12,
            "freezes": 0,
            "focused_days_to_next": 2,
            "protected": [{"date": "2026-01-17", "by": "freeze"}],
            "today": "focused",
            "at_risk_until": "2026-01-19T23:00:00Z",
        },
    },
    response_only=True,
)
CALENDAR_EXAMPLE = OpenApiExample(
    "Two days", value={"days": [FROZEN_DAY, DAY]}, response_only=True
)
LABELS_EXAMPLE = OpenApiExample(
    "One label, and what has none",
    value={
        "labels": [
            {
                "label_id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
                "focus_min": 300,
                "sessions_completed": 12,
                "manual_min": 0,
            },
            {
                "label_id": None,
                "focus_min": 75,
                "sessions_completed": 3,
                "manual_min": 20,
            },
        ]
    },
    response_only=True,
)
HOURS_EXAMPLE = OpenApiExample(
    "In the morning",
    value={"hours": [0] * 8 + [50, 75, 25] + [0] * 13},
    response_only=True,
)

get_today = extend_schema(
    operation_id="getToday",
    summary="Today, this week, and the streak that forgives",
    description="In your zone. Sessions and entries reach a goal together; a streak has days with sessions alone, and what protects it adds nothing. It is for yourself: boards have the strict one of `/stats/me`, which it is never below.",
    tags=["stats"],
    examples=[TODAY_EXAMPLE],
    responses=TodayStatsSerializer,
)

get_calendar = extend_schema(
    operation_id="getCalendar",
    summary="Your days beside what you planned for them",
    description="Oldest first, at most 371 days, the last 30 where no dates are given. A day is judged by the plan that held on it, whatever was set later.",
    tags=["stats"],
    examples=[CALENDAR_EXAMPLE],
    responses=CalendarSerializer,
)

get_labels = extend_schema(
    operation_id="getLabels",
    summary="Your focus by label",
    description="The most minutes first; `label_id` is null of what has none, so that all add up. The last 30 days where no dates are given.",
    tags=["stats"],
    examples=[LABELS_EXAMPLE],
    responses=FocusByLabelSerializer,
)

get_hours = extend_schema(
    operation_id="getHours",
    summary="Your focus by hour of the day",
    description="Credited minutes of sessions by the local hour in which they began, from 0 to 23. The last 30 days where no dates are given.",
    tags=["stats"],
    examples=[HOURS_EXAMPLE],
    responses=FocusByHourSerializer,
)
