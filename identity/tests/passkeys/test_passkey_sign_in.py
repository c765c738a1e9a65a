"""Signing in by a passkey over HTTP: what opens a device, and the one answer to all else."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from webauthn.helpers import bytes_to_base64url

from accounts.by_mail import password_reset
from accounts.devices import auth_services
from accounts.models import AuthSession, User
from accounts.services import deactivate_user
from accounts.tests.factories import MailLinkFactory
from accounts.tests.post import delivered, text_of
from identity.flows import services as flows
from identity.models import AuthFlow, Passkey
from identity.passkeys import services
from identity.tests.authenticator import ORIGIN, SYNCED, VERIFIED, passkey_of
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

REFUSED = (401, "CREDENTIAL_REFUSED")


@pytest.fixture(autouse=True)
def on(settings):
    settings.DASHBOARD_URL = ORIGIN


@pytest.fixture
def phone(alice):
    return passkey_of(alice)


def begin(client, **extra):
    answer = client.post("/api/auth/passkey/options", **extra)
    assert answer.status_code == 200
    return answer.json()


def sign_in_by(client, begun, credential):
    body = {"flow_token": begun["flow_token"], "credential": credential}
    return client.post("/api/auth/passkey", body)


def tried(client, passkey, **lies):
    begun = begin(client)
    return sign_in_by(client, begun, passkey.get(begun["public_key"], **lies))


def events(user):
    return [(one.kind, one.method) for one in user.security_events.order_by("at")]


def test_somebody_signs_in_without_a_name_a_password_or_a_code(anonymous, alice, phone):
    User.objects.filter(pk=alice.pk).update(second_factor=True)
    begun = begin(anonymous)
    assert begun["public_key"]["allowCredentials"] == []
    answer = sign_in_by(anonymous, begun, phone.get(begun["public_key"]))
    assert answer.status_code == 200
    assert answer.json()["user"]["username"] == "alice_focus"
    assert answer.cookies["refresh_token"]["httponly"]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}")
    assert anonymous.get("/api/users/me").status_code == 200
    device = AuthSession.objects.get()
    assert device.method == "passkey"
    assert device.proved_at is not None
    assert events(alice) == [("signed_in", "passkey")]
    assert Passkey.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://app.focusguard.test.evil.example"},
        {"origin": "http://app.focusguard.test"},
        {"origin": f"{ORIGIN}:8443"},
        {"rp_id": "evil.example"},
        {"flags": SYNCED & ~VERIFIED},
        {"type": "webauthn.create"},
        {"cross_origin": True},
        {"user_handle": None},
        {"challenge": bytes_to_base64url(b"c" * 32)},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=lambda lie: str(*lie),
)
def test_a_lie_opens_nothing_and_is_written_down(anonymous, alice, phone, lie):
    assert refusal(tried(anonymous, phone, **lie)) == REFUSED
    assert not AuthSession.objects.exists()
    assert events(alice) == [("sign_in_failed", "passkey")]


def test_nobody_signs_in_as_somebody_else(anonymous, alice, bob, phone):
    assert refusal(tried(anonymous, phone, user_handle=bob.pk.bytes)) == REFUSED
    mallorys = passkey_of(bob)
    lie = {"user_handle": alice.pk.bytes}
    assert refusal(tried(anonymous, mallorys, **lie)) == REFUSED
    phone.credential_id = mallorys.credential_id
    assert refusal(tried(anonymous, phone)) == REFUSED
    assert not AuthSession.objects.exists()


def test_one_answer_for_all_that_opens_nothing(anonymous, alice, bob, phone):
    """Caught: what the user's lock says of who was deactivated, which is TOKEN_INVALID."""
    removed = passkey_of(bob)
    begun = begin(anonymous)
    right = removed.get(begun["public_key"])
    Passkey.objects.filter(user=bob).delete()
    answers = [
        sign_in_by(anonymous, begun, right),
        tried(anonymous, phone, key=removed.key),
    ]
    begun = begin(anonymous)
    deactivate_user(user=alice)
    answers += [
        sign_in_by(anonymous, begun, phone.get(begun["public_key"])),
        sign_in_by(anonymous, begin(anonymous), {}),
    ]
    assert {refusal(answer) for answer in answers} == {REFUSED}
    assert len({answer.json()["detail"]["message"] for answer in answers}) == 1
    assert events(alice)[-1] == ("sign_in_failed", "passkey")
    assert not AuthSession.objects.exists()


def test_a_signature_is_taken_once(anonymous, phone):
    begun = begin(anonymous)
    credential = phone.get(begun["public_key"])
    assert sign_in_by(anonymous, begun, credential).status_code == 200
    again = sign_in_by(anonymous, begun, credential)
    assert refusal(again) == (401, "FLOW_INVALID")
    assert refusal(sign_in_by(anonymous, begin(anonymous), credential)) == REFUSED
    assert AuthSession.objects.count() == 1


def test_a_signature_is_of_its_own_flow(anonymous, as_alice, phone):
    """Caught: any challenge that was given to anybody."""
    mine, other = begin(anonymous), begin(anonymous)
    credential = phone.get(other["public_key"])
    assert refusal(sign_in_by(anonymous, mine, credential)) == REFUSED
    adding = as_alice.post("/api/auth/passkeys/options").json()
    credential = phone.get({"challenge": adding["public_key"]["challenge"]})
    refused = sign_in_by(anonymous, adding, credential)
    assert refusal(refused) == (401, "FLOW_INVALID")
    assert refusal(sign_in_by(anonymous, mine, credential)) == REFUSED


def test_what_is_no_token_of_such_a_flow_is_none(anonymous, as_alice, alice, phone):
    begun = begin(anonymous)
    credential = phone.get(begun["public_key"])
    late = AuthFlow.objects.get(kind="passkey_sign_in")
    second = flows.issue(
        flows.Kind.SECOND_FACTOR,
        user=alice,
        lives=timedelta(minutes=5),
        challenge=bytes(late.challenge),
    )
    tokens = [
        as_alice.signed_in.access_token[:256],
        flows.token_of(second),
        begun["flow_token"][:-1] + ("A" if begun["flow_token"][-1] != "A" else "B"),
        "é" * 64,
    ]
    for token in tokens:
        refused = sign_in_by(anonymous, {"flow_token": token}, credential)
        assert refusal(refused) == (401, "FLOW_INVALID")
    AuthFlow.objects.filter(pk=late.pk).update(expires_at=timezone.now())
    refused = sign_in_by(anonymous, begun, credential)
    assert refusal(refused) == (401, "FLOW_INVALID")


def test_a_flow_is_tried_five_times(anonymous, phone):
    begun = begin(anonymous)
    stranger = ec.generate_private_key(ec.SECP256R1())
    wrong = phone.get(begun["public_key"], key=stranger)
    for _ in range(5):
        assert refusal(sign_in_by(anonymous, begun, wrong)) == REFUSED
    right = phone.get(begun["public_key"])
    assert refusal(sign_in_by(anonymous, begun, right)) == (401, "FLOW_INVALID")


def test_a_slip_does_not_end_a_flow(anonymous, phone):
    begun = begin(anonymous)
    wrong = phone.get(begun["public_key"], origin="https://evil.example")
    assert refusal(sign_in_by(anonymous, begun, wrong)) == REFUSED
    right = phone.get(begun["public_key"])
    assert sign_in_by(anonymous, begun, right).status_code == 200


@pytest.mark.parametrize(
    ("kept", "said", "taken"),
    [
        *((0, 0, True), (0, 3, True), (5, 6, True), (5, 900, True)),
        *((5, 5, False), (5, 4, False), (5, 0, False)),
    ],
)
def test_a_counter_goes_on_or_the_passkey_was_copied(
    anonymous, alice, mail_on, kept, said, taken
):
    """Caught: the lower count written, after which the copy is as good as the passkey;
    and a refusal that takes the event of it back (one transaction for both)."""
    phone = passkey_of(alice, sign_count=kept)
    answer = tried(anonymous, phone, sign_count=said)
    row = Passkey.objects.get()
    if taken:
        assert answer.status_code == 200
        assert row.sign_count == said
        assert events(alice) == [("signed_in", "passkey")]
    else:
        assert refusal(answer) == REFUSED
        assert row.sign_count == kept
        assert row.last_used_at is None
        assert events(alice) == [("passkey_cloned", "passkey")]
        (letter,) = delivered(mail_on)
        assert "there may be a copy of it" in text_of(letter)
        assert not AuthSession.objects.exists()


def test_a_synced_passkey_never_counts_and_works_each_time(anonymous, phone):
    for _ in range(3):
        assert tried(anonymous, phone).status_code == 200


def test_whoever_knows_an_id_cannot_have_its_passkey_called_a_copy(anonymous, alice):
    """Caught: py_webauthn's own look at the counter, which comes before the signature."""
    phone = passkey_of(alice, sign_count=5)
    stranger = ec.generate_private_key(ec.SECP256R1())
    assert refusal(tried(anonymous, phone, sign_count=1, key=stranger)) == REFUSED
    assert events(alice) == [("sign_in_failed", "passkey")]


def test_what_a_passkey_says_of_its_copies_is_kept_up(anonymous, phone):
    assert tried(anonymous, phone, flags=SYNCED & ~0x10).status_code == 200
    assert Passkey.objects.get().backed_up is False


def test_a_sign_out_everywhere_ends_no_passkey_and_a_first_proof_does(
    anonymous, alice, phone, mail_on
):
    """Caught: a passkey that mallory added to the account of alice's address, and which
    opens it still when alice has it."""
    auth_services.log_out_everywhere(user=alice)
    assert tried(anonymous, phone).status_code == 200
    verified = passkey_of(alice)
    assert services.count(alice.pk) == 2
    reset_by_mail(alice)
    assert services.count(alice.pk) == 0
    assert refusal(tried(anonymous, phone)) == REFUSED
    assert refusal(tried(anonymous, verified)) == REFUSED
    kept = passkey_of(alice)
    reset_by_mail(alice)
    assert tried(anonymous, kept).status_code == 200


def reset_by_mail(user):
    link = MailLinkFactory(user=user, kind="reset")
    password_reset.reset(link=link, new_password="another long phrase 7")


def test_a_client_begins_twenty_times_a_minute(anonymous, settings):
    settings.RATE_LIMIT_ENABLED = True
    settings.RATE_LIMIT_PER_MINUTE = 1000
    home, away = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "198.51.100.7"}
    for _ in range(20):
        begin(anonymous, **home)
    answer = anonymous.post("/api/auth/passkey/options", **home)
    assert refusal(answer) == (429, "FLOWS_RATE_LIMITED")
    assert int(answer.headers["Retry-After"]) <= 60
    begin(anonymous, **away)


def test_another_host_knows_no_passkey_of_this_one(anonymous, alice, phone, settings):
    settings.DASHBOARD_URL = "https://new.focusguard.test"
    assert services.count(alice.pk) == 0
    lie = {"origin": settings.DASHBOARD_URL, "rp_id": "new.focusguard.test"}
    assert refusal(tried(anonymous, phone, **lie)) == REFUSED
    settings.DASHBOARD_URL = ORIGIN
    assert tried(anonymous, phone).status_code == 200
