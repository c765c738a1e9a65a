"""Labels, and sessions that start with one."""

import uuid

import pytest

from sessions_app import services as session_services
from sessions_app.labels import services
from sessions_app.labels.exceptions import MAX_LABELS, NoSuchLabel
from sessions_app.models import Entry, FocusSession, Label
from sessions_app.tests.factories import (
    EntryFactory,
    FocusSessionFactory,
    LabelFactory,
)
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after
from tests.harness.statements import statements

URL = "/api/labels"
NEW = {"name": "Thesis", "color": "teal"}

pytestmark = pytest.mark.django_db


def errors_of(answer):
    return answer.json()["detail"].get("errors", {}).keys()


def test_a_label_is_made_shown_changed_and_deleted(time_machine, alice, sign_in):
    time_machine.move_to(NOON, tick=False)
    client = sign_in(alice)
    assert client.get(URL).json() == {"labels": []}
    made = client.post(URL, NEW)
    assert made.status_code == 201
    label = made.json()
    assert label == NEW | {
        "id": str(Label.objects.get().pk),
        "archived": False,
        "created_at": "2026-01-18T12:00:00Z",
    }
    assert client.get(made.headers["Location"]).json() == label
    one = f"{URL}/{label['id']}"
    for change in ({"name": "Dissertation"}, {"color": "sky"}, {"archived": True}):
        label |= change
        assert client.patch(one, change).json() == label
    assert client.get(URL).json() == {"labels": [label]}
    assert client.delete(one).status_code == 204
    for answer in (client.get(one), client.patch(one, NEW), client.delete(one)):
        assert refusal(answer) == (404, "LABEL_NOT_FOUND")


def test_archiving_again_keeps_the_first_moment(alice):
    label = LabelFactory(user=alice)
    target = {"user_id": alice.pk, "label_id": label.pk}
    services.change_label(**target, archived=True, now=NOON)
    services.change_label(**target, archived=True, now=after(days=1))
    label.refresh_from_db()
    assert label.archived_at == NOON
    services.change_label(**target, archived=False)
    label.refresh_from_db()
    assert label.archived_at is None


@pytest.mark.parametrize(
    "name", ["Thesis", "THESIS", " thesis\u200b", "Caf\u00e9", "CAFE\u0301"]
)
def test_a_name_is_taken_once_however_it_is_typed(as_alice, alice, bob, name):
    LabelFactory(user=alice, name="thesis")
    LabelFactory(user=alice, name="Caf\u00e9")
    theirs = LabelFactory(user=alice, name="Other")
    answers = [
        as_alice.post(URL, NEW | {"name": name}),
        as_alice.patch(f"{URL}/{theirs.pk}", {"name": name}),
    ]
    for answer in answers:
        assert refusal(answer) == (409, "LABEL_NAME_TAKEN")
        assert errors_of(answer) == {"name"}
    assert Label.objects.count() == 3


def test_a_label_may_be_renamed_to_another_spelling_of_itself(as_alice, alice):
    label = LabelFactory(user=alice, name="thesis")
    answer = as_alice.patch(f"{URL}/{label.pk}", {"name": " Thesis "})
    assert answer.json()["name"] == "Thesis"


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"name", "color"}),
        (NEW | {"name": ""}, {"name"}),
        (NEW | {"name": " \u200b"}, {"name"}),
        (NEW | {"name": "x" * 41}, {"name"}),
        # Composed, each of these is two characters.
        (NEW | {"name": "\u0958" * 40}, {"name"}),
        (NEW | {"name": "a\u0000b"}, {"name"}),
        (NEW | {"name": "a\nb"}, {"name"}),
        (NEW | {"name": "a\u202eb"}, {"name"}),
        (NEW | {"name": 5}, {"name"}),
        (NEW | {"color": "#ff0000"}, {"color"}),
        (NEW | {"color": None}, {"color"}),
        (NEW | {"archived": True}, {"archived"}),
    ],
)
def test_a_label_that_is_none_is_refused(as_alice, body, wrong):
    answer = as_alice.post(URL, body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert errors_of(answer) == wrong


@pytest.mark.parametrize("body", [{}, {"name": None}, {"archived": "yes"}])
def test_a_change_that_is_none_is_refused(as_alice, alice, body):
    label = LabelFactory(user=alice)
    assert as_alice.patch(f"{URL}/{label.pk}", body).status_code == 422


def test_a_name_of_forty_characters_is_taken(as_alice):
    assert as_alice.post(URL, NEW | {"name": "🌱" * 40}).status_code == 201


def test_there_is_a_last_label(as_alice, alice):
    Label.objects.bulk_create(LabelFactory.build_batch(MAX_LABELS - 1, user=alice))
    assert as_alice.post(URL, NEW).status_code == 201
    answer = as_alice.post(URL, NEW | {"name": "One more"})
    assert refusal(answer) == (409, "TOO_MANY_LABELS")
    assert Label.objects.count() == MAX_LABELS


def test_a_retry_makes_no_second_label(as_alice):
    key = {"Idempotency-Key": "one"}
    first, again = (as_alice.post(URL, NEW, headers=key) for _ in range(2))
    assert first.json() == again.json()
    assert Label.objects.count() == 1


def test_somebody_elses_label_is_not_found(as_bob, alice):
    label = LabelFactory(user=alice)
    one = f"{URL}/{label.pk}"
    for answer in (as_bob.get(one), as_bob.patch(one, NEW), as_bob.delete(one)):
        assert refusal(answer) == (404, "LABEL_NOT_FOUND")
    assert as_bob.get(URL).json() == {"labels": []}
    label.refresh_from_db()
    assert label.name != "Thesis"


def test_deleting_a_label_keeps_what_carried_it(as_alice, alice):
    label = LabelFactory(user=alice)
    session = FocusSessionFactory(user=alice, label=label, done=True)
    entry = EntryFactory(user=alice, label=label)
    assert as_alice.delete(f"{URL}/{label.pk}").status_code == 204
    assert FocusSession.objects.get(label=None, focus_min=25) == session
    assert Entry.objects.get(label=None, minutes=30) == entry


def test_label_queries(as_alice, alice, django_assert_num_queries):
    label = LabelFactory(user=alice)
    FocusSessionFactory.create_batch(3, user=alice, label=label, done=True)
    LabelFactory.create_batch(20, user=alice)
    one = f"{URL}/{label.pk}"
    # The device with its user; the labels, or one.
    assert statements(as_alice, URL) == statements(as_alice, one) == 2
    # The device with its user; SAVEPOINT; the user's lock; the count, or the label;
    # INSERT or UPDATE; RELEASE.
    with django_assert_num_queries(6):
        as_alice.post(URL, NEW)
    with django_assert_num_queries(6):
        as_alice.patch(one, {"color": "red"})
    # The device with its user; SAVEPOINT; the user's lock; DELETE; RELEASE. The key
    # empties what carried it.
    with django_assert_num_queries(5):
        as_alice.delete(one)


# Sessions that start with a label


def test_a_session_starts_with_a_label_and_a_note(as_alice, alice):
    label = LabelFactory(user=alice)
    note = " Chapter 2\n🌱 "
    body = {"duration_min": 25, "label_id": str(label.pk), "note": note}
    answer = as_alice.post("/api/sessions", body)
    assert answer.status_code == 201
    assert not answer.json().keys() & {"label_id", "note", "started_minute"}
    session = FocusSession.objects.get()
    assert (session.label, session.note) == (label, note)


def test_an_archived_label_may_be_carried_on(as_alice, alice):
    label = LabelFactory(user=alice, archived_at=NOON)
    answer = as_alice.post("/api/sessions", {"label_id": str(label.pk)})
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {"label_id": str(uuid.uuid4())},
        {"label_id": "none"},
        {"label_id": None},
        {"note": "x" * 501},
        {"note": None},
        {"note": "a\u0000b"},
    ],
)
def test_a_start_with_what_is_no_label_or_note_is_refused(as_alice, body):
    answer = as_alice.post("/api/sessions", body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert errors_of(answer) == body.keys()
    assert not FocusSession.objects.exists()


def test_a_start_with_anothers_label_settles_nothing(alice, bob):
    """The start is refused as a whole, the settling of the session before it too."""
    overdue = FocusSessionFactory(user=alice, created_at=NOON)
    theirs = LabelFactory(user=bob)
    with pytest.raises(NoSuchLabel):
        session_services.start_session(user_id=alice.pk, label_id=theirs.pk)
    assert FocusSession.objects.get() == overdue
    overdue.refresh_from_db()
    assert overdue.is_active


def test_a_refused_label_is_told_in_a_sentence(as_alice):
    answer = as_alice.post("/api/sessions", {"label_id": str(uuid.uuid4())})
    detail = answer.json()["detail"]
    assert detail["message"] == "label_id: You have no such label."
    assert detail["errors"] == {"label_id": ["You have no such label."]}


def test_a_label_costs_a_start_no_statement(as_alice, alice, django_assert_num_queries):
    label = LabelFactory(user=alice)
    # As without one: the device with its user; SAVEPOINT; the user's lock; the running
    # session; INSERT; RELEASE.
    with django_assert_num_queries(6):
        as_alice.post("/api/sessions", {"label_id": str(label.pk), "note": "x"})
