"""The first day of a user, every answer in its whole shape."""

from datetime import UTC, datetime, timedelta
from unittest.mock import ANY

import pytest
from rest_framework.test import APIClient

from tests.harness.answers import refusal

NOON = datetime(2026, 1, 18, 12, 0, tzinfo=UTC)
OWN = {"HTTP_ORIGIN": "http://testserver"}
BOARDS = [
    ("xp", "xp_points", 25),
    ("focus-time", "total_focus_min", 25),
    ("streak", "best_streak", 1),
    ("sessions", "total_sessions", 1),
]


class Walk:
    """A client that keeps its tokens as a dashboard would: access in memory."""

    def __init__(self):
        self.http = APIClient()

    def bear(self, token):
        self.http.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    def call(self, method, path, body=None, *, expect=200, **headers):
        response = getattr(self.http, method)(f"/api{path}", body, **headers)
        assert response.status_code == expect, response.content
        return response


def token_answer(user, *, with_refresh_token=True):
    answer = {
        "access_token": ANY,
        "token_type": "bearer",
        "expires_in": 900,
        "user": user,
    }
    return answer | ({"refresh_token": ANY} if with_refresh_token else {})


def period(start, minutes):
    return {
        "period_start": start,
        "focus_min": minutes,
        "sessions_completed": 1 if minutes else 0,
        "change_pct": None,
    }


@pytest.mark.django_db
def test_first_day_of_a_user(time_machine):
    time_machine.move_to(NOON, tick=False)
    walk = Walk()

    # Register, and sign in.
    registered = walk.call(
        "post",
        "/auth/register",
        {
            "username": "alice_focus",
            "email": "alice@focusguard.com",
            "password": "correct horse battery",
            "timezone": "Europe/Berlin",
        },
        expect=201,
    ).json()
    user_id = registered["user"]["id"]
    user = {
        "id": user_id,
        "username": "alice_focus",
        "email": "alice@focusguard.com",
        "lvl": 1,
        "xp_points": 0,
        "timezone": "Europe/Berlin",
        "leaderboard_visible": True,
        "created_at": "2026-01-18T12:00:00Z",
        "updated_at": "2026-01-18T12:00:00Z",
    }
    assert registered == token_answer(user)
    signed_in = walk.call(
        "post",
        "/auth/login",
        {"username": "alice_focus", "password": "correct horse battery"},
    )
    assert signed_in.json() == token_answer(user)
    cookie = signed_in.cookies["refresh_token"]
    assert cookie.value == signed_in.json()["refresh_token"]
    assert cookie["httponly"] is True
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == (
        "Lax",
        "/api",
        7 * 24 * 3600,
    )
    walk.bear(signed_in.json()["access_token"])
    assert walk.call("get", "/auth/me").json() == user
    assert walk.call("get", "/users/me").json() == user

    # Start, and plant a seed for it.
    session = {
        "id": ANY,
        "user_id": user_id,
        "duration_min": 25,
        "status": "active",
        "completed": False,
        "focus_min": 0,
        "local_date": "2026-01-18",
        "created_at": "2026-01-18T12:00:00Z",
        "ended_at": None,
    }
    started = walk.call("post", "/sessions", {"duration_min": 25}, expect=201).json()
    assert started == session
    session["id"] = started["id"]
    plant = {
        "id": ANY,
        "user_id": user_id,
        "session_id": session["id"],
        "plant_num": 1,
        "plant_type": "Rose",
        "growth_stage": 0,
        "state": "growing",
        "total_plants": 1,
        "created_at": "2026-01-18T12:00:00Z",
    }
    planted = walk.call(
        "post",
        "/garden",
        {"session_id": session["id"], "plant_type": "Rose"},
        expect=201,
    ).json()
    assert planted == plant
    plant["id"] = planted["id"]

    # Ten minutes pass, and the rose grows.
    time_machine.shift(timedelta(minutes=10))
    assert walk.call("get", "/sessions/active").json() == {
        "has_active": True,
        "session": session
        | {"elapsed_seconds": 600, "remaining_seconds": 900, "overdue": False},
    }
    plant["growth_stage"] = 2
    grown = walk.call("patch", f"/garden/{plant['id']}", {"growth_stage": 2})
    assert grown.json() == plant

    # Fifteen more, and the access token is too old; the cookie brings a new one.
    time_machine.shift(timedelta(minutes=15))
    refused = walk.call("get", "/sessions/active", expect=401)
    assert refusal(refused) == (401, "TOKEN_EXPIRED")
    refreshed = walk.call("post", "/auth/refresh", **OWN)
    assert refreshed.json() == token_answer(user, with_refresh_token=False)
    successor = refreshed.cookies["refresh_token"].value
    assert successor != cookie.value
    walk.bear(refreshed.json()["access_token"])

    # Complete: the credit, the plant, XP.
    session |= {
        "status": "completed",
        "completed": True,
        "focus_min": 25,
        "ended_at": "2026-01-18T12:25:00Z",
    }
    path = f"/sessions/{session['id']}"
    assert walk.call("patch", path, {"completed": True}).json() == session
    assert walk.call("patch", path, {"completed": True}).json() == session
    assert walk.call("get", path).json() == session
    assert walk.call("get", "/sessions").json() == {
        "sessions": [session],
        "total": 1,
        "completed_count": 1,
        "credited_count": 1,
        "incomplete_count": 0,
        "next": None,
        "previous": None,
    }
    assert walk.call("get", "/sessions/active").json() == {
        "has_active": False,
        "session": None,
    }
    plant |= {"growth_stage": 5, "state": "grown"}
    assert walk.call("get", f"/garden/{plant['id']}").json() == plant
    assert walk.call("get", f"/garden/session/{session['id']}").json() == plant
    assert walk.call("get", "/garden").json() == {
        "gardens": [plant],
        "total": 1,
        "next": None,
        "previous": None,
    }
    user |= {"xp_points": 25, "updated_at": "2026-01-18T12:25:00Z"}
    assert walk.call("get", "/users/me").json() == user
    assert walk.call("get", f"/users/{user_id}").json() == {
        "id": user_id,
        "username": "alice_focus",
        "lvl": 1,
        "xp_points": 25,
    }

    # The figures.
    assert walk.call("get", "/stats/me").json() == {
        "user_id": user_id,
        "total_focus_min": 25,
        "total_sessions": 1,
        "current_streak": 1,
        "best_streak": 1,
        "updated_at": "2026-01-18T12:25:00Z",
    }
    today = {"date": "2026-01-18", "focus_min": 25, "sessions_completed": 1}
    daily = {
        "daily_stats": [
            today,
            *(
                {
                    "date": f"2026-01-{day}",
                    "focus_min": 0,
                    "sessions_completed": 0,
                }
                for day in range(17, 11, -1)
            ),
        ]
    }
    assert walk.call("get", "/stats/daily/7").json() == daily
    assert walk.call("get", "/stats/daily?days=7").json() == daily
    monday = NOON.date() - timedelta(days=6)
    assert walk.call("get", "/stats/trends").json() == {
        "weekly": [
            period(str(monday - timedelta(weeks=back)), 0 if back else 25)
            for back in range(12)
        ],
        "monthly": [
            period("2026-01-01", 25),
            *(period(f"2025-{month:02}-01", 0) for month in range(12, 1, -1)),
        ],
    }
    assert walk.call("get", "/stats/summary").json() == {
        "total_users": 1,
        "total_sessions": 1,
        "total_focus_min": 25,
        "active_users_today": 1,
        "updated_at": "2026-01-18T12:25:00Z",
    }

    # The four boards.
    for slug, figure, score in BOARDS:
        assert walk.call("get", f"/leaderboard/{slug}?limit=10").json() == {
            "leaderboard": [
                {
                    "rank": 1,
                    "user_id": user_id,
                    "username": "alice_focus",
                    "lvl": 1,
                    figure: score,
                }
            ],
            "current_user_rank": 1,
            "total_users": 1,
        }

    # Refresh by body: both tokens come in the body, and no cookie.
    refreshed = walk.call("post", "/auth/refresh", {"refresh_token": successor})
    assert refreshed.json() == token_answer(user)
    assert "refresh_token" not in refreshed.cookies
    walk.bear(refreshed.json()["access_token"])

    # Sign out, twice; the very next request is refused.
    assert walk.call("post", "/auth/logout", expect=204).content == b""
    assert walk.call("post", "/auth/logout", expect=204).content == b""
    refused = walk.call("get", "/auth/me", expect=401)
    assert refusal(refused) == (401, "TOKEN_INVALID")
    refused = walk.call(
        "post",
        "/auth/refresh",
        {"refresh_token": refreshed.json()["refresh_token"]},
        expect=401,
    )
    assert refusal(refused) == (401, "TOKEN_INVALID")
