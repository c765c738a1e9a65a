"""Consequences that are told before a deletion are those that it then has."""

from datetime import date, timedelta

import pytest

from accounts.models import User
from garden.tests.factories import PlantFactory
from sessions_app import services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import EntryFactory, FocusSessionFactory
from stats.tests.factories import focus, noon
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after
from tests.harness.statements import statements
from tests.harness.worlds import checksum

SUNDAY = date(2026, 1, 18)
DAY = timedelta(days=1)
FIGURES = (
    *("xp_points", "lvl", "total_focus_min", "total_sessions"),
    *("current_streak", "best_streak", "kept_streak"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(time_machine, alice, sign_in):
    def _at(moment):
        time_machine.move_to(moment, tick=False)
        return sign_in(alice)

    return _at


def url(session):
    return f"/api/sessions/{session.pk}/consequences"


def shown(client):
    """The figures of somebody, as the routes tell them that people look at."""
    stats = client.get("/api/stats/me").json() | client.get("/api/users/me").json()
    kept = client.get("/api/stats/today").json()["streak"]["length"]
    return {name: (stats | {"kept_streak": kept})[name] for name in FIGURES}


def told(client, session):
    answer = client.get(url(session))
    assert answer.status_code == 200, answer.content
    return answer.json()


def require_told_and_done_alike(client, session):
    before, expected = shown(client), told(client, session)
    assert client.delete(f"/api/sessions/{session.pk}").status_code == 204
    after_it = shown(client)
    assert {name: expected[name] for name in FIGURES} == {
        name: {"from": before[name], "to": after_it[name]} for name in FIGURES
    }
    return expected


def focus_on(user, *days_back, minutes=25):
    return [focus(user, SUNDAY - back * DAY, minutes) for back in days_back]


def test_consequences_in_full(at, alice):
    *_, last = focus_on(alice, 2, 1, 0)
    plant = PlantFactory(session=last, plant_num=7, growth_stage=5, state="grown")
    client = at(NOON + timedelta(hours=2))
    expected = {
        "focus_min": 25,
        "xp_points": {"from": 75, "to": 50},
        "lvl": {"from": 1, "to": 1},
        "total_focus_min": {"from": 75, "to": 50},
        "total_sessions": {"from": 3, "to": 2},
        "current_streak": {"from": 3, "to": 2},
        "best_streak": {"from": 3, "to": 2},
        "kept_streak": {"from": 3, "to": 2},
        "plant": {
            "id": str(plant.pk),
            "plant_num": 7,
            "plant_type": "Rose",
            "growth_stage": 5,
            "state": "grown",
        },
    }
    assert told(client, last) == expected
    assert require_told_and_done_alike(client, last) == expected


@pytest.mark.parametrize("which", [0, 4, 8, -1])
def test_a_day_out_of_a_run_is_told_as_it_is_done(at, alice, which):
    """The middle of a run of nine days: the strict streak breaks, the kept one need not."""
    sessions = focus_on(alice, *range(9, 0, -1))
    require_told_and_done_alike(at(NOON), sessions[which])


def test_a_day_of_two_sessions_keeps_its_streaks(at, alice):
    first, _ = (focus_on(alice, 1, minutes=240)[0], focus_on(alice, 0))
    again = services.start_session(
        user_id=alice.pk, duration_min=60, now=noon(SUNDAY - DAY) + timedelta(hours=5)
    )
    services.complete_session(
        user_id=alice.pk,
        session_id=again.pk,
        now=noon(SUNDAY - DAY) + timedelta(hours=6),
    )
    client = at(NOON + timedelta(hours=1))
    expected = require_told_and_done_alike(client, first)
    assert expected["current_streak"] == {"from": 2, "to": 2}
    assert expected["lvl"] == {"from": 2, "to": 1}


def test_a_day_that_an_entry_protects_is_in_the_kept_streak(at, alice):
    """Caught: a kept streak that is folded without entries, plans and days off."""
    *_, last = focus_on(alice, 2, 0)
    EntryFactory(user=alice, at=noon(SUNDAY - DAY))
    expected = require_told_and_done_alike(at(NOON + timedelta(hours=2)), last)
    assert expected["kept_streak"] == {"from": 2, "to": 1}


def test_a_traveller_is_told_as_it_is_done(at, alice):
    sessions = []
    for back, zone in ((3, "Pacific/Kiritimati"), (2, "Asia/Tokyo"), (1, "UTC")):
        User.objects.filter(pk=alice.pk).update(timezone=zone)
        sessions += focus_on(alice, back)
    require_told_and_done_alike(at(NOON), sessions[1])


@pytest.mark.parametrize("end", ["running", "overdue", "given up", "no minute"])
def test_what_is_in_no_total_takes_nothing(at, alice, end):
    focus_on(alice, 1)
    session = services.start_session(user_id=alice.pk, duration_min=25, now=NOON)
    target = {"user_id": alice.pk, "session_id": session.pk}
    if end == "given up":
        services.abandon_session(**target, now=after(minutes=3))
    elif end == "no minute":
        services.complete_session(**target, now=after(seconds=3))
    client = at(after(minutes=5 if end == "running" else 40))
    expected = require_told_and_done_alike(client, session)
    assert expected["focus_min"] == (25 if end == "overdue" else 0)
    assert all(expected[name]["from"] == expected[name]["to"] for name in FIGURES)
    assert expected["plant"] is None


def test_a_traveller_costs_a_statement_more(as_alice, alice):
    focus_on(alice, 2)
    User.objects.filter(pk=alice.pk).update(timezone="Asia/Tokyo")
    (session,) = focus_on(alice, 1)
    # The credited log once more, session by session.
    assert statements(as_alice, url(session)) == 7


def test_reading_deletes_nothing(at, alice):
    (session,) = focus_on(alice, 0)
    client = at(after(hours=1))
    before = checksum()
    told(client, session)
    assert checksum() == before


def test_of_somebody_elses_nothing_is_told(as_bob, alice):
    session = FocusSessionFactory(user=alice, done=True)
    assert refusal(as_bob.get(url(session))) == (404, "SESSION_NOT_FOUND")


def test_consequences_queries(as_alice, alice):
    (session,) = focus_on(alice, 0)
    PlantFactory(session=session)
    # The device with its user; the session with its plant; the credited log; the days,
    # the entries, and the plans with the days off.
    assert statements(as_alice, url(session)) == 6
    focus_on(alice, *range(1, 20))
    assert statements(as_alice, url(session)) == 6
    assert FocusSession.objects.count() == 20
