"""Focus sessions over HTTP (docs/contract.md, Focus sessions)."""

import uuid
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import signed_in_user
from focusguard.api.idempotency import (
    IDEMPOTENCY,
    IDEMPOTENCY_ERRORS,
    idempotent,
)
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.schema import domain_errors
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet, parse_id
from sessions_app import exceptions as errors
from sessions_app import schema as examples
from sessions_app import selectors, services
from sessions_app.models import FocusSession
from sessions_app.serializers import (
    ActiveSessionSerializer,
    RunningSessionSerializer,
    SessionCreateSerializer,
    SessionListSerializer,
    SessionQuerySerializer,
    SessionSerializer,
    SessionUpdateSerializer,
)

SESSION_ID = OpenApiParameter("session_id", uuid.UUID, OpenApiParameter.PATH)


class FocusSessionViewSet(ApiViewSet):
    """`/sessions`: the user's own; somebody else's id is 404."""

    serializer_class = SessionSerializer
    query_shapes: ClassVar[Any] = {
        "list": (SessionQuerySerializer, PageQuerySerializer)
    }

    @extend_schema(
        operation_id="startSession",
        summary="Start a session",
        description="Planned for `duration_min` minutes, or open without it. One that "
        "ran past its deadline is settled first.",
        tags=["sessions"],
        parameters=IDEMPOTENCY,
        request=SessionCreateSerializer,
        examples=[
            examples.START_EXAMPLE,
            examples.OPEN_EXAMPLE,
            examples.SESSION_EXAMPLE,
        ],
        responses={
            201: SessionSerializer,
            **domain_errors(errors.ActiveSessionExists, *IDEMPOTENCY_ERRORS),
        },
    )
    @idempotent(FocusSession)
    def create(self, request: Request) -> Response:
        body = SessionCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = services.start_session(
            user_id=signed_in_user(request).pk, **body.validated_data
        )
        return Response(SessionSerializer(session).data, status=201)

    @extend_schema(
        operation_id="listSessions",
        summary="Your sessions, newest first",
        description="Filter by `status`, or `completed`, and by local dates. The counts are those of all that match.",
        tags=["sessions"],
        examples=[examples.LIST_EXAMPLE],
        responses=SessionListSerializer,
    )
    def list(self, request: Request) -> Response:
        wanted = parse_query(SessionQuerySerializer, request)
        kept = (wanted.pop("status", None), wanted.pop("completed", None))
        shown = (*kept, frozenset(wanted))
        now = timezone.now()
        wanted |= {"user_id": signed_in_user(request).pk, "now": now}
        page = selectors.own_pages(*shown).page(request, **wanted)
        counts = selectors.own_counts(*shown).first(**wanted)
        total, completed, empty = counts or (0, 0, 0)
        for session in page.rows:
            # All but one at most have ended long ago, and are asked nothing more.
            if session.ended_at is None:
                session.as_of(now)
        return Response(
            {
                "sessions": SessionSerializer(page.rows, many=True).data,
                "total": total,
                "completed_count": completed,
                "credited_count": completed - empty,
                "incomplete_count": total - completed,
                "next": page.next,
                "previous": page.previous,
            }
        )

    @extend_schema(
        operation_id="getActiveSession",
        summary="The session that runs now",
        description="`session` is null when none runs, and from its deadline on: it has "
        "ended, as `GET /sessions/{session_id}` shows at once.",
        tags=["sessions"],
        examples=[examples.ACTIVE_EXAMPLE, examples.NONE_ACTIVE_EXAMPLE],
        responses=ActiveSessionSerializer,
    )
    def active(self, request: Request) -> Response:
        now = timezone.now()
        session = selectors.OWN_ACTIVE.first(user_id=signed_in_user(request).pk)
        if session is None or session.is_overdue(now):
            return Response({"has_active": False, "session": None})
        running = RunningSessionSerializer(session, context={"now": now}).data
        return Response({"has_active": True, "session": running})

    @extend_schema(
        operation_id="getSession",
        summary="One session",
        description="Somebody else's is not found.",
        tags=["sessions"],
        parameters=[SESSION_ID],
        examples=[examples.COMPLETED_EXAMPLE],
        responses={200: SessionSerializer, **domain_errors(errors.SessionNotFound)},
    )
    def retrieve(self, request: Request, session_id: str) -> Response:
        session: FocusSession | None = selectors.OWN.first(
            user_id=signed_in_user(request).pk, session_id=parse_id(session_id)
        )
        if session is None:
            raise errors.SessionNotFound
        return Response(SessionSerializer(session.as_of(timezone.now())).data)

    @extend_schema(
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
            examples.COMPLETE_EXAMPLE,
            examples.ABANDON_EXAMPLE,
            examples.REPLAN_EXAMPLE,
            examples.COMPLETED_EXAMPLE,
        ],
        responses={
            200: SessionSerializer,
            **domain_errors(errors.SessionNotFound, errors.SessionFinished),
        },
    )
    def partial_update(self, request: Request, session_id: str) -> Response:
        target = {
            "user_id": signed_in_user(request).pk,
            "session_id": parse_id(session_id),
        }
        body = SessionUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = _change(target, body.validated_data)
        return Response(SessionSerializer(session).data)

    @extend_schema(
        operation_id="deleteSession",
        summary="Delete a session",
        description="A completed one takes its minutes, XP and streak days along.",
        tags=["sessions"],
        parameters=[SESSION_ID],
        responses={204: None, **domain_errors(errors.SessionNotFound)},
    )
    def destroy(self, request: Request, session_id: str) -> Response:
        services.delete_session(
            user_id=signed_in_user(request).pk, session_id=parse_id(session_id)
        )
        return Response(status=204)


def _change(target: dict[str, Any], change: dict[str, Any]) -> FocusSession:
    if "completed" in change:
        return services.complete_session(**target)
    if "status" in change:
        return services.abandon_session(**target)
    return services.replan_session(**target, duration_min=change["duration_min"])
