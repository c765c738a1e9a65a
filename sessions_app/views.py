"""Focus sessions over HTTP (docs/contract.md, Focus sessions)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.preferences.selectors import preferences_of
from focusguard.api.idempotency import idempotent
from focusguard.api.pagination import PageQuerySerializer
from focusguard.api.scopes import Scope
from focusguard.api.serializers.query import parse_query
from focusguard.api.views import ApiViewSet, parse_id
from sessions_app import exceptions as errors
from sessions_app import schema, selectors, services
from sessions_app.models import FocusSession
from sessions_app.rhythm import Rhythm
from sessions_app.rhythm import phase as work_out
from sessions_app.serializers import (
    BreakSerializer,
    CurrentPhaseSerializer,
    LeftSerializer,
    OwnRunningSessionSerializer,
    RunningSessionSerializer,
    SessionCreateSerializer,
    SessionQuerySerializer,
    SessionSerializer,
    SessionUpdateSerializer,
)


class FocusSessionViewSet(ApiViewSet):
    """`/sessions`: the user's own; somebody else's id is 404."""

    serializer_class = SessionSerializer
    token_scopes: ClassVar[Any] = {
        "create": Scope.SESSIONS_WRITE,
        "list": Scope.SESSIONS_READ,
        "active": Scope.SESSIONS_READ,
        "retrieve": Scope.SESSIONS_READ,
        "partial_update": Scope.SESSIONS_WRITE,
        "destroy": Scope.SESSIONS_WRITE,
    }
    query_shapes: ClassVar[Any] = {
        "list": (SessionQuerySerializer, PageQuerySerializer)
    }

    @schema.start_session
    @idempotent(FocusSession)
    def create(self, request: Request) -> Response:
        body = SessionCreateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = services.start_session(
            user_id=signed_in_user(request).pk, **body.validated_data
        )
        return Response(SessionSerializer(session).data, status=201)

    @schema.list_sessions
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

    @schema.get_active_session
    def active(self, request: Request) -> Response:
        now = timezone.now()
        session = selectors.OWN_ACTIVE.first(user_id=signed_in_user(request).pk)
        if session is None or session.is_overdue(now):
            return Response({"has_active": False, "session": None})
        running = RunningSessionSerializer(session, context={"now": now}).data
        return Response({"has_active": True, "session": running})

    @schema.get_session
    def retrieve(self, request: Request, session_id: str) -> Response:
        session: FocusSession | None = selectors.OWN.first(
            user_id=signed_in_user(request).pk, session_id=parse_id(session_id)
        )
        if session is None:
            raise errors.SessionNotFound
        return Response(SessionSerializer(session.as_of(timezone.now())).data)

    @schema.update_session
    def partial_update(self, request: Request, session_id: str) -> Response:
        target = {
            "user_id": signed_in_user(request).pk,
            "session_id": parse_id(session_id),
        }
        body = SessionUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        session = _change(target, body.validated_data)
        return Response(SessionSerializer(session).data)

    @schema.delete_session
    def destroy(self, request: Request, session_id: str) -> Response:
        services.delete_session(
            user_id=signed_in_user(request).pk, session_id=parse_id(session_id)
        )
        return Response(status=204)


class RhythmViewSet(ApiViewSet):
    """`GET /sessions/now`: focus, break, what is left, or none of them."""

    serializer_class = CurrentPhaseSerializer
    token_scopes: ClassVar[Any] = {"now": Scope.SESSIONS_READ}

    @schema.get_current_phase
    def now(self, request: Request) -> Response:
        user = signed_in_user(request)
        now = timezone.now()
        rhythm = Rhythm.of(preferences_of(user))
        running, log = selectors.recent_log(user.pk, now)
        since = running.created_at if running else None
        phase = work_out(log, since, rhythm, now)
        session = pause = left = None
        if running is not None:
            session = OwnRunningSessionSerializer(running, context={"now": now}).data
        if phase.pause is not None:
            pause = BreakSerializer(phase.pause).data
        if phase.left is not None:
            left = LeftSerializer(phase.left).data
        return Response(
            {
                "server_time": now,
                "phase": phase.name,
                "round": phase.round,
                "rounds": rhythm.rounds,
                "session": session,
                "break": pause,
                "left": left,
            }
        )


def _change(target: dict[str, Any], change: dict[str, Any]) -> FocusSession:
    if "completed" in change:
        return services.complete_session(**target)
    if "status" in change:
        return services.abandon_session(**target)
    return services.replan_session(**target, duration_min=change["duration_min"])
