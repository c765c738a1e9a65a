"""The operations of sessions for the OpenAPI document, with the examples of the seed."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.schema import domain_errors
from sessions_app import exceptions as errors
from sessions_app.labels.exceptions import NoSuchLabel
from sessions_app.serializers import (
    ActiveSessionSerializer,
    CurrentPhaseSerializer,
    SessionCreateSerializer,
    SessionListSerializer,
    SessionSerializer,
    SessionUpdateSerializer,
)

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
FOCUS_EXAMPLE = OpenApiExample(
    "Ten minutes into the second round",
    value={
        "server_time": "2026-01-18T15:10:00Z",
        "phase": "focus",
        "round": 2,
        "rounds": 4,
        "session": SESSION
        | {"elapsed_seconds": 600, "remaining_seconds": 900, "overdue": False}
        | {"label_id": "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c", "note": "Chapter 2"},
        "break": None,
        "left": None,
    },
    response_only=True,
)
BREAK_EXAMPLE = OpenApiExample(
    "A short break",
    value={
        "server_time": "2026-01-18T15:26:00Z",
        "phase": "break",
        "round": 3,
        "rounds": 4,
        "session": None,
        "break": {
            "kind": "short",
            "started_at": "2026-01-18T15:25:00Z",
            "ends_at": "2026-01-18T15:30:00Z",
            "over": False,
        },
        "left": None,
    },
    response_only=True,
)
LEFT_EXAMPLE = OpenApiExample(
    "13 of 25 left",
    value={
        "server_time": "2026-01-18T15:13:00Z",
        "phase": "left",
        "round": 2,
        "rounds": 4,
        "session": None,
        "break": None,
        "left": {"minutes": 13, "until": "2026-01-18T15:42:00Z"},
    },
    response_only=True,
)
START_EXAMPLE = OpenApiExample("Planned", value={"duration_min": 25}, request_only=True)
OPEN_EXAMPLE = OpenApiExample("Open", value={}, request_only=True)
LABELLED_EXAMPLE = OpenApiExample(
    "Labelled",
    value={
        "duration_min": 25,
        "label_id": "01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c",
        "note": "Chapter 2",
    },
    request_only=True,
)
COMPLETE_EXAMPLE = OpenApiExample(
    "Complete", value={"completed": True}, request_only=True
)
ABANDON_EXAMPLE = OpenApiExample(
    "Give up", value={"status": "abandoned"}, request_only=True
)
REPLAN_EXAMPLE = OpenApiExample(
    "Re-plan", value={"duration_min": 45}, request_only=True
)

SESSION_ID = OpenApiParameter("session_id", uuid.UUID, OpenApiParameter.PATH)

start_session = extend_schema(
    operation_id="startSession",
    summary="Start a session",
    description="Planned for `duration_min` minutes, or open without it. One that "
    "ran past its deadline is settled first. Its label and note are told by "
    "`GET /history/{record_id}`, which takes other ones too.",
    tags=["sessions"],
    parameters=IDEMPOTENCY,
    request=SessionCreateSerializer,
    examples=[
        START_EXAMPLE,
        OPEN_EXAMPLE,
        LABELLED_EXAMPLE,
        SESSION_EXAMPLE,
    ],
    responses={
        201: SessionSerializer,
        **domain_errors(errors.ActiveSessionExists, NoSuchLabel, *IDEMPOTENCY_ERRORS),
    },
)

list_sessions = extend_schema(
    operation_id="listSessions",
    summary="Your sessions, newest first",
    description="Filter by `status`, or `completed`, and by local dates. The counts are those of all that match.",
    tags=["sessions"],
    examples=[LIST_EXAMPLE],
    responses=SessionListSerializer,
)

get_active_session = extend_schema(
    operation_id="getActiveSession",
    summary="The session that runs now",
    description="`session` is null when none runs, and from its deadline on: it has "
    "ended, as `GET /sessions/{session_id}` shows at once.",
    tags=["sessions"],
    examples=[ACTIVE_EXAMPLE, NONE_ACTIVE_EXAMPLE],
    responses=ActiveSessionSerializer,
)

get_current_phase = extend_schema(
    operation_id="getCurrentPhase",
    summary="Where you are: focus, break, left or idle",
    description="Worked out of your sessions and preferences, so that all your devices "
    "are told the same. `break` follows a session that was kept to its plan, a long one "
    "every `rounds`-th, and is `over` for 30 minutes more at most; `left` is the rest "
    "of a plan that was completed early, offered for 30 minutes. A start after that "
    "begins at round 1.",
    tags=["sessions"],
    examples=[FOCUS_EXAMPLE, BREAK_EXAMPLE, LEFT_EXAMPLE],
    responses=CurrentPhaseSerializer,
)

get_session = extend_schema(
    operation_id="getSession",
    summary="One session",
    description="Somebody else's is not found.",
    tags=["sessions"],
    parameters=[SESSION_ID],
    examples=[COMPLETED_EXAMPLE],
    responses={200: SessionSerializer, **domain_errors(errors.SessionNotFound)},
)

update_session = extend_schema(
    operation_id="updateSession",
    summary="Complete, abandon or re-plan a session",
    description="Exactly one of the fields. Completing twice is fine and credits "
    "once; the credit is what the server's clock saw, at most the plan. Past its "
    "deadline a session has ended by itself: completing a planned one answers it "
    "as it is, anything else 409. A plan that has passed already ends it too.",
    tags=["sessions"],
    parameters=[SESSION_ID],
    request=SessionUpdateSerializer,
    examples=[
        COMPLETE_EXAMPLE,
        ABANDON_EXAMPLE,
        REPLAN_EXAMPLE,
        COMPLETED_EXAMPLE,
    ],
    responses={
        200: SessionSerializer,
        **domain_errors(errors.SessionNotFound, errors.SessionFinished),
    },
)

delete_session = extend_schema(
    operation_id="deleteSession",
    summary="Delete a session",
    description="A completed one takes its minutes, XP and streak days along.",
    tags=["sessions"],
    parameters=[SESSION_ID],
    responses={204: None, **domain_errors(errors.SessionNotFound)},
)
