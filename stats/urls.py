from django.urls import path

from stats.views import StatsViewSet

app_name = "stats"

urlpatterns = [
    path("me", StatsViewSet.as_view({"get": "me"}), name="stats-me"),
    path("summary", StatsViewSet.as_view({"get": "summary"}), name="stats-summary"),
    path(
        "daily",
        StatsViewSet.as_view({"get": "daily_query"}),
        name="stats-daily-query",
    ),
    path(
        "daily/<str:days>",
        StatsViewSet.as_view({"get": "daily"}),
        name="stats-daily",
    ),
    path("trends", StatsViewSet.as_view({"get": "trends"}), name="stats-trends"),
]
