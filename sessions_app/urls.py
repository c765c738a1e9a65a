from django.urls import path

from sessions_app.views import FocusSessionViewSet

app_name = "sessions_app"

urlpatterns = [
    path(
        "",
        FocusSessionViewSet.as_view({"get": "list", "post": "create"}),
        name="session-list",
    ),
    path(
        "/active",
        FocusSessionViewSet.as_view({"get": "active"}),
        name="session-active",
    ),
    path(
        "/<str:session_id>",
        FocusSessionViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="session-detail",
    ),
]
