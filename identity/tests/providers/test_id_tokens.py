"""ID tokens, claim by claim; the naive reader of each claim is named."""

import base64
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from focusguard.provider_settings import Provider
from identity.providers.exceptions import ProviderRefused
from identity.providers.vouching import id_tokens
from identity.providers.vouching.vouched import Vouched

ISSUER = "https://login.example.com"
PROVIDER = Provider("company", "Company", ISSUER, "focusguard", "a-secret-of-ours")
KEY = RSAKey.generate_key(2048, {"kid": "one"})
OTHER = RSAKey.generate_key(2048, {"kid": "one"})
GONE = object()


def signed(claims=(), *, key=KEY, header=(), algorithm="RS256"):
    now = int(time.time())
    told = {
        "iss": ISSUER,
        "sub": "alice",
        "aud": "focusguard",
        "exp": now + 60,
        "iat": now,
        "nonce": "nonce",
    } | dict(claims)
    told = {name: value for name, value in told.items() if value is not GONE}
    for name in ("exp", "iat"):
        if isinstance(told.get(name), float):
            # Seconds from the moment of the test, which is not that of its collection.
            told[name] = now + int(told[name])
    head = {"alg": algorithm, "kid": "one"} | dict(header)
    head = {name: value for name, value in head.items() if value is not GONE}
    return jwt.encode(head, told, key, algorithms=[algorithm])


def read(raw, *, keys=None):
    known = {"one": KEY} if keys is None else keys
    return id_tokens.read(raw, PROVIDER, nonce="nonce", keys_for=lambda kid: known)


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"aud": ["focusguard"]},
        {"aud": ["focusguard", "other"], "azp": "focusguard"},
        {"azp": "focusguard"},
        {"exp": -40.0},
        {"iat": 40.0},
    ],
)
def test_token_that_is_for_us_is_taken(claims):
    assert read(signed(claims))["sub"] == "alice"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        *(
            ({name: GONE}, name)
            for name in ("iss", "sub", "aud", "exp", "iat", "nonce")
        ),
        ({"iss": "https://login.example.com/"}, "iss"),
        ({"iss": [ISSUER]}, "iss"),
        ({"aud": "other"}, "aud"),
        ({"aud": "other", "azp": "focusguard"}, "aud"),
        ({"aud": ["focusguard", "other"]}, "somebody else"),
        ({"aud": ["focusguard", "other"], "azp": "other"}, "somebody else"),
        ({"aud": "focusguard", "azp": "other"}, "somebody else"),
        ({"aud": []}, "aud"),
        ({"nonce": "other"}, "nonce"),
        ({"nonce": ["nonce"]}, "nonce"),
        ({"exp": -75.0}, "exp"),
        ({"exp": "tomorrow"}, "exp"),
        ({"iat": 86400.0}, "in the future"),
        ({"iat": -86400.0}, "another time"),
        ({"iat": True}, "iat"),
        ({"sub": 1}, "sub"),
        ({"sub": ""}, "sub"),
    ],
)
def test_claim_that_is_wrong_is_refused(claims, why):
    """Caught: a reader that asks for nothing by itself, as Authlib's `parse_id_token`
    does: it takes `aud` of another beside an `azp` of ours, no nonce, an old `iat`."""
    with pytest.raises(ProviderRefused, match=why):
        read(signed(claims))


def test_signature_of_another_key_of_the_same_name_is_refused():
    with pytest.raises(ProviderRefused, match="bad_signature"):
        read(signed(key=OTHER))


def test_secret_of_the_client_signs_nothing():
    """Caught: a list of algorithms with HS256 in it."""
    secret = OctKey.import_key(PROVIDER.client_secret)
    with pytest.raises(ProviderRefused, match="HS256"):
        read(signed(key=secret, algorithm="HS256"))


def test_unsigned_token_is_refused():
    def part(told):
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    _, claims, _ = signed().split(".")
    for algorithm in ("none", "None", "NONE", "", None, 1):
        with pytest.raises(ProviderRefused):
            read(f"{part({'alg': algorithm, 'kid': 'one'})}.{claims}.")


@pytest.mark.parametrize(
    "raw",
    [None, 1, "", ".", "..", "a.b.c", "\0", "é.é.é", "e30.e30.e30", "W10.e30.e30"],
)
def test_what_is_no_token_is_refused(raw):
    with pytest.raises(ProviderRefused):
        read(raw)


def test_key_is_found_by_its_name_or_is_the_only_one():
    assert read(signed(header={"kid": GONE}))
    with pytest.raises(ProviderRefused, match="not the provider's"):
        read(signed(header={"kid": GONE}), keys={"one": KEY, "two": OTHER})
    with pytest.raises(ProviderRefused, match="not the provider's"):
        read(signed(header={"kid": "unknown"}))


@pytest.mark.parametrize("header", [{"crit": ["exp"], "exp": 1}, {"crit": ["own"]}])
def test_what_must_be_understood_and_is_not_is_refused(header):
    good = signed().split(".")[0]
    head = json.loads(base64.urlsafe_b64decode(good + "==")) | header
    raw = base64.urlsafe_b64encode(json.dumps(head).encode()).decode().rstrip("=")
    with pytest.raises(ProviderRefused):
        read(f"{raw}.{signed().split('.', 1)[1]}")


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("PS256", KEY),
        ("ES256", ECKey.generate_key("P-256")),
        ("Ed25519", OKPKey.generate_key("Ed25519")),
    ],
)
def test_every_algorithm_of_the_list_is_read(algorithm, key):
    assert read(signed(key=key, algorithm=algorithm), keys={"one": key})


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_the_old_name_of_ed25519_is_read_without_a_warning(recwarn):
    key = OKPKey.generate_key("Ed25519")
    raw = signed(key=key, algorithm="EdDSA")
    recwarn.clear()
    assert read(raw, keys={"one": key})
    assert not recwarn.list


@pytest.mark.parametrize("verified", [None, "true", "false", 1, 0, "", [], {}, False])
def test_address_is_verified_where_that_is_true_and_nothing_else(verified):
    """Caught: `if claims.get("email_verified")`, which takes "false"."""
    email = "alice@focusguard.com"
    assert not Vouched.of(ISSUER, "1", email, verified, None).email_verified
    assert Vouched.of(ISSUER, "1", email, True, None).email_verified
    assert not Vouched.of(ISSUER, "1", None, True, None).email_verified


@pytest.mark.parametrize("subject", [1, "", None, True, ["a"], "x" * 256, "a\0b", "ä"])
def test_subject_that_is_no_key_is_refused(subject):
    with pytest.raises(ProviderRefused, match="subject"):
        Vouched.of(ISSUER, subject, None, None, None)


def test_address_is_kept_in_our_one_form_and_a_name_on_one_line():
    who = Vouched.of(ISSUER, "1", "Alice@FocusGuard.COM", True, " Al\nice\u202e ")
    assert who.email == "Alice@focusguard.com"
    assert who.name == "Alice"
    for junk in ("no address", 7, {"a": 1}, "a@b@c", "x" * 999 + "@focusguard.com"):
        assert Vouched.of(ISSUER, "1", junk, True, None).email == ""
