"""The dashboard's page, where it has been built: `npm run build` in `dashboard/`.

Its router works in the browser, so each of its paths answers the same page: the frame,
which is seen before the script is there. Whoever signs in sees no frame.
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
PATHS = (*FRAMED, "sign-in", "sign-up")
FRAME = re.compile(rb"<!-- The frame .*<!-- end of the frame -->", re.DOTALL)
BARE_PAGE = FRAME.sub(b"", PAGE)


# It reads nothing that was sent; a POST is a wrong method and no stale form.
@csrf_exempt
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Answer the page; its scripts have names that change with their content."""
    framed = request.path_info.strip("/") in FRAMED
    html = PAGE if framed else BARE_PAGE
    return HttpResponse(html, headers={"Cache-Control": "no-cache"})


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
