from django.urls import path

from identity.ways.views import WaysViewSet

urlpatterns = [
    path("auth/ways", WaysViewSet.as_view({"get": "retrieve"})),
]
