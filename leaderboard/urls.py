from django.urls import path

from leaderboard.views import LeaderboardViewSet

urlpatterns = [
    path("xp", LeaderboardViewSet.as_view({"get": "xp"})),
    path("focus-time", LeaderboardViewSet.as_view({"get": "focus_time"})),
    path("streak", LeaderboardViewSet.as_view({"get": "streak"})),
    path("sessions", LeaderboardViewSet.as_view({"get": "sessions"})),
]
