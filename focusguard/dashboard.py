"""The dashboard's page, where it has been built: `npm run build` in `dashboard/`.

Its router works in the browser, so each of its paths answers the same page.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

PAGE = settings.DASHBOARD_BUILD / "index.html"
# As in dashboard/src/App.tsx.
PATHS = ("", "garden", "insight", "boards", "you", "sign-in", "sign-up")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Answer the page; its scripts have names that change with their content."""
    return HttpResponse(PAGE.read_bytes(), headers={"Cache-Control": "no-cache"})


urlpatterns = [path(route, page) for route in PATHS]
