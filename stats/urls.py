from django.urls import path

from stats.days.views import DaysViewSet
from stats.views import StatsViewSet

urlpatterns = [
    path("me", StatsViewSet.as_view({"get": "me"})),
    path("summary", StatsViewSet.as_view({"get": "summary"})),
    path("daily", StatsViewSet.as_view({"get": "daily_query"})),
    path("daily/<str:days>", StatsViewSet.as_view({"get": "daily"})),
    path("trends", StatsViewSet.as_view({"get": "trends"})),
    path("today", DaysViewSet.as_view({"get": "today"})),
    path("calendar", DaysViewSet.as_view({"get": "calendar"})),
    path("labels", DaysViewSet.as_view({"get": "labels"})),
    path("hours", DaysViewSet.as_view({"get": "hours"})),
]
