"""The operation of consequences for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from consequences.serializers import ConsequencesSerializer
from focusguard.api.schema import domain_errors
from sessions_app.exceptions import SessionNotFound
from sessions_app.schema import SESSION_ID

EXAMPLE = OpenApiExample(
    "The last day of a streak",
    value={
        "focus_min": 25,
        "xp_points": {"from": 1250, "to": 1225},
        "lvl": {"from": 5, "to": 4},
        "total_focus_min": {"from": 1250, "to": 1225},
        "total_sessions": {"from": 50, "to": 49},
        "current_streak": {"from": 3, "to": 2},
        "best_streak": {"from": 12, "to": 12},
        "kept_streak": {"from": 15, "to": 14},
        "plant": {
            "id": "01949d2e-8b20-7d4a-9e63-4a2f3b5c6d7e",
            "plant_num": 50,
            "plant_type": "Rose",
            "growth_stage": 5,
            "state": "grown",
        },
    },
    response_only=True,
)

get_consequences = extend_schema(
    operation_id="getDeletionConsequences",
    summary="What deleting a session would take",
    description="Each figure as it is and as it would be at this moment. Nothing is "
    "deleted.",
    tags=["sessions"],
    parameters=[SESSION_ID],
    examples=[EXAMPLE],
    responses={200: ConsequencesSerializer, **domain_errors(SessionNotFound)},
)
