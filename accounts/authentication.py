"""Who a request speaks for: a device's access token, or a staff member's session."""

import uuid
from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.tokens import Token

from accounts.exceptions import TokenExpired, TokenInvalid
from accounts.models import User
from accounts.tokens import read_access_token
from focusguard.api.prepared import Prepared

# The user whom a live device belongs to.
SIGNED_IN = Prepared(
    lambda device_id, user_id: User.objects.active().filter(
        pk=user_id, auth_sessions__pk=device_id, auth_sessions__revoked_at=None
    ),
    device_id=uuid.UUID,
    user_id=uuid.UUID,
)


class DeviceTokenAuthentication(JWTAuthentication):
    """Take `Authorization: Bearer`, and ask the device's row on every request.

    One query brings the row and its user, so that a revoked device and a deactivated
    or deleted user are refused on the very next request. `request.auth` is the token;
    its `sid` names the device.
    """

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def get_validated_token(self, raw_token: bytes) -> Token:
        try:
            token, _ = read_access_token(raw_token)
        except (TokenExpired, TokenInvalid) as error:
            raise AuthenticationFailed(error.detail, code=error.code) from error
        return token

    def get_user(self, validated_token: Token) -> User:
        user: User | None = SIGNED_IN.first(
            device_id=uuid.UUID(validated_token["sid"]),
            user_id=uuid.UUID(validated_token["sub"]),
        )
        if user is None:
            raise AuthenticationFailed(TokenInvalid.message, code=TokenInvalid.code)
        return user


def signed_in_user(request: HttpRequest | Request) -> User:
    """Return who asks, on a route or page that only the signed-in reach."""
    user = request.user
    assert isinstance(user, User)
    return user


class StaffSessionAuthentication(SessionAuthentication):
    """Let staff use the browsable API with the session of their admin login."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        return found if found and found[0].is_staff else None
