from django.urls import path

from leaderboard.views import LeaderboardViewSet

app_name = "leaderboard"

urlpatterns = [
    path(
        "xp",
        LeaderboardViewSet.as_view({"get": "xp"}),
        name="board-xp",
    ),
    path(
        "focus-time",
        LeaderboardViewSet.as_view({"get": "focus_time"}),
        name="board-focus-time",
    ),
    path(
        "streak",
        LeaderboardViewSet.as_view({"get": "streak"}),
        name="board-streak",
    ),
    path(
        "sessions",
        LeaderboardViewSet.as_view({"get": "sessions"}),
        name="board-sessions",
    ),
]
