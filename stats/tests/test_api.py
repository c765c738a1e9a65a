import random
from datetime import date, datetime, timedelta

import pytest

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from stats import services
from stats.models import UserStats
from stats.tests.factories import focus, logged, noon
from tests.harness.answers import refusal

SUNDAY = date(2026, 1, 18)
ROUTES = ["me", "summary", "daily/7", "daily", "trends"]

pytestmark = pytest.mark.django_db


def back(days):
    return SUNDAY - timedelta(days=days)


@pytest.fixture
def on(time_machine, alice, sign_in):
    """Stop the clock at six in the evening (UTC) of a day; return alice's client."""

    def _on(day):
        time_machine.move_to(noon(day) + timedelta(hours=6), tick=False)
        return sign_in(alice)

    return _on


@pytest.mark.parametrize("route", ROUTES)
def test_stats_want_a_token(anonymous, route):
    response = anonymous.get(f"/api/stats/{route}")
    assert refusal(response) == (401, "NOT_AUTHENTICATED")
    assert response["WWW-Authenticate"] == "Bearer"


# GET /stats/me


def test_me_answers_totals_and_streaks(on, alice):
    client = on(SUNDAY)
    for days in (5, 4, 3, 1, 0):
        focus(alice, back(days), 50)
    response = client.get("/api/stats/me")
    assert response.status_code == 200
    assert response.json() == {
        "user_id": str(alice.pk),
        "total_focus_min": 250,
        "total_sessions": 5,
        "current_streak": 2,
        "best_streak": 3,
        "updated_at": "2026-01-18T18:00:00Z",
    }


def test_me_of_somebody_new_is_zeros(as_alice, alice):
    body = as_alice.get("/api/stats/me").json()
    updated_at = body.pop("updated_at")
    assert datetime.fromisoformat(updated_at) == alice.created_at
    assert body == {
        "user_id": str(alice.pk),
        "total_focus_min": 0,
        "total_sessions": 0,
        "current_streak": 0,
        "best_streak": 0,
    }
    assert not UserStats.objects.exists()


@pytest.mark.parametrize(("passed", "current"), [(0, 3), (1, 3), (2, 0), (30, 0)])
def test_me_streak_decays_on_read_without_a_write(on, alice, passed, current):
    for days in (2, 1, 0):
        focus(alice, back(days))
    before = UserStats.objects.values().get()
    body = on(back(-passed)).get("/api/stats/me").json()
    assert (body["current_streak"], body["best_streak"]) == (current, 3)
    assert UserStats.objects.values().get() == before


@pytest.mark.parametrize(
    ("zone", "current"),
    # In Kiritimati it is Monday by now; where the focus was, Sunday has not ended.
    [("Pacific/Kiritimati", 1), ("UTC", 1), ("Pacific/Pago_Pago", 1)],
)
def test_me_streak_is_alive_while_it_can_be_kept(on, alice, zone, current):
    focus(alice, back(1))
    alice.timezone = zone
    alice.save()
    assert on(SUNDAY).get("/api/stats/me").json()["current_streak"] == current


def test_me_shows_ones_own(as_bob, alice):
    focus(alice, SUNDAY)
    assert as_bob.get("/api/stats/me").json()["total_focus_min"] == 0


# GET /stats/daily


@pytest.mark.parametrize("count", [1, 7, 365])
def test_daily_has_exactly_as_many_entries_today_first(on, count):
    response = on(SUNDAY).get(f"/api/stats/daily/{count}")
    assert response.status_code == 200
    assert response.json() == {
        "daily_stats": [
            {"date": back(days).isoformat(), "focus_min": 0, "sessions_completed": 0}
            for days in range(count)
        ]
    }


def test_daily_tells_each_day(on, alice):
    for days, minutes in ((0, 100), (0, 20), (1, 80), (7, 50)):
        logged(alice, back(days), minutes)
    days = on(SUNDAY).get("/api/stats/daily/7").json()["daily_stats"]
    assert days[:2] == [
        {"date": "2026-01-18", "focus_min": 120, "sessions_completed": 2},
        {"date": "2026-01-17", "focus_min": 80, "sessions_completed": 1},
    ]
    assert sum(day["focus_min"] for day in days) == 200


@pytest.mark.parametrize("days", [1, 7, 365])
def test_daily_by_query_answers_the_same(on, alice, days):
    logged(alice, back(1))
    client = on(SUNDAY)
    by_path = client.get(f"/api/stats/daily/{days}")
    by_query = client.get(f"/api/stats/daily?days={days}")
    assert by_query.json() == by_path.json()


def test_daily_without_a_number_is_a_week(on):
    assert len(on(SUNDAY).get("/api/stats/daily").json()["daily_stats"]) == 7


@pytest.mark.parametrize("days", ["0", "366", "-1", "abc", "7.5", "1e2", "9" * 30])
@pytest.mark.parametrize("path", ["/api/stats/daily/{}", "/api/stats/daily?days={}"])
def test_daily_refuses_a_bad_number(as_alice, path, days):
    response = as_alice.get(path.format(days))
    assert refusal(response) == (400, "INVALID_PARAMETER")


def test_daily_shows_ones_own(alice, bob, on):
    logged(bob, SUNDAY)
    (today,) = on(SUNDAY).get("/api/stats/daily/1").json()["daily_stats"]
    assert today["focus_min"] == 0


# GET /stats/trends


def test_trends_answer_12_weeks_and_12_months(on, alice):
    for days, minutes in ((0, 30), (6, 30), (7, 40), (30, 20)):
        logged(alice, back(days), minutes)
    response = on(SUNDAY).get("/api/stats/trends")
    assert response.status_code == 200
    body = response.json()
    assert (len(body["weekly"]), len(body["monthly"])) == (12, 12)
    assert body["weekly"][:3] == [
        {
            "period_start": "2026-01-12",
            "focus_min": 60,
            "sessions_completed": 2,
            "change_pct": 50.0,
        },
        {
            "period_start": "2026-01-05",
            "focus_min": 40,
            "sessions_completed": 1,
            "change_pct": None,
        },
        {
            "period_start": "2025-12-29",
            "focus_min": 0,
            "sessions_completed": 0,
            "change_pct": None,
        },
    ]
    assert body["monthly"][:2] == [
        {
            "period_start": "2026-01-01",
            "focus_min": 100,
            "sessions_completed": 3,
            # The 19th of December has no like yet.
            "change_pct": None,
        },
        {
            "period_start": "2025-12-01",
            "focus_min": 20,
            "sessions_completed": 1,
            "change_pct": None,
        },
    ]


def test_running_week_is_beside_the_same_days_of_the_one_before(on, alice):
    tuesday = date(2026, 1, 13)
    for day, minutes in ((0, 30), (-7, 20), (-5, 300)):
        logged(alice, tuesday + timedelta(days=day), minutes)
    newest, before, *_ = on(tuesday).get("/api/stats/trends").json()["weekly"]
    assert (newest["focus_min"], newest["change_pct"]) == (30, 50.0)
    assert before["focus_min"] == 320


def test_trends_of_the_oldest_period_know_the_one_before(on, alice):
    logged(alice, date(2025, 2, 14), 30)
    logged(alice, date(2025, 1, 14), 20)
    oldest = on(SUNDAY).get("/api/stats/trends").json()["monthly"][-1]
    assert oldest == {
        "period_start": "2025-02-01",
        "focus_min": 30,
        "sessions_completed": 1,
        "change_pct": 50.0,
    }


def test_totals_equal_the_days_and_the_weeks_and_the_months_of_a_year(on, alice):
    dice = random.Random(2025)
    rows = [
        FocusSessionFactory.build(
            user=alice,
            done=True,
            created_at=noon(date(2025, 1, 1) + timedelta(days=day)),
            duration_min=dice.randint(1, 480),
        )
        for day in range(365)
        for _ in range(dice.choice([0, 0, 1, 3]))
    ]
    FocusSession.objects.bulk_create(rows)
    total = services.rebuild_stats(user_id=alice.pk)

    def summed(entries):
        return (
            sum(entry["focus_min"] for entry in entries),
            sum(entry["sessions_completed"] for entry in entries),
        )

    client = on(date(2025, 12, 31))
    expected = (total.total_focus_min, total.total_sessions)
    assert expected == (sum(row.duration_min for row in rows), len(rows))
    assert summed(client.get("/api/stats/daily/365").json()["daily_stats"]) == expected
    assert summed(client.get("/api/stats/trends").json()["monthly"]) == expected
    # 2025 lies in 53 ISO weeks; five looks of 12 weeks each, on the last day of a
    # week, see all of them.
    weeks = [
        week
        for step in range(5)
        for week in on(date(2026, 1, 4) - timedelta(weeks=12 * step))
        .get("/api/stats/trends")
        .json()["weekly"]
    ]
    assert len({week["period_start"] for week in weeks}) == 60
    assert summed(weeks) == expected


# GET /stats/summary


def test_summary_answers_the_whole_service(on, alice, bob):
    focus(alice, back(1), 50)
    focus(bob, SUNDAY, 25)
    response = on(SUNDAY).get("/api/stats/summary")
    assert response.status_code == 200
    assert response.json() == {
        "total_users": 2,
        "total_sessions": 2,
        "total_focus_min": 75,
        "active_users_today": 1,
        "updated_at": "2026-01-18T18:00:00Z",
    }


# what a session does to the figures, over HTTP


def test_completing_and_deleting_moves_xp_level_and_totals(
    on, alice, sign_in, time_machine
):
    logged(alice, back(1), 180)
    services.rebuild_stats(user_id=alice.pk)
    path = "/api/sessions/" + on(SUNDAY).post("/api/sessions", {}).json()["id"]
    time_machine.shift(timedelta(minutes=25))
    client = sign_in(alice)
    client.patch(path, {"completed": True})
    me = client.get("/api/users/me").json()
    assert (me["xp_points"], me["lvl"]) == (205, 2)
    client.delete(path)
    me = client.get("/api/users/me").json()
    assert (me["xp_points"], me["lvl"]) == (180, 1)
    assert client.get("/api/stats/me").json()["total_focus_min"] == 180
