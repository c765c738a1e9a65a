"""A password is set without an old one by who has none, once, after a fresh proof."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from accounts.tests.post import delivered
from identity.first_password import services
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

NEW = "staple battery horse 7"


@pytest.fixture
def without(alice):
    """Alice, who came by a provider."""
    alice.set_unusable_password()
    alice.save()
    return alice


def give(client, password=NEW):
    return client.post("/api/auth/password", {"new_password": password})


def test_who_has_none_gets_one_and_keeps_the_device(
    without, sign_in, anonymous, mail_on
):
    client, other = sign_in(without), open_device(user=without).device
    assert client.get("/api/auth/identities").json()["has_password"] is False
    assert give(client).status_code == 204
    assert client.get("/api/auth/identities").json()["has_password"] is True
    other.refresh_from_db()
    assert other.revoked_reason == "password"
    body = {"username": without.username, "password": NEW}
    assert anonymous.post("/api/auth/login", body).status_code == 200
    assert without.security_events.filter(kind="password_changed").exists()
    assert "password" in delivered(mail_on)[0]["Subject"]


def test_who_has_one_changes_it_by_the_old_one(as_alice, alice):
    """Caught: a stolen device that sets a password and keeps the account."""
    assert refusal(give(as_alice)) == (409, "PASSWORD_SET")
    alice.refresh_from_db()
    assert alice.check_password("correct horse battery")


def test_first_password_is_for_who_has_just_proved_who_they_are(without, sign_in):
    client = sign_in(without)
    AuthSession.objects.update(proved_at=timezone.now() - timedelta(minutes=11))
    assert refusal(give(client)) == (403, "PROOF_REQUIRED")


def test_first_password_is_as_hard_to_guess_as_any(without, sign_in):
    for weak in ("short", "password123", without.username):
        assert refusal(give(sign_in(without), weak))[0] == 422


def test_first_password_that_was_set_meanwhile_stays(without, monkeypatch):
    """Caught: a look at the user before the hash alone."""
    make = services.make_password

    def made_meanwhile(password):
        hashed = make(password)
        User.objects.filter(pk=without.pk).update(password=make("the other one's 7"))
        return hashed

    monkeypatch.setattr(services, "make_password", made_meanwhile)
    with pytest.raises(services.PasswordSet):
        services.set_first_password(user=without, new_password=NEW, keep_device_id=None)
    without.refresh_from_db()
    assert without.check_password("the other one's 7")
