"""Proofs of an address: at registration, again, of a change; by a link that is good once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.utils import timezone

from accounts import services
from accounts.by_mail.mail_limits import FOR_TYPED, FOR_USER
from accounts.by_mail.mail_links import token_of
from accounts.models import MailLink, SecurityEvent, User
from accounts.tests.factories import PASSWORD, MailLinkFactory, UserFactory
from accounts.tests.post import (
    delivered,
    link_in,
    statements,
    text_of,
    token_in,
)
from mail import services as mail_services
from mail.models import OutboxMail
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

ME = "/api/users/me"
SEND = "/api/auth/email/verification"
CONFIRM = "/api/auth/email/confirm"
PENDING = "/api/users/me/pending-email"
CAROL = {"username": "carol", "email": "carol@focusguard.com", "password": PASSWORD}


def confirm(client, token):
    return client.post(CONFIRM, {"token": token})


def kinds():
    return list(SecurityEvent.objects.order_by("at").values_list("kind", flat=True))


def test_a_registration_is_verified_by_the_link_in_its_mail(anonymous, mail_on):
    registered = anonymous.post("/api/auth/register", CAROL).json()["user"]
    assert (registered["email_verified"], registered["pending_email"]) == (False, None)
    (letter,) = delivered(mail_on)
    assert letter["To"] == "carol@focusguard.com"
    assert "carol" in text_of(letter)
    page, token = link_in(letter)
    assert page == "verify"
    answer = confirm(anonymous, token)
    assert answer.json() == {"email": "carol@focusguard.com", "email_verified": True}
    assert User.objects.get().email_verified
    assert kinds() == ["registered", "email_verified"]
    assert refusal(confirm(anonymous, token)) == (400, "LINK_INVALID")


def test_without_mail_nothing_is_queued_and_nothing_offered(anonymous, as_alice):
    ways = {"mail": False, "verification_required": False}
    assert anonymous.get("/api/auth/ways").json().items() >= ways.items()
    assert anonymous.post("/api/auth/register", CAROL).status_code == 201
    forgotten = {"email": "carol@focusguard.com"}
    asked = anonymous.post("/api/auth/password/forgot", forgotten)
    assert refusal(asked) == refusal(as_alice.post(SEND)) == (409, "MAIL_OFF")
    changed = as_alice.put(ME, {"email": "new@focusguard.com"}).json()
    assert changed["email"] == "new@focusguard.com"
    assert changed["pending_email"] is None
    assert not OutboxMail.objects.exists()


def test_a_link_that_was_mailed_is_good_after_mail_was_switched_off(anonymous, alice):
    link = MailLinkFactory(user=alice, kind="verify")
    assert confirm(anonymous, token_of(link)).status_code == 200


def test_mail_is_offered_where_it_is_sent(anonymous, mail_on):
    ways = {"mail": True, "verification_required": False}
    assert anonymous.get("/api/auth/ways").json().items() >= ways.items()


def test_a_registration_that_fails_leaves_no_mail(anonymous, alice, mail_on):
    taken = CAROL | {"email": alice.email}
    assert anonymous.post("/api/auth/register", taken).status_code == 409
    assert not OutboxMail.objects.exists()


def test_registering_and_deleting_all_day_fills_no_mailbox(
    anonymous, sign_in, mail_on, settings
):
    settings.RATE_LIMIT_ENABLED = True
    for _ in range(FOR_TYPED + 2):
        assert anonymous.post("/api/auth/register", CAROL).status_code == 201
        carol = sign_in(User.objects.get())
        carol.post(SEND)
        carol.put(ME, {"email": "anything@focusguard.com"})
        delivered(mail_on)
        carol.delete(ME)
    sent = [letter for letter in mail_on() if letter["To"] == CAROL["email"]]
    assert len(sent) <= FOR_TYPED + 2 * FOR_USER
    assert anonymous.post("/api/auth/register", CAROL).status_code == 201
    carol = sign_in(User.objects.get())
    assert refusal(carol.post(SEND)) == (429, "MAIL_RATE_LIMITED")
    assert delivered(mail_on) == []


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_a_link_does_nothing(anonymous, alice, method):
    link = MailLinkFactory(user=alice)
    getattr(anonymous, method)(f"{CONFIRM}?token={token_of(link)}")
    link.refresh_from_db()
    assert link.used_at is None
    assert confirm(anonymous, token_of(link)).status_code == 200


def stale_links(user):
    """Return tokens of links that are good for nothing (any more), by why."""
    now = timezone.now()
    token = token_of(MailLinkFactory(user=user))
    unknown = MailLinkFactory.build(user=user)
    elsewhere = MailLinkFactory(user=user)
    MailLink.objects.filter(pk=elsewhere.pk).update(address="old@focusguard.com")
    closed = UserFactory(is_active=False)
    return {
        "unknown": token_of(unknown),
        "used": token_of(MailLinkFactory(user=user, used_at=now)),
        "expired": token_of(MailLinkFactory(user=user, expires_at=now)),
        "another kind": token_of(MailLinkFactory(user=user, kind="reset")),
        "another address by now": token_of(
            MailLinkFactory(user=user, address="old@focusguard.com")
        ),
        "signed for another address": token_of(elsewhere),
        "deactivated": token_of(MailLinkFactory(user=closed)),
        "another mac": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "no token": "nonsense",
        "long": "A" * 4000,
        "other letters": "é" * 64,
    }


def test_every_link_that_is_good_for_nothing_gets_one_answer(anonymous, alice):
    told = {why: confirm(anonymous, token) for why, token in stale_links(alice).items()}
    assert {refusal(answer) for answer in told.values()} == {(400, "LINK_INVALID")}
    messages = {answer.json()["detail"]["message"] for answer in told.values()}
    assert len(messages) == 1
    alice.refresh_from_db()
    assert not alice.email_verified


def test_links_of_the_database_open_nothing(alice):
    link = MailLinkFactory(user=alice)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM mail_links t")
        ((row,),) = cursor.fetchall()
    assert token_of(link) not in row


def test_verification_is_sent_again_five_times_an_hour(as_alice, mail_on, settings):
    settings.RATE_LIMIT_ENABLED = True
    for _ in range(FOR_USER):
        answer = as_alice.post(SEND)
        assert (answer.status_code, answer.json()) == (202, {})
    refused = as_alice.post(SEND)
    assert refusal(refused) == (429, "MAIL_RATE_LIMITED")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600


def test_a_newer_link_ends_the_older(as_alice, anonymous, mail_on):
    tokens = []
    for _ in range(2):
        as_alice.post(SEND)
        tokens += map(token_in, delivered(mail_on))
    first, second = tokens
    assert refusal(confirm(anonymous, first)) == (400, "LINK_INVALID")
    assert confirm(anonymous, second).status_code == 200
    assert refusal(as_alice.post(SEND)) == (409, "EMAIL_ALREADY_VERIFIED")


def test_a_mail_that_is_sent_again_has_the_same_link(as_alice, mail_on):
    as_alice.post(SEND)
    (first,) = delivered(mail_on)
    OutboxMail.objects.update(state="waiting", ended_at=None, due_at=timezone.now())
    delivered(mail_on)
    (again,) = mail_on()
    assert (again["Message-ID"], token_in(again)) == (
        first["Message-ID"],
        token_in(first),
    )


def asked_for_change(client, mail_on, address="new@focusguard.com"):
    """Ask for another address; return the letter to it, and the notice to the old."""
    answer = client.put(ME, {"email": address})
    assert answer.status_code == 200, answer.json()
    letters = {letter["To"]: letter for letter in delivered(mail_on)}
    return letters.pop(address), *letters.values()


def test_an_address_changes_once_it_is_proven(as_alice, alice, anonymous, mail_on):
    User.objects.update(email_verified_at=timezone.now())
    answer = as_alice.patch(ME, {"email": "new@focusguard.com", "timezone": "UTC"})
    assert answer.json()["email"] == "alice@focusguard.com"
    assert answer.json()["pending_email"] == "new@focusguard.com"
    letter, notice = sorted(delivered(mail_on), key=lambda each: each["To"])[::-1]
    assert (letter["To"], notice["To"]) == ("new@focusguard.com", alice.email)
    assert "#" not in text_of(notice)
    assert as_alice.get(ME).json()["email_verified"] is True
    answer = confirm(anonymous, token_in(letter))
    assert answer.json() == {"email": "new@focusguard.com", "email_verified": True}
    me = as_alice.get(ME).json()
    assert (me["email"], me["pending_email"]) == ("new@focusguard.com", None)
    (told,) = delivered(mail_on)
    assert told["To"] == "alice@focusguard.com"
    assert kinds() == ["email_change_asked", "email_changed"]


def test_a_change_is_overtaken_by_a_newer_one(as_alice, anonymous, mail_on):
    first, _ = asked_for_change(as_alice, mail_on, "one@focusguard.com")
    second, _ = asked_for_change(as_alice, mail_on, "two@focusguard.com")
    assert refusal(confirm(anonymous, token_in(first))) == (400, "LINK_INVALID")
    assert confirm(anonymous, token_in(second)).status_code == 200
    assert refusal(confirm(anonymous, token_in(first))) == (400, "LINK_INVALID")


def overtakings(user, client):
    """Return the acts that make a change stale while its link is out, by their name."""
    return {
        "withdrawn": lambda: client.delete(PENDING),
        "password": lambda: services.set_password(user=user, new_password="another 77"),
        "hash": lambda: User.objects.filter(pk=user.pk).update(password="x"),
        "deactivated": lambda: services.deactivate_user(user=user),
        "deleted": lambda: services.delete_account(user=user),
        "by staff": lambda: services.update_profile(
            user=user, changes={"email": "staff@focusguard.com"}, by=user
        ),
        "by SQL": lambda: User.objects.filter(pk=user.pk).update(
            email="sql@focusguard.com"
        ),
    }


@pytest.mark.parametrize(
    "why",
    ["withdrawn", "password", "hash", "deactivated", "deleted", "by staff", "by SQL"],
)
def test_a_change_is_overtaken(as_alice, alice, anonymous, mail_on, why):
    letter, _ = asked_for_change(as_alice, mail_on)
    overtakings(alice, as_alice)[why]()
    services_reactivate(alice)
    assert refusal(confirm(anonymous, token_in(letter))) == (400, "LINK_INVALID")
    assert not User.objects.filter(email="new@focusguard.com").exists()


def services_reactivate(user):
    """Open the account again: a change that was ended stays so."""
    User.objects.filter(pk=user.pk).update(is_active=True)


def test_a_letter_that_was_overtaken_while_it_waited_is_not_sent(as_alice, mail_on):
    as_alice.put(ME, {"email": "new@focusguard.com"})
    for _ in range(2):
        assert as_alice.delete(PENDING).status_code == 204
    assert {letter["To"] for letter in delivered(mail_on)} == {"alice@focusguard.com"}


def test_an_address_of_somebody_else_is_told_at_once(as_alice, bob, mail_on):
    body = {"email": bob.email, "username": bob.username}
    answer = as_alice.put(ME, body)
    assert refusal(answer) == (409, "EMAIL_TAKEN")
    assert answer.json()["detail"]["errors"].keys() == {"email", "username"}
    assert not OutboxMail.objects.exists()


def test_a_change_to_an_address_that_was_taken_meanwhile(
    as_alice, as_bob, anonymous, mail_on
):
    ours, _ = asked_for_change(as_alice, mail_on)
    theirs, _ = asked_for_change(as_bob, mail_on)
    assert confirm(anonymous, token_in(theirs)).status_code == 200
    answer = confirm(anonymous, token_in(ours))
    assert refusal(answer) == (409, "EMAIL_TAKEN")
    # Whose it is now is mailed nothing for Alice.
    assert refusal(as_alice.post(SEND)) == (409, "EMAIL_TAKEN")
    assert {letter["To"] for letter in delivered(mail_on)} == {"bob@focusguard.com"}
    assert as_alice.get(ME).json()["email"] == "alice@focusguard.com"


def test_another_spelling_of_an_address_needs_no_proof(as_alice, mail_on):
    User.objects.update(email_verified_at=timezone.now())
    answer = as_alice.put(ME, {"email": "Alice@FOCUSGUARD.com"}).json()
    assert answer["email"] == "Alice@focusguard.com"
    assert (answer["email_verified"], answer["pending_email"]) == (True, None)
    assert not OutboxMail.objects.exists()


def test_the_present_address_leaves_a_pending_one(as_alice, mail_on):
    """A form sends all its fields, the address among them, when a zone is changed."""
    as_alice.put(ME, {"email": "new@focusguard.com"})
    body = {"email": "alice@focusguard.com", "timezone": "Asia/Tokyo"}
    assert as_alice.put(ME, body).json()["pending_email"] == "new@focusguard.com"


def test_the_pending_address_is_what_is_sent_to_again(as_alice, anonymous, mail_on):
    first, _ = asked_for_change(as_alice, mail_on)
    as_alice.post(SEND)
    (again,) = delivered(mail_on)
    assert again["To"] == "new@focusguard.com"
    assert refusal(confirm(anonymous, token_in(first))) == (400, "LINK_INVALID")
    assert confirm(anonymous, token_in(again)).status_code == 200


def test_letters_to_an_address_that_a_user_types_are_counted(
    as_alice, as_bob, mail_on, settings
):
    settings.RATE_LIMIT_ENABLED = True
    body = {"email": "victim@focusguard.com"}
    for client in (as_alice, as_bob, as_alice):
        assert client.put(ME, body).status_code == 200
    refused = as_bob.put(ME, body | {"timezone": "Asia/Tokyo"})
    assert refusal(refused) == (429, "MAIL_RATE_LIMITED")
    assert as_bob.get(ME).json()["timezone"] == "UTC"


@pytest.mark.parametrize("route", ["again", "change", "forgot"])
def test_what_failed_while_the_database_was_away_is_not_counted(
    as_alice, mail_on, settings, monkeypatch, route
):
    """A client that tries again as `Retry-After` says is not locked out when it is back."""
    settings.RATE_LIMIT_ENABLED = True
    as_alice.raise_request_exception = False
    ask = {
        "again": lambda: as_alice.post(SEND),
        "change": lambda: as_alice.put(ME, {"email": "new@focusguard.com"}),
        "forgot": lambda: as_alice.post(
            "/api/auth/password/forgot", {"email": "alice@focusguard.com"}
        ),
    }[route]

    def away(**mail):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patched:
        patched.setattr(mail_services, "queue", away)
        for _ in range(FOR_USER):
            assert refusal(ask()) == (503, "SERVICE_UNAVAILABLE")
    assert ask().status_code in (200, 202)


@pytest.mark.parametrize(
    "address",
    ["a@localhost", '"a@evil.example,"@focusguard.com', "a@b.com\r\nBcc: c@d.com"],
)
@pytest.mark.parametrize("route", ["register", "profile", "forgot"])
def test_an_address_that_breaks_mail_is_refused(
    anonymous, as_alice, mail_on, address, route
):
    answer = {
        "register": lambda: anonymous.post(
            "/api/auth/register", CAROL | {"email": address}
        ),
        "profile": lambda: as_alice.put(ME, {"email": address}),
        "forgot": lambda: anonymous.post(
            "/api/auth/password/forgot", {"email": address}
        ),
    }[route]()
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["detail"]["errors"].keys() == {"email"}
    assert not OutboxMail.objects.exists()


def test_staff_give_an_address_that_has_yet_to_be_proven(alice, ada, mail_on):
    User.objects.update(email_verified_at=timezone.now())
    services.update_profile(user=alice, changes={"email": "new@focusguard.com"}, by=ada)
    alice.refresh_from_db()
    assert (alice.email, alice.email_verified) == ("new@focusguard.com", False)
    told = {letter["To"]: letter for letter in delivered(mail_on)}
    assert told.keys() == {"new@focusguard.com", "alice@focusguard.com"}
    assert link_in(told["new@focusguard.com"])[0] == "verify"


def test_another_address_by_any_way_is_unproven(alice):
    User.objects.update(
        email_verified_at=timezone.now(), pending_email="new@focusguard.com"
    )
    User.objects.filter(pk=alice.pk).update(email="sql@focusguard.com")
    alice.refresh_from_db()
    assert (alice.email_verified_at, alice.pending_email) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"pending_email": "no mailbox"},
        {"awaits_verification": True, "email_verified_at": timezone.now()},
    ],
)
def test_the_database_refuses_what_cannot_be(alice, fields):
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=alice.pk).update(**fields)


@pytest.mark.parametrize(("kind", "old"), [("change", ""), ("verify", "a@b.com")])
def test_the_database_knows_which_links_replace_an_address(alice, kind, old):
    with pytest.raises(IntegrityError):
        MailLinkFactory(user=alice, kind=kind, from_address=old)


def test_a_link_lives_a_day(as_alice, anonymous, mail_on, time_machine):
    as_alice.post(SEND)
    (letter,) = delivered(mail_on)
    time_machine.move_to(timezone.now() + timedelta(hours=24, minutes=1))
    assert refusal(confirm(anonymous, token_in(letter))) == (400, "LINK_INVALID")


def test_registration_statements(anonymous, settings, mail_on):
    def register(number):
        body = CAROL | {
            "username": f"c{number}xx",
            "email": f"c{number}@focusguard.com",
        }
        return anonymous.post("/api/auth/register", body)

    # Three savepoints' two each; the user, their mail, the device, the event.
    with statements(8):
        register(1)
    settings.EMAIL_URL = ""
    with statements(7):
        register(2)


def test_confirmation_statements(anonymous, alice, mail_on):
    token = token_of(MailLinkFactory(user=alice))
    # The link with its user; savepoint; lock, guard, address, event; release.
    with statements(7):
        assert confirm(anonymous, token).status_code == 200
