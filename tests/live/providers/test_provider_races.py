"""Callbacks, links and unlinks that many send at once, on two workers."""

from collections import Counter

import pytest

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from accounts.user_lock import lock_user
from identity.models import AuthFlow, LinkedIdentity, Passkey
from identity.tests.factories import LinkedIdentityFactory, PasskeyFactory
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request
from tests.live.providers.browser import Browser, page_of
from tests.live.races.test_account_races import answered_after

pytestmark = pytest.mark.slow

RACERS = 50
FINISH = "/api/auth/oauth/finish"


@pytest.fixture(scope="module")
def valkeyless_stack(start_provided):
    return start_provided(REDIS_URL="")


@pytest.mark.row("ID20")
@pytest.mark.parametrize("kind", ["provided_stack", "valkeyless_stack"])
def test_of_fifty_who_come_back_at_once_one_is_signed_in(
    liar, alice, unharmed, request, kind
):
    """Caught: a flow that is looked at and then marked: all who are in at once go on,
    and as many open a device as may ask the provider."""
    stack = unharmed(request.getfixturevalue(kind))
    browser = Browser(stack)
    LinkedIdentityFactory(user=alice, issuer=liar.url, subject="mallory")
    back = browser.sent_back(browser.start("lying"))
    racer = browser.request("GET", back)
    flow = AuthFlow.objects.get()
    answers = burst(stack, [racer] * RACERS, behind=Dam(flow))
    assert Counter(page_of(answer) for answer in answers) == {
        "/": 1,
        "/sign-in?error=OAUTH_FLOW_INVALID": RACERS - 1,
    }
    assert AuthSession.objects.count() == 1
    assert liar.asked().count("token") == 1


@pytest.mark.row("ID20")
def test_of_fifty_who_sign_up_at_once_one_has_an_account(browser, liar, stack):
    """Caught: the same, and an account for each name."""
    assert browser.sign_in("lying") == "/sign-up?step=finish"
    flow = AuthFlow.objects.get(kind="oauth_finish")
    requests = [
        browser.request("POST", FINISH, {"username": f"racer_{number}"})
        for number in range(RACERS)
    ]
    answers = burst(stack, requests, behind=Dam(flow))
    assert Counter(answer.status_code for answer in answers) == {
        201: 1,
        401: RACERS - 1,
    }
    assert User.objects.count() == LinkedIdentity.objects.count() == 1


@pytest.mark.row("ID25")
def test_one_account_elsewhere_is_linked_by_one_of_two_at_once(liar, stack, alice, bob):
    """Caught: a look at who has it, and then a row."""
    requests = []
    for user in (alice, bob):
        browser = Browser(stack)
        token = open_device(user=user).access_token
        assert browser.sign_in("lying", token) == "/you?step=link"
        requests.append(browser.request("POST", FINISH, {}, token))
    answers = burst(stack, requests, behind=Dam(LinkedIdentity, racers=2))
    told = Counter(
        answer.status_code if answer.status_code == 201 else refusal(answer)
        for answer in answers
    )
    assert told == {201: 1, (409, "IDENTITY_TAKEN"): 1}
    assert LinkedIdentity.objects.count() == 1


@pytest.mark.row("ID26")
@pytest.mark.parametrize("ways", [2, 3])
def test_of_all_ways_in_that_are_taken_away_at_once_one_is_left(
    liar, stack, newcomer, ways
):
    """Caught: ways that are counted before the user's lock: all of them go."""
    user, token = newcomer
    linked = [LinkedIdentityFactory(user=user, issuer=liar.url) for _ in range(ways)]
    requests = [
        Request("DELETE", f"/api/auth/identities/{one.pk}", None, token)
        for one in linked
    ] * (RACERS // ways)
    answers = burst(stack, requests, behind=Dam(user))
    told = Counter(
        answer.status_code if answer.status_code == 204 else refusal(answer)[1]
        for answer in answers
    )
    assert told[204] == ways - 1
    assert told.keys() <= {204, "LAST_WAY_IN", "IDENTITY_NOT_FOUND"}
    assert LinkedIdentity.objects.count() == 1


@pytest.mark.row("ID26")
def test_an_account_and_a_passkey_that_go_at_once_leave_one_way_in(
    liar, stack, newcomer
):
    """Caught: each part that counts its own ways alone."""
    user, token = newcomer
    linked = [LinkedIdentityFactory(user=user, issuer=liar.url) for _ in range(2)]
    passkey = PasskeyFactory(user=user)
    paths = [
        *(f"/api/auth/identities/{one.pk}" for one in linked),
        f"/api/auth/passkeys/{passkey.pk}",
    ]
    requests = [Request("DELETE", path, None, token) for path in paths]
    answers = burst(stack, requests, behind=Dam(user))
    told = Counter(
        answer.status_code if answer.status_code == 204 else refusal(answer)
        for answer in answers
    )
    assert told == {204: 2, (409, "LAST_WAY_IN"): 1}
    left = LinkedIdentity.objects.count() + Passkey.objects.count()
    assert left == 1


@pytest.mark.row("ID26")
def test_who_is_unlinked_while_they_come_back_is_signed_in_no_more(
    browser, liar, stack, newcomer
):
    """Caught: an account elsewhere that is read before the user's lock alone."""
    user, _ = newcomer
    identity = LinkedIdentityFactory(user=user, issuer=liar.url, subject="mallory")
    AuthSession.objects.all().delete()
    request = browser.request("GET", browser.sent_back(browser.start("lying")))

    def unlink():
        lock_user(user.pk)
        LinkedIdentity.objects.filter(pk=identity.pk).delete()

    answer = answered_after(stack, request, unlink)
    assert page_of(answer) == "/sign-in?error=OAUTH_REFUSED"
    assert not AuthSession.objects.exists()
