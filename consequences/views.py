"""Consequences over HTTP (docs/contract.md, Focus sessions)."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from consequences import schema, selectors
from consequences.serializers import ConsequencesSerializer, LostPlantSerializer
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet, parse_id


class ConsequencesViewSet(ApiViewSet):
    """`GET /sessions/{id}/consequences`: of the user's own session; else 404."""

    serializer_class = ConsequencesSerializer
    token_scopes: ClassVar[Any] = {"retrieve": Scope.SESSIONS_WRITE}

    @schema.get_consequences
    def retrieve(self, request: Request, session_id: str) -> Response:
        found = selectors.consequences_of(
            signed_in_user(request), parse_id(session_id), timezone.now()
        )
        figures = {
            name: {"from": before, "to": after}
            for name, before, after in zip(
                found.before._fields, found.before, found.after, strict=True
            )
        }
        plant = found.plant and LostPlantSerializer(found.plant).data
        return Response({"focus_min": found.focus_min, **figures, "plant": plant})
