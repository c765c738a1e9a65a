from django.urls import path

from stats.views import StatsViewSet

app_name = "stats"

urlpatterns = [
    path("stats/me", StatsViewSet.as_view({"get": "me"}), name="stats-me"),
    path(
        "stats/summary", StatsViewSet.as_view({"get": "summary"}), name="stats-summary"
    ),
    path(
        "stats/daily",
        StatsViewSet.as_view({"get": "daily_query"}),
        name="stats-daily-query",
    ),
    path(
        "stats/daily/<str:days>",
        StatsViewSet.as_view({"get": "daily"}),
        name="stats-daily",
    ),
    path("stats/trends", StatsViewSet.as_view({"get": "trends"}), name="stats-trends"),
]
