"""Ceremonies of passkeys: proofs and forgeries, judged without a database (ADR 61)."""

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

from identity.passkeys import ceremony
from identity.passkeys.ceremony import Known, Made, NotProven, Signed
from identity.passkeys.relying_party import RelyingParty, relying_party
from identity.tests.authenticator import (
    BACKED_UP,
    BACKUP_ELIGIBLE,
    ORIGIN,
    PRESENT,
    SYNCED,
    VERIFIED,
    SoftPasskey,
)

PARTY = RelyingParty("app.focusguard.test", ORIGIN)
CHALLENGE, OTHER = b"c" * 32, b"d" * 32
ALICE, BOB = b"a" * 16, b"b" * 16
# What neither a registration nor a sign-in may say.
LIES = [
    {"challenge": bytes_to_base64url(OTHER)},
    {"origin": "https://app.focusguard.test.evil.example"},
    {"origin": "http://app.focusguard.test"},
    {"origin": "https://app.focusguard.test:8443"},
    {"origin": "https://focusguard.test"},
    {"origin": "null"},
    {"cross_origin": True},
    {"rp_id": "evil.example"},
    {"rp_id": "focusguard.test"},
    {"flags": SYNCED & ~VERIFIED},
    {"flags": SYNCED & ~PRESENT},
    # Backed up, and yet it never can be.
    {"flags": SYNCED & ~BACKUP_ELIGIBLE},
]


@pytest.fixture
def passkey():
    return SoftPasskey()


def to_create(challenge=CHALLENGE, known=()):
    return ceremony.creation_options(
        party=PARTY,
        user_handle=ALICE,
        username="alice_focus",
        challenge=challenge,
        known=known,
    )


def to_sign(challenge=CHALLENGE, allowed=()):
    return ceremony.request_options(party=PARTY, challenge=challenge, allowed=allowed)


def made(credential, challenge=CHALLENGE):
    return ceremony.verify_made(credential, party=PARTY, challenge=challenge)


def signed(passkey, credential, **changes):
    fields = {
        "party": PARTY,
        "challenge": CHALLENGE,
        "public_key": passkey.public_key,
        "user_handle": ALICE,
    }
    return ceremony.verify_signed(credential, **fields | changes)


@pytest.fixture
def alices(passkey):
    """Alice's passkey, which has learned whose it is."""
    made(passkey.create(to_create()))
    return passkey


def test_a_browser_is_asked_for_a_passkey_that_needs_no_name_and_knows_its_person():
    known = Known(b"i" * 16, ["internal", "usb"])
    options = to_create(known=[known])
    assert options["rp"] == {"id": "app.focusguard.test", "name": "FocusGuard"}
    assert options["user"] == {
        "id": bytes_to_base64url(ALICE),
        "name": "alice_focus",
        "displayName": "alice_focus",
    }
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["attestation"] == "none"
    assert options["excludeCredentials"] == [
        {
            "id": bytes_to_base64url(b"i" * 16),
            "type": "public-key",
            "transports": ["internal", "usb"],
        }
    ]


def test_a_browser_is_asked_for_any_passkey_or_for_one_of_some():
    options = to_sign()
    assert options["rpId"] == "app.focusguard.test"
    assert options["userVerification"] == "required"
    assert options["allowCredentials"] == []
    (allowed,) = to_sign(allowed=[Known(b"i" * 16, [])])["allowCredentials"]
    assert allowed["id"] == bytes_to_base64url(b"i" * 16)


def test_what_an_authenticator_made_is_taken_as_it_is(passkey):
    passkey.sign_count = 7
    assert made(passkey.create(to_create())) == Made(
        credential_id=passkey.credential_id,
        public_key=passkey.public_key,
        sign_count=7,
        backed_up=True,
        transports=["hybrid", "internal"],
    )


def test_what_was_signed_is_taken(alices):
    alices.sign_count, alices.flags = 8, SYNCED & ~BACKED_UP
    answer = alices.get(to_sign())
    assert signed(alices, answer) == Signed(sign_count=8, backed_up=False)
    assert ceremony.id_of(answer) == alices.credential_id


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_no_lie_is_believed(passkey, alices, lie):
    with pytest.raises(NotProven):
        made(passkey.create(to_create(), **lie))
    with pytest.raises(NotProven):
        signed(alices, alices.get(to_sign(), **lie))


def test_neither_ceremony_is_taken_for_the_other(alices):
    with pytest.raises(NotProven):
        made(alices.create(to_create(), type="webauthn.get"))
    with pytest.raises(NotProven):
        signed(alices, alices.get(to_sign(), type="webauthn.create"))
    with pytest.raises(NotProven):
        signed(alices, alices.create(to_create()))
    with pytest.raises(NotProven):
        made(alices.get(to_sign()))


def test_another_key_signs_for_nobody(alices):
    stranger = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotProven):
        signed(alices, alices.get(to_sign(), key=stranger))


def test_an_answer_is_of_the_user_whom_it_names(alices):
    with pytest.raises(NotProven):
        signed(alices, alices.get(to_sign(), user_handle=BOB))
    with pytest.raises(NotProven):
        signed(alices, alices.get(to_sign(), user_handle=BOB), may_leave_out_user=True)


def test_an_authenticator_may_leave_out_its_user_where_it_was_told_what_to_use(alices):
    """Caught: a sign-in without a name that takes whose id it is for who it is."""
    nobody = alices.get(to_sign(), user_handle=None)
    assert signed(alices, nobody, may_leave_out_user=True)
    with pytest.raises(NotProven):
        signed(alices, nobody)


@pytest.mark.parametrize("count", [0, 3, 5])
def test_a_counter_says_nothing_before_the_signature_is_right(alices, count):
    """Caught: py_webauthn's own look at the counter, which comes first: whoever knew
    an id could have its passkey called a clone."""
    stranger = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(NotProven, match="signature"):
        signed(alices, alices.get(to_sign(), key=stranger, sign_count=count))


WHOLE = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
UNUSABLE = {
    "no map": cbor2.dumps(5),
    "an empty text": cbor2.dumps(""),
    "an empty list": cbor2.dumps([]),
    "no kind": cbor2.dumps({3: -7}),
    "no curve": cbor2.dumps({1: 2, 3: -7, -2: b"x", -3: b"y"}),
    "a point off its curve": cbor2.dumps(WHOLE),
    "a text for a number": cbor2.dumps(WHOLE | {-2: "x"}),
    "a curve that is none": cbor2.dumps(WHOLE | {-1: 99}),
    "an algorithm that was not offered": cbor2.dumps(WHOLE | {3: -47}),
    "a key of RSA that costs": cbor2.dumps(
        {1: 3, 3: -257, -1: b"\xff" * 1024, -2: b"\x03"}
    ),
    "nothing at all": b"",
}


@pytest.mark.parametrize("key", UNUSABLE.values(), ids=UNUSABLE)
def test_a_key_that_nobody_could_sign_by_is_refused_at_once(passkey, key):
    """Caught: `except (WebAuthnException, ValueError)`, which lets KeyError, TypeError
    and IndexError of such a key through, and a passkey that fails at every sign-in."""
    with pytest.raises(NotProven):
        made(passkey.create(to_create(), public_key=key))


@pytest.mark.parametrize("length", [0, 1024])
def test_an_id_has_a_length(passkey, length):
    passkey.credential_id = b"i" * length
    with pytest.raises(NotProven):
        made(passkey.create(to_create()))


@pytest.mark.parametrize(
    ("fmt", "statement"),
    [
        ("tpm", {"ver": "2.0", "sig": b"x", "x5c": [b"a"], "alg": -7}),
        ("apple", {"x5c": 5}),
        ("android-safetynet", {"response": b"a.b.c", "ver": "1"}),
        ("packed", {"sig": b"x", "alg": -7, "x5c": [b"a"]}),
        ("packed", {"sig": b"x", "alg": -7}),
        ("none", {"sig": b"x"}),
        ([], {}),
    ],
)
def test_no_attestation_is_read_that_was_not_asked_for(passkey, fmt, statement):
    with pytest.raises(NotProven):
        made(passkey.create(to_create(), fmt=fmt, stmt=statement))


@pytest.mark.parametrize("answer", [{}, {"id": 5}, {"id": "é", "rawId": "é"}])
def test_what_is_no_answer_proves_nothing(answer):
    with pytest.raises(NotProven):
        made(answer)
    with pytest.raises(NotProven):
        ceremony.id_of(answer)


@pytest.mark.parametrize(
    ("site", "host", "origin"),
    [
        ("https://focusguard.test", "focusguard.test", "https://focusguard.test"),
        ("https://a.test:8443", "a.test", "https://a.test:8443"),
        ("https://A.test:443", "a.test", "https://a.test"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://localhost:80", "localhost", "http://localhost"),
    ],
)
def test_passkeys_are_bound_to_the_host_of_the_dashboard(settings, site, host, origin):
    settings.DASHBOARD_URL = site
    assert relying_party() == RelyingParty(host, origin)


@pytest.mark.parametrize(
    "site",
    [
        "",
        "http://127.0.0.1:8000",
        "https://127.0.0.1",
        "https://[::1]",
        "http://focusguard.test",
    ],
)
def test_no_passkey_is_asked_for_where_no_browser_would_make_one(settings, site):
    settings.DASHBOARD_URL = site
    assert relying_party() is None
