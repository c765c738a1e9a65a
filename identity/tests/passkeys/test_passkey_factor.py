"""A passkey in the place of a code: at the second step of a sign-in, and as a proof."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from webauthn.helpers import bytes_to_base64url

from accounts.models import AuthSession, User
from accounts.tests.factories import PASSWORD
from identity.models import Passkey
from identity.tests.authenticator import ORIGIN, SYNCED, VERIFIED, passkey_of
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

REFUSED = (401, "CREDENTIAL_REFUSED")


@pytest.fixture(autouse=True)
def on(settings):
    settings.DASHBOARD_URL = ORIGIN


@pytest.fixture
def phone(alice):
    User.objects.filter(pk=alice.pk).update(second_factor=True)
    return passkey_of(alice)


def first_step(client, username="alice_focus"):
    body = {"username": username, "password": PASSWORD}
    answer = client.post("/api/auth/login", body)
    assert answer.status_code == 202
    return answer.json()


def asked(client, step):
    body = {"flow_token": step["flow_token"]}
    answer = client.post("/api/auth/second-factor/options", body)
    assert answer.status_code == 200
    return answer.json()["public_key"]


def second_step(client, step, credential):
    body = {"flow_token": step["flow_token"], "credential": credential}
    return client.post("/api/auth/second-factor", body)


def prove(client, begun, credential):
    body = {"flow_token": begun["flow_token"], "credential": credential}
    return client.post("/api/auth/proof", body)


def events(user):
    return [one.kind for one in user.security_events.order_by("at")]


def unproven(client):
    devices = AuthSession.objects.filter(pk=client.signed_in.device.pk)
    devices.update(proved_at=timezone.now() - timedelta(hours=1))


def test_a_passkey_is_the_second_step(anonymous, alice, phone):
    step = first_step(anonymous)
    assert "passkey" in step["methods"]
    options = asked(anonymous, step)
    (allowed,) = options["allowCredentials"]
    assert allowed["id"] == bytes_to_base64url(phone.credential_id)
    answer = second_step(anonymous, step, phone.get(options))
    assert answer.status_code == 200
    assert AuthSession.objects.get().method == "password+pk"
    assert events(alice) == ["signed_in"]
    assert Passkey.objects.get().last_used_at is not None


def test_an_authenticator_that_was_told_what_to_use_may_leave_out_whose(
    anonymous, phone
):
    step = first_step(anonymous)
    credential = phone.get(asked(anonymous, step), user_handle=None)
    assert second_step(anonymous, step, credential).status_code == 200


def test_a_signature_of_the_second_step_is_taken_once(anonymous, phone):
    step = first_step(anonymous)
    credential = phone.get(asked(anonymous, step))
    assert second_step(anonymous, step, credential).status_code == 200
    again = second_step(anonymous, step, credential)
    assert refusal(again) == (401, "FLOW_INVALID")
    other = first_step(anonymous)
    asked(anonymous, other)
    assert refusal(second_step(anonymous, other, credential)) == REFUSED


def test_nothing_was_to_be_signed_before_it_was_asked_for(anonymous, phone):
    """Caught: an empty challenge, which anybody may have had signed."""
    step = first_step(anonymous)
    credential = phone.get({"challenge": ""})
    assert refusal(second_step(anonymous, step, credential)) == REFUSED


def test_what_is_asked_for_anew_ends_what_was_asked_for_before(anonymous, phone):
    step = first_step(anonymous)
    before = phone.get(asked(anonymous, step))
    after = phone.get(asked(anonymous, step))
    assert refusal(second_step(anonymous, step, before)) == REFUSED
    assert second_step(anonymous, step, after).status_code == 200


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://evil.example"},
        {"rp_id": "evil.example"},
        {"flags": SYNCED & ~VERIFIED},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=lambda lie: str(*lie),
)
def test_a_lie_completes_nothing_and_is_written_down(anonymous, alice, phone, lie):
    step = first_step(anonymous)
    credential = phone.get(asked(anonymous, step), **lie)
    assert refusal(second_step(anonymous, step, credential)) == REFUSED
    assert events(alice) == ["second_factor_failed"]
    assert not AuthSession.objects.exists()


def test_somebody_elses_passkey_completes_no_sign_in(anonymous, phone, bob):
    mallorys = passkey_of(bob)
    step = first_step(anonymous)
    options = asked(anonymous, step)
    for handle in (mallorys.user_handle, phone.user_handle, None):
        credential = mallorys.get(options, user_handle=handle)
        assert refusal(second_step(anonymous, step, credential)) == REFUSED


def test_a_copy_is_refused_and_written_down_at_the_second_step_too(anonymous, alice):
    """Caught: the event rolled back with the refusal."""
    User.objects.filter(pk=alice.pk).update(second_factor=True)
    phone = passkey_of(alice, sign_count=5)
    step = first_step(anonymous)
    credential = phone.get(asked(anonymous, step), sign_count=4)
    assert refusal(second_step(anonymous, step, credential)) == REFUSED
    assert events(alice) == ["passkey_cloned", "second_factor_failed"]
    assert Passkey.objects.get().sign_count == 5


def test_a_passkey_is_a_proof(as_alice, phone):
    unproven(as_alice)
    refused = as_alice.post("/api/auth/passkeys/options")
    assert refusal(refused) == (403, "PROOF_REQUIRED")
    begun = as_alice.post("/api/auth/proof/options").json()
    credential = phone.get(begun["public_key"])
    assert prove(as_alice, begun, credential).status_code == 204
    assert as_alice.post("/api/auth/passkeys/options").status_code == 200
    assert refusal(prove(as_alice, begun, credential)) == (401, "FLOW_INVALID")


def test_a_proof_is_of_who_began_it_and_of_nothing_else(
    as_alice, as_bob, anonymous, bob, phone
):
    bobs = passkey_of(bob)
    begun = as_alice.post("/api/auth/proof/options").json()
    theirs = bobs.get(begun["public_key"])
    assert refusal(prove(as_alice, begun, theirs)) == REFUSED
    credential = phone.get(begun["public_key"])
    assert refusal(prove(as_bob, begun, credential)) == (401, "FLOW_INVALID")
    signing_in = anonymous.post("/api/auth/passkey/options").json()
    other = phone.get(signing_in["public_key"])
    assert refusal(prove(as_alice, signing_in, other)) == (401, "FLOW_INVALID")
    sent = {"flow_token": begun["flow_token"], "credential": credential}
    refused = anonymous.post("/api/auth/passkey", sent)
    assert refusal(refused) == (401, "FLOW_INVALID")


def test_without_a_passkey_of_this_host_none_is_offered(
    anonymous, as_alice, phone, settings
):
    settings.DASHBOARD_URL = "https://new.focusguard.test"
    step = first_step(anonymous)
    assert "passkey" not in step["methods"]
    sent = {"flow_token": step["flow_token"]}
    refused = anonymous.post("/api/auth/second-factor/options", sent)
    assert refusal(refused) == REFUSED
    assert refusal(as_alice.post("/api/auth/proof/options")) == REFUSED
    settings.DASHBOARD_URL = ""
    credential = phone.get({"challenge": "x" * 43})
    assert refusal(second_step(anonymous, step, credential)) == REFUSED
