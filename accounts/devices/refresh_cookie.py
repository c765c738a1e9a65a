"""The refresh cookie, and from where it is taken."""

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.devices.one_door import SignIn
from accounts.devices.tokens import RefreshToken, read_token
from accounts.exceptions import OriginRefused, TokenExpired, TokenInvalid
from focusguard.web.cookies import values_of


def set_refresh_cookie(
    request: Request, response: HttpResponseBase, sign_in: SignIn
) -> None:
    """Store the refresh token where no script can read it, for as long as it lives."""
    lifetime = sign_in.device.expires_at - timezone.now()
    max_age = round(lifetime.total_seconds())
    _set_cookie(request, response, sign_in.refresh_token, max_age)


def clear_refresh_cookie(request: Request, response: HttpResponseBase) -> None:
    """Remove the cookie; its attributes must be those it was set with."""
    _set_cookie(request, response, "", 0)


def _set_cookie(
    request: Request, response: HttpResponseBase, value: str, max_age: int
) -> None:
    response.set_cookie(
        settings.REFRESH_COOKIE_NAME,
        value,
        max_age=max_age,
        path=settings.REFRESH_COOKIE_PATH,
        # Safari and libraries keep a Secure cookie to HTTPS, also on localhost; where
        # plain HTTP is meant to work, an HTTPS of somebody's proxy still gets it.
        secure=(
            settings.REFRESH_COOKIE_SECURE
            or request.is_secure()
            # Refused by every browser otherwise.
            or settings.REFRESH_COOKIE_SAMESITE == "None"
        ),
        httponly=True,
        # The settings allow only these words.
        samesite=settings.REFRESH_COOKIE_SAMESITE,  # type: ignore[arg-type]  # judged in settings
    )


def refresh_cookie(request: Request) -> str | None:
    """Return the token of the cookie. OriginRefused unless one of ours sent it.

    A browser attaches cookies to requests that any page makes; its `Origin` header
    is what no page can forge (RFC 6454, section 7).
    """
    found = values_of(request, settings.REFRESH_COOKIE_NAME)
    if not found:
        return None
    require_our_origin(request)
    # Of several, one that we signed: the others are of a host beside ours.
    return next(filter(_is_ours, found), found[0]) if len(found) > 1 else found[0]


def require_our_origin(request: Request, why: str | None = None) -> None:
    """Refuse what a page of somebody else sends, and what no page does. OriginRefused."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") not in {own, *settings.ALLOWED_ORIGINS}:
        raise OriginRefused(why)


def _is_ours(raw: str) -> bool:
    try:
        read_token(RefreshToken, raw)
    except (TokenExpired, TokenInvalid):
        return False
    return True
