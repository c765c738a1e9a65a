"""Adding, naming and removing passkeys over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone
from webauthn.helpers import bytes_to_base64url

from accounts.models import AuthSession
from accounts.tests.post import delivered, text_of
from identity.models import AuthFlow, Passkey
from identity.passkeys.exceptions import MAX_PASSKEYS
from identity.tests.authenticator import ORIGIN, SoftPasskey, passkey_of
from identity.tests.factories import PasskeyFactory
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on(settings):
    settings.DASHBOARD_URL = ORIGIN


@pytest.fixture
def phone():
    return SoftPasskey()


def begin(client):
    answer = client.post("/api/auth/passkeys/options")
    assert answer.status_code == 200
    return answer.json()


def add(client, begun, credential, name="Alice's phone"):
    body = {"flow_token": begun["flow_token"], "credential": credential, "name": name}
    return client.post("/api/auth/passkeys", body)


def unproven(client):
    """Let the device's proof be older than it is good for."""
    long_ago = timezone.now() - timedelta(minutes=10, seconds=1)
    AuthSession.objects.filter(pk=client.signed_in.device.pk).update(proved_at=long_ago)


def events(user):
    return [event.kind for event in user.security_events.order_by("at")]


def test_a_passkey_is_added_listed_and_told_of(as_alice, alice, phone, mail_on):
    begun = begin(as_alice)
    answer = add(as_alice, begun, phone.create(begun["public_key"]))
    assert answer.status_code == 201
    shown = answer.json()
    assert shown.keys() == {"id", "name", "backed_up", "created_at", "last_used_at"}
    assert shown["name"] == "Alice's phone"
    assert shown["backed_up"] is True
    assert shown["last_used_at"] is None
    assert as_alice.get("/api/auth/passkeys").json() == {"passkeys": [shown]}
    kept = Passkey.objects.get()
    assert bytes(kept.public_key) == phone.public_key
    assert kept.transports == ["hybrid", "internal"]
    assert events(alice) == ["passkey_added"]
    (letter,) = delivered(mail_on)
    assert letter["To"] == alice.email
    assert "A passkey was added" in text_of(letter)
    assert "phone" not in text_of(letter)


def test_a_browser_is_told_which_passkeys_it_need_not_make_again(as_alice, alice, bob):
    own = passkey_of(alice)
    passkey_of(bob)
    (known,) = begin(as_alice)["public_key"]["excludeCredentials"]
    assert known["id"] == bytes_to_base64url(own.credential_id)


def test_what_was_not_made_is_refused_and_its_flow_has_ended(as_alice, alice, phone):
    begun = begin(as_alice)
    credential = phone.create(begun["public_key"], origin="https://evil.example")
    answer = add(as_alice, begun, credential)
    assert refusal(answer) == (422, "CREDENTIAL_REFUSED")
    assert answer.json()["detail"]["errors"].keys() == {"credential"}
    right = phone.create(begun["public_key"])
    assert refusal(add(as_alice, begun, right)) == (401, "FLOW_INVALID")
    assert not Passkey.objects.exists()
    assert events(alice) == []


def test_a_registration_is_taken_once(as_alice, phone):
    begun = begin(as_alice)
    credential = phone.create(begun["public_key"])
    assert add(as_alice, begun, credential).status_code == 201
    assert refusal(add(as_alice, begun, credential)) == (401, "FLOW_INVALID")
    again = begin(as_alice)
    assert refusal(add(as_alice, again, credential)) == (422, "CREDENTIAL_REFUSED")
    made_anew = phone.create(begin(as_alice)["public_key"])
    another = begin(as_alice)
    assert refusal(add(as_alice, another, made_anew)) == (422, "CREDENTIAL_REFUSED")


def test_a_flow_is_of_who_began_it(as_alice, as_bob, phone):
    begun = begin(as_alice)
    credential = phone.create(begun["public_key"])
    assert refusal(add(as_bob, begun, credential)) == (401, "FLOW_INVALID")
    bobs = begin(as_bob)
    assert refusal(add(as_bob, bobs, credential)) == (422, "CREDENTIAL_REFUSED")
    assert add(as_alice, begun, credential).status_code == 201


def test_a_flow_is_for_adding_and_five_minutes(as_alice, anonymous, phone):
    begun = anonymous.post("/api/auth/passkey/options").json()
    options = begin(as_alice)["public_key"]
    options["challenge"] = begun["public_key"]["challenge"]
    refused = add(as_alice, begun, phone.create(options))
    assert refusal(refused) == (401, "FLOW_INVALID")
    late = begin(as_alice)
    AuthFlow.objects.update(expires_at=timezone.now())
    refused = add(as_alice, late, phone.create(late["public_key"]))
    assert refusal(refused) == (401, "FLOW_INVALID")


def test_a_passkey_is_of_one_account(as_alice, as_bob, phone):
    for client in (as_alice, as_bob):
        begun = begin(client)
        answer = add(client, begun, phone.create(begun["public_key"]))
        if client is as_alice:
            assert answer.status_code == 201
    assert refusal(answer) == (409, "PASSKEY_KNOWN")
    begun = begin(as_alice)
    answer = add(as_alice, begun, phone.create(begun["public_key"]))
    assert refusal(answer) == (409, "PASSKEY_KNOWN")


def test_there_are_ten_at_most(as_alice, alice, phone):
    """Caught: a count as adding begins alone, so that ten flows are ten more."""
    PasskeyFactory.create_batch(MAX_PASSKEYS - 1, user=alice)
    # Made for another host, it opens nothing here.
    PasskeyFactory(user=alice, rp_id="old.focusguard.test")
    two = [begin(as_alice), begin(as_alice)]
    first = add(as_alice, two[0], phone.create(two[0]["public_key"]))
    assert first.status_code == 201
    second = add(as_alice, two[1], SoftPasskey().create(two[1]["public_key"]))
    assert refusal(second) == (409, "TOO_MANY_PASSKEYS")
    third = as_alice.post("/api/auth/passkeys/options")
    assert refusal(third) == (409, "TOO_MANY_PASSKEYS")


def test_adding_and_removing_take_a_fresh_proof(as_alice, alice, phone):
    begun = begin(as_alice)
    unproven(as_alice)
    refused = as_alice.post("/api/auth/passkeys/options")
    assert refusal(refused) == (403, "PROOF_REQUIRED")
    added = add(as_alice, begun, phone.create(begun["public_key"]))
    assert added.status_code == 201
    path = f"/api/auth/passkeys/{added.json()['id']}"
    assert refusal(as_alice.delete(path)) == (403, "PROOF_REQUIRED")
    assert as_alice.patch(path, {"name": "Old phone"}).status_code == 200
    assert Passkey.objects.get().name == "Old phone"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("  Cafe\u0301  ", 201),
        ("n" * 50, 201),
        ("n" * 51, 422),
        ("", 422),
        ("   ", 422),
        ("two\nlines", 422),
        ("turned \u202e round", 422),
        (7, 422),
    ],
)
def test_a_name_is_one_line_that_can_be_seen(as_alice, phone, name, status):
    begun = begin(as_alice)
    answer = add(as_alice, begun, phone.create(begun["public_key"]), name=name)
    assert answer.status_code == status
    if "Cafe" in str(name):
        assert answer.json()["name"] == "Caf\u00e9"


def test_a_credential_is_taken_as_browsers_send_it(as_alice, phone):
    """Caught: a strict serializer of its fields, which refuses those of tomorrow."""
    begun = begin(as_alice)
    credential = phone.create(begun["public_key"]) | {"tomorrow": {"more": [1]}}
    assert add(as_alice, begun, credential).status_code == 201


@pytest.mark.parametrize("credential", [None, 5, "{}", [], {"x": "y" * 16_384}])
def test_a_credential_is_an_object_of_16_kib(as_alice, credential):
    begun = begin(as_alice)
    answer = add(as_alice, begun, credential)
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    # It was no answer to the flow, which goes on.
    assert AuthFlow.objects.get(kind="passkey_add").used_at is None


def test_a_passkey_is_renamed_and_removed(as_alice, as_bob, alice, mail_on):
    passkey = PasskeyFactory(user=alice)
    path = f"/api/auth/passkeys/{passkey.pk}"
    assert as_alice.patch(path, {"name": "Work"}).json()["name"] == "Work"
    assert refusal(as_bob.patch(path, {"name": "x"})) == (404, "PASSKEY_NOT_FOUND")
    assert refusal(as_bob.delete(path)) == (404, "PASSKEY_NOT_FOUND")
    assert as_alice.delete(path).status_code == 204
    assert refusal(as_alice.delete(path)) == (404, "PASSKEY_NOT_FOUND")
    assert events(alice) == ["passkey_removed"]
    (letter,) = delivered(mail_on)
    assert "A passkey was removed" in text_of(letter)


def test_the_last_way_in_stays(alice, sign_in):
    alice.set_unusable_password()
    alice.save(update_fields=["password"])
    as_alice = sign_in(alice)
    # It opens nothing here, so that it is no way in, and may go.
    old = PasskeyFactory(user=alice, rp_id="old.focusguard.test")
    last = PasskeyFactory(user=alice)
    assert as_alice.delete(f"/api/auth/passkeys/{old.pk}").status_code == 204
    refused = as_alice.delete(f"/api/auth/passkeys/{last.pk}")
    assert refusal(refused) == (409, "LAST_WAY_IN")
    another = PasskeyFactory(user=alice)
    assert as_alice.delete(f"/api/auth/passkeys/{last.pk}").status_code == 204
    assert Passkey.objects.get() == another


def test_without_a_dashboard_there_are_none(as_alice, anonymous, alice, settings):
    passkey = PasskeyFactory(user=alice)
    settings.DASHBOARD_URL = ""
    asked = [
        as_alice.post("/api/auth/passkeys/options"),
        add(as_alice, {"flow_token": "x"}, {}),
        anonymous.post("/api/auth/passkey/options"),
        anonymous.post("/api/auth/passkey", {"flow_token": "x", "credential": {}}),
    ]
    assert {refusal(answer) for answer in asked} == {(409, "PASSKEYS_OFF")}
    # What is left of them from before can be seen, and taken away.
    assert len(as_alice.get("/api/auth/passkeys").json()["passkeys"]) == 1
    assert as_alice.delete(f"/api/auth/passkeys/{passkey.pk}").status_code == 204
