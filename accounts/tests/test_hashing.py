from threading import Event, Thread

import pytest
from django.contrib.auth.hashers import BCryptSHA256PasswordHasher, check_password
from django.urls import reverse

from accounts.passwords.hashing import AT_ONCE, AT_ONCE_OR_WAITING, CappedBCryptHasher
from accounts.tests.factories import PASSWORD
from tests.harness.answers import refusal
from tests.harness.bounds import DEADLINE

# Read before a test begins, which makes hashing cheap.
ROUNDS = CappedBCryptHasher.rounds


class Flood:
    """Other threads that hash; each stays in it until `end`."""

    def __init__(self):
        self.begun = 0
        self.full, self.over = Event(), Event()

    def encode(self, *args):
        self.begun += 1
        if self.begun == AT_ONCE:
            self.full.set()
        assert self.over.wait(DEADLINE)
        return "hash"


@pytest.fixture
def flood(monkeypatch):
    """Fill every place, of those that hash and of those that wait."""
    flood = Flood()
    with monkeypatch.context() as patched:
        patched.setattr(BCryptSHA256PasswordHasher, "encode", flood.encode)
        threads = [
            Thread(target=CappedBCryptHasher().encode, args=("password", "salt"))
            for _ in range(AT_ONCE_OR_WAITING)
        ]
        for thread in threads:
            thread.start()
        assert flood.full.wait(DEADLINE)
        yield flood
        flood.over.set()
        for thread in threads:
            thread.join()
    assert flood.begun == AT_ONCE_OR_WAITING


def test_only_a_few_hash_at_once_and_the_others_wait_their_turn(flood):
    assert flood.begun == AT_ONCE


def test_a_hash_made_by_django_alone_is_still_known():
    stored = BCryptSHA256PasswordHasher().encode(
        PASSWORD, BCryptSHA256PasswordHasher().salt()
    )
    assert check_password(PASSWORD, stored)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("login", {"username": "alice_focus", "password": PASSWORD}),
        ("login", {"username": "nobody_here", "password": PASSWORD}),
        (
            "register",
            {"username": "carol", "email": "c@focusguard.com", "password": PASSWORD},
        ),
    ],
)
def test_who_finds_no_place_is_told_to_come_back(anonymous, alice, flood, path, body):
    answer = anonymous.post(f"/api/auth/{path}", body)
    assert refusal(answer) == (503, "SIGN_IN_BUSY")
    assert answer.headers["Retry-After"] == "1"


def test_a_turned_away_guess_is_no_failure(anonymous, alice, flood, settings):
    settings.RATE_LIMIT_ENABLED = True
    body = {"username": "alice_focus", "password": "not it"}
    for _ in range(7):
        assert anonymous.post("/api/auth/login", body).status_code == 503
    flood.over.set()


def test_the_admins_door_says_so_too(client, db, flood):
    form = {"username": "nobody_here", "password": PASSWORD}
    answer = client.post(reverse("admin:login"), form)
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")
    assert "try again in a second" in answer.content.decode()


def test_changing_a_password_in_the_admin_says_so_too(as_staff, ada, flood):
    new = "another long phrase 7"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = as_staff.post(reverse("admin:password_change"), form)
    assert (answer.status_code, answer["Retry-After"]) == (503, "1")


def test_production_hashes_at_a_cost_of_12():
    assert ROUNDS == 12
