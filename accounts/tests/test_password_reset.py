"""A forgotten password: asked for alike by everybody, set once by the link in a mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import services
from accounts.by_mail import mail_links
from accounts.by_mail.mail_limits import FOR_CLIENT, FOR_TYPED
from accounts.devices.one_door import Method, complete_sign_in
from accounts.exceptions import HashingBusy, InvalidCredentials
from accounts.models import AuthSession, SecurityEvent, User
from accounts.passwords import hashing
from accounts.tests.factories import PASSWORD, MailLinkFactory, UserFactory
from accounts.tests.post import (
    delivered,
    link_in,
    statements,
    text_of,
    token_in,
)
from mail.models import OutboxMail
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

FORGOT = "/api/auth/password/forgot"
RESET = "/api/auth/password/reset"
LOGIN = "/api/auth/login"
NEW = "another long phrase 7"


def forgot(client, email="alice@focusguard.com", **headers):
    return client.post(FORGOT, {"email": email}, **headers)


def reset(client, token, password=NEW):
    return client.post(RESET, {"token": token, "new_password": password})


def log_in(client, password):
    return client.post(LOGIN, {"username": "alice_focus", "password": password})


def token_for(client, mail_on):
    forgot(client)
    (letter,) = delivered(mail_on)
    return token_in(letter)


@pytest.fixture
def verified(alice):
    User.objects.filter(pk=alice.pk).update(email_verified_at=timezone.now())


def test_a_forgotten_password_is_set_by_the_link_in_the_mail(
    anonymous, as_alice, as_staff, alice, verified, mail_on
):
    asked = forgot(anonymous, HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    assert (asked.status_code, asked.content) == (202, b"{}")
    (letter,) = delivered(mail_on)
    assert letter["To"] == alice.email
    assert "Firefox" in text_of(letter)
    page, token = link_in(letter)
    assert page == "reset"
    answer = reset(anonymous, token)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not answer.cookies
    assert refusal(as_alice.get("/api/users/me")) == (401, "TOKEN_INVALID")
    assert refusal(log_in(anonymous, PASSWORD)) == (401, "INVALID_CREDENTIALS")
    (told,) = delivered(mail_on)
    assert (told["To"], "#" in text_of(told)) == (alice.email, False)
    assert log_in(anonymous, NEW).status_code == 200
    kinds = list(alice.security_events.order_by("at").values_list("kind", flat=True))
    assert kinds[:2] == ["password_reset_asked", "password_reset"]
    assert refusal(reset(anonymous, token)) == (400, "LINK_INVALID")


def test_a_reset_ends_sessions_of_the_admin(client, anonymous, alice):
    User.objects.filter(pk=alice.pk).update(is_staff=True)
    alice.refresh_from_db()
    client.force_login(alice)
    assert client.get("/admin/").status_code == 200
    link = MailLinkFactory(user=alice, kind="reset")
    assert reset(anonymous, mail_links.token_of(link)).status_code == 204
    assert client.get("/admin/").status_code == 302


def test_who_asked_is_written_down_once_it_is_known(anonymous, alice, mail_on):
    forgot(anonymous, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="asks/1")
    assert not SecurityEvent.objects.exists()
    delivered(mail_on)
    event = SecurityEvent.objects.get()
    assert (event.user_id, event.kind) == (alice.pk, "password_reset_asked")
    assert (event.address, event.user_agent) == ("203.0.113.7", "asks/1")


TYPED = {
    "known": "alice@focusguard.com",
    "in capitals": "ALICE@FocusGuard.com",
    "full width": "ＡLICE@focusguard.com",
    "unknown": "nobody@focusguard.com",
    "inactive": "closed@focusguard.com",
    "a twin": "alıce@focusguard.com",
    "another twin": "alice@focusguarԁ.com",
}
FINDS_ALICE = {"known", "in capitals", "full width"}


@pytest.mark.parametrize("who", TYPED)
def test_a_forgotten_password_is_asked_for_alike(anonymous, alice, mail_on, who):
    """Caught: a look at whose address it is; a mail to what was typed."""
    UserFactory(username="closed", email="closed@focusguard.com", is_active=False)
    asked = {}
    for typed in ("nobody_else@focusguard.com", TYPED[who]):
        with CaptureQueriesContext(connection) as captured:
            answer = forgot(anonymous, typed)
        assert (answer.status_code, answer.content) == (202, b"{}")
        asked[typed] = [query["sql"].split()[:3] for query in captured]
        assert not [query for query in captured if "users" in query["sql"]]
    of_nobody, of_them = asked.values()
    assert ["INSERT", "INTO", "mail_outbox"] in of_them
    assert of_them == of_nobody
    sent = [letter["To"] for letter in delivered(mail_on)]
    assert sent == [alice.email] * (who in FINDS_ALICE)
    kept = OutboxMail.objects.values_list("address", "data")
    assert list(kept) == [("", {}), ("", {})]


@pytest.mark.parametrize("email", ["alice@focusguard.com", "nobody@focusguard.com"])
def test_a_forgotten_password_is_asked_for_three_times_an_hour(
    anonymous, alice, mail_on, settings, email
):
    settings.RATE_LIMIT_ENABLED = True
    for number in range(FOR_TYPED):
        answer = forgot(anonymous, email.upper(), REMOTE_ADDR=f"203.0.113.{number}")
        assert answer.status_code == 202
    refused = forgot(anonymous, email)
    assert refusal(refused) == (429, "MAIL_RATE_LIMITED")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert OutboxMail.objects.count() == FOR_TYPED


def test_a_client_asks_ten_times_an_hour(anonymous, mail_on, settings):
    settings.RATE_LIMIT_ENABLED = True
    for number in range(FOR_CLIENT):
        assert forgot(anonymous, f"n{number}@focusguard.com").status_code == 202
    assert refusal(forgot(anonymous))[0] == 429
    assert forgot(anonymous, REMOTE_ADDR="203.0.113.7").status_code == 202


def test_a_link_is_of_the_dashboard_whatever_host_is_asked(
    anonymous, alice, mail_on, settings
):
    settings.ALLOWED_HOSTS = ["*"]
    forgot(anonymous, HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example")
    (letter,) = delivered(mail_on)
    assert "evil.example" not in letter.as_string()
    assert link_in(letter)


def overtakings(user, client, mail_on):
    return {
        "password": lambda: services.set_password(user=user, new_password="another 77"),
        "hash": lambda: User.objects.filter(pk=user.pk).update(password="x"),
        "address": lambda: User.objects.filter(pk=user.pk).update(
            email="new@focusguard.com"
        ),
        "deactivated": lambda: services.deactivate_user(user=user),
        "deleted": lambda: services.delete_account(user=user),
        "newer": lambda: token_for(client, mail_on),
    }


@pytest.mark.parametrize(
    "why", ["password", "hash", "address", "deactivated", "deleted", "newer"]
)
def test_a_reset_is_overtaken(anonymous, alice, mail_on, why):
    token = token_for(anonymous, mail_on)
    overtakings(alice, anonymous, mail_on)[why]()
    User.objects.filter(pk=alice.pk).update(is_active=True)
    before = User.objects.values_list("password", flat=True).first()
    assert refusal(reset(anonymous, token)) == (400, "LINK_INVALID")
    assert User.objects.values_list("password", flat=True).first() == before


@pytest.mark.parametrize("kind", ["verify", "change"])
def test_a_link_of_another_kind_sets_no_password(anonymous, alice, kind):
    old = alice.email if kind == "change" else ""
    link = MailLinkFactory(user=alice, kind=kind, from_address=old)
    answer = reset(anonymous, mail_links.token_of(link))
    assert refusal(answer) == (400, "LINK_INVALID")


def test_a_reset_lives_an_hour(anonymous, alice, mail_on, time_machine):
    token = token_for(anonymous, mail_on)
    time_machine.move_to(timezone.now() + timedelta(minutes=61))
    assert refusal(reset(anonymous, token)) == (400, "LINK_INVALID")


def test_a_dead_link_is_told_before_a_weak_password_and_hashes_nothing(
    anonymous, hashes
):
    answer = reset(anonymous, "A" * 64, "short")
    assert refusal(answer) == (400, "LINK_INVALID")
    assert not hashes


@pytest.mark.parametrize("password", ["short", "password", "alice_focus1"])
def test_a_weak_password_leaves_the_link_as_it_was(anonymous, alice, password):
    token = mail_links.token_of(MailLinkFactory(user=alice, kind="reset"))
    answer = reset(anonymous, token, password)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == {"new_password"}
    assert reset(anonymous, token).status_code == 204


@pytest.mark.parametrize("token", [None, 7, ""])
def test_what_is_no_text_is_told_at_its_field(anonymous, token):
    answer = reset(anonymous, token)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == {"token"}


def test_a_reset_that_finds_no_place_to_hash_leaves_the_link(
    anonymous, alice, monkeypatch
):
    token = mail_links.token_of(MailLinkFactory(user=alice, kind="reset"))

    def busy():
        raise HashingBusy(retry_after=1)

    with monkeypatch.context() as patched:
        patched.setattr(hashing, "_slot", busy)
        assert refusal(reset(anonymous, token)) == (503, "SIGN_IN_BUSY")
    assert reset(anonymous, token).status_code == 204


def test_what_somebody_else_began_with_an_address_ends_with_its_proof(
    anonymous, alice, as_alice, mail_on
):
    """Mallory registers Alice's address, keeps a device, asks for a change and reports."""
    mallory = as_alice
    changes = {"email": "mallory@focusguard.com", "weekly_report": True}
    mallory.put("/api/users/me", changes)
    delivered(mail_on)
    mallory.post("/api/auth/email/verification")
    (change,) = delivered(mail_on)
    assert reset(anonymous, token_for(anonymous, mail_on)).status_code == 204
    refresh = {"refresh_token": mallory.signed_in.refresh_token}
    assert anonymous.post("/api/auth/refresh", refresh).status_code == 401
    confirmed = anonymous.post("/api/auth/email/confirm", {"token": token_in(change)})
    assert refusal(confirmed) == (400, "LINK_INVALID")
    assert {letter["To"] for letter in delivered(mail_on)} == {alice.email}
    alice.refresh_from_db()
    assert (alice.email_verified, alice.pending_email) == (True, None)
    assert not alice.weekly_report
    assert not AuthSession.objects.live().exists()


def test_a_report_that_was_asked_for_at_a_proven_address_stays(
    anonymous, alice, verified
):
    User.objects.update(weekly_report=True)
    token = mail_links.token_of(MailLinkFactory(user=alice, kind="reset"))
    assert reset(anonymous, token).status_code == 204
    alice.refresh_from_db()
    assert alice.weekly_report


def test_a_sign_in_that_was_hashing_meanwhile_opens_no_device(anonymous, alice):
    """A sign-in is judged by the hash and the epoch that are there once it has the lock."""
    stale = User.objects.get(pk=alice.pk)
    token = mail_links.token_of(MailLinkFactory(user=alice, kind="reset"))
    assert reset(anonymous, token).status_code == 204
    with pytest.raises(InvalidCredentials):
        complete_sign_in(user=stale, method=Method.PASSWORD)


def test_a_waiting_request_goes_with_the_account(alice, anonymous, mail_on):
    forgot(anonymous)
    services.delete_account(user=alice)
    assert not OutboxMail.objects.exists()


def test_reset_statements(anonymous, alice, mail_on):
    token = mail_links.token_of(MailLinkFactory(user=alice, kind="reset"))
    # The last six end what was there before the address was proven: the user's row, the
    # app, its codes, accounts elsewhere, passkeys, tokens of programs.
    with statements(23):
        assert reset(anonymous, token).status_code == 204
