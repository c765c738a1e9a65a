"""A reset ends every other trust, and a change of the ways in is told by mail."""

import pytest

from accounts.by_mail.mail_links import token_of
from accounts.models import User
from accounts.tests.factories import MailLinkFactory
from accounts.tests.post import delivered, text_of
from identity.models import LinkedIdentity, Passkey, RecoveryCode, TotpSecret
from identity.tests.factories import LinkedIdentityFactory, PasskeyFactory
from identity.tests.phone import set_up
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

NEW = "another long phrase 7"


def reset(anonymous, user):
    token = token_of(MailLinkFactory(user=user, kind="reset"))
    body = {"token": token, "new_password": NEW}
    assert anonymous.post("/api/auth/password/reset", body).status_code == 204


def login(anonymous):
    return anonymous.post(
        "/api/auth/login", {"username": "alice_focus", "password": NEW}
    )


@pytest.mark.row("ID03")
def test_a_reset_lifts_no_factor(phone, alice, anonymous, first_step, second_step):
    """Caught: a mailbox that is read by somebody else is the one way in that is left."""
    User.objects.update(email_verified_at=alice.created_at)
    flow = first_step()
    reset(anonymous, alice)
    assert refusal(second_step(flow, code=phone.code())) == (401, "FLOW_INVALID")
    answer = login(anonymous)
    assert answer.status_code == 202
    flow = answer.json()["flow_token"]
    assert second_step(flow, code=phone.code()).status_code == 200


@pytest.mark.row("ID06")
def test_the_first_proof_of_an_address_ends_all_that_was_there_before(
    phone, as_alice, alice, anonymous, mail_on
):
    """Caught: who registers with a stranger's address keeps them out, or stays in, by
    ways in of their own (pre-hijacking)."""
    PasskeyFactory(user=alice)
    LinkedIdentityFactory(user=alice)
    body = {"name": "Timer", "scopes": ["profile:read"], "expires_in_days": 9}
    program = as_alice.post("/api/auth/api-tokens", body).json()["token"]
    as_alice.put("/api/users/me", {"email": "mallory@focusguard.com"})
    reset(anonymous, alice)
    alice.refresh_from_db()
    assert not alice.second_factor
    assert alice.pending_email is None
    for model in (TotpSecret, RecoveryCode, Passkey, LinkedIdentity):
        assert not model.objects.exists(), model
    assert as_alice.get("/api/users/me").status_code == 401
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {program}")
    assert anonymous.get("/api/users/me").status_code == 401
    anonymous.credentials()
    assert login(anonymous).status_code == 200
    assert "totp_removed" in alice.security_events.values_list("kind", flat=True)


def test_every_change_is_mailed_to_its_user(
    keys, mail_on, as_alice, alice, first_step, second_step
):
    _, codes = set_up(as_alice)
    second_step(first_step(), recovery_code=codes[0])
    as_alice.post("/api/auth/recovery-codes")
    as_alice.delete("/api/auth/totp")
    letters = delivered(mail_on)
    assert [letter["Subject"] for letter in letters] == [
        "Your FocusGuard account has a second factor",
        "A recovery code of your FocusGuard account was used",
        "A new sign-in to your FocusGuard account",
        "New recovery codes of your FocusGuard account",
        "Your FocusGuard account has no second factor any more",
    ]
    assert {letter["To"] for letter in letters} == {"alice@focusguard.com"}
    assert "Codes left: 9." in text_of(letters[1])
    for letter in letters:
        assert "http" not in text_of(letter).replace("https://app.focusguard.test", "")
        for code in codes:
            assert code not in letter.as_string()
