"""The history: both kinds of time in one list, filtered, paged, labelled and noted."""

from contextlib import ExitStack
from datetime import datetime
from itertools import product
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from sessions_app import services as session_services
from sessions_app.models import FocusSession
from sessions_app.tests.events import ALL, heard
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from stats.models import UserStats
from stats.proof import prove
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after
from tests.harness.statements import statements

URL = "/api/history"

pytestmark = pytest.mark.django_db


@pytest.fixture
def label(alice):
    return LabelFactory(user=alice)


@pytest.fixture
def past(time_machine, alice, bob, label):
    """A week of Alice, newest first, told at the end of its last day; Bob has one too."""
    for user, own in ((bob, LabelFactory(user=bob)), (alice, label)):
        rows = [
            FocusSessionFactory(user=user, created_at=after(days=6), label=own),
            EntryFactory(user=user, at=after(days=5), label=own, note="on paper"),
            FocusSessionFactory(
                user=user,
                created_at=after(days=4),
                status="abandoned",
                ended_at=after(days=4, minutes=5),
            ),
            EntryFactory(user=user, at=after(days=3), ended_at=None, source="offline"),
            FocusSessionFactory(
                user=user, created_at=after(days=2), done=True, label=own
            ),
            FocusSessionFactory(
                user=user, created_at=after(days=1), done=True, focus_min=0
            ),
            EntryFactory(
                user=user,
                at=NOON,
                source="import",
                import_key=b"1",
                label=own,
                minutes=90,
            ),
        ]
    time_machine.move_to(after(days=6, minutes=10), tick=False)
    return rows


@pytest.fixture
def client(past, alice, sign_in):
    return sign_in(alice)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [record["id"] for record in answer.json()["records"]]


def test_history_shows_both_kinds_in_one_shape(client, past, label):
    answer = client.get(URL).json()
    assert (answer["total"], answer["next"], answer["previous"]) == (7, None, None)
    assert [record["id"] for record in answer["records"]] == [
        str(row.pk) for row in past
    ]
    running, timed, given_up, day, kept, *_, imported = answer["records"]
    assert running == {
        "kind": "session",
        "id": str(past[0].pk),
        "status": "active",
        "label_id": str(label.pk),
        "note": "",
        "at": "2026-01-24T12:00:00Z",
        "ended_at": None,
        "planned_min": 25,
        "minutes": 0,
        "local_date": "2026-01-24",
        "source": "server",
        "verified": True,
    }
    assert timed == running | {
        "kind": "entry",
        "id": str(past[1].pk),
        "status": "completed",
        "note": "on paper",
        "at": "2026-01-23T12:00:00Z",
        "ended_at": "2026-01-23T12:30:00Z",
        "planned_min": None,
        "minutes": 30,
        "local_date": "2026-01-23",
        "source": "manual",
        "verified": False,
    }
    assert (given_up["status"], given_up["minutes"]) == ("abandoned", 0)
    assert (day["ended_at"], day["source"]) == (None, "offline")
    assert (kept["minutes"], kept["verified"]) == (25, True)
    assert (imported["minutes"], imported["source"]) == (90, "import")


def test_one_record_is_as_in_the_list(client, past):
    for record in client.get(URL).json()["records"]:
        assert client.get(f"{URL}/{record['id']}").json() == record


def test_history_of_nothing(as_bob):
    nothing = {"records": [], "total": 0, "next": None, "previous": None}
    assert as_bob.get(URL).json() == nothing


def wants(kind, status, label, span):
    """Say in plain Python which rows a query leaves."""

    def one(row):
        is_session = isinstance(row, FocusSession)
        return (
            (kind is None or is_session == (kind == "session"))
            and (status is None or status == getattr(row, "status", "completed"))
            and (label is None or row.label_id == label)
            and (span is None or span[0] <= str(row.local_date) <= span[1])
        )

    return one


@pytest.mark.parametrize("kind", [None, "session", "entry"])
@pytest.mark.parametrize("status", [None, "active", "completed", "abandoned"])
def test_every_filter_pages_in_both_directions(client, past, label, kind, status):
    spans = [None, ("2026-01-19", "2026-01-23")]
    for labelled, span in product((None, label.pk, "none"), spans):
        wanted = wants(kind, status, None if labelled == "none" else labelled, span)
        expected = [
            str(row.pk)
            for row in past
            if wanted(row) and (labelled != "none" or row.label_id is None)
        ]
        query = {"kind": kind, "status": status, "label": labelled, "limit": 2}
        query |= {"from": span[0], "to": span[1]} if span else {}
        page = client.get(URL, {k: v for k, v in query.items() if v is not None})
        assert page.json()["total"] == len(expected), (labelled, span)
        seen, back = ids(page), []
        while page.json()["next"]:
            page = client.get(page.json()["next"])
            seen += ids(page)
        assert seen == expected
        while page.json()["previous"]:
            page = client.get(page.json()["previous"])
            back = ids(page) + back
        assert back + seen[len(back) :] == expected


def test_rows_of_one_moment_are_paged_by_their_ids(as_alice, alice):
    rows = [
        *FocusSessionFactory.create_batch(3, user=alice, created_at=NOON, done=True),
        *EntryFactory.create_batch(3, user=alice, at=NOON),
    ]
    expected = sorted((str(row.pk) for row in rows), reverse=True)
    page = as_alice.get(URL, {"limit": 1})
    seen = ids(page)
    while page.json()["next"]:
        page = as_alice.get(page.json()["next"])
        seen += ids(page)
    assert seen == expected


def test_a_cursor_of_somebody_else_shows_ones_own(client, past, as_bob, bob):
    page = urlsplit(client.get(URL, {"limit": 3}).json()["next"])
    own = {
        str(pk)
        for rows in (bob.focus_sessions, bob.entries)
        for pk in rows.values_list("pk", flat=True)
    }
    shown = as_bob.get(f"{page.path}?{page.query}")
    assert ids(shown)
    assert set(ids(shown)) <= own


@pytest.mark.parametrize(
    "query",
    [
        *("kind=plant", "status=paused", "label=", "label=None", "label=thesis"),
        *("label=urn:uuid:01949d2e-5b00-7e21-a4c5-2d3e4f5a6b7c", "from=2026-1-1"),
        *("to=2026-02-30", "limit=0", "limit=101", "cursor=x", "offset=1"),
        *("label=01949d2e5b007e21a4c52d3e4f5a6b7c", "source=manual"),
    ],
)
def test_a_query_that_is_none_is_refused(as_alice, query):
    answer = as_alice.get(f"{URL}?{query}")
    assert refusal(answer) == (400, "INVALID_PARAMETER")


def test_a_label_of_somebody_else_has_no_records(client, bob):
    theirs = bob.labels.get()
    assert client.get(URL, {"label": str(theirs.pk)}).json()["total"] == 0


@pytest.mark.parametrize(
    ("planned", "status", "minutes"), [(25, "completed", 25), (None, "abandoned", 0)]
)
def test_an_overdue_session_has_ended(as_alice, alice, planned, status, minutes):
    session = FocusSessionFactory(user=alice, created_at=NOON, duration_min=planned)
    shown = [
        *as_alice.get(URL).json()["records"],
        *as_alice.get(URL, {"status": status}).json()["records"],
        as_alice.get(f"{URL}/{session.pk}").json(),
        as_alice.patch(f"{URL}/{session.pk}", {"note": ""}).json(),
    ]
    assert len(shown) == 4
    for record in shown:
        assert (record["status"], record["minutes"]) == (status, minutes)
        assert record["ended_at"] == session.deadline.isoformat().replace("+00:00", "Z")
    assert as_alice.get(URL, {"status": "active"}).json()["total"] == 0


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("hour", [0, 23])
def test_a_day_is_found_wherever_its_midnight_is(as_alice, alice, zone, hour):
    """Caught: looking for the local dates between their midnights of UTC."""
    alice.timezone = zone
    alice.save()
    at = datetime(2026, 1, 18, hour, 59, tzinfo=ZoneInfo(zone))
    rows = [
        FocusSessionFactory(user=alice, created_at=at, done=True),
        EntryFactory(user=alice, at=at),
    ]
    assert {row.local_date.day for row in rows} == {18}
    day = {"from": "2026-01-18", "to": "2026-01-18"}
    assert set(ids(as_alice.get(URL, day))) == {str(row.pk) for row in rows}
    for beside in ("2026-01-17", "2026-01-19"):
        day = {"from": beside, "to": beside}
        assert as_alice.get(URL, day).json()["total"] == 0


def test_all_of_time_may_be_asked_for(client, past):
    always = {"from": "0001-01-01", "to": "9999-12-31"}
    assert client.get(URL, always).json()["total"] == len(past)


# Labels and notes


def test_any_record_is_labelled_and_noted_at_any_time(client, past, label):
    for row in past:
        one = f"{URL}/{row.pk}"
        before = client.get(one).json()
        for change in (
            {"label_id": None},
            {"note": " typed as it is\n"},
            {"label_id": str(label.pk), "note": ""},
        ):
            before |= change
            answer = client.patch(one, change)
            assert answer.status_code == 200
            assert answer.json() == before == client.get(one).json()


def test_an_edit_moves_nothing_else(client, past, alice, label):
    user = User.objects.values().get(pk=alice.pk)
    session = past[0]
    row = FocusSession.objects.values().get(pk=session.pk)
    with ExitStack() as listening:
        told = [listening.enter_context(heard(event)) for event in ALL]
        client.patch(f"{URL}/{session.pk}", {"label_id": None, "note": "new"})
    assert not any(told)
    assert FocusSession.objects.values().get(pk=session.pk) == row | {
        "label_id": None,
        "note": "new",
    }
    assert User.objects.values().get(pk=alice.pk) == user


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"label_id": "none"}, {"note": None}, {"note": "x" * 501}),
        *({"note": "a\u0000b"}, {"minutes": 5}, {"status": "completed"}),
    ],
)
def test_an_edit_of_anything_else_is_refused(client, past, body):
    for row in past[:2]:
        answer = client.patch(f"{URL}/{row.pk}", body)
        assert refusal(answer) == (422, "VALIDATION_ERROR")


def test_nobody_can_give_a_record_somebody_elses_label(client, past, bob):
    theirs = str(bob.labels.get().pk)
    for row in past[:2]:
        answer = client.patch(f"{URL}/{row.pk}", {"label_id": theirs, "note": "new"})
        assert refusal(answer) == (422, "VALIDATION_ERROR")
        assert answer.json()["detail"]["errors"].keys() == {"label_id"}
        row.refresh_from_db()
        assert row.note != "new"


def test_records_of_somebody_else_are_not_found(as_bob, past):
    for row in past:
        one = f"{URL}/{row.pk}"
        for answer in (as_bob.get(one), as_bob.patch(one, {"note": "new"})):
            assert refusal(answer) == (404, "RECORD_NOT_FOUND")


def test_a_label_outlives_the_edits_of_a_session_that_runs(as_alice, alice, label):
    """Caught: a completion that writes the row as it was read."""
    session = session_services.start_session(
        user_id=alice.pk, duration_min=25, now=NOON
    )
    change = {"label_id": str(label.pk), "note": "kept"}
    assert as_alice.patch(f"{URL}/{session.pk}", change).status_code == 200
    target = {"user_id": alice.pk, "session_id": session.pk}
    session_services.replan_session(**target, duration_min=45, now=after(minutes=5))
    session_services.complete_session(**target, now=after(minutes=45))
    row = FocusSession.objects.get()
    assert (row.label, row.note, row.focus_min) == (label, "kept", 45)
    assert UserStats.objects.get().total_focus_min == 45
    assert prove(found=print).holds


# Statements


def test_history_queries_do_not_scale(as_alice, alice):
    # The device with its user; the page; the counts.
    assert statements(as_alice, URL) == 3
    FocusSessionFactory.create_batch(20, user=alice, done=True)
    EntryFactory.create_batch(20, user=alice)
    assert statements(as_alice, f"{URL}?limit=5&status=completed") == 3


def test_record_queries(as_alice, alice, django_assert_num_queries):
    session = FocusSessionFactory(user=alice)
    entry = EntryFactory(user=alice)
    # The device with its user; the record.
    assert statements(as_alice, f"{URL}/{entry.pk}") == 2
    # The device with its user; SAVEPOINT; the user's lock; UPDATE of sessions, and of
    # entries where it is none; the record; RELEASE.
    with django_assert_num_queries(6):
        as_alice.patch(f"{URL}/{session.pk}", {"note": "new"})
    with django_assert_num_queries(7):
        as_alice.patch(f"{URL}/{entry.pk}", {"note": "new"})
