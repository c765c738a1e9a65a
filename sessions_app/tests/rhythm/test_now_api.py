"""`GET /sessions/now` over the log of the API: breaks, the rest of a plan, a pause."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.preferences.services import change_preferences
from sessions_app import services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import (
    FocusSessionFactory,
    LabelFactory,
    many_sessions,
)
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after
from tests.harness.statements import statements

URL = "/api/sessions"

pytestmark = pytest.mark.django_db

IDLE = {"phase": "idle", "round": 1, "rounds": 4} | dict.fromkeys(
    ("session", "break", "left")
)


def stamp(moment):
    return moment.isoformat().replace("+00:00", "Z")


def now(client):
    answer = client.get(f"{URL}/now")
    assert answer.status_code == 200
    told = answer.json()
    told.pop("server_time")
    return told


def start(client, minutes=25):
    answer = client.post(URL, {"duration_min": minutes})
    assert answer.status_code == 201
    return answer.json()["id"]


def end(client, session):
    answer = client.patch(f"{URL}/{session}", {"completed": True})
    assert answer.status_code == 200
    return answer.json()


def a_break(kind, since, until, *, over=False):
    times = {"started_at": stamp(since), "ends_at": stamp(until)}
    return {"kind": kind, **times, "over": over}


def test_now_of_nobody_at_work(at):
    client = at(NOON)
    assert client.get(f"{URL}/now").json() == IDLE | {"server_time": stamp(NOON)}


def test_now_shows_the_session_that_runs(at, alice):
    label = LabelFactory(user=alice)
    FocusSessionFactory(user=alice, created_at=NOON, label=label, note="Chapter 2")
    client = at(after(minutes=10))
    active = client.get(f"{URL}/active").json()["session"]
    own = {"label_id": str(label.pk), "note": "Chapter 2"}
    assert now(client) == IDLE | {"phase": "focus", "session": active | own}


def test_break_begins_at_the_deadline_settled_or_not(at, alice, running):
    expected = IDLE | {
        "phase": "break",
        "round": 2,
        "break": a_break("short", after(minutes=25), after(minutes=30)),
    }
    client = at(after(minutes=26))
    assert now(client) == expected
    services.settle_overdue_session(
        user_id=alice.pk, session_id=running.pk, now=after(minutes=26)
    )
    assert now(client) == expected
    client = at(after(minutes=31))
    expected["break"]["over"] = True
    assert now(client) == expected


def test_now_never_writes(at, running):
    before = FocusSession.objects.values().get()
    assert now(at(after(hours=9))) == IDLE
    assert FocusSession.objects.values().get() == before


def test_a_pause_keeps_the_minutes_and_offers_the_rest(at):
    client = at(NOON)
    session = start(client)
    client = at(after(minutes=12))
    assert end(client, session)["focus_min"] == 12
    left = {"minutes": 13, "until": stamp(after(minutes=42))}
    assert now(client) == IDLE | {"phase": "left", "left": left}
    at(after(minutes=20))
    rest = start(client, 13)
    shown = now(client)
    assert (shown["phase"], shown["round"]) == ("focus", 1)
    client = at(after(minutes=33))
    assert end(client, rest)["focus_min"] == 13
    assert now(client) == IDLE | {
        "phase": "break",
        "round": 2,
        "break": a_break("short", after(minutes=33), after(minutes=38)),
    }
    assert client.get("/api/stats/me").json()["total_focus_min"] == 25


def test_after_31_minutes_nothing_is_left(at):
    client = at(NOON)
    session = start(client)
    end(at(after(minutes=12)), session)
    assert now(at(after(minutes=43))) == IDLE


def test_more_than_what_is_left_is_credited_by_the_clock(at):
    """25 minutes instead of the 13: they are a plan like any other, and so a round."""
    client = at(NOON)
    session = start(client)
    client = at(after(minutes=12))
    end(client, session)
    again = start(client, 25)
    client = at(after(minutes=25))
    assert end(client, again)["focus_min"] == 13
    assert now(client)["left"]["minutes"] == 12
    assert client.get("/api/stats/me").json()["total_focus_min"] == 25


def test_break_is_the_same_on_every_device(at, alice, sign_in):
    session = start(at(NOON))
    laptop = at(after(minutes=25))
    end(laptop, session)
    at(after(minutes=27))
    clients = [sign_in(alice), sign_in(alice)]
    first, second = (client.get(f"{URL}/now").content for client in clients)
    assert first == second
    change_preferences(user_id=alice.pk, changes={"short_break_min": 10, "rounds": 6})
    cache.clear()
    first, second = (client.get(f"{URL}/now").content for client in clients)
    assert first == second
    assert now(laptop)["break"] == a_break(
        "short", after(minutes=25), after(minutes=35)
    )


def test_a_session_of_somebody_else_is_in_nobodys_phase(at, bob):
    FocusSessionFactory(user=bob, created_at=after(minutes=-26), done=True)
    assert now(at(NOON)) == IDLE


def test_what_is_left_is_of_lately_and_the_end_of_yesterdays_is_not(at, alice):
    FocusSessionFactory(user=alice, created_at=after(hours=-25), done=True)
    assert now(at(NOON)) == IDLE


def test_auto_start_of_many_pages_is_one_session(at, alice, sign_in):
    """The key names the session before it: whoever comes second gets the first answer.

    A laptop that slept, too: hours later its start is the one that was, not a new one.
    """
    session = start(at(NOON))
    client = at(after(minutes=25))
    end(client, session)
    at(after(minutes=30))
    pages = [sign_in(alice) for _ in range(2)] + [client] * 3
    key = {"Idempotency-Key": f"auto-{session}"}
    body = {"duration_min": 25}
    answers = [page.post(URL, body, headers=key) for page in pages]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert FocusSession.objects.count() == 2
    at(after(hours=3))
    late = sign_in(alice).post(URL, body, headers=key)
    assert late.json() == answers[0].json()
    assert FocusSession.objects.count() == 2
    other = sign_in(alice).post(URL, {"duration_min": 50}, headers=key)
    assert refusal(other) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_now_queries(as_alice, alice):
    assert statements(as_alice, f"{URL}/now") == 3
    # The device with its user; the preferences; the sessions of the last day.
    many_sessions(alice, 100, since=timezone.now() - timedelta(hours=4))
    change_preferences(user_id=alice.pk, changes={"rounds": 3})
    assert statements(as_alice, f"{URL}/now") == 3
