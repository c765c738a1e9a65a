from django.urls import path

from garden.views import PlantViewSet

urlpatterns = [
    path("", PlantViewSet.as_view({"get": "list", "post": "create"})),
    path("/landscape", PlantViewSet.as_view({"get": "landscape"})),
    path("/species", PlantViewSet.as_view({"get": "species"})),
    path("/session/<str:session_id>", PlantViewSet.as_view({"get": "of_session"})),
    path(
        "/<str:garden_id>",
        PlantViewSet.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
    ),
]
