from django.urls import path

from realtime.views import SocketViewSet

urlpatterns = [path("", SocketViewSet.as_view({"get": "retrieve"}))]
