"""The examples of the seed (docs/contract.md) for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample

SESSION = {
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "user_id": "a1111111-1111-1111-1111-111111111111",
    "duration_min": 25,
    "status": "active",
    "completed": False,
    "focus_min": 0,
    "local_date": "2026-01-18",
    "created_at": "2026-01-18T15:00:00Z",
    "ended_at": None,
}
COMPLETED = SESSION | {
    "status": "completed",
    "completed": True,
    "focus_min": 25,
    "ended_at": "2026-01-18T15:25:00Z",
}

SESSION_EXAMPLE = OpenApiExample("Running", value=SESSION, response_only=True)
COMPLETED_EXAMPLE = OpenApiExample("Completed", value=COMPLETED, response_only=True)
LIST_EXAMPLE = OpenApiExample(
    "One session",
    value={
        "sessions": [COMPLETED],
        "total": 1,
        "completed_count": 1,
        "credited_count": 1,
        "incomplete_count": 0,
        "next": None,
        "previous": None,
    },
    response_only=True,
)
ACTIVE_EXAMPLE = OpenApiExample(
    "Ten minutes in",
    value={
        "has_active": True,
        "session": SESSION
        | {"elapsed_seconds": 600, "remaining_seconds": 900, "overdue": False},
    },
    response_only=True,
)
NONE_ACTIVE_EXAMPLE = OpenApiExample(
    "None", value={"has_active": False, "session": None}, response_only=True
)
START_EXAMPLE = OpenApiExample("Planned", value={"duration_min": 25}, request_only=True)
OPEN_EXAMPLE = OpenApiExample("Open", value={}, request_only=True)
COMPLETE_EXAMPLE = OpenApiExample(
    "Complete", value={"completed": True}, request_only=True
)
ABANDON_EXAMPLE = OpenApiExample(
    "Give up", value={"status": "abandoned"}, request_only=True
)
REPLAN_EXAMPLE = OpenApiExample(
    "Re-plan", value={"duration_min": 45}, request_only=True
)
