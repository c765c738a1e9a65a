"""The operations of accounts for the OpenAPI document, with examples and cookies."""

import uuid
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from accounts import exceptions as errors
from accounts.serializers import (
    LoginSerializer,
    PasswordChangeSerializer,
    ProfileUpdateSerializer,
    PublicProfileSerializer,
    RefreshSerializer,
    RegisterSerializer,
    SecondStepSerializer,
    TokenAnswerSerializer,
    UserSerializer,
)
from focusguard.api.idempotency import IDEMPOTENCY, IDEMPOTENCY_ERRORS
from focusguard.api.schema import domain_errors

USER_ID = "a1111111-1111-1111-1111-111111111111"
USER = {
    "id": USER_ID,
    "username": "alice_focus",
    "email": "alice@focusguard.com",
    "email_verified": True,
    "pending_email": None,
    "lvl": 5,
    "xp_points": 1250,
    "timezone": "Europe/Berlin",
    "leaderboard_visible": True,
    "weekly_report": False,
    "created_at": "2026-01-10T08:30:00Z",
    "updated_at": "2026-01-18T14:22:00Z",
    "picture": "/api/pictures/3f2a9c5e7b1d4860a4c2e8f01b6d9753.webp",
}
TOKENS = {
    "access_token": "eyJhbGciOiJIUzI1NiJ9.access",
    "refresh_token": "eyJhbGciOiJIUzI1NiJ9.refresh",
    "token_type": "bearer",
    "expires_in": 900,
    "user": USER,
}
DEVICE = {
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "created_at": "2026-01-18T14:00:00Z",
    "last_used_at": "2026-01-18T14:15:00Z",
    "user_agent": "Mozilla/5.0",
    "ip": "203.0.113.7",
    "current": True,
}

USER_EXAMPLE = OpenApiExample("Alice", value=USER, response_only=True)
PUBLIC_PROFILE_EXAMPLE = OpenApiExample(
    "Alice",
    value={key: USER[key] for key in ("id", "username", "lvl", "xp_points", "picture")},
    response_only=True,
)
TOKEN_EXAMPLE = OpenApiExample(
    "Signed in", value=TOKENS, response_only=True, status_codes=["200", "201"]
)
SECOND_STEP_EXAMPLE = OpenApiExample(
    "A second factor is asked for",
    value={
        "flow_token": "AZSdLnoQfD-NUj8eKktcbZ3o8oKjvN1yQ4iF2s7mX0a9bT6wR5cE1uK8pL3dVhZy",
        "methods": ["totp", "recovery_code"],
        "expires_in": 300,
    },
    response_only=True,
    status_codes=["202"],
)
COOKIE_REFRESH_EXAMPLE = OpenApiExample(
    "By cookie",
    value={key: TOKENS[key] for key in TOKENS if key != "refresh_token"},
    response_only=True,
)
DEVICES_EXAMPLE = OpenApiExample(
    "One device",
    value={"devices": [DEVICE], "total": 1, "next": None, "previous": None},
    response_only=True,
)
REGISTER_EXAMPLE = OpenApiExample(
    "Alice",
    value={
        "username": "alice_focus",
        "email": "alice@focusguard.com",
        "password": "correct horse battery",
        "timezone": "Europe/Berlin",
    },
    request_only=True,
)
LOGIN_EXAMPLE = OpenApiExample(
    "Alice",
    value={"username": "alice_focus", "password": "correct horse battery"},
    request_only=True,
)
REFRESH_EXAMPLE = OpenApiExample(
    "In the body",
    value={"refresh_token": TOKENS["refresh_token"]},
    request_only=True,
)
NO_BODY_EXAMPLE = OpenApiExample("By cookie", value={}, request_only=True)
PROFILE_EXAMPLE = OpenApiExample(
    "A new name",
    value={"username": "alice_the_focused", "email": "alice.new@focusguard.com"},
    request_only=True,
)
PASSWORD_EXAMPLE = OpenApiExample(
    "A new password",
    value={
        "current_password": "correct horse battery",
        "new_password": "staple battery horse",
    },
    request_only=True,
)

COOKIE_SET = OpenApiParameter(
    "Set-Cookie",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The refresh token: `HttpOnly`, `SameSite`, `Path=/api`, for as long as "
    "it lives. A refresh whose token came in the body sets none.",
)
COOKIE_CLEAR = OpenApiParameter(
    "Set-Cookie",
    str,
    OpenApiParameter.HEADER,
    response=[204],
    description="Removes the refresh cookie.",
)


class DeviceTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # comes untyped
    target_class = "accounts.devices.authentication.DeviceTokenAuthentication"
    name = "jwtAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The access token of a sign-in.",
        }


DEVICE_ID = OpenApiParameter("device_id", uuid.UUID, OpenApiParameter.PATH)

USER_ID_IN_PATH = OpenApiParameter("user_id", uuid.UUID, OpenApiParameter.PATH)

register = extend_schema(
    operation_id="register",
    summary="Create an account and sign in",
    description="Answers as a sign-in does. Names and addresses are unique without "
    "regard to case. With an `Idempotency-Key` it may be sent again: for 24 hours "
    "the same body signs in to the account that the first one opened.",
    tags=["auth"],
    parameters=[COOKIE_SET, *IDEMPOTENCY],
    auth=[],
    request=RegisterSerializer,
    examples=[REGISTER_EXAMPLE, TOKEN_EXAMPLE, SECOND_STEP_EXAMPLE],
    responses={
        201: TokenAnswerSerializer,
        202: SecondStepSerializer,
        **domain_errors(
            errors.UsernameTaken,
            errors.EmailTaken,
            errors.LoginRateLimited,
            errors.HashingBusy,
            *IDEMPOTENCY_ERRORS,
        ),
    },
)

login = extend_schema(
    operation_id="login",
    summary="Sign in with a username or an e-mail",
    description="Answers both tokens and sets the refresh cookie. An unknown name, a wrong password and a deactivated account are told alike. Where the account has a "
    "second factor: 202, no token, and the sign-in goes on at `POST /auth/second-factor`.",
    tags=["auth"],
    parameters=[COOKIE_SET],
    auth=[],
    request=LoginSerializer,
    examples=[LOGIN_EXAMPLE, TOKEN_EXAMPLE, SECOND_STEP_EXAMPLE],
    responses={
        200: TokenAnswerSerializer,
        202: SecondStepSerializer,
        **domain_errors(
            errors.InvalidCredentials, errors.LoginRateLimited, errors.HashingBusy
        ),
    },
)

refresh_tokens = extend_schema(
    operation_id="refreshTokens",
    summary="Swap the refresh token for new tokens",
    description="By cookie (from our own origins only) or in the body. The new "
    "refresh token comes back the way the old one came.",
    tags=["auth"],
    parameters=[COOKIE_SET],
    # Requirement objects, as the OpenAPI document has them; the stub knows names.
    auth=[{"refreshCookie": []}, {}],  # type: ignore[list-item]  # the stub knows names only
    request=RefreshSerializer,
    examples=[
        REFRESH_EXAMPLE,
        NO_BODY_EXAMPLE,
        TOKEN_EXAMPLE,
        COOKIE_REFRESH_EXAMPLE,
    ],
    responses={
        200: TokenAnswerSerializer,
        **domain_errors(
            errors.TokenMissing,
            errors.TokenInvalid,
            errors.TokenExpired,
            errors.TokenReused,
            errors.OriginRefused,
        ),
    },
)

logout = extend_schema(
    operation_id="logout",
    summary="Sign this device out",
    description="Ends the device of the token that is sent: in the body, as Bearer or by cookie. Again is fine.",
    tags=["auth"],
    parameters=[COOKIE_CLEAR],
    auth=[{"jwtAuth": []}, {"refreshCookie": []}, {}],  # type: ignore[list-item]  # the stub knows names only
    request=RefreshSerializer,
    examples=[REFRESH_EXAMPLE, NO_BODY_EXAMPLE],
    responses={
        204: None,
        **domain_errors(
            errors.TokenMissing,
            errors.TokenInvalid,
            errors.TokenExpired,
            errors.OriginRefused,
        ),
    },
)

logout_everywhere = extend_schema(
    operation_id="logoutEverywhere",
    summary="Sign out everywhere",
    description="Ends every device of yours, this one too.",
    tags=["auth"],
    parameters=[COOKIE_CLEAR],
    request=None,
    responses={204: None},
)

get_profile = extend_schema(
    operation_id="getProfile",
    summary="Your profile",
    description="With level, XP and the zone in which your days begin.",
    tags=["users"],
    examples=[USER_EXAMPLE],
)

who_am_i = extend_schema(
    operation_id="whoAmI",
    summary="Who is signed in",
    description="The same as `/users/me`.",
    tags=["auth"],
    examples=[USER_EXAMPLE],
)

PROFILE_CHANGE: dict[str, Any] = {
    "tags": ["users"],
    "request": ProfileUpdateSerializer,
    "examples": [PROFILE_EXAMPLE, USER_EXAMPLE],
    "responses": {
        200: UserSerializer,
        **domain_errors(
            errors.UsernameTaken,
            errors.EmailTaken,
            errors.ProofRequired,
            errors.MailRateLimited,
        ),
    },
}

update_profile = extend_schema(
    operation_id="updateProfile",
    summary="Change your profile",
    description="Any of the fields; what is left out stays. Where mail is sent, a new "
    "`email` is `pending_email` until it was confirmed by the link mailed there, and "
    "wants a proof.",
    **PROFILE_CHANGE,
)

patch_profile = extend_schema(
    operation_id="patchProfile",
    summary="Change some of your profile",
    description="The same as PUT, which takes a part of the fields as well.",
    **PROFILE_CHANGE,
)

delete_account = extend_schema(
    operation_id="deleteAccount",
    summary="Delete your account and everything in it",
    description="At once and for good; take your data along first. An account that has a "
    "second factor wants a proof.",
    tags=["users"],
    parameters=[COOKIE_CLEAR],
    responses={204: None, **domain_errors(errors.ProofRequired)},
)

change_password = extend_schema(
    operation_id="changePassword",
    summary="Change your password",
    description="The device that asks stays signed in, all others are signed out.",
    tags=["users"],
    request=PasswordChangeSerializer,
    examples=[PASSWORD_EXAMPLE],
    responses={
        204: None,
        **domain_errors(
            errors.WrongPassword, errors.LoginRateLimited, errors.HashingBusy
        ),
    },
)

list_devices = extend_schema(
    operation_id="listDevices",
    summary="The devices you are signed in on",
    description="A device is a sign-in, newest first. `current` is the one that asks.",
    tags=["auth"],
    examples=[DEVICES_EXAMPLE],
)

logout_device = extend_schema(
    operation_id="logoutDevice",
    summary="Sign a device out",
    description="Its tokens are refused from the next request on.",
    tags=["auth"],
    parameters=[DEVICE_ID],
    responses={204: None, **domain_errors(errors.DeviceNotFound)},
)

get_public_profile = extend_schema(
    operation_id="getPublicProfile",
    summary="Somebody's public profile",
    description="What everybody signed in may see of an active user.",
    tags=["users"],
    parameters=[USER_ID_IN_PATH],
    examples=[PUBLIC_PROFILE_EXAMPLE],
    responses={
        200: PublicProfileSerializer,
        **domain_errors(errors.UserNotFound),
    },
)
