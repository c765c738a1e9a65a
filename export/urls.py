from django.urls import path

from export.views import ExportViewSet

app_name = "export"

urlpatterns = [
    path(
        "users/me/export",
        ExportViewSet.as_view({"get": "retrieve"}),
        name="user-export",
    ),
]
