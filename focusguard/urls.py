"""Every path of the service; the API's routes stand in the apps' own `urls`."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from focusguard.api.health import HealthViewSet
from focusguard.index import IndexViewSet
from focusguard.openapi import DocumentViewSet
from pages.docs import RedocView, SwaggerView
from realtime.asyncapi import AsyncApiViewSet

# Django tries them one by one: what is asked all day comes first, and an app whose
# prefix is another is left out as a whole.
api_routes: list[URLPattern | URLResolver] = [
    path("sessions", include("sessions_app.urls")),
    path("garden", include("garden.urls")),
    path("stats/", include("stats.urls")),
    path("leaderboard/", include("leaderboard.urls")),
    path("", include("accounts.urls")),
    path("", include("identity.urls")),
    path("history", include("sessions_app.records.urls")),
    path("entries", include("sessions_app.entries.urls")),
    path("labels", include("sessions_app.labels.urls")),
    path("sessions/", include("consequences.urls")),
    path("", include("stats.plan.urls")),
    path("", include("export.urls")),
    path("imports", include("importing.urls")),
    path("", include("pictures.urls")),
    path("mail/", include("reports.urls")),
    path("ws", include("realtime.urls")),
    path("", IndexViewSet.as_view({"get": "retrieve"})),
]

start = RedirectView.as_view(pattern_name="docs")
urlpatterns = [
    path("api/", include(api_routes)),
    path("api/v1/", include((api_routes, "v1"))),
    path("api", IndexViewSet.as_view({"get": "retrieve"})),
    path("api/v1", IndexViewSet.as_view({"get": "retrieve"})),
    path("", include("pages.dashboard") if settings.HAS_DASHBOARD else start),
    path("health", HealthViewSet.as_view({"get": "retrieve"}), name="health"),
    path("health/live", HealthViewSet.as_view({"get": "live"})),
    path("openapi.json", DocumentViewSet.as_view({"get": "retrieve"}), name="openapi"),
    path(
        "asyncapi.json", AsyncApiViewSet.as_view({"get": "retrieve"}), name="asyncapi"
    ),
    path("docs", SwaggerView.as_view(), name="docs"),
    path("redoc", RedocView.as_view(), name="redoc"),
    path("", include("pages.well_known")),
    path("admin", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
]

handler400 = "pages.error_pages.bad_request"
handler403 = "pages.error_pages.permission_denied"
handler404 = "pages.error_pages.not_found"
handler500 = "pages.error_pages.server_error"
