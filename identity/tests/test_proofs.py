from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuthSession, User
from accounts.tests.factories import PASSWORD
from identity.tests.phone import set_up
from tests.harness.answers import refusal

PROOF = "/api/auth/proof"
TOTP = "/api/auth/totp"
ME = "/api/users/me"

pytestmark = pytest.mark.django_db

# What is refused without a fresh proof: method, path, body.
GUARDED = [
    ("post", TOTP, None),
    ("post", "/api/auth/totp/confirm", {"code": "123456"}),
    ("delete", TOTP, None),
    ("post", "/api/auth/recovery-codes", None),
]


def outlive_proof(**ago):
    """Let every device's proof be of a while ago."""
    then = timezone.now() - timedelta(**(ago or {"minutes": 10}))
    AuthSession.objects.update(proved_at=then)


@pytest.mark.parametrize(("method", "path", "body"), GUARDED)
@pytest.mark.parametrize("proved_at", ["ten minutes ago", None])
def test_a_way_in_is_changed_after_a_fresh_proof_alone(
    keys, as_alice, method, path, body, proved_at
):
    outlive_proof()
    if proved_at is None:  # a device of before there were proofs
        AuthSession.objects.update(proved_at=None)
    answer = getattr(as_alice, method)(path, body)
    assert refusal(answer) == (403, "PROOF_REQUIRED")
    assert as_alice.post(PROOF, {"password": PASSWORD}).status_code == 204
    answer = getattr(as_alice, method)(path, body)
    assert answer.status_code != 403


def test_a_sign_in_is_a_proof_for_ten_minutes(keys, as_alice):
    outlive_proof(minutes=9, seconds=50)
    assert as_alice.post(TOTP).status_code == 201


def test_a_proof_is_of_one_device(keys, as_alice, alice, sign_in):
    other = sign_in(alice)
    outlive_proof()
    assert other.post(PROOF, {"password": PASSWORD}).status_code == 204
    assert refusal(as_alice.post(TOTP)) == (403, "PROOF_REQUIRED")
    assert other.post(TOTP).status_code == 201


def test_a_wrong_password_is_no_proof(keys, as_alice, alice):
    outlive_proof()
    answer = as_alice.post(PROOF, {"password": "wrong"})
    assert refusal(answer) == (400, "WRONG_PASSWORD")
    assert answer.json()["detail"]["errors"].keys() == {"password"}
    assert refusal(as_alice.post(TOTP)) == (403, "PROOF_REQUIRED")
    assert alice.security_events.get().kind == "password_refused"


def test_a_wrong_password_is_counted_as_at_the_sign_in(limited, as_alice):
    for _ in range(5):
        assert as_alice.post(PROOF, {"password": "wrong"}).status_code == 400
    answer = as_alice.post(PROOF, {"password": PASSWORD})
    assert refusal(answer) == (429, "LOGIN_RATE_LIMITED")


def test_with_a_second_factor_the_password_is_not_enough(factor, as_alice):
    """Caught: who has read the password takes the factor away, and stays."""
    phone, codes = factor
    outlive_proof()
    answer = as_alice.post(PROOF, {"password": PASSWORD})
    assert refusal(answer) == (403, "SECOND_FACTOR_REQUIRED")
    assert refusal(as_alice.delete(TOTP)) == (403, "PROOF_REQUIRED")
    wrong = as_alice.post(PROOF, {"code": "000000"})
    assert refusal(wrong) == (401, "SECOND_FACTOR_WRONG")
    assert as_alice.post(PROOF, {"code": phone.code()}).status_code == 204
    again = as_alice.post(PROOF, {"code": phone.code()})
    assert refusal(again) == (401, "SECOND_FACTOR_WRONG")
    assert as_alice.post(PROOF, {"recovery_code": codes[0]}).status_code == 204
    assert as_alice.delete(TOTP).status_code == 204


def test_what_another_device_proved_by_the_password_ends_with_the_factor_that_is_added(
    keys, as_alice, alice, sign_in
):
    """Caught: the thief of a device proves the password, its owner adds a factor, and
    for ten minutes the thief takes it away, or the whole account."""
    thief = sign_in(alice)
    assert thief.post(PROOF, {"password": PASSWORD}).status_code == 204
    set_up(as_alice)
    assert refusal(thief.delete(TOTP)) == (403, "PROOF_REQUIRED")
    assert refusal(thief.delete(ME)) == (403, "PROOF_REQUIRED")
    assert as_alice.delete(TOTP).status_code == 204


def test_a_factor_that_was_added_while_the_password_was_hashed_is_asked_for(
    keys, as_alice, monkeypatch
):
    outlive_proof()
    hashed = User.check_password

    def meanwhile(user, password):
        User.objects.update(second_factor=True)
        return hashed(user, password)

    monkeypatch.setattr(User, "check_password", meanwhile)
    answer = as_alice.post(PROOF, {"password": PASSWORD})
    assert refusal(answer) == (403, "SECOND_FACTOR_REQUIRED")
    assert refusal(as_alice.delete(TOTP)) == (403, "PROOF_REQUIRED")


def test_wrong_codes_of_proofs_are_counted_with_those_of_sign_ins(
    limited, phone, as_alice
):
    for _ in range(5):
        assert as_alice.post(PROOF, {"code": "000000"}).status_code == 401
    answer = as_alice.post(PROOF, {"code": phone.code()})
    assert refusal(answer) == (429, "LOGIN_RATE_LIMITED")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"password": PASSWORD, "code": "123456"},
        {"credential": {"id": "x"}},
        {"password": PASSWORD, "flow_token": "x"},
        {"credential": {"id": "x" * 20_000}, "flow_token": "x"},
        {"credential": ["x"], "flow_token": "x"},
    ],
)
def test_a_proof_is_one_thing(as_alice, body):
    assert refusal(as_alice.post(PROOF, body)) == (422, "VALIDATION_ERROR")


def test_without_a_passkey_none_is_a_proof(as_alice):
    options = as_alice.post("/api/auth/proof/options")
    assert refusal(options) == (401, "CREDENTIAL_REFUSED")
    body = {"credential": {"id": "x"}, "flow_token": "x"}
    assert refusal(as_alice.post(PROOF, body)) == (401, "FLOW_INVALID")


def test_another_address_wants_a_proof_where_mail_is_sent(as_alice, mail_on):
    outlive_proof()
    new = {"email": "new@focusguard.com"}
    assert refusal(as_alice.put(ME, new)) == (403, "PROOF_REQUIRED")
    # The same mailbox in another spelling is no change, nor is a name.
    same = {"email": "Alice@focusguard.com", "username": "alice_too"}
    assert as_alice.put(ME, same).status_code == 200
    as_alice.post(PROOF, {"password": PASSWORD})
    assert as_alice.put(ME, new).json()["pending_email"] == "new@focusguard.com"


def test_without_mail_an_address_changes_as_before(as_alice):
    outlive_proof()
    answer = as_alice.put(ME, {"email": "new@focusguard.com"})
    assert answer.json()["email"] == "new@focusguard.com"


def test_an_account_with_a_factor_is_deleted_after_a_proof(factor, as_alice):
    outlive_proof()
    assert refusal(as_alice.delete(ME)) == (403, "PROOF_REQUIRED")
    as_alice.post(PROOF, {"code": factor[0].code()})
    assert as_alice.delete(ME).status_code == 204
    assert not User.objects.exists()


def test_an_account_without_one_is_deleted_as_before(as_alice):
    outlive_proof()
    assert as_alice.delete(ME).status_code == 204


def test_a_refresh_is_no_proof(keys, as_alice, anonymous):
    outlive_proof()
    body = {"refresh_token": as_alice.signed_in.refresh_token}
    token = anonymous.post("/api/auth/refresh", body).json()["access_token"]
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert refusal(anonymous.post(TOTP)) == (403, "PROOF_REQUIRED")
