"""Signing up, in and linking by real providers, each a process."""

import pytest

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from identity.models import LinkedIdentity
from identity.tests.factories import LinkedIdentityFactory
from identity.tests.phone import KEYS, set_up
from tests.harness.answers import refusal
from tests.live.providers.browser import Browser, query_of

pytestmark = pytest.mark.slow

FINISH = "/api/auth/oauth/finish"


@pytest.mark.row("ID28")
def test_a_newcomer_signs_up_by_a_real_provider_and_comes_back(browser, stack):
    back = browser.sent_back_by_panva(browser.start("panva"), account="alice")
    asked = query_of(back)
    assert asked.keys() == {"code", "state", "iss"}
    assert browser.come_back(back) == "/sign-up?step=finish"
    assert "refresh_token" not in browser.cookies
    assert not User.objects.exists()
    waits = browser.ask("GET", FINISH).json()
    assert waits == {
        "step": "sign_up",
        "provider": "panva",
        "name": "Panva",
        "email": "alice@provider.example",
        "username": "alice",
    }
    body = {"username": "alice", "timezone": "Europe/Berlin"}
    made = browser.ask("POST", FINISH, body)
    assert made.status_code == 201
    assert made.json()["user"]["email_verified"] is True
    user = User.objects.get()
    assert (user.username, user.timezone) == ("alice", "Europe/Berlin")
    assert not user.has_usable_password()
    assert [event.kind for event in user.security_events.order_by("id")] == [
        "registered",
        "identity_linked",
    ]
    assert browser.refreshed()["user"]["username"] == "alice"
    # It was used.
    assert refusal(browser.ask("POST", FINISH, body)) == (401, "FLOW_INVALID")

    again = Browser(stack)
    back = again.sent_back_by_panva(again.start("panva"), account="alice")
    assert again.come_back(back) == "/"
    assert again.refreshed()["user"]["id"] == str(user.pk)
    methods = AuthSession.objects.values_list("method", flat=True)
    assert set(methods) == {"provider"}
    for row in (user, *LinkedIdentity.objects.all()):
        assert asked["code"] not in str(vars(row))


@pytest.mark.row("ID28")
def test_somebody_links_an_account_and_signs_in_by_it(browser, stack, alice):
    token = open_device(user=alice).access_token
    back = browser.sent_back_by_panva(browser.start("panva", token), account="ali")
    assert browser.come_back(back) == "/you?step=link"
    assert not LinkedIdentity.objects.exists()
    assert browser.ask("GET", FINISH).json()["step"] == "link"
    made = browser.ask("POST", FINISH, {}, token)
    assert made.status_code == 201, made.content
    assert made.json()["email"] == "ali@provider.example"
    assert made.headers["Location"].endswith(
        f"/api/auth/identities/{made.json()['id']}"
    )
    another = Browser(stack)
    back = another.sent_back_by_panva(another.start("panva"), account="ali")
    assert another.come_back(back) == "/"
    assert another.refreshed()["user"]["id"] == str(alice.pk)


@pytest.mark.row("ID28")
def test_a_code_of_a_real_provider_is_good_with_its_verifier_alone(browser, stack):
    """Caught: a code that is brought to the flow of another browser."""
    url = browser.start("panva")
    asked = query_of(url)
    assert asked["code_challenge_method"] == "S256"
    other = Browser(stack)
    code = query_of(browser.sent_back_by_panva(url, account="alice"))["code"]
    other_back = other.sent_back_by_panva(other.start("panva"), account="mallory")
    own = query_of(other_back)["code"]
    stolen = other_back.replace(own, code)
    assert other.come_back(stolen) == "/sign-in?error=OAUTH_REFUSED"


@pytest.mark.row("ID28")
def test_a_way_in_by_a_provider_is_one_factor(browser, liar, alice):
    """Caught: a second factor that a provider is let in without."""
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    User.objects.filter(pk=alice.pk).update(second_factor=True)
    assert browser.sign_in("lying") == "/sign-in?step=second-factor"
    assert "refresh_token" not in browser.cookies
    assert not AuthSession.objects.exists()
    assert browser.ask("GET", FINISH).json()["step"] == "second_factor"
    for _ in range(2):
        answer = browser.ask("POST", FINISH, {})
        assert answer.status_code == 202
        assert answer.json().keys() == {"flow_token", "methods", "expires_in"}
    assert not AuthSession.objects.exists()


@pytest.mark.row("ID28")
def test_who_has_a_phone_comes_in_by_a_provider_and_its_code(
    browser, liar, alice, sign_in, settings
):
    """The whole way: there and back, the 202 of the page, and the second step."""
    settings.ENCRYPTION_KEYS = KEYS[:1]
    phone, _ = set_up(sign_in(alice))
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    assert browser.sign_in("lying") == "/sign-in?step=second-factor"
    told = browser.ask("POST", FINISH, {}).json()
    assert told["methods"] == ["totp", "recovery_code"]
    body = {"flow_token": told["flow_token"], "code": phone.code()}
    answer = browser.ask("POST", "/api/auth/second-factor", body)
    assert answer.status_code == 200, answer.content
    assert browser.refreshed()["user"]["id"] == str(alice.pk)
    assert AuthSession.objects.latest("id").method == "provider+totp"
    assert refusal(browser.ask("POST", FINISH, {})) == (401, "FLOW_INVALID")


@pytest.mark.row("ID28")
def test_a_closed_account_is_refused_as_a_stranger_is(browser, liar, alice):
    """Caught: `User.DoesNotExist`, and a 500 in the browser."""
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert browser.sign_in("lying") == "/sign-in?error=OAUTH_REFUSED"


ADDRESSES = [
    {"email": "old@provider.example", "primary": False, "verified": True},
    {"email": "octo@provider.example", "primary": True, "verified": True},
]


def github_says(github, *, number=583231, emails=ADDRESSES):
    user = {"id": number, "login": "octocat", "name": "The Octocat", "email": None}
    github.say({"/user": user, "/user/emails": emails})


@pytest.mark.row("ID29")
def test_somebody_signs_up_and_in_by_github(browser, stack, github):
    github_says(github)
    assert browser.sign_in("github") == "/sign-up?step=finish"
    waits = browser.ask("GET", FINISH).json()
    assert waits["email"] == "octo@provider.example"
    assert waits["username"] == "The_Octocat"
    made = browser.ask("POST", FINISH, {"username": "octo"})
    assert made.status_code == 201
    assert LinkedIdentity.objects.get().subject == "583231"
    # The name was taken over by somebody else, and so was the address.
    github_says(github, number=7)
    assert Browser(stack).sign_in("github") == ("/sign-in?error=OAUTH_ACCOUNT_EXISTS")
    github_says(github)
    assert Browser(stack).sign_in("github") == "/"


@pytest.mark.row("ID29")
@pytest.mark.parametrize(
    "emails",
    [
        [],
        [{"email": "octo@provider.example", "primary": True, "verified": False}],
        [{"email": "octo@provider.example", "primary": False, "verified": True}],
        [{"email": "octo@provider.example", "primary": True, "verified": "true"}],
    ],
)
def test_an_address_of_github_is_the_primary_one_and_verified(browser, github, emails):
    """Caught: the primary address, or a verified one, each by itself."""
    github_says(github, emails=emails)
    assert browser.sign_in("github") == "/sign-in?error=OAUTH_EMAIL_UNVERIFIED"


@pytest.mark.row("ID29")
@pytest.mark.parametrize("number", [None, "583231", True, 0, 1.5])
def test_an_account_of_github_has_a_number(browser, github, number):
    github_says(github, number=number)
    assert browser.sign_in("github") == "/sign-in?error=OAUTH_REFUSED"
