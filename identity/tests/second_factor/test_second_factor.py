import pytest
from django.utils import timezone

from accounts.models import AuthSession, SecurityEvent, User
from accounts.tests.factories import PASSWORD
from identity.models import AuthFlow, RecoveryCode, TotpSecret
from identity.tests.phone import Phone, set_up
from tests.harness.answers import refusal

TOTP = "/api/auth/totp"
CONFIRM = "/api/auth/totp/confirm"
CODES = "/api/auth/recovery-codes"
LOGIN = "/api/auth/login"
ME = "/api/users/me"

pytestmark = pytest.mark.django_db


def kinds(user):
    return list(user.security_events.order_by("id").values_list("kind", "method"))


def test_without_keys_nothing_is_offered_and_nothing_answered_otherwise(
    as_alice, anonymous
):
    assert anonymous.get("/api/auth/ways").json()["second_factor"] is False
    assert refusal(as_alice.post(TOTP)) == (409, "SECOND_FACTOR_OFF")
    assert "second_factor" not in as_alice.get(ME).json()
    answer = anonymous.post(LOGIN, {"username": "alice_focus", "password": PASSWORD})
    assert answer.status_code == 200
    assert "second_factor" not in answer.json()["user"]


def test_a_sign_in_is_two_steps_once_an_app_is_confirmed(
    keys, as_alice, alice, anonymous, first_step, second_step
):
    assert anonymous.get("/api/auth/ways").json()["second_factor"] is True
    assert as_alice.get(ME).json()["second_factor"] is False
    phone, codes = set_up(as_alice)
    assert len(set(codes)) == 10
    assert as_alice.get(ME).json()["second_factor"] is True
    body = {"username": "alice_focus", "password": PASSWORD}
    first = anonymous.post(LOGIN, body)
    assert first.status_code == 202
    assert first.json().keys() == {"flow_token", "methods", "expires_in"}
    assert first.json()["methods"] == ["totp", "recovery_code"]
    assert not first.cookies
    assert AuthSession.objects.count() == 1  # of as_alice
    second = second_step(first.json()["flow_token"], code=phone.code())
    assert second.status_code == 200
    assert second.json()["user"]["second_factor"] is True
    assert second.cookies["refresh_token"].value
    device = AuthSession.objects.latest("created_at")
    assert device.method == "password+totp"
    assert device.proved_at
    assert kinds(alice) == [("totp_added", ""), ("signed_in", "password+totp")]


def test_an_app_that_was_not_confirmed_is_not_asked_for(keys, as_alice, anonymous):
    as_alice.post(TOTP)
    body = {"username": "alice_focus", "password": PASSWORD}
    assert anonymous.post(LOGIN, body).status_code == 200
    state = as_alice.get(TOTP).json()
    assert state == {"totp": False, "confirmed_at": None, "recovery_codes_left": 0}


def test_another_secret_ends_the_one_that_was_not_confirmed(keys, as_alice):
    old = Phone(as_alice.post(TOTP).json()["secret"])
    new = Phone(as_alice.post(TOTP).json()["secret"])
    answer = as_alice.post(CONFIRM, {"code": old.code()})
    assert refusal(answer) == (401, "SECOND_FACTOR_WRONG")
    assert as_alice.post(CONFIRM, {"code": new.code()}).status_code == 200
    assert refusal(as_alice.post(TOTP)) == (409, "TOTP_ON")
    assert refusal(as_alice.post(CONFIRM, {"code": new.code()})) == (409, "TOTP_ON")


def test_nothing_is_confirmed_that_was_not_begun(keys, as_alice):
    assert refusal(as_alice.post(CONFIRM, {"code": "123456"})) == (409, "TOTP_OFF")
    assert refusal(as_alice.post(CODES)) == (409, "TOTP_OFF")
    assert as_alice.delete(TOTP).status_code == 204


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_taken_once_and_none_of_before_it(
    phone, first_step, second_step, wrong, steps
):
    code = phone.code(steps=steps)
    assert second_step(first_step(), code=f" {code[:3]} {code[3:]}").status_code == 200
    assert wrong(second_step(first_step(), code=code))
    assert wrong(second_step(first_step(), code=phone.code(steps=-1)))


@pytest.mark.row("ID01")
def test_a_used_code_is_wrong_for_as_long_as_it_would_be_good(
    phone, first_step, second_step, wrong, time_machine
):
    """Caught: a used-mark that lives for one step: a code is good for two more."""
    code = phone.code(steps=1)
    assert second_step(first_step(), code=code).status_code == 200
    for _ in range(3):
        assert wrong(second_step(first_step(), code=code))
        time_machine.shift(31)
    assert second_step(first_step(), code=phone.code()).status_code == 200


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_of_a_minute_ago_or_ahead_is_wrong(
    phone, first_step, second_step, wrong, steps
):
    assert wrong(second_step(first_step(), code=phone.code(steps=steps)))


def test_the_enrolling_code_signs_nobody_in(
    keys, as_alice, first_step, second_step, wrong
):
    phone = Phone(as_alice.post(TOTP).json()["secret"])
    code = phone.code()
    as_alice.post(CONFIRM, {"code": code})
    assert wrong(second_step(first_step(), code=code))
    assert second_step(first_step(), code=phone.code(steps=1)).status_code == 200


def test_a_recovery_code_is_taken_once_however_it_is_typed(
    factor, as_alice, alice, first_step, second_step, wrong
):
    code = factor[1][3]
    typed = code.upper().replace("-", " ").replace("0", "O").replace("1", "l")
    assert second_step(first_step(), recovery_code=typed).status_code == 200
    assert wrong(second_step(first_step(), recovery_code=code))
    assert as_alice.get(TOTP).json()["recovery_codes_left"] == 9
    assert ("signed_in", "password+rec") in kinds(alice)
    assert ("recovery_code_used", "") in kinds(alice)


def test_new_recovery_codes_end_the_old(factor, as_alice, first_step, second_step):
    answer = as_alice.post(CODES)
    assert answer.status_code == 201
    new = answer.json()["recovery_codes"]
    assert not {*new} & {*factor[1]}
    old = second_step(first_step(), recovery_code=factor[1][0])
    assert refusal(old) == (401, "SECOND_FACTOR_WRONG")
    assert second_step(first_step(), recovery_code=new[0]).status_code == 200


def test_a_recovery_code_of_somebody_else_is_wrong(
    factor, first_step, second_step, sign_in, bob, wrong
):
    _, codes = set_up(sign_in(bob))
    assert wrong(second_step(first_step(), recovery_code=codes[0]))


def test_removed_it_is_asked_for_no_more(
    phone, as_alice, alice, first_step, second_step, anonymous
):
    flow = first_step()
    assert as_alice.delete(TOTP).status_code == 204
    assert as_alice.delete(TOTP).status_code == 204
    assert refusal(second_step(flow, code=phone.code())) == (401, "FLOW_INVALID")
    assert not TotpSecret.objects.exists()
    assert not RecoveryCode.objects.exists()
    body = {"username": "alice_focus", "password": PASSWORD}
    assert anonymous.post(LOGIN, body).status_code == 200
    assert [kind for kind, _ in kinds(alice)].count("totp_removed") == 1


def test_no_secret_and_no_code_stands_in_the_tables(keys, as_alice):
    secret = as_alice.post(TOTP).json()["secret"]
    codes = as_alice.post(CONFIRM, {"code": Phone(secret).code()}).json()
    stored = bytes(TotpSecret.objects.get().secret)
    assert secret.encode() not in stored
    digests = {bytes(row.digest) for row in RecoveryCode.objects.all()}
    assert len(digests) == 10
    assert not {code.encode() for code in codes["recovery_codes"]} & digests


def test_where_the_keys_are_gone_a_factor_is_not_lifted(
    factor, settings, anonymous, as_alice, second_step
):
    settings.ENCRYPTION_KEYS = []
    body = {"username": "alice_focus", "password": PASSWORD}
    first = anonymous.post(LOGIN, body)
    assert first.status_code == 202
    assert first.json()["methods"] == ["recovery_code"]
    flow = first.json()["flow_token"]
    assert refusal(second_step(flow, code="123456"))[1] == "SECOND_FACTOR_WRONG"
    assert second_step(flow, recovery_code=factor[1][0]).status_code == 200
    assert as_alice.get(ME).json()["second_factor"] is True


def test_a_wrong_factor_is_written_down(phone, alice, first_step, second_step, wrong):
    assert wrong(second_step(first_step(), code="000000"))
    assert wrong(second_step(first_step(), code="no code"))
    assert kinds(alice)[-2:] == [("second_factor_failed", "")] * 2


@pytest.mark.parametrize(
    "factor_sent",
    [{}, {"code": "1", "recovery_code": "2"}, {"credential": {}, "code": "1"}],
)
def test_one_factor_is_sent_and_no_other(keys, anonymous, factor_sent):
    body = {"flow_token": "x"} | factor_sent
    answer = anonymous.post("/api/auth/second-factor", body)
    assert refusal(answer) == (422, "VALIDATION_ERROR")


def test_without_a_passkey_none_is_asked_for(phone, anonymous, first_step, second_step):
    flow = first_step()
    options = anonymous.post("/api/auth/second-factor/options", {"flow_token": flow})
    assert refusal(options) == (401, "CREDENTIAL_REFUSED")
    answer = second_step(flow, credential={"id": "x"})
    assert refusal(answer) == (401, "CREDENTIAL_REFUSED")


def test_a_flow_takes_five_tries(phone, first_step, second_step):
    flow = first_step()
    for _ in range(5):
        assert second_step(flow, code="000000").status_code == 401
    answer = second_step(flow, code=phone.code())
    assert refusal(answer) == (401, "FLOW_INVALID")


@pytest.mark.row("ID03")
def test_ten_wrong_codes_over_all_addresses_and_no_more(
    phone, first_step, anonymous, limited
):
    """Caught: tries that are counted by flow, or by address: a new login from another
    machine buys five more."""
    for n in range(11):
        right = {"flow_token": first_step(), "code": phone.code()}
        body = right | ({} if n == 10 else {"code": "000000"})
        address = f"203.0.113.{n + 1}"
        answer = anonymous.post("/api/auth/second-factor", body, REMOTE_ADDR=address)
        assert answer.status_code == (429 if n == 10 else 401)
    assert refusal(answer) == (429, "LOGIN_RATE_LIMITED")
    assert int(answer.headers["Retry-After"]) > 800


def test_right_ones_are_not_counted(limited, phone, first_step, second_step):
    for _ in range(12):
        TotpSecret.objects.update(last_step=0)
        assert second_step(first_step(), code=phone.code()).status_code == 200


@pytest.mark.row("ID05")
@pytest.mark.parametrize(
    "act",
    [
        lambda client: client.patch(
            "/api/users/me/password",
            {"current_password": PASSWORD, "new_password": "another long phrase 7"},
        ),
        lambda client: client.post("/api/auth/logout-all"),
        lambda client: User.objects.filter(is_staff=False).update(is_active=False),
        lambda client: client.delete("/api/users/me"),
    ],
    ids=["password", "everywhere", "deactivated", "deleted"],
)
def test_a_flow_ends_with_what_it_was_begun_by(
    phone, as_alice, first_step, second_step, act
):
    """Caught: a flow that knows its user alone."""
    flow = first_step()
    act(as_alice)
    answer = second_step(flow, code=phone.code())
    assert refusal(answer) == (401, "FLOW_INVALID")
    assert not AuthSession.objects.live().filter(method="password+totp").exists()


@pytest.mark.row("ID05")
def test_a_token_is_of_one_kind(phone, as_alice, alice, bob, first_step, anonymous):
    """A flow's token is no access token and no refresh token, nor the reverse."""
    flow = first_step()
    for header in (f"Bearer {flow}",):
        answer = anonymous.get(ME, HTTP_AUTHORIZATION=header)
        assert answer.status_code == 401
    refreshed = anonymous.post("/api/auth/refresh", {"refresh_token": flow})
    assert refusal(refreshed) == (401, "TOKEN_INVALID")
    for token in (
        as_alice.signed_in.access_token[:256],
        as_alice.signed_in.refresh_token[:256],
        "x" * 64,
        "",
    ):
        body = {"flow_token": token or "-", "code": phone.code()}
        answer = anonymous.post("/api/auth/second-factor", body)
        assert refusal(answer) == (401, "FLOW_INVALID")


def test_a_flow_that_is_old_goes_no_further(phone, first_step, second_step):
    flow = first_step()
    AuthFlow.objects.update(expires_at=timezone.now())
    answer = second_step(flow, code=phone.code())
    assert refusal(answer) == (401, "FLOW_INVALID")


def test_a_flow_is_used_once(phone, first_step, second_step):
    flow = first_step()
    assert second_step(flow, code=phone.code()).status_code == 200
    TotpSecret.objects.update(last_step=0)
    answer = second_step(flow, code=phone.code())
    assert refusal(answer) == (401, "FLOW_INVALID")


def test_the_code_of_somebody_else_is_wrong(
    phone, sign_in, bob, first_step, second_step
):
    theirs, _ = set_up(sign_in(bob))
    answer = second_step(first_step(), code=theirs.code())
    assert refusal(answer) == (401, "SECOND_FACTOR_WRONG")
    assert not SecurityEvent.objects.filter(user=bob, kind="signed_in").exists()


def test_a_registration_that_is_sent_again_asks_for_the_factor_too(keys, anonymous):
    body = {
        "username": "carol",
        "email": "carol@focusguard.com",
        "password": PASSWORD,
    }
    key = {"HTTP_IDEMPOTENCY_KEY": "one-registration"}
    made = anonymous.post("/api/auth/register", body, **key).json()
    anonymous.credentials(HTTP_AUTHORIZATION=f"Bearer {made['access_token']}")
    set_up(anonymous)
    anonymous.credentials()
    assert anonymous.post("/api/auth/register", body, **key).status_code == 202
