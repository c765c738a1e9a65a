"""A registration whose answer was lost is sent again, and opens one account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from rest_framework.test import APIClient

from accounts import registrations, services
from accounts.models import AuthSession, RegistrationKey, SecurityEvent, User
from accounts.registrations import SWEPT
from accounts.tests.factories import PASSWORD, UserFactory
from focusguard.api.idempotency import KEPT_FOR, fingerprint_of
from focusguard.db.tests.elsewhere import key_held_elsewhere
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

REGISTER, ME = "/api/auth/register", "/api/users/me"
KEY = "0b9f6c1e-5d0e-4f6e-9c55-2f6f3c1d7a11"
BODY = {
    "username": "carol",
    "email": "carol@focusguard.com",
    "password": PASSWORD,
    "timezone": "Europe/Berlin",
}


def register(client, key=KEY, path=REGISTER, **changes):
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(path, BODY | changes, headers=headers)


def works(answer):
    bearer = f"Bearer {answer.json()['access_token']}"
    return APIClient().get(ME, HTTP_AUTHORIZATION=bearer).status_code == 200


def refresh(answer):
    body = {"refresh_token": answer.json()["refresh_token"]}
    return APIClient().post("/api/auth/refresh", body)


def test_a_retry_signs_in_to_the_account_that_the_first_one_opened(anonymous):
    first, again = register(anonymous), register(anonymous)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.headers["Location"] == first.headers["Location"]
    assert again.json()["user"] == first.json()["user"]
    assert again.json()["refresh_token"] == first.json()["refresh_token"]
    assert again.cookies["refresh_token"].value == again.json()["refresh_token"]
    assert works(first)
    assert works(again)
    assert User.objects.count() == AuthSession.objects.count() == 1


def test_a_retry_after_the_first_answer_was_used_opens_another_device(anonymous):
    first = register(anonymous)
    renewed = refresh(first)
    again = register(anonymous)
    assert again.status_code == 201
    assert again.json()["refresh_token"] != first.json()["refresh_token"]
    for answer in (renewed, again):
        assert works(answer)
        assert refresh(answer).status_code == 200
    assert User.objects.count() == 1
    assert not SecurityEvent.objects.filter(kind="token_reused").exists()


def test_a_retry_after_a_sign_out_opens_another_device(anonymous):
    first = register(anonymous)
    body = {"refresh_token": first.json()["refresh_token"]}
    anonymous.post("/api/auth/logout", body)
    assert not works(first)
    assert works(register(anonymous))


def test_the_order_of_the_fields_and_the_version_ask_the_same(anonymous):
    register(anonymous)
    body = dict(reversed(BODY.items()))
    again = anonymous.post(
        "/api/v1/auth/register", body, headers={"Idempotency-Key": f'"{KEY}"'}
    )
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    "changes",
    [
        {"username": "dora"},
        {"email": "dora@focusguard.com"},
        {"timezone": "UTC"},
        {"password": "another long phrase 7"},
        {"username": "dora", "email": "dora@focusguard.com"},
    ],
)
def test_another_body_is_refused(anonymous, changes):
    register(anonymous)
    answer = register(anonymous, **changes)
    assert refusal(answer) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert "refresh_token" not in answer.cookies
    assert User.objects.count() == AuthSession.objects.count() == 1


def test_a_key_is_no_way_round_the_limit_of_wrong_passwords(
    anonymous, settings, hashes
):
    register(anonymous)
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 10_000
    hashes.clear()
    told = [
        refusal(register(anonymous, password=f"guessed phrase {number}"))
        for number in range(7)
    ]
    assert told[4:6] == [(422, "IDEMPOTENCY_KEY_REUSED"), (429, "LOGIN_RATE_LIMITED")]
    assert len(hashes) == 5
    assert SecurityEvent.objects.filter(kind="sign_in_failed").exists()


def change_password(user):
    services.change_password(
        user=user,
        current_password=PASSWORD,
        new_password="staple battery horse",
        keep_device_id=None,
        address="192.0.2.1",
    )


@pytest.mark.parametrize(
    "closed", [change_password, lambda user: services.deactivate_user(user=user)]
)
def test_what_opens_the_account_no_more_opens_it_by_its_key_neither(anonymous, closed):
    register(anonymous)
    closed(User.objects.get())
    assert refusal(register(anonymous)) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_deleted_account_takes_its_key_along(anonymous):
    register(anonymous)
    services.delete_account(user=User.objects.get())
    assert not RegistrationKey.objects.exists()
    again = register(anonymous)
    assert again.status_code == 201
    assert "Idempotent-Replayed" not in again.headers


def test_what_failed_is_not_kept(anonymous, alice):
    assert register(anonymous, password="password").status_code == 422
    assert register(anonymous, username="alice_focus").status_code == 409
    assert not RegistrationKey.objects.exists()
    assert register(anonymous).status_code == 201


def test_without_a_key_nothing_is_kept(anonymous):
    assert register(anonymous, key=None).status_code == 201
    assert refusal(register(anonymous, key=None)) == (409, "USERNAME_TAKEN")
    assert not RegistrationKey.objects.exists()


@pytest.mark.parametrize("key", ["", "two words", "k" * 256, "a,b", "ключ"])
def test_what_is_no_key_is_refused(anonymous, key):
    assert refusal(register(anonymous, key=key)) == (400, "IDEMPOTENCY_KEY_INVALID")
    assert not User.objects.exists()


def test_nothing_that_is_kept_opens_the_account(anonymous):
    told = register(anonymous).json()
    row = RegistrationKey.objects.values().get()
    kept = " ".join(
        bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)
        for value in row.values()
    )
    for secret in (PASSWORD, told["access_token"], told["refresh_token"]):
        assert secret not in kept
    named = {name: value for name, value in BODY.items() if name != "password"}
    # Of the password there is not even a digest, which could be guessed by the million.
    assert bytes(row["fingerprint"]) == fingerprint_of("register", named)


def age(by):
    for known in RegistrationKey.objects.all():
        RegistrationKey.objects.filter(pk=known.pk).update(
            created_at=known.created_at - by
        )


def test_a_key_is_forgotten_after_24_hours(anonymous):
    register(anonymous)
    age(KEPT_FOR + timedelta(seconds=1))
    assert refusal(register(anonymous)) == (409, "USERNAME_TAKEN")
    other = register(anonymous, username="dora", email="dora@focusguard.com")
    assert other.status_code == 201
    assert RegistrationKey.objects.get().user.username == "dora"


def test_a_new_key_takes_forgotten_ones_out(anonymous):
    register(anonymous)
    known = RegistrationKey.objects.get()
    for number in range(SWEPT + 5):
        known.pk = f"old-{number}"
        known.user = UserFactory()
        known.save(force_insert=True)
    age(KEPT_FOR)
    register(anonymous, "new", username="dora", email="dora@focusguard.com")
    assert RegistrationKey.objects.count() == 1 + 6


def test_who_comes_to_the_lock_second_signs_in(anonymous, monkeypatch):
    real = registrations.make_password

    def while_it_is_hashed(password):
        monkeypatch.setattr(registrations, "make_password", real)
        assert register(APIClient()).status_code == 201
        return real(password)

    monkeypatch.setattr(registrations, "make_password", while_it_is_hashed)
    answer = register(anonymous)
    assert answer.headers["Idempotent-Replayed"] == "true"
    assert works(answer)
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_in_flight_is_refused_for_a_moment(anonymous):
    with key_held_elsewhere(f"register {KEY}"):
        refused = register(anonymous)
    assert refusal(refused) == (409, "IDEMPOTENCY_KEY_IN_FLIGHT")
    assert refused.headers["Retry-After"] == "1"
    assert register(anonymous).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_several_at_once_open_one_account(db):
    at_once = Barrier(6)

    def send(_):
        try:
            at_once.wait()
            return register(APIClient())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))
    opened = [answer for answer in answers if answer.status_code == 201]
    refused = [refusal(answer) for answer in answers if answer.status_code != 201]
    assert opened
    assert set(refused) <= {
        (409, "IDEMPOTENCY_KEY_IN_FLIGHT"),
        (503, "SIGN_IN_BUSY"),
    }
    assert User.objects.count() == 1
    assert all(works(answer) for answer in opened)
    assert len({answer.json()["refresh_token"] for answer in opened}) == 1
