"""The first day of a user in acts, every answer in its whole shape."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from rest_framework.test import APIClient

from tests.harness.answers import refusal
from tests.harness.clock import NOON

OWN = {"HTTP_ORIGIN": "http://testserver"}
WHO = {"username": "alice_focus", "password": "correct horse battery"}
BOARDS = [
    ("xp", "xp_points", 25),
    ("focus-time", "total_focus_min", 25),
    ("streak", "best_streak", 1),
    ("sessions", "total_sessions", 1),
]


@pytest.mark.django_db
def test_first_day_of_a_user(time_machine):
    time_machine.move_to(NOON, tick=False)
    day = FirstDay()
    day.registers_and_signs_in()
    day.starts_and_plants()
    time_machine.shift(timedelta(minutes=10))
    day.sees_the_rose_grow()
    time_machine.shift(timedelta(minutes=15))
    day.refreshes_by_cookie_what_is_too_old()
    day.completes()
    day.reads_what_it_came_to()
    day.reads_the_figures()
    day.stands_on_the_boards()
    day.refreshes_by_body()
    day.signs_out()


class FirstDay:
    """Keeps its tokens as a dashboard would, and what each answer has to say next."""

    def __init__(self):
        self.http = APIClient()

    def bear(self, token):
        self.http.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")

    def call(self, method, path, body=None, *, expect=200, **headers):
        response = getattr(self.http, method)(f"/api{path}", body, **headers)
        assert response.status_code == expect, response.content
        return response

    def get(self, path):
        return self.call("get", path).json()

    def token_answer(self, **more):
        shape = {"access_token": ANY, "token_type": "bearer", "expires_in": 900}
        return shape | {"user": self.user} | more

    def registers_and_signs_in(self):
        about = {"email": "alice@focusguard.com", "timezone": "Europe/Berlin"}
        registered = self.call("post", "/auth/register", WHO | about, expect=201).json()
        self.user = {
            "id": registered["user"]["id"],
            "username": "alice_focus",
            "email": "alice@focusguard.com",
            "email_verified": False,
            "pending_email": None,
            "lvl": 1,
            "xp_points": 0,
            "timezone": "Europe/Berlin",
            "leaderboard_visible": True,
            "weekly_report": False,
            "created_at": "2026-01-18T12:00:00Z",
            "updated_at": "2026-01-18T12:00:00Z",
        }
        assert registered == self.token_answer(refresh_token=ANY)
        answer = self.call("post", "/auth/login", WHO)
        assert answer.json() == self.token_answer(refresh_token=ANY)
        self.cookie = answer.cookies["refresh_token"]
        assert self.cookie.value == answer.json()["refresh_token"]
        assert self.cookie["httponly"] is True
        assert (self.cookie["samesite"], self.cookie["path"]) == ("Lax", "/api")
        assert self.cookie["max-age"] == 7 * 24 * 3600
        self.bear(answer.json()["access_token"])
        assert self.get("/auth/me") == self.get("/users/me") == self.user

    def starts_and_plants(self):
        started = self.call("post", "/sessions", {"duration_min": 25}, expect=201)
        self.session = {
            "id": started.json()["id"],
            "user_id": self.user["id"],
            "duration_min": 25,
            "status": "active",
            "completed": False,
            "focus_min": 0,
            "local_date": "2026-01-18",
            "created_at": "2026-01-18T12:00:00Z",
            "ended_at": None,
        }
        assert started.json() == self.session
        rose = {"session_id": self.session["id"], "plant_type": "Rose"}
        planted = self.call("post", "/garden", rose, expect=201)
        self.plant = rose | {
            "id": planted.json()["id"],
            "user_id": self.user["id"],
            "plant_num": 1,
            "growth_stage": 0,
            "state": "growing",
            "total_plants": 1,
            "created_at": "2026-01-18T12:00:00Z",
        }
        assert planted.json() == self.plant

    def sees_the_rose_grow(self):
        clock = {"elapsed_seconds": 600, "remaining_seconds": 900, "overdue": False}
        assert self.get("/sessions/active") == {
            "has_active": True,
            "session": self.session | clock,
        }
        self.plant["growth_stage"] = 2
        path = f"/garden/{self.plant['id']}"
        assert self.call("patch", path, {"growth_stage": 2}).json() == self.plant

    def refreshes_by_cookie_what_is_too_old(self):
        refused = self.call("get", "/sessions/active", expect=401)
        assert refusal(refused) == (401, "TOKEN_EXPIRED")
        refreshed = self.call("post", "/auth/refresh", **OWN)
        assert refreshed.json() == self.token_answer()
        self.successor = refreshed.cookies["refresh_token"].value
        assert self.successor != self.cookie.value
        self.bear(refreshed.json()["access_token"])

    def completes(self):
        self.session |= {
            "status": "completed",
            "completed": True,
            "focus_min": 25,
            "ended_at": "2026-01-18T12:25:00Z",
        }
        path = f"/sessions/{self.session['id']}"
        for _ in range(2):
            assert self.call("patch", path, {"completed": True}).json() == self.session
        assert self.get(path) == self.session

    def reads_what_it_came_to(self):
        pages = {"next": None, "previous": None}
        assert self.get("/sessions") == pages | {
            "sessions": [self.session],
            "total": 1,
            "completed_count": 1,
            "credited_count": 1,
            "incomplete_count": 0,
        }
        assert self.get("/sessions/active") == {"has_active": False, "session": None}
        self.plant |= {"growth_stage": 5, "state": "grown"}
        assert self.get(f"/garden/{self.plant['id']}") == self.plant
        assert self.get(f"/garden/session/{self.session['id']}") == self.plant
        assert self.get("/garden") == pages | {"gardens": [self.plant], "total": 1}
        self.user |= {"xp_points": 25, "updated_at": "2026-01-18T12:25:00Z"}
        assert self.get("/users/me") == self.user
        public = ("id", "username", "lvl", "xp_points")
        assert self.get(f"/users/{self.user['id']}") == {
            name: self.user[name] for name in public
        }

    def reads_the_figures(self):
        assert self.get("/stats/me") == {
            "user_id": self.user["id"],
            "total_focus_min": 25,
            "total_sessions": 1,
            "current_streak": 1,
            "best_streak": 1,
            "updated_at": "2026-01-18T12:25:00Z",
        }
        days = [
            {
                "date": f"2026-01-{day}",
                "focus_min": 25 if day == 18 else 0,
                "sessions_completed": 1 if day == 18 else 0,
            }
            for day in range(18, 11, -1)
        ]
        assert self.get("/stats/daily/7") == {"daily_stats": days}
        assert self.get("/stats/daily?days=7") == {"daily_stats": days}
        monday = NOON.date() - timedelta(days=6)
        assert self.get("/stats/trends") == {
            "weekly": [
                period(str(monday - timedelta(weeks=back)), 0 if back else 25)
                for back in range(12)
            ],
            "monthly": [
                period("2026-01-01", 25),
                *(period(f"2025-{month:02}-01", 0) for month in range(12, 1, -1)),
            ],
        }
        assert self.get("/stats/summary") == {
            "total_users": 1,
            "total_sessions": 1,
            "total_focus_min": 25,
            "active_users_today": 1,
            "updated_at": "2026-01-18T12:25:00Z",
        }

    def stands_on_the_boards(self):
        alone = {"rank": 1, "user_id": self.user["id"], "username": "alice_focus"}
        for slug, figure, score in BOARDS:
            assert self.get(f"/leaderboard/{slug}?limit=10") == {
                "leaderboard": [alone | {"lvl": 1, figure: score}],
                "current_user_rank": 1,
                "total_users": 1,
            }

    def refreshes_by_body(self):
        """Refresh by the body: both tokens come in it, and no cookie."""
        body = {"refresh_token": self.successor}
        refreshed = self.call("post", "/auth/refresh", body)
        assert refreshed.json() == self.token_answer(refresh_token=ANY)
        assert "refresh_token" not in refreshed.cookies
        self.successor = refreshed.json()["refresh_token"]
        self.bear(refreshed.json()["access_token"])

    def signs_out(self):
        """Twice; the very next request is refused."""
        for _ in range(2):
            assert self.call("post", "/auth/logout", expect=204).content == b""
        body = {"refresh_token": self.successor}
        for request in (("get", "/auth/me"), ("post", "/auth/refresh", body)):
            refused = self.call(*request, expect=401)
            assert refusal(refused) == (401, "TOKEN_INVALID")


def period(start, minutes):
    return {
        "period_start": start,
        "focus_min": minutes,
        "sessions_completed": 1 if minutes else 0,
        "change_pct": None,
    }
