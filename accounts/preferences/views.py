"""Preferences over HTTP (docs/contract.md, Users)."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.devices.authentication import signed_in_user
from accounts.preferences import schema, services
from accounts.preferences.selectors import preferences_of
from accounts.preferences.serializers import (
    PreferencesSerializer,
    PreferencesUpdateSerializer,
)
from focusguard.api.scopes import Scope
from focusguard.api.views import ApiViewSet


class PreferencesViewSet(ApiViewSet):
    """`GET` and `PATCH /users/me/preferences`: the user's own."""

    serializer_class = PreferencesSerializer
    token_scopes: ClassVar[Any] = {"retrieve": Scope.PROFILE_READ}

    @schema.get_preferences
    def retrieve(self, request: Request) -> Response:
        preferences = preferences_of(signed_in_user(request))
        return Response(PreferencesSerializer(preferences).data)

    @schema.update_preferences
    def partial_update(self, request: Request) -> Response:
        body = PreferencesUpdateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        preferences = services.change_preferences(
            user_id=signed_in_user(request).pk, changes=body.validated_data
        )
        return Response(PreferencesSerializer(preferences).data)
