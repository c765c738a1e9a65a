from django.urls import path

from reports.views import StopReportViewSet

urlpatterns = [
    path("unsubscribe/<str:token>", StopReportViewSet.as_view({"post": "stop"})),
]
