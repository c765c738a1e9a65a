from django.urls import path

from leaderboard.views import LeaderboardViewSet

app_name = "leaderboard"

urlpatterns = [
    path(
        "leaderboard/xp",
        LeaderboardViewSet.as_view({"get": "xp"}),
        name="board-xp",
    ),
    path(
        "leaderboard/focus-time",
        LeaderboardViewSet.as_view({"get": "focus_time"}),
        name="board-focus-time",
    ),
    path(
        "leaderboard/streak",
        LeaderboardViewSet.as_view({"get": "streak"}),
        name="board-streak",
    ),
    path(
        "leaderboard/sessions",
        LeaderboardViewSet.as_view({"get": "sessions"}),
        name="board-sessions",
    ),
]
