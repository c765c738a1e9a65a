"""Sessions are shown while they run, and past their deadline before they are settled."""

from datetime import timedelta

import pytest

from sessions_app import services
from sessions_app.models import FocusSession
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after

URL = "/api/sessions"

pytestmark = pytest.mark.django_db


def test_active_of_nobody_at_work(as_alice):
    assert as_alice.get(f"{URL}/active").json() == {
        "has_active": False,
        "session": None,
    }


@pytest.mark.parametrize(
    ("passed", "elapsed", "remaining"),
    [
        (timedelta(), 0, 1500),
        (timedelta(minutes=10), 600, 900),
        (timedelta(minutes=24, seconds=59), 1499, 1),
    ],
)
def test_active_tells_the_clock(at, running, passed, elapsed, remaining):
    response = at(NOON + passed).get(f"{URL}/active")
    assert response.status_code == 200
    assert response.json() == {
        "has_active": True,
        "session": {
            "id": str(running.pk),
            "user_id": str(running.user_id),
            "duration_min": 25,
            "status": "active",
            "completed": False,
            "focus_min": 0,
            "local_date": "2026-01-18",
            "created_at": "2026-01-18T12:00:00Z",
            "ended_at": None,
            "elapsed_seconds": elapsed,
            "remaining_seconds": remaining,
            "overdue": False,
        },
    }


OVERDUE = [
    # planned, and at which moment it stands as what
    (25, timedelta(minutes=25), "completed", 25, "2026-01-18T12:25:00Z"),
    (25, timedelta(hours=9), "completed", 25, "2026-01-18T12:25:00Z"),
    (None, timedelta(minutes=240), "abandoned", 0, "2026-01-18T16:00:00Z"),
]


@pytest.mark.parametrize(("planned", "passed", "status", "minutes", "end"), OVERDUE)
def test_overdue_session_is_shown_as_ended(
    at, alice, planned, passed, status, minutes, end
):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(NOON + passed)
    shown = client.get(f"{URL}/{session.pk}").json()
    assert (shown["status"], shown["focus_min"]) == (status, minutes)
    assert (shown["completed"], shown["ended_at"]) == (status == "completed", end)
    listed = client.get(URL).json()
    assert listed["sessions"] == [shown]
    completed = int(status == "completed")
    assert [listed[f"{kind}_count"] for kind in ("completed", "credited")] == [
        *(completed, completed)
    ]
    assert listed["incomplete_count"] == 1 - completed
    assert client.get(f"{URL}/active").json() == {"has_active": False, "session": None}
    for query, found in (
        (f"status={status}", 1),
        ("status=active", 0),
        (f"completed={'true' if completed else 'false'}", 1),
        (f"completed={'false' if completed else 'true'}", 0),
    ):
        assert client.get(f"{URL}?{query}").json()["total"] == found, query


@pytest.mark.parametrize(("planned", "passed", "status", "minutes", "end"), OVERDUE)
def test_overdue_session_is_settled_as_it_was_shown(
    at, alice, planned, passed, status, minutes, end
):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(NOON + passed)
    shown = client.get(f"{URL}/{session.pk}").json()
    services.settle_overdue_session(
        user_id=alice.pk, session_id=session.pk, now=NOON + passed
    )
    assert client.get(f"{URL}/{session.pk}").json() == shown


@pytest.mark.parametrize("settled", [False, True])
def test_late_completion_answers_what_was_shown(at, alice, running, settled):
    client = at(after(hours=2))
    shown = client.get(f"{URL}/{running.pk}").json()
    if settled:
        services.settle_overdue_session(
            user_id=alice.pk, session_id=running.pk, now=after(hours=1)
        )
    for _ in range(2):
        answer = client.patch(f"{URL}/{running.pk}", {"completed": True})
        assert (answer.status_code, answer.json()) == (200, shown)


@pytest.mark.parametrize(
    ("planned", "change"),
    [
        (25, {"status": "abandoned"}),
        (25, {"duration_min": 480}),
        (None, {"completed": True}),
        (None, {"status": "abandoned"}),
    ],
)
def test_overdue_session_becomes_nothing_else(at, alice, planned, change):
    session = services.start_session(user_id=alice.pk, duration_min=planned, now=NOON)
    client = at(after(hours=5))
    shown = client.get(f"{URL}/{session.pk}").json()
    answer = client.patch(f"{URL}/{session.pk}", change)
    assert refusal(answer) == (409, "SESSION_FINISHED")
    assert client.get(f"{URL}/{session.pk}").json() == shown


def test_credited_count_is_what_the_stats_count(at, alice):
    for planned, moment in ((25, NOON), (25, after(hours=1))):
        session = services.start_session(
            user_id=alice.pk, duration_min=planned, now=moment
        )
        seconds = 3 if moment == NOON else 600
        services.complete_session(
            user_id=alice.pk,
            session_id=session.pk,
            now=moment + timedelta(seconds=seconds),
        )
    client = at(after(hours=3))
    listed = client.get(URL).json()
    assert (listed["completed_count"], listed["credited_count"]) == (2, 1)
    assert client.get("/api/stats/me").json()["total_sessions"] == 1


def test_active_counts_an_open_one_against_240_minutes(at, alice):
    services.start_session(user_id=alice.pk, now=NOON)
    session = at(after(minutes=40)).get(f"{URL}/active").json()["session"]
    assert (session["elapsed_seconds"], session["remaining_seconds"]) == (2400, 12000)


def test_reading_never_settles_an_overdue_session(at, running):
    client = at(after(hours=9))
    before = FocusSession.objects.values().get()
    for path in (URL, f"{URL}/active", f"{URL}/{running.pk}"):
        assert client.get(path).status_code == 200
    assert FocusSession.objects.values().get() == before
