from django.urls import path

from consequences.views import ConsequencesViewSet

urlpatterns = [
    path(
        "<str:session_id>/consequences",
        ConsequencesViewSet.as_view({"get": "retrieve"}),
    ),
]
