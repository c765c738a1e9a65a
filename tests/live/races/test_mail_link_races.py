"""Links of mails that many hold at once, and the limit on asking for them."""

from collections import Counter

import pytest

from accounts.by_mail import password_reset
from accounts.by_mail.mail_limits import FOR_TYPED
from accounts.by_mail.mail_links import find_link, token_of
from accounts.devices.one_door import open_device
from accounts.models import AuthSession, MailLink, User
from accounts.tests.factories import PASSWORD, MailLinkFactory
from accounts.tests.post import delivered, link_in
from mail.models import OutboxMail
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request
from tests.live.races.test_account_races import answered_after, login

RACERS = 50


@pytest.fixture(scope="module")
def mailing_stack(start_stack, tmp_path_factory):
    return start_stack(
        EMAIL_URL=f"file://{tmp_path_factory.mktemp('mail')}",
        DASHBOARD_URL="https://app.focusguard.test",
        RATE_LIMIT_PER_MINUTE="1000000",
    )


@pytest.fixture
def stack(mailing_stack, unharmed):
    return unharmed(mailing_stack)


def reset(link, password):
    body = {"token": token_of(link), "new_password": password}
    return Request("POST", "/api/auth/password/reset", body)


def confirm(link):
    return Request("POST", "/api/auth/email/confirm", {"token": token_of(link)})


def forgot(email, **headers):
    body = {"email": email}
    return Request("POST", "/api/auth/password/forgot", body, headers=headers)


def outcomes(answers):
    return Counter(
        (answer.status_code,) if answer.status_code < 400 else refusal(answer)
        for answer in answers
    )


@pytest.mark.row("E01")
def test_a_password_is_reset_by_one_of_fifty_who_hold_a_link(stack, alice, mail_on):
    """Caught: a link that is looked at and then marked (all 16 that are in at
    once set their password)."""
    open_device(user=alice)
    link = MailLinkFactory(user=alice, kind="reset")
    passwords = [f"new long phrase {n:02}" for n in range(RACERS)]
    answers = burst(
        stack, [reset(link, password) for password in passwords], behind=Dam(alice)
    )
    assert outcomes(answers) == {(204,): 1, (400, "LINK_INVALID"): RACERS - 1}
    (won,) = (n for n, answer in enumerate(answers) if answer.status_code == 204)
    assert not AuthSession.objects.live().exists()
    assert [event.kind for event in alice.security_events.order_by("at")] == [
        "email_verified",
        "password_reset",
    ]
    assert len(delivered(mail_on)) == 1
    assert stack.send(login(passwords[won])).status_code == 200
    assert stack.send(login(PASSWORD)).status_code == 401


@pytest.mark.row("E01")
def test_an_address_is_confirmed_by_one_of_fifty_who_hold_a_link(stack, alice):
    """Caught: the same."""
    link = MailLinkFactory(user=alice)
    answers = burst(stack, [confirm(link)] * RACERS, behind=Dam(alice))
    assert outcomes(answers) == {(200,): 1, (400, "LINK_INVALID"): RACERS - 1}
    assert alice.security_events.count() == 1


@pytest.mark.row("E02")
@pytest.mark.parametrize("kind", ["reset", "change"])
def test_a_link_that_was_overtaken_while_it_waited_does_nothing(stack, alice, kind):
    """Caught: a link that is judged before the user's lock alone."""
    old = {"from_address": alice.email} if kind == "change" else {}
    User.objects.filter(pk=alice.pk).update(pending_email="new@focusguard.com")
    address = "new@focusguard.com" if kind == "change" else alice.email
    link = MailLinkFactory(user=alice, kind=kind, address=address, **old)
    winner = MailLinkFactory(user=alice, kind="reset")
    request = confirm(link) if kind == "change" else reset(link, "loser's phrase 7")

    def act():
        found = find_link(token_of(winner), ["reset"])
        password_reset.reset(link=found, new_password="winner's phrase 7")

    answer = answered_after(stack, request, act)
    assert refusal(answer) == (400, "LINK_INVALID")
    assert stack.send(login("winner's phrase 7")).status_code == 200
    assert User.objects.get().email == alice.email


@pytest.mark.row("E02")
def test_a_sign_in_that_was_hashing_while_a_reset_came_opens_no_device(stack, alice):
    """Caught: a sign-in that believes the hash which it has checked."""
    link = MailLinkFactory(user=alice, kind="reset")

    def act():
        found = find_link(token_of(link), ["reset"])
        password_reset.reset(link=found, new_password="another long phrase 7")

    answer = answered_after(stack, login(), act)
    assert refusal(answer) == (401, "INVALID_CREDENTIALS")
    assert not AuthSession.objects.live().exists()


@pytest.mark.row("E05")
@pytest.mark.parametrize("email", ["alice@focusguard.com", "nobody@focusguard.com"])
def test_a_forgotten_password_is_asked_for_three_times_at_once(stack, alice, email):
    """Caught: a count that is read and then raised, and one of each worker."""
    answers = burst(stack, [forgot(email)] * 10)
    refused = (429, "MAIL_RATE_LIMITED")
    assert outcomes(answers) == {(202,): FOR_TYPED, refused: 10 - FOR_TYPED}
    assert OutboxMail.objects.count() == FOR_TYPED


@pytest.mark.row("E05")
def test_no_host_that_a_client_names_is_in_a_link(stack, alice, mail_on):
    """Caught: a link that is built from the request (`request.build_absolute_uri`)."""
    email = "alice@focusguard.com"
    answers = [
        stack.send(forgot(email, **{"X-Forwarded-Host": "evil.example"})),
        stack.send(forgot(email, Forwarded="host=evil.example")),
        stack.send(forgot(email, Host="evil.example")),
    ]
    assert [answer.status_code for answer in answers] == [202, 202, 400]
    letters = delivered(mail_on)
    assert len(letters) == 2
    for letter in letters:
        assert "evil.example" not in letter.as_string()
        assert link_in(letter)[0] == "reset"


@pytest.mark.row("E08")
def test_two_change_to_the_same_address_at_once(stack, alice, bob):
    """Caught: a look at who has the address, and nothing that reads which
    index refused (one is told of a conflict, and not of which)."""
    new = "free@focusguard.com"
    links = [
        MailLinkFactory(user=user, kind="change", address=new, from_address=user.email)
        for user in (alice, bob)
    ]
    User.objects.update(pending_email=new)
    answers = burst(stack, [confirm(link) for link in links], behind=Dam(User))
    assert outcomes(answers) == {(200,): 1, (409, "EMAIL_TAKEN"): 1}
    assert User.objects.filter(email=new, pending_email=None).count() == 1
    assert MailLink.objects.filter(used_at=None).count() == 1
