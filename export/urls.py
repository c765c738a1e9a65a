from django.urls import path

from export.views import ExportViewSet

urlpatterns = [path("users/me/export", ExportViewSet.as_view({"get": "retrieve"}))]
