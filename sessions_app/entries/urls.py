from django.urls import path

from sessions_app.entries.views import EntryBatchViewSet, EntryViewSet

urlpatterns = [
    path("", EntryViewSet.as_view({"post": "create"})),
    path("/batch", EntryBatchViewSet.as_view({"post": "create"})),
    path(
        "/<str:entry_id>",
        EntryViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
    ),
]
