"""The access token as an OpenAPI security scheme, and the examples of the seed."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

USER_ID = "a1111111-1111-1111-1111-111111111111"
USER = {
    "id": USER_ID,
    "username": "alice_focus",
    "email": "alice@focusguard.com",
    "lvl": 5,
    "xp_points": 1250,
    "timezone": "Europe/Berlin",
    "leaderboard_visible": True,
    "created_at": "2026-01-10T08:30:00Z",
    "updated_at": "2026-01-18T14:22:00Z",
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
    value={key: USER[key] for key in ("id", "username", "lvl", "xp_points")},
    response_only=True,
)
TOKEN_EXAMPLE = OpenApiExample("Signed in", value=TOKENS, response_only=True)
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
    target_class = "accounts.authentication.DeviceTokenAuthentication"
    name = "jwtAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The access token of a sign-in.",
        }
