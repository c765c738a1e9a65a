import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD
from accounts.tests.staff import superuser

pytestmark = pytest.mark.django_db

LOGIN = reverse("admin:login")
INDEX = reverse("admin:index")
WRONG = "not it at all"
REFUSAL = "Enter the correct username and password of a staff account."


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.RATE_LIMIT_ENABLED = True


def sign_in(client, username, password=WRONG, address="203.0.113.7"):
    data = {"username": username, "password": password, "next": INDEX}
    return client.post(LOGIN, data, REMOTE_ADDR=address)


def errors(response):
    return response.context["form"].non_field_errors()


@pytest.mark.parametrize("identifier", ["ada_admin", "ADA_admin", "Ada@focusguard.com"])
def test_staff_signs_in_by_username_or_email(client, ada, identifier):
    answer = sign_in(client, identifier, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, INDEX)


@pytest.mark.row("A27")
def test_every_bad_attempt_gets_the_same_answer_and_costs_one_hash(
    client, ada, alice, hashes
):
    closed = superuser(username="closed_staff", is_active=False)
    hashes.clear()
    attempts = [
        ("ada_admin", WRONG),
        ("nobody_here", WRONG),
        ("nobody@focusguard.com", WRONG),
        (closed.username, PASSWORD),
        # Right, but not of the staff.
        (alice.username, PASSWORD),
    ]
    for number, attempt in enumerate(attempts, start=1):
        answer = sign_in(client, *attempt)
        assert answer.status_code == 200
        assert errors(answer) == [REFUSAL]
        assert len(hashes) == number
    assert "_auth_user_id" not in client.session


@pytest.mark.row("A27")
def test_sixth_attempt_on_an_account_is_refused_unhashed(client, ada, hashes):
    for _ in range(5):
        assert sign_in(client, "ada_admin").status_code == 200
    hashes.clear()
    refused = sign_in(client, "ada_admin", PASSWORD)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 900
    assert errors(refused) == ["Too many failed attempts; try again later."]
    assert hashes == []
    assert "_auth_user_id" not in client.session


def test_unknown_account_is_limited_just_like_a_known_one(client, ada):
    def statuses(username):
        return [sign_in(client, username).status_code for _ in range(6)]

    assert statuses("ada_admin") == statuses("nobody_here") == [200] * 5 + [429]


def test_username_and_email_of_an_account_share_one_limit_without_a_word(
    client, ada, hashes
):
    """A refusal that named the account would say whose e-mail address it is."""
    for _ in range(5):
        sign_in(client, "ada_admin")
    hashes.clear()
    for email in ("ada@focusguard.com", "bob@focusguard.com"):
        answer = sign_in(client, email, PASSWORD)
        assert (answer.status_code, errors(answer)) == (200, [REFUSAL])
    assert len(hashes) == 2
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "ADA_admin", PASSWORD).status_code == 429
    answer = sign_in(client, "ada@focusguard.com", PASSWORD, address="203.0.113.8")
    assert answer.status_code == 302


def test_limit_of_an_account_holds_for_one_address_alone(client, ada):
    for _ in range(6):
        sign_in(client, "ada_admin")
    answer = sign_in(client, "ada_admin", PASSWORD, address="203.0.113.8")
    assert answer.status_code == 302


def test_address_is_refused_after_fifty_failures(client, ada):
    for number in range(50):
        assert sign_in(client, f"guess_{number}").status_code == 200
    assert sign_in(client, "ada_admin", PASSWORD).status_code == 429


def test_success_takes_nothing_from_the_limit(client, ada):
    for _ in range(8):
        assert sign_in(client, "ada_admin", PASSWORD).status_code == 302


def test_form_that_checks_no_password_takes_nothing_from_the_limit(client, ada, hashes):
    for username, password in (
        ("ada_admin", ""),
        ("", WRONG),
        ("a" * 255, WRONG),
        ("ada_admin", "x" * 129),
        ("ada_admin\0", WRONG),
    ):
        for _ in range(6):
            assert sign_in(client, username, password).status_code == 200
    assert hashes == []
    assert sign_in(client, "ada_admin", PASSWORD).status_code == 302


@pytest.mark.row("A27")
def test_api_and_admin_share_one_limit(client, ada):
    for _ in range(3):
        sign_in(client, "ada_admin")
    for _ in range(2):
        answer = client.post(
            "/api/auth/login",
            {"username": "ada_admin", "password": WRONG},
            content_type="application/json",
            REMOTE_ADDR="203.0.113.7",
        )
        assert answer.status_code == 401
    assert sign_in(client, "ada_admin", PASSWORD).status_code == 429


def test_address_of_ipv6_counts_as_its_network(client, ada):
    for host in range(6):
        answer = sign_in(client, "ada_admin", address=f"2001:db8::{host + 1}")
    assert answer.status_code == 429


def test_limit_can_be_turned_off(client, ada, settings):
    settings.RATE_LIMIT_ENABLED = False
    for _ in range(7):
        assert sign_in(client, "ada_admin").status_code == 200


def test_signing_in_writes_nothing_to_the_user(client, ada):
    before = User.objects.filter(pk=ada.pk).values().get()
    sign_in(client, "ada_admin", PASSWORD)
    assert User.objects.filter(pk=ada.pk).values().get() == before
