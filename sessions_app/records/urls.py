from django.urls import path

from sessions_app.records.views import HistoryViewSet

urlpatterns = [
    path("", HistoryViewSet.as_view({"get": "list"})),
    path(
        "/<str:record_id>",
        HistoryViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
    ),
]
