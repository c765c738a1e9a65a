from django.urls import path

from garden.views import PlantViewSet

app_name = "garden"

urlpatterns = [
    path(
        "",
        PlantViewSet.as_view({"get": "list", "post": "create"}),
        name="plant-list",
    ),
    path(
        "/species",
        PlantViewSet.as_view({"get": "species"}),
        name="plant-species",
    ),
    path(
        "/session/<str:session_id>",
        PlantViewSet.as_view({"get": "of_session"}),
        name="plant-of-session",
    ),
    path(
        "/<str:garden_id>",
        PlantViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="plant-detail",
    ),
]
