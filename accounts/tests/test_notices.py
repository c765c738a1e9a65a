"""Notices of what happened to an account: when they are sent, to whom, and what they say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import services
from accounts.by_mail.mail_limits import NOTICES_OF_A_KIND
from accounts.by_mail.whereabouts import place_of
from accounts.models import AuthSession
from accounts.tests.factories import PASSWORD
from accounts.tests.post import delivered, statements, text_of
from mail.models import OutboxMail

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36"
EDGE = f"{CHROME} Edg/156.0"
HOME, AWAY = "203.0.113.7", "198.51.100.7"


def log_in(client, agent=FIREFOX, address=HOME):
    body = {"username": "alice_focus", "password": PASSWORD}
    answer = client.post(
        "/api/auth/login", body, HTTP_USER_AGENT=agent, REMOTE_ADDR=address
    )
    assert answer.status_code == 200


@pytest.fixture
def at_home(alice, anonymous, mail_on):
    log_in(anonymous)
    delivered(mail_on)


@pytest.mark.parametrize(
    ("agent", "address", "mails"),
    [
        (FIREFOX, HOME, 0),
        (FIREFOX.replace("140", "141"), "203.0.113.250", 0),
        (CHROME, HOME, 1),
        (FIREFOX, AWAY, 1),
        (FIREFOX, "2001:db8::7", 1),
    ],
)
def test_a_sign_in_from_a_new_place_is_told_once(
    alice, at_home, anonymous, mail_on, agent, address, mails
):
    for expected in (mails, 0):
        log_in(anonymous, agent, address)
        told = delivered(mail_on)
        assert [letter["To"] for letter in told] == [alice.email] * expected


def test_a_notice_says_facts_and_has_no_link_that_opens_anything(
    at_home, anonymous, mail_on, alice
):
    alice.timezone = "Asia/Tokyo"
    alice.save()
    log_in(anonymous, CHROME, AWAY)
    (letter,) = delivered(mail_on)
    text = text_of(letter)
    for fact in ("alice_focus", "Chrome", "198.51.100.0/24", "(Asia/Tokyo)"):
        assert fact in text
    assert "#" not in text
    assert AWAY not in letter.as_string()


def test_a_place_is_forgotten_after_90_days(at_home, anonymous, mail_on):
    AuthSession.objects.update(last_used_at=timezone.now() - timedelta(days=91))
    log_in(anonymous)
    assert len(delivered(mail_on)) == 1


def test_a_registration_is_no_new_place(anonymous, mail_on):
    body = {
        "username": "carol",
        "email": "carol@focusguard.com",
        "password": PASSWORD,
    }
    anonymous.post("/api/auth/register", body)
    assert OutboxMail.objects.get().kind == "verify_address"


def test_a_changed_password_is_told(as_alice, alice, mail_on):
    body = {"current_password": PASSWORD, "new_password": "another long phrase 7"}
    assert as_alice.patch("/api/users/me/password", body).status_code == 204
    (letter,) = delivered(mail_on)
    assert (letter["To"], "changed" in letter["Subject"]) == (alice.email, True)


def test_notices_of_a_kind_are_ten_an_hour(
    alice, at_home, anonymous, mail_on, settings
):
    settings.RATE_LIMIT_ENABLED = True
    for number in range(NOTICES_OF_A_KIND + 2):
        log_in(anonymous, address=f"198.51.{number}.7")
    assert len(delivered(mail_on)) == NOTICES_OF_A_KIND
    services.set_password(user=alice, new_password="another long phrase 7")
    assert len(delivered(mail_on)) == 1


def test_what_fails_is_not_told(as_alice, alice, mail_on):
    body = {"current_password": "not it", "new_password": "another long phrase 7"}
    assert as_alice.patch("/api/users/me/password", body).status_code == 400
    assert not OutboxMail.objects.exists()


def test_sign_in_statements(alice, at_home, anonymous, settings):
    """Without mail none is added; with it the places of late, and seldom a mail."""
    with statements(9):
        log_in(anonymous)
    settings.EMAIL_URL = ""
    with statements(8):
        log_in(anonymous)


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (FIREFOX, "Firefox"),
        (CHROME, "Chrome"),
        (EDGE, "Edge"),
        ("curl/8.5.0", "another program"),
        ("x-1/1", "another program"),
        ("", "another program"),
    ],
)
def test_a_browser_is_of_a_family(agent, family):
    assert place_of(agent, HOME).browser == family


@pytest.mark.parametrize(
    ("address", "network"),
    [
        (HOME, "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (None, "this machine"),
    ],
)
def test_an_address_is_of_a_network(address, network):
    assert place_of(FIREFOX, address).network == network
