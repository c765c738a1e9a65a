"""A provider that lies, and answers that were made up on the way."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from identity.models import AuthFlow, LinkedIdentity
from identity.tests.factories import LinkedIdentityFactory
from tests.harness.answers import refusal
from tests.live.providers.browser import Browser, query_of

pytestmark = pytest.mark.slow

FINISH = "/api/auth/oauth/finish"
INVALID = "/sign-in?error=OAUTH_FLOW_INVALID"
REFUSED = "/sign-in?error=OAUTH_REFUSED"

LIES = {
    "aud of another": {"claims": {"aud": "other"}},
    "aud list without azp": {"claims": {"aud": ["focusguard", "other"]}},
    "azp ours, aud other": {"claims": {"aud": "other", "azp": "focusguard"}},
    "azp other": {"claims": {"azp": "other"}},
    "no aud": {"claims": {"aud": None}},
    "no nonce": {"claims": {"nonce": None}},
    "another nonce": {"claims": {"nonce": "other"}},
    "iss of another": {"claims": {"iss": "https://accounts.google.com"}},
    "no iss": {"claims": {"iss": None}},
    "alg none": {"signed_by": "nobody"},
    "HS256 by the secret": {"signed_by": "secret"},
    "another key of that name": {"signed_by": "other"},
    "unknown kid": {"header": {"kid": "unknown"}},
    "iat tomorrow": {"claims": {"iat": "86400"}},
    "iat yesterday": {"claims": {"iat": "-86400"}},
    "exp 61 s ago": {"claims": {"exp": "-61"}},
    "no exp": {"claims": {"exp": None}},
    "sub is a number": {"claims": {"sub": 1}},
    "sub is empty": {"claims": {"sub": ""}},
    "sub of 5 kB": {"claims": {"sub": "x" * 5000}},
    "no sub": {"claims": {"sub": None}},
    "userinfo of another": {
        "claims": {"email": None},
        "userinfo": {"sub": "alice", "email": "alice@focusguard.com"},
    },
    "userinfo of nobody": {"claims": {"email": None}, "userinfo": {}},
    "userinfo is a list": {"claims": {"email": None}, "userinfo": []},
}


@pytest.mark.row("ID22")
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_signs_nobody_in(browser, liar, alice, lie):
    """Caught: Authlib's `parse_id_token` as it comes (aud, azp, nonce, iat), a reader that
    takes the algorithm of the head, and userinfo that is not compared."""
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="alice")
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    liar.say(lie)
    assert browser.sign_in("lying") == REFUSED
    assert "refresh_token" not in browser.cookies
    assert not AuthSession.objects.exists()
    assert LinkedIdentity.objects.count() == 2
    assert User.objects.count() == 1
    # And the truth signs in after it, by the same worker and the same keys.
    liar.say({})
    assert browser.sign_in("lying") == "/"


@pytest.mark.row("ID22")
def test_a_nonce_of_another_flow_signs_nobody_in(browser, liar, stack):
    """Caught: a nonce that is sent and not compared."""
    liar.say({"pkce": False})
    first = browser.sent_back(browser.start("lying"))
    other = Browser(stack)
    second = other.sent_back(other.start("lying"))
    mixed = second.replace(query_of(second)["code"], query_of(first)["code"])
    assert other.come_back(mixed) == REFUSED


UNVERIFIED = [None, "true", "false", 1, 0, False, [], {}]


@pytest.mark.row("ID23")
@pytest.mark.parametrize("said", UNVERIFIED, ids=repr)
def test_an_address_that_is_not_verified_opens_no_account(browser, liar, said):
    """Caught: `if claims["email_verified"]`, which takes the text "false"."""
    liar.say({"claims": {"email_verified": said}})
    assert browser.sign_in("lying") == "/sign-in?error=OAUTH_EMAIL_UNVERIFIED"
    assert not AuthFlow.objects.filter(kind="oauth_finish").exists()


@pytest.mark.row("ID23")
@pytest.mark.parametrize("said", [True, *UNVERIFIED], ids=repr)
def test_an_address_that_has_an_account_signs_nobody_in(browser, liar, alice, said):
    """Caught: an account that is found by the address (nOAuth)."""
    for spelling in (alice.email, alice.email.upper(), "alice@FocusGuard.com"):
        liar.say({"claims": {"email": spelling, "email_verified": said}})
        page = browser.sign_in("lying")
        assert page == "/sign-in?error=OAUTH_ACCOUNT_EXISTS"
    assert not LinkedIdentity.objects.exists()
    assert not AuthSession.objects.exists()


@pytest.mark.row("ID24")
def test_who_swap_their_addresses_there_land_in_their_own_accounts(
    browser, liar, alice, bob
):
    """Caught: a key of which the address is a part."""
    people = {"a": (alice, bob.email), "b": (bob, alice.email)}
    for subject, (user, _) in people.items():
        LinkedIdentityFactory(
            user=user, issuer=liar.url, subject=subject, email=user.email
        )
    for subject, (user, address) in people.items():
        liar.say({"claims": {"sub": subject, "email": address}})
        assert browser.sign_in("lying") == "/"
        assert browser.refreshed()["user"]["id"] == str(user.pk)
        assert LinkedIdentity.objects.get(subject=subject).email == address


@pytest.mark.row("ID21")
def test_a_state_is_ours_whole_and_of_this_provider(browser, liar, stack):
    """Caught: a state that is looked up and not verified, and one for all providers."""
    back = browser.sent_back(browser.start("lying"))
    state = query_of(back)["state"]
    path = "/api/auth/oauth/lying/callback?code=x&state="
    made_up = [
        *("", "%00", "x" * 8000, state[:-1], f"{state}A", state.swapcase()),
        f"{state[:20]}{'B' if state[20] == 'A' else 'A'}{state[21:]}",
        f"{state[:-1]}{'B' if state[-1] == 'A' else 'A'}",
        uuid.uuid4().hex,
        "..%2F..%2F",
    ]
    for junk in made_up:
        answer = stack.send(browser.request("GET", f"{path}{junk}"))
        if answer.status_code == 414:
            continue
        assert answer.headers["Location"].endswith(INVALID), junk
    assert browser.come_back(path.removesuffix("&state=")) == INVALID
    assert browser.come_back(back.replace("/lying/", "/panva/")) == INVALID
    # The flow goes on after all of that.
    assert browser.come_back(back) == "/sign-up?step=finish"


@pytest.mark.row("ID21")
def test_a_flow_that_is_eleven_minutes_old_is_over(browser, liar):
    back = browser.sent_back(browser.start("lying"))
    AuthFlow.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert browser.come_back(back) == INVALID


@pytest.mark.row("ID21")
def test_who_calls_it_off_is_told_so_and_the_flow_is_over(browser, liar):
    for error, told in (
        ("access_denied", "OAUTH_CANCELLED"),
        ("server_error", "OAUTH_REFUSED"),
        ("<script>", "OAUTH_REFUSED"),
    ):
        back = browser.sent_back(browser.start("lying"))
        state = query_of(back)["state"]
        path = f"/api/auth/oauth/lying/callback?error={error}&state={state}"
        assert browser.come_back(path) == f"/sign-in?error={told}"
        assert browser.come_back(back) == INVALID
    assert "token" not in liar.asked()


@pytest.mark.row("ID21")
def test_an_answer_that_says_another_issuer_is_refused(browser, liar, stack):
    """RFC 9207: the code of one provider at the callback of another."""
    back = browser.sent_back(browser.start("lying"))
    assert browser.come_back(f"{back}&iss=https://accounts.google.com") == REFUSED
    own = Browser(stack)
    back = own.sent_back_by_panva(own.start("panva"), account="alice")
    without, _, _ = back.partition("&iss=")
    assert own.come_back(without) == REFUSED


@pytest.mark.row("ID20")
def test_what_came_back_is_good_in_the_browser_that_began(browser, liar, stack, alice):
    """Caught: a state that any browser may bring (login CSRF): mallory sends her code,
    and alice is signed in to mallory's account."""
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    back = browser.sent_back(browser.start("lying"))
    empty, other = Browser(stack), Browser(stack)
    other.start("lying")
    twice = Browser(stack)
    twice.cookies = {"oauth_flow": f"{next(iter(other.cookies.values()))}x"}
    for stranger in (empty, other, twice):
        assert stranger.come_back(back) == INVALID
        assert "refresh_token" not in stranger.cookies
    assert browser.come_back(back) == "/"
    assert "oauth_flow" not in browser.cookies
    assert browser.come_back(back) == INVALID
    assert AuthSession.objects.count() == 1


def began_to_link(browser, user):
    token = open_device(user=user).access_token
    return token, browser.sent_back(browser.start("lying", token))


@pytest.mark.row("ID25")
def test_nothing_is_linked_for_who_did_not_begin(browser, liar, stack, alice, bob):
    """Caught: a link that is finished by whoever has the URL, or by whoever is signed
    in. Mallory begins and alice comes back; alice begins and mallory comes back; alice
    begins, and it is finished as bob."""
    theirs = Browser(stack)
    for began, other in ((browser, theirs), (theirs, browser)):
        _, back = began_to_link(began, alice)
        assert other.come_back(back) == INVALID
    token, back = began_to_link(browser, alice)
    assert browser.come_back(back) == "/you?step=link"
    as_bob = open_device(user=bob).access_token
    assert refusal(browser.ask("POST", FINISH, {}, as_bob)) == (401, "FLOW_INVALID")
    assert browser.ask("POST", FINISH, {}).status_code == 401
    assert refusal(theirs.ask("POST", FINISH, {}, token)) == (401, "FLOW_INVALID")
    assert not LinkedIdentity.objects.exists()
    assert browser.ask("POST", FINISH, {}, token).status_code == 201


@pytest.mark.row("ID25")
def test_a_flow_to_link_signs_nobody_in_and_one_to_sign_in_links_nothing(
    browser, liar, alice
):
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    _, back = began_to_link(browser, alice)
    assert browser.come_back(back) == "/you?step=link"
    assert "refresh_token" not in browser.cookies
    assert AuthSession.objects.count() == 1


@pytest.mark.row("ID25")
def test_what_went_wrong_while_linking_is_told_where_it_began(browser, liar, alice):
    _, back = began_to_link(browser, alice)
    liar.say({"signed_by": "other"})
    assert browser.come_back(back) == "/you?error=OAUTH_REFUSED"


@pytest.mark.row("ID25")
def test_a_flow_to_link_is_over_with_the_password_of_before(browser, liar, alice):
    _, back = began_to_link(browser, alice)
    assert browser.come_back(back) == "/you?step=link"
    alice.set_password("another long phrase 7")
    alice.save()
    fresh = open_device(user=alice).access_token
    answer = browser.ask("POST", FINISH, {}, fresh)
    assert refusal(answer) == (401, "FLOW_INVALID")
