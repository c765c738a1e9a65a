from datetime import UTC, datetime, timedelta

import pytest

from accounts import services as account_services
from accounts.tests.factories import UserFactory
from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from garden.models import Plant
from garden.services import plant_for_session
from sessions_app.models import Entry, FocusSession
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db

LIST = list_url(FocusSession)


def finished(user, year, month, day):
    moment = datetime(year, month, day, 12, tzinfo=UTC)
    return FocusSessionFactory(user=user, created_at=moment, done=True)


def links(response):
    """Return what the links to dates were made of: `back` and `choices`."""
    return next(part for part in response.context if "back" in part)


def choices(response):
    return [choice["title"] for choice in links(response)["choices"]]


def test_list_queries_do_not_grow_with_the_sessions(as_staff):
    FocusSessionFactory.create_batch(2)
    few = statements(as_staff, LIST)
    FocusSessionFactory.create_batch(60)
    # session, staff user, capped count, the first and the last day, the sessions
    # with their users
    assert statements(as_staff, LIST) == few == 5


def test_list_filters_by_status_and_finds_by_user(as_staff, alice, bob):
    running = FocusSessionFactory(user=alice)
    done = finished(alice, 2026, 1, 18)
    FocusSessionFactory(user=bob)
    for query, expected in (
        ({"status__exact": "active", "q": "alice"}, [running]),
        ({"q": "alice@"}, [running, done]),
        ({"q": str(alice.pk)}, [running, done]),
        ({"q": str(done.pk)}, [done]),
        ({"user__id__exact": str(alice.pk)}, [running, done]),
    ):
        assert listed(as_staff.get(LIST, query)) == expected


def test_date_links_lead_down_to_a_day(as_staff, alice):
    sessions = [
        finished(alice, *day)
        for day in ((2024, 12, 30), (2025, 12, 31), (2026, 1, 2), (2026, 3, 5))
    ]
    page = as_staff.get(LIST)
    assert choices(page) == ["2024", "2025", "2026"]
    page = as_staff.get(LIST + links(page)["choices"][2]["link"])
    assert choices(page) == ["January 2026", "February 2026", "March 2026"]
    assert listed(page) == [sessions[3], sessions[2]]
    page = as_staff.get(LIST + links(page)["choices"][2]["link"])
    assert choices(page) == ["March 1", "March 2", "March 3", "March 4", "March 5"]
    page = as_staff.get(LIST + links(page)["choices"][4]["link"])
    assert choices(page) == ["March 5"]
    assert listed(page) == [sessions[3]]
    back = links(page)["back"]
    assert back["title"] == "March 2026"
    assert listed(as_staff.get(LIST + back["link"])) == [sessions[3]]


def test_date_links_keep_the_other_filters(as_staff, alice):
    finished(alice, 2026, 1, 2)
    page = as_staff.get(LIST, {"status__exact": "completed"})
    assert "status__exact=completed" in links(page)["choices"][0]["link"]


def test_date_links_need_no_rows(as_staff):
    assert choices(as_staff.get(LIST)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"created_at__year": "9999"},
        {"created_at__year": "0"},
        {"created_at__year": "2026", "created_at__month": "13"},
        {"created_at__year": "x"},
        {"p": "999999999999999999999999"},
        {"p": "-1"},
        {"p": "x"},
        {"nonsense": "1"},
    ],
)
def test_list_takes_nonsense_without_an_error(as_staff, alice, query):
    finished(alice, 2026, 1, 2)
    answer = as_staff.get(LIST, query, follow=True)
    assert answer.status_code == 200


def test_abandon_ends_what_runs_and_is_logged(as_staff, alice, bob):
    running = FocusSessionFactory(user=alice)
    plant_for_session(user_id=alice.pk, session_id=running.pk, plant_type="Rose")
    done = finished(bob, 2026, 1, 18)
    answer = run_action(as_staff, "abandon", running, done)
    assert set(said(answer)) == {"Abandoned: 1", f"{done.pk}: The session is over."}
    running.refresh_from_db()
    assert (running.status, running.focus_min) == ("abandoned", 0)
    # The event of the service reached the garden.
    assert Plant.objects.get().state == "withered"
    assert log_of(running) == ["Abandoned."]
    assert log_of(done) == []
    done.refresh_from_db()
    assert done.status == "completed"


def test_abandon_reaches_sessions_of_deactivated_users(as_staff, alice):
    running = FocusSessionFactory(user=alice)
    account_services.deactivate_user(user=alice)
    run_action(as_staff, "abandon", running)
    running.refresh_from_db()
    assert running.status == "abandoned"


def test_abandon_takes_nothing_from_one_past_its_deadline(as_staff, alice):
    start = datetime.now(UTC) - timedelta(hours=2)
    overdue = FocusSessionFactory(user=alice, created_at=start)
    answer = run_action(as_staff, "abandon", overdue)
    assert said(answer) == [f"{overdue.pk}: The session is over."]
    assert Plant.objects.count() == 0
    overdue.refresh_from_db()
    assert overdue.is_active  # until it is settled


def test_overdue_sessions_are_shown_as_ended(as_staff, alice, bob):
    two_hours, five_hours = (
        datetime.now(UTC) - timedelta(hours=hours) for hours in (2, 5)
    )
    kept = FocusSessionFactory(user=alice, created_at=two_hours)
    left = FocusSessionFactory(user=bob, created_at=five_hours, duration_min=None)
    for status, expected in (
        ("active", []),
        ("completed", [kept]),
        ("abandoned", [left]),
    ):
        assert listed(as_staff.get(LIST, {"status__exact": status})) == expected
    (row,) = as_staff.get(LIST, {"q": "alice"}).context["cl"].result_list
    assert (row.get_status_display(), row.focus_min) == ("Completed", 25)
    page = as_staff.get(page_url(kept)).content.decode()
    assert "Completed" in page
    assert "Active" not in page


def test_fields_are_read_only_for_everybody(as_staff, alice):
    session = FocusSessionFactory(user=alice)
    assert as_staff.get(page_url(session)).status_code == 200
    assert as_staff.post(page_url(session), {"focus_min": 25}).status_code == 403
    assert as_staff.get(page_url(session, "delete")).status_code == 403
    assert as_staff.get(LIST + "add/").status_code == 403


@pytest.mark.parametrize("may_change", [False, True])
def test_abandon_needs_the_permission_to_change(client, alice, may_change):
    permissions = ["view_focussession", *["change_focussession"] * may_change]
    client.force_login(staff_with(*permissions))
    session = FocusSessionFactory(user=alice)
    page = client.get(LIST)
    assert listed(page) == [session]
    assert ('value="abandon"' in page.content.decode()) is may_change
    run_action(client, "abandon", session)
    session.refresh_from_db()
    assert session.is_active is not may_change


def test_page_has_no_box_with_every_user(as_staff, alice):
    UserFactory(username="somebody_else")
    session = FocusSessionFactory(user=alice)
    html = as_staff.get(page_url(session)).content.decode()
    assert "alice_focus" in html and "somebody_else" not in html


@pytest.fixture(params=[FocusSessionFactory, EntryFactory])
def private_row(request, alice):
    """A session and an entry with what is for Alice's eyes alone."""
    label = LabelFactory(user=alice, name="Therapy")
    return request.param(user=alice, label=label, note="about my mother")


def test_labels_and_notes_are_on_no_page(as_staff, private_row):
    pages = [
        *(list_url(type(private_row)), page_url(private_row)),
        *(page_url(private_row, "history"), page_url(private_row.user)),
    ]
    for page in pages:
        html = as_staff.get(page).content.decode()
        assert "alice_focus" in html or str(private_row) in html
        for secret in ("Therapy", "mother", str(private_row.label_id)):
            assert secret not in html


@pytest.mark.parametrize(
    "lookup",
    [
        *("note", "note__startswith", "note__regex", "note__isnull"),
        *("label", "label_id", "label__name__startswith", "label__isnull"),
    ],
)
def test_a_note_cannot_be_guessed_by_a_filter(as_staff, private_row, lookup):
    """Caught: Django lets staff filter by every column of the table itself."""
    answer = as_staff.get(list_url(type(private_row)), {lookup: "a"})
    assert answer.status_code == 400


def test_labels_have_no_page(as_staff):
    assert as_staff.get("/admin/sessions_app/label/").status_code == 404


def test_entries_are_there_to_look_at(as_staff, alice, bob):
    entries = [EntryFactory(user=user) for user in (alice, bob)]
    few = statements(as_staff, list_url(Entry))
    assert listed(as_staff.get(list_url(Entry))) == entries[::-1]
    assert listed(as_staff.get(list_url(Entry), {"q": "alice"})) == entries[:1]
    EntryFactory.create_batch(20)
    # session, staff user, capped count, the entries with their users
    assert statements(as_staff, list_url(Entry)) == few == 4
    assert as_staff.post(page_url(entries[0]), {"minutes": 60}).status_code == 403
    assert as_staff.get(list_url(Entry) + "add/").status_code == 403
