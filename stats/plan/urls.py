from django.urls import path

from stats.plan.views import DaysOffViewSet, PlanViewSet

urlpatterns = [
    path("plan", PlanViewSet.as_view({"get": "retrieve", "put": "update"})),
    path(
        "days-off",
        DaysOffViewSet.as_view({"get": "list", "put": "update", "delete": "destroy"}),
    ),
]
