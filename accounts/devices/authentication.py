"""Authentication by a device's access token, or by a staff member's session."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts.devices.asking import remember
from accounts.devices.auth_services import note_use
from accounts.devices.pairs import is_replaced
from accounts.devices.tokens import AccessToken, read_access_token
from accounts.exceptions import TokenExpired, TokenInvalid, TokenMissing
from accounts.models import AuthSession, User
from accounts.selectors import SIGNED_IN

WHAT_TO_SEND = (
    "Authorization must be Bearer, a space and one access token; "
    "POST /api/auth/login gives one."
)
# What people and libraries send instead, and say so by name.
OTHER_SCHEMES = {b"basic", b"digest", b"token", b"jwt", b"negotiate", b"apikey"}


class DeviceTokenAuthentication(JWTAuthentication):
    """Take `Authorization: Bearer`, and ask the device's row on every request.

    One query brings the row and its user, so that a revoked device and a deactivated
    or deleted user are refused on the very next request. `request.auth` is the token;
    its `sid` names the device.
    """

    # What the document says of a token that is refused.
    refusals = (TokenExpired, TokenInvalid)

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        found: tuple[User, AccessToken] | None = super().authenticate(request)
        if found is not None:
            user, token = found
            remember(request._request, user, partial(_is_live, token.claims.device_id))
        elif header := self.get_header(request):
            _refuse_other_scheme(header)
        return found

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def get_raw_token(self, header: bytes) -> bytes | None:
        """Return the token; the name of the scheme has no case (RFC 9110, 11.1)."""
        parts = header.split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) == 1:
            raise NotAuthenticated(WHAT_TO_SEND)
        if len(parts) != 2:
            raise AuthenticationFailed(WHAT_TO_SEND, code=TokenMissing.code)
        return parts[1]

    def get_validated_token(self, raw_token: bytes) -> AccessToken:
        try:
            token = read_access_token(raw_token)
        except (TokenExpired, TokenInvalid) as error:
            raise AuthenticationFailed(error.detail, code=error.code) from error
        return token

    def get_user(self, validated_token: AccessToken) -> User:
        claims = validated_token.claims
        device: AuthSession | None = SIGNED_IN.first(
            device_id=claims.device_id, user_id=claims.user_id
        )
        try:
            if device is None:
                raise TokenInvalid
            if not device.confirmed or is_replaced(claims.jti, device.given_anew):
                note_use(claims)
        except TokenInvalid as error:
            raise AuthenticationFailed(error.detail, code=error.code) from error
        return device.user


def _is_live(device_id: UUID) -> bool:
    return AuthSession.objects.live().filter(pk=device_id).exists()


def _refuse_other_scheme(header: bytes) -> None:
    """Tell a client whose Authorization is no Bearer what to send (NotAuthenticated).

    `requests` and curl send Basic by themselves where ~/.netrc knows the host, in the
    place of the header that their user thought of.
    """
    scheme, *rest = header.split() or [b""]
    told = WHAT_TO_SEND
    if scheme.lower() == b"basic":
        told = (
            "Basic is not taken here. Your client may have added it by itself, out of "
            f"~/.netrc or the URL. {WHAT_TO_SEND}"
        )
    elif rest and scheme.lower() in OTHER_SCHEMES:
        told = f"{scheme.decode().title()} is not taken here. {WHAT_TO_SEND}"
    if scheme:
        raise NotAuthenticated(told)


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
