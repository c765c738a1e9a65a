"""Addresses that browsers, password managers and researchers try by themselves.

Files of this kind stand in `focusguard/root/`; these are the ones that must be made.
"""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

# RFC 9116, section 2.5.5: less than a year ahead.
SECURITY_TXT_LIFE = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where weaknesses are reported (RFC 9116); not there where nobody says so."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now() + SECURITY_TXT_LIFE
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
    ]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8"
    )


urlpatterns = [
    path(".well-known/security.txt", security_txt),
    # Old iPhones ask for this one first.
    path(
        "apple-touch-icon-precomposed.png",
        RedirectView.as_view(url="/apple-touch-icon.png", permanent=True),
    ),
]
# Only the dashboard has a page for it (w3c.github.io/webappsec-change-password-url).
if settings.HAS_DASHBOARD:
    urlpatterns.append(
        path(".well-known/change-password", RedirectView.as_view(url="/you/signing-in"))
    )
