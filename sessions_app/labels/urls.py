from django.urls import path

from sessions_app.labels.views import LabelViewSet

urlpatterns = [
    path("", LabelViewSet.as_view({"get": "list", "post": "create"})),
    path(
        "/<str:label_id>",
        LabelViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
    ),
]
