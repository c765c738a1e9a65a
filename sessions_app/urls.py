from django.urls import path

from sessions_app.views import FocusSessionViewSet

urlpatterns = [
    path("", FocusSessionViewSet.as_view({"get": "list", "post": "create"})),
    path("/active", FocusSessionViewSet.as_view({"get": "active"})),
    path(
        "/<str:session_id>",
        FocusSessionViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
    ),
]
