from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from accounts.services import delete_account
from focusguard.api.idempotency import KEPT_FOR
from focusguard.api.models import IdempotentAnswer
from focusguard.db.tests.elsewhere import key_held_elsewhere
from garden.models import Plant
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal

SESSIONS = "/api/sessions"
GARDEN = "/api/garden"
KEY = "6f1c1f0e-9b7a-4c53-a1f0-d6a3b2c4e5f7"
BODY = {"duration_min": 25}

pytestmark = pytest.mark.django_db


def start(client, body=BODY, key=KEY, path=SESSIONS):
    return client.post(path, body, headers={"Idempotency-Key": key})


def test_a_retry_gets_the_first_answer_again(as_alice):
    first, again = start(as_alice), start(as_alice)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert FocusSession.objects.count() == 1


def test_a_plant_is_planted_once(as_alice, alice):
    session = FocusSessionFactory(user=alice)
    body = {"session_id": str(session.pk), "plant_type": "Rose"}
    first, again = (start(as_alice, body, path=GARDEN) for _ in range(2))
    assert first.status_code == 201
    assert first.content == again.content
    assert Plant.objects.count() == 1


def test_the_first_answer_stays_what_it_was(as_alice):
    first = start(as_alice)
    session = f"{SESSIONS}/{first.json()['id']}"
    as_alice.patch(session, {"status": "abandoned"})
    assert start(as_alice).json()["status"] == "active"
    as_alice.delete(session)
    assert start(as_alice).content == first.content


def test_the_order_of_the_fields_and_the_version_of_the_path_ask_the_same(
    as_alice, alice
):
    session = str(FocusSessionFactory(user=alice).pk)
    body = {"session_id": session, "plant_type": "Rose"}
    first = start(as_alice, body, path=GARDEN)
    again = start(as_alice, dict(reversed(body.items())), path="/api/v1/garden")
    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.content == again.content


@pytest.mark.parametrize("body", [{}, {"duration_min": 26}])
def test_a_key_is_refused_for_another_body(as_alice, body):
    start(as_alice)
    assert refusal(start(as_alice, body)) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert FocusSession.objects.count() == 1


def test_a_key_is_refused_on_another_route(as_alice):
    session = start(as_alice).json()["id"]
    body = {"session_id": session, "plant_type": "Rose"}
    refused = start(as_alice, body, path=GARDEN)
    assert refusal(refused) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_key_belongs_to_its_user(as_alice, as_bob):
    assert start(as_alice).json()["id"] != start(as_bob).json()["id"]


@pytest.mark.parametrize("body", [{"duration_min": 0}, {"unknown": 1}])
def test_a_refused_body_is_not_stored(as_alice, body):
    assert start(as_alice, body).status_code == 422
    assert start(as_alice).status_code == 201


def test_a_conflict_is_not_stored(as_alice):
    running = start(as_alice, key="first").json()["id"]
    assert refusal(start(as_alice)) == (409, "ACTIVE_SESSION_EXISTS")
    as_alice.patch(f"{SESSIONS}/{running}", {"status": "abandoned"})
    assert start(as_alice).status_code == 201


def test_an_effect_whose_answer_cannot_be_stored_is_undone(as_alice, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    as_alice.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(IdempotentAnswer.objects, "bulk_create", fail)
        assert start(as_alice).status_code == 500
    assert not FocusSession.objects.exists()
    assert start(as_alice).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_key_in_flight_is_refused_for_a_moment(as_alice, alice):
    # Another connection serves the first request, and has not come to its end.
    with key_held_elsewhere(f"{alice.pk} {KEY}"):
        refused = start(as_alice)
    assert refusal(refused) == (409, "IDEMPOTENCY_KEY_IN_FLIGHT")
    assert refused.headers["Retry-After"] == "1"
    assert start(as_alice).status_code == 201


@pytest.mark.parametrize("key", ["a", "~!#$%&'()*+-./:;<=>?@[]^_`{|}", "k" * 255])
def test_a_key_is_visible_ascii(as_alice, key):
    assert start(as_alice, key=key).status_code == 201
    # RFC 9651 writes strings in quotes; it is the same key.
    again = start(as_alice, key=f'"{key}"')
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    "key", ["", " ", "two words", "k" * 256, 'a"b', '"a', 'a"', "a,b", "a\\b", "ключ"]
)
def test_what_is_no_key_is_refused(as_alice, key):
    assert refusal(start(as_alice, key=key)) == (400, "IDEMPOTENCY_KEY_INVALID")
    assert not FocusSession.objects.exists()


def test_no_key_changes_nothing(as_alice):
    assert as_alice.post(SESSIONS, BODY).status_code == 201
    assert not IdempotentAnswer.objects.exists()


def test_a_stranger_is_asked_to_sign_in_first(anonymous):
    assert start(anonymous).status_code == 401


def test_a_key_is_forgotten_after_24_hours(as_alice):
    first = start(as_alice).json()["id"]
    as_alice.patch(f"{SESSIONS}/{first}", {"status": "abandoned"})
    age(KEPT_FOR + timedelta(seconds=1))
    later = start(as_alice)
    assert later.status_code == 201
    assert later.json()["id"] != first
    assert start(as_alice).json() == later.json()


def test_prune_deletes_what_is_forgotten_and_nothing_else(as_alice, capsys):
    start(as_alice)
    age(KEPT_FOR - timedelta(minutes=1))
    call_command("prune_idempotent_answers")
    age(timedelta(minutes=2))
    call_command("prune_idempotent_answers", dry_run=True)
    call_command("prune_idempotent_answers")
    assert capsys.readouterr().out.splitlines() == [
        "0 answers deleted",
        "1 answers would be deleted",
        "1 answers deleted",
    ]
    assert not IdempotentAnswer.objects.exists()


def test_stored_answers_go_with_the_account(as_alice, alice):
    start(as_alice)
    delete_account(user=alice)
    assert not IdempotentAnswer.objects.exists()


def test_a_key_costs_three_statements_and_a_replay_asks_for_what_was_made(
    as_alice, django_assert_num_queries
):
    with django_assert_num_queries(11):  # two savepoints are four
        start(as_alice)
    with django_assert_num_queries(6):
        start(as_alice)


def age(by):
    for answer in IdempotentAnswer.objects.all():
        IdempotentAnswer.objects.filter(pk=answer.pk).update(
            created_at=answer.created_at - by
        )
