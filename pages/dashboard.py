"""The dashboard's page, where it has been built: `npm run build` in `dashboard/`.

Its router works in the browser, so each of its paths answers the same page: the frame,
which is seen before the script is there. Whoever signs in, or comes by a link in a mail,
sees no frame.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# Read once: the static files that a process serves are those of its start too, and a
# page of a later build would name others.
PAGE = (settings.DASHBOARD_BUILD / "index.html").read_bytes()
# As in dashboard/src/App.tsx.
FRAMED = ("", "garden", "insight", "boards", "you")
# Links in mails have their secret behind the #, which no server is sent; a page that one
# of these leads to is not even told their path.
LINKED = ("reset", "verify", "unsubscribe")
PATHS = (*FRAMED, "sign-in", "sign-up", "forgot", *LINKED)
FRAME = re.compile(rb"<!-- The frame .*<!-- end of the frame -->", re.DOTALL)
BARE_PAGE = FRAME.sub(b"", PAGE)


# It reads nothing that was sent; a POST is a wrong method and no stale form.
@csrf_exempt
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Answer the page; its scripts have names that change with their content."""
    name = request.path_info.strip("/")
    headers = {"Cache-Control": "no-cache"}
    if name in LINKED:
        headers["Referrer-Policy"] = "no-referrer"
    return HttpResponse(PAGE if name in FRAMED else BARE_PAGE, headers=headers)


@csrf_exempt
@require_safe
def without_slash(request: HttpRequest) -> HttpResponse:
    """Lead an address that somebody typed with a slash to the page that it means."""
    query = request.META.get("QUERY_STRING", "")
    address = request.path_info.rstrip("/")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


urlpatterns = [path(route, page) for route in PATHS] + [
    path(f"{route}/", without_slash) for route in PATHS if route
]
