from django.urls import path

from importing.views import ImportsViewSet, ImportViewSet

urlpatterns = [
    path("", ImportsViewSet.as_view({"get": "list", "post": "create"})),
    path(
        "/<str:import_id>",
        ImportViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
    ),
    path("/<str:import_id>/apply", ImportViewSet.as_view({"post": "apply"})),
]
