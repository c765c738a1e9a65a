"""Passkeys that many sign by, add and remove at once."""

from collections import Counter

import pytest
from webauthn.helpers import bytes_to_base64url

from accounts.devices.one_door import open_device
from accounts.models import AuthSession
from identity.flows import services as flows
from identity.models import Passkey
from identity.passkeys import services
from identity.passkeys.exceptions import MAX_PASSKEYS
from identity.passkeys.sign_in import MOST_TRIES
from identity.tests.authenticator import ORIGIN, SoftPasskey, passkey_of
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request
from tests.live.races.test_account_races import answered_after

pytestmark = pytest.mark.slow

RACERS = 50
REFUSED = (401, "CREDENTIAL_REFUSED")


@pytest.fixture(scope="module")
def passkey_stack(start_stack):
    return start_stack(DASHBOARD_URL=ORIGIN, RATE_LIMIT_PER_MINUTE="1000000")


@pytest.fixture
def stack(passkey_stack, unharmed, settings):
    settings.DASHBOARD_URL = ORIGIN
    return unharmed(passkey_stack)


def begun(kind, user=None):
    """Begin a flow; return its token, and what is to be signed in it."""
    challenge = services.new_challenge()
    flow = flows.issue(kind, user=user, lives=services.LIVES, challenge=challenge)
    return flows.token_of(flow), {"challenge": bytes_to_base64url(challenge)}


def signing_in(passkey, **lies):
    token, options = begun(flows.Kind.PASSKEY_SIGN_IN)
    body = {"flow_token": token, "credential": passkey.get(options, **lies)}
    return Request("POST", "/api/auth/passkey", body)


def adding(user, device):
    token, options = begun(flows.Kind.PASSKEY_ADD, user)
    options["user"] = {"id": bytes_to_base64url(user.pk.bytes)}
    credential = SoftPasskey().create(options)
    body = {"flow_token": token, "credential": credential, "name": "A phone"}
    return Request("POST", "/api/auth/passkeys", body, token=device.access_token)


def outcomes(answers):
    return Counter(
        (answer.status_code,) if answer.status_code < 400 else refusal(answer)
        for answer in answers
    )


@pytest.mark.row("ID10")
def test_one_signature_opens_one_device(stack, alice):
    """Caught: a flow that is looked at and then marked (each of the five that its tries
    let in opens one)."""
    phone = passkey_of(alice)
    answers = burst(
        stack, [signing_in(phone)] * RACERS, behind=Dam(alice, racers=MOST_TRIES)
    )
    assert outcomes(answers) == {(200,): 1, (401, "FLOW_INVALID"): RACERS - 1}
    assert AuthSession.objects.get().method == "passkey"


@pytest.mark.row("ID11")
def test_a_passkey_and_its_copies_that_say_the_same_count_open_one_device(stack, alice):
    """Caught: a counter that is read with the key, judged, and written (16 open a
    device)."""
    phone = passkey_of(alice, sign_count=5)
    racers = [signing_in(phone, sign_count=6) for _ in range(RACERS)]
    answers = burst(stack, racers, behind=Dam(alice))
    assert outcomes(answers) == {(200,): 1, REFUSED: RACERS - 1}
    assert Passkey.objects.get().sign_count == 6
    assert AuthSession.objects.count() == 1
    told = Counter(event.kind for event in alice.security_events.all())
    assert told == {"signed_in": 1, "passkey_cloned": RACERS - 1}


@pytest.mark.row("ID12")
def test_ten_passkeys_are_added_by_fifty_at_once(stack, alice):
    """Caught: a count before the user's lock (24 fit in)."""
    device = open_device(user=alice)
    racers = [adding(alice, device) for _ in range(RACERS)]
    answers = burst(stack, racers, behind=Dam(alice))
    refused = (409, "TOO_MANY_PASSKEYS")
    assert outcomes(answers) == {
        (201,): MAX_PASSKEYS,
        refused: RACERS - MAX_PASSKEYS,
    }
    assert Passkey.objects.filter(user=alice).count() == MAX_PASSKEYS


@pytest.mark.row("ID13")
def test_of_the_last_two_passkeys_one_stays(stack, alice):
    """Caught: ways that are counted before the user's lock (both go, and nobody gets
    in any more)."""
    alice.set_unusable_password()
    alice.save(update_fields=["password"])
    device = open_device(user=alice)
    for _ in range(2):
        passkey_of(alice)
    removals = [
        Request("DELETE", f"/api/auth/passkeys/{key}", token=device.access_token)
        for key in Passkey.objects.values_list("pk", flat=True)
    ]
    answers = burst(stack, removals, behind=Dam(alice))
    assert outcomes(answers) == {(204,): 1, (409, "LAST_WAY_IN"): 1}
    assert Passkey.objects.count() == 1


@pytest.mark.row("ID14")
def test_a_passkey_that_was_removed_meanwhile_opens_nothing(stack, alice):
    """Caught: a passkey that is believed as it was read before the user's lock."""
    phone = passkey_of(alice)
    request = signing_in(phone)

    def act():
        services.remove(user=alice, passkey_id=Passkey.objects.get().pk)

    assert refusal(answered_after(stack, request, act)) == REFUSED
    assert not AuthSession.objects.exists()
