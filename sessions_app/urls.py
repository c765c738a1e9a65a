from django.urls import path

from sessions_app.views import FocusSessionViewSet, RhythmViewSet

urlpatterns = [
    path("", FocusSessionViewSet.as_view({"get": "list", "post": "create"})),
    path("/active", FocusSessionViewSet.as_view({"get": "active"})),
    path("/now", RhythmViewSet.as_view({"get": "now"})),
    path(
        "/<str:session_id>",
        FocusSessionViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
    ),
]
