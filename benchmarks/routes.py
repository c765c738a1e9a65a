"""The hot routes: what people's dashboards ask for all day."""

READS = {
    "users/me": "/api/users/me",
    "sessions?limit=20": "/api/sessions?limit=20",
    "sessions/active": "/api/sessions/active",
    "stats/me": "/api/stats/me",
    "stats/daily/30": "/api/stats/daily/30",
    "stats/trends": "/api/stats/trends",
    "garden?limit=50": "/api/garden?limit=50",
    "leaderboard/xp": "/api/leaderboard/xp",
    "leaderboard/focus-time": "/api/leaderboard/focus-time",
    "leaderboard/streak": "/api/leaderboard/streak",
    "leaderboard/sessions": "/api/leaderboard/sessions",
}
START_AND_COMPLETE = "start + complete"
REFRESH = "auth/refresh"
WRITES = (START_AND_COMPLETE, REFRESH)
# How many statements we ask of Postgres, sign-in check included: the `test_queries.py` of
# each app counts them.
STATEMENTS = {
    "users/me": 1,
    "sessions?limit=20": 3,
    "sessions/active": 2,
    "stats/me": 2,
    "stats/daily/30": 2,
    "stats/trends": 2,
    "garden?limit=50": 3,
    "leaderboard/xp": 2,
    "leaderboard/focus-time": 2,
    "leaderboard/streak": 2,
    "leaderboard/sessions": 2,
    START_AND_COMPLETE: 12,
    REFRESH: 2,
}
# What the floor serves.
SINGLE_ROW = ("users/me", "sessions/active", "stats/me")
