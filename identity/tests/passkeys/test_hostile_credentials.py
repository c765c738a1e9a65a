"""Ten thousand credentials that no browser makes: each is refused, and none is a fault."""

import copy
import random
from datetime import timedelta

import cbor2
import pytest
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from identity.flows import services as flows
from identity.models import Passkey
from identity.passkeys import services
from identity.tests.authenticator import ORIGIN, SoftPasskey, passkey_of
from tests.harness.answers import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OF_EACH = 5_000
SEED = 20261126
ODD = [
    *(None, True, False, 0, -1, 1.5, 2**53, "", "A", "é", "\u0000", "=", "🌱" * 9),
    *([], {}, [[]], {"a": {}}, "A" * 9000, "AAAA", "!" * 40),
]
# What CBOR can say, and a key or an attestation must not be.
ODD_CBOR = [
    *(None, True, 0, -1, 1.5, 2**70, b"", b"x", "", "none", [], {}, [1], {1: 2}),
    *(cbor2.undefined, cbor2.CBORTag(5, 1), {1: 2, 3: -7}, {1: 3, 3: -257, -1: b"n"}),
]


@pytest.fixture(autouse=True)
def on(settings):
    settings.DASHBOARD_URL = ORIGIN
    settings.RATE_LIMIT_PER_MINUTE = 1_000_000


def begun(kind, user=None):
    challenge = services.new_challenge()
    flow = flows.issue(kind, user=user, lives=timedelta(hours=1), challenge=challenge)
    return flow, {"challenge": bytes_to_base64url(challenge)}


def spoiled(rng, credential):
    """Return a credential that is wrong somewhere: a byte, a type, a part that lacks."""
    credential = copy.deepcopy(credential)
    response = credential["response"]
    parts = [name for name in response if name not in ("transports", "userHandle")]
    name = rng.choice(parts)
    match rng.randrange(5):
        case 0:
            raw = bytearray(base64url_to_bytes(response[name]))
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
            response[name] = bytes_to_base64url(bytes(raw))
        case 1:
            raw = base64url_to_bytes(response[name])
            cut = rng.randrange(len(raw))
            response[name] = bytes_to_base64url(raw[:cut] + rng.randbytes(cut % 40))
        case 2:
            response[name] = rng.choice(ODD)
        case 3:
            where = rng.choice([credential, response])
            where[rng.choice([*credential, *parts, "userHandle"])] = rng.choice(ODD)
        case 4:
            gone = rng.choice(["id", "rawId", "type", "response", *parts])
            (response if gone in response else credential).pop(gone, None)
    return credential


def odd_attestation(rng, passkey, options):
    """Return what is well formed as CBOR, and is no attestation or no key."""
    if rng.random() < 0.5:
        key = cbor2.loads(passkey.public_key)
        key[rng.choice([1, 3, -1, -2, -3])] = rng.choice(ODD_CBOR)
        wrong = rng.choice([key, rng.choice(ODD_CBOR)])
        return passkey.create(options, public_key=cbor2.dumps(wrong))
    credential = passkey.create(options)
    raw = base64url_to_bytes(credential["response"]["attestationObject"])
    attestation = cbor2.loads(raw)
    attestation[rng.choice(["fmt", "attStmt", "authData"])] = rng.choice(ODD_CBOR)
    credential["response"]["attestationObject"] = bytes_to_base64url(
        cbor2.dumps(attestation)
    )
    return credential


def test_none_of_five_thousand_opens_a_device(anonymous, alice):
    rng = random.Random(SEED)
    phone = passkey_of(alice)
    for number in range(OF_EACH):
        flow, options = begun(flows.Kind.PASSKEY_SIGN_IN)
        credential = spoiled(rng, phone.get(options))
        body = {"flow_token": flows.token_of(flow), "credential": credential}
        answer = anonymous.post("/api/auth/passkey", body)
        taken = answer.status_code == 200
        # A part that says nothing, as an authenticator's attachment, may be anything.
        assert not taken or is_as_signed(credential, phone, options), (number, body)
        if not taken:
            assert refusal(answer)[0] in (401, 422), (number, body)


def is_as_signed(credential, phone, options):
    """Tell whether all that is judged is what the passkey would say."""
    right = phone.get(options)
    del credential["response"]["signature"], right["response"]["signature"]
    judged = ("id", "rawId", "type")
    return [credential[name] for name in judged] == [
        right[name] for name in judged
    ] and all(
        base64url_to_bytes(credential["response"][name])
        == base64url_to_bytes(right["response"][name])
        for name in ("clientDataJSON", "authenticatorData", "userHandle")
    )


def test_none_of_five_thousand_is_added_that_nobody_could_sign_by(as_alice, alice):
    rng = random.Random(SEED)
    for number in range(OF_EACH):
        phone = SoftPasskey()
        flow, options = begun(flows.Kind.PASSKEY_ADD, alice)
        options["user"] = {"id": bytes_to_base64url(alice.pk.bytes)}
        if rng.random() < 0.5:
            credential = odd_attestation(rng, phone, options)
        else:
            credential = spoiled(rng, phone.create(options))
        body = {
            "flow_token": flows.token_of(flow),
            "credential": credential,
            "name": "A phone",
        }
        answer = as_alice.post("/api/auth/passkeys", body)
        if answer.status_code == 201:
            # Without an attestation its id and its counter are what it says they are.
            Passkey.objects.filter(pk=answer.json()["id"]).delete()
        else:
            assert refusal(answer)[0] in (401, 422), (number, body)
