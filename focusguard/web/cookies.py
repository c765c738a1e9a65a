"""Cookies that came more than once: a sibling host may set some of our names."""

from http.cookies import _unquote  # as Django reads them

from django.http import HttpRequest

# A browser sends no more of one name by itself; each is asked about.
MOST = 5


def values_of(request: HttpRequest, name: str) -> list[str]:
    """Return what came under a name, in the order of the header.

    `request.COOKIES` keeps the last, which is the one that a sibling host has set for
    the whole domain: browsers send longer paths and older cookies first (RFC 6265,
    section 5.4).
    """
    found = []
    for part in request.META.get("HTTP_COOKIE", "").split(";"):
        key, _, value = part.partition("=")
        if key.strip() == name and value.strip():
            found.append(_unquote(value.strip()))
    return found[:MOST]
