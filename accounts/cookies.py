"""The refresh cookie, and from where it is taken."""

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.auth_services import SignIn
from accounts.exceptions import OriginRefused


def set_refresh_cookie(response: HttpResponseBase, sign_in: SignIn) -> None:
    """Store the refresh token where no script can read it, for as long as it lives."""
    lifetime = sign_in.device.expires_at - timezone.now()
    response.set_cookie(
        settings.REFRESH_COOKIE_NAME,
        sign_in.refresh_token,
        max_age=max(0, round(lifetime.total_seconds())),
        path=settings.REFRESH_COOKIE_PATH,
        secure=settings.REFRESH_COOKIE_SECURE,
        httponly=True,
        samesite=settings.REFRESH_COOKIE_SAMESITE,
    )


def clear_refresh_cookie(response: HttpResponseBase) -> None:
    """Remove the cookie; its attributes must be those it was set with."""
    response.set_cookie(
        settings.REFRESH_COOKIE_NAME,
        "",
        max_age=0,
        path=settings.REFRESH_COOKIE_PATH,
        secure=settings.REFRESH_COOKIE_SECURE,
        httponly=True,
        samesite=settings.REFRESH_COOKIE_SAMESITE,
    )


def refresh_cookie(request: Request) -> str | None:
    """Return the token of the cookie. OriginRefused unless one of ours sent it.

    A browser attaches cookies to requests that any page makes; its `Origin` header
    is what no page can forge (RFC 6454, section 7).
    """
    raw: str | None = request.COOKIES.get(settings.REFRESH_COOKIE_NAME)
    if not raw:
        return None
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") not in {own, *settings.ALLOWED_ORIGINS}:
        raise OriginRefused
    return raw
