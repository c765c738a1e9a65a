"""The cookie by which a flow knows the browser that began it again."""

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request

from focusguard.web.cookies import values_of
from identity.providers.starting import LIVES

# Where cookies need HTTPS no host beside ours can set one of such a name: it could put
# its own flow into somebody's browser, and have them sign in to its account. That asks
# for the path / (RFC 6265bis, section 4.1.3.2).
SECURE_NAME, PLAIN_NAME = "__Host-oauth_flow", "oauth_flow"
PLAIN_PATH = "/api/auth/oauth"


def set_flow_cookie(request: Request, response: HttpResponseBase, value: str) -> None:
    _set(request, response, value, round(LIVES.total_seconds()))


def clear_flow_cookie(request: Request, response: HttpResponseBase) -> None:
    _set(request, response, "", 0)


def flow_cookies(request: Request) -> list[str]:
    return values_of(request, _name())


def _name() -> str:
    return SECURE_NAME if settings.REFRESH_COOKIE_SECURE else PLAIN_NAME


def _set(
    request: Request, response: HttpResponseBase, value: str, max_age: int
) -> None:
    secure = settings.REFRESH_COOKIE_SECURE
    response.set_cookie(
        _name(),
        value,
        max_age=max_age,
        path="/" if secure else PLAIN_PATH,
        secure=secure or request.is_secure(),
        httponly=True,
        # A Strict one would stay behind when the provider sends the browser back,
        # whatever the refresh cookie is.
        samesite="Lax",
    )
