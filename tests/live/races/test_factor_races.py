"""Codes and flows of second factors that many hold at once, on either counter."""

import time

import pytest
from django.utils import timezone

from accounts import services as accounts_services
from accounts.devices import auth_services
from accounts.devices.one_door import Method, open_device
from accounts.models import AuthSession, User
from identity.models import AuthFlow, RecoveryCode, TotpSecret
from identity.second_factor import sealing, services
from identity.second_factor.authenticator import new_secret
from identity.second_factor.factor_limits import FAILURES_PER_ACCOUNT
from identity.second_factor.first_step import begin
from identity.second_factor.recovery import make_codes
from identity.tests.phone import KEYS, Phone
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request, running_stack
from tests.live.races.test_account_races import answered_after
from tests.live.races.test_mail_link_races import outcomes

pytestmark = pytest.mark.slow

RACERS = 50
WRONG = (401, "SECOND_FACTOR_WRONG")
FLOW_OVER = (401, "FLOW_INVALID")
LIMITED = (429, "LOGIN_RATE_LIMITED")


def environment(request, **more):
    counters = {"REDIS_URL": ""} if request.param == "postgres" else {}
    return {
        "ENCRYPTION_KEYS": KEYS[0],
        "RATE_LIMIT_PER_MINUTE": "1000000",
        "TRUSTED_PROXIES": "1",
        **counters,
        **more,
    }


@pytest.fixture(scope="module", params=["valkey", "postgres"])
def unlimited_stack(request, django_db_setup, tmp_path_factory):
    """Start a stack without limits: all who race are judged."""
    directory = tmp_path_factory.mktemp("factors")
    settled = environment(request, RATE_LIMIT_ENABLED="false")
    with running_stack(directory, **settled) as stack:
        yield stack


@pytest.fixture(scope="module", params=["valkey", "postgres"])
def limited_stack(request, django_db_setup, tmp_path_factory):
    with running_stack(
        tmp_path_factory.mktemp("limited_factors"), **environment(request)
    ) as stack:
        yield stack


@pytest.fixture
def stack(unlimited_stack, unharmed):
    return unharmed(unlimited_stack)


@pytest.fixture
def phone(transactional_db, alice, settings):
    settings.ENCRYPTION_KEYS = KEYS[:1]
    secret = new_secret()
    TotpSecret.objects.create(
        user=alice,
        secret=sealing.seal(secret.encode()),
        created_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
    User.objects.filter(pk=alice.pk).update(second_factor=True)
    alice.refresh_from_db()
    return Phone(secret)


@pytest.fixture
def codes(phone, alice):
    return make_codes(alice)


def flows_of(user, count=RACERS):
    return [begin(user, Method.PASSWORD).flow_token for _ in range(count)]


def second(flow_token, *, address="203.0.113.1", **factor):
    body = {"flow_token": flow_token} | factor
    headers = {"X-Forwarded-For": address}
    return Request("POST", "/api/auth/second-factor", body, headers=headers)


def devices():
    return AuthSession.objects.exclude(method="password").count()


@pytest.mark.row("ID01")
def test_a_code_signs_in_one_of_fifty_who_have_it(stack, alice, phone):
    """Caught: a step that is read, compared and stored, judged before the user's lock
    (16 signed in)."""
    # Both read now: the step may end before the burst does, and the next code is good.
    before, code = phone.code(steps=-1), phone.code()
    requests = [second(token, code=code) for token in flows_of(alice)]
    answers = burst(stack, requests, behind=Dam(alice))
    assert outcomes(answers) == {(200,): 1, WRONG: RACERS - 1}
    assert devices() == 1
    for old in (before, code):
        (token,) = flows_of(alice, 1)
        assert refusal(stack.send(second(token, code=old))) == WRONG


@pytest.mark.row("ID01")
def test_a_flow_signs_in_one_of_fifty_who_hold_it(stack, alice, phone):
    """Caught: tries that are read and then raised (more than five were judged)."""
    (token,) = flows_of(alice, 1)
    answers = burst(
        stack, [second(token, code=phone.code())] * RACERS, behind=Dam(alice, racers=5)
    )
    assert outcomes(answers) == {(200,): 1, WRONG: 4, FLOW_OVER: RACERS - 5}
    assert devices() == 1
    assert AuthFlow.objects.get().tries == 5


@pytest.mark.row("ID02")
def test_a_recovery_code_signs_in_one_of_fifty_who_have_it(stack, alice, codes):
    """Caught: a code that is looked up and then marked, before the user's lock (16)."""
    requests = [second(token, recovery_code=codes[0]) for token in flows_of(alice)]
    answers = burst(stack, requests, behind=Dam(alice))
    assert outcomes(answers) == {(200,): 1, WRONG: RACERS - 1}
    assert devices() == 1
    assert RecoveryCode.objects.unused(alice).count() == 9


@pytest.mark.row("ID02")
def test_a_recovery_code_that_waits_for_new_ones_is_an_old_one(stack, alice, codes):
    (token,) = flows_of(alice, 1)
    answer = answered_after(
        stack,
        second(token, recovery_code=codes[0]),
        lambda: services.make_recovery_codes(user=alice),
    )
    assert refusal(answer) == WRONG
    assert RecoveryCode.objects.unused(alice).count() == 10


@pytest.mark.row("ID03")
def test_wrong_codes_are_judged_ten_times_over_all_addresses(
    limited_stack, unharmed, alice, phone
):
    """Caught: counting after the check (21 of 30 were judged, in Postgres 22), counters
    in each worker's memory, and counters of the address alone."""
    stack = unharmed(limited_stack)
    requests = [
        second(token, code="000000", address=f"203.0.113.{n + 1}")
        for n, token in enumerate(flows_of(alice, 30))
    ]
    answers = burst(stack, requests)
    assert outcomes(answers) == {
        WRONG: FAILURES_PER_ACCOUNT,
        LIMITED: 30 - FAILURES_PER_ACCOUNT,
    }
    (token,) = flows_of(alice, 1)
    right = second(token, code=phone.code(), address="198.51.100.7")
    assert refusal(stack.send(right)) == LIMITED
    assert devices() == 0


@pytest.mark.row("ID05")
@pytest.mark.parametrize(
    "act",
    [
        lambda user: accounts_services.set_password(
            user=user, new_password="another long phrase 7"
        ),
        lambda user: auth_services.log_out_everywhere(user=user),
        lambda user: accounts_services.deactivate_user(user=user),
        lambda user: accounts_services.delete_account(user=user),
        lambda user: services.remove_totp(user=user),
    ],
    ids=["password", "everywhere", "deactivated", "deleted", "removed"],
)
def test_a_second_step_that_waits_for_the_end_of_its_flow_opens_nothing(
    stack, alice, phone, act
):
    """Caught: a flow that is judged before the user's lock alone, and then marked."""
    (token,) = flows_of(alice, 1)
    answer = answered_after(stack, second(token, code=phone.code()), lambda: act(alice))
    assert refusal(answer) in (FLOW_OVER, WRONG)
    assert devices() == 0


@pytest.mark.row("ID09")
def test_an_app_is_confirmed_by_one_of_two_at_once(stack, alice, settings):
    """Caught: no lock: two sets of recovery codes, of which one is good, and both are
    shown."""
    settings.ENCRYPTION_KEYS = KEYS[:1]
    phone = Phone(services.begin_totp(user=alice).secret)
    tokens = [open_device(user=alice).access_token for _ in range(2)]
    requests = [
        Request(
            "POST",
            "/api/auth/totp/confirm",
            {"code": phone.code(steps=steps)},
            token=token,
        )
        for steps, token in enumerate(tokens)
    ]
    answers = burst(stack, requests, behind=Dam(alice))
    assert outcomes(answers) == {(200,): 1, (409, "TOTP_ON"): 1}
    shown = next(a.json() for a in answers if a.status_code == 200)["recovery_codes"]
    assert RecoveryCode.objects.unused(alice).count() == len(shown) == 10


@pytest.mark.row("ID05")
def test_a_used_code_is_known_to_both_workers(stack, alice, phone):
    """Caught: a used-mark in a worker's memory: the other worker takes the code again."""
    code = phone.code()
    for n, token in enumerate(flows_of(alice, 8)):
        answer = stack.send(second(token, code=code))
        assert answer.status_code == (401 if n else 200)
    assert TotpSecret.objects.get().last_step >= int(time.time()) // 30 - 1
