from django.urls import path

from garden.views import PlantViewSet

app_name = "garden"

urlpatterns = [
    path(
        "garden",
        PlantViewSet.as_view({"get": "list", "post": "create"}),
        name="plant-list",
    ),
    path(
        "garden/species",
        PlantViewSet.as_view({"get": "species"}),
        name="plant-species",
    ),
    path(
        "garden/session/<str:session_id>",
        PlantViewSet.as_view({"get": "of_session"}),
        name="plant-of-session",
    ),
    path(
        "garden/<str:garden_id>",
        PlantViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="plant-detail",
    ),
]
