import time

import pytest

from accounts.tests.factories import PASSWORD
from identity.tests.phone import KEYS, set_up
from tests.harness.answers import refusal

LOGIN = "/api/auth/login"
SECOND = "/api/auth/second-factor"


@pytest.fixture
def keys(settings, time_machine):
    """Second factors are offered, and a step of codes begins: none ends on the way."""
    begins_at = (int(time.time()) // 30 + 1) * 30
    time_machine.move_to(begins_at)
    settings.ENCRYPTION_KEYS = KEYS[:1]
    return settings


@pytest.fixture
def factor(keys, as_alice):
    """Alice's phone and her recovery codes."""
    return set_up(as_alice)


@pytest.fixture
def phone(factor):
    return factor[0]


@pytest.fixture
def first_step(anonymous, alice):
    """Give Alice's password; return the token of the flow that goes on."""

    def _first_step():
        body = {"username": alice.username, "password": PASSWORD}
        answer = anonymous.post(LOGIN, body)
        assert answer.status_code == 202, answer.content
        return answer.json()["flow_token"]

    return _first_step


@pytest.fixture
def second_step(anonymous):
    """Give a second factor; return the answer."""

    def _second_step(flow_token, **factor):
        return anonymous.post(SECOND, {"flow_token": flow_token} | factor)

    return _second_step


@pytest.fixture
def wrong():
    """Tell what is answered to a wrong factor."""
    return lambda answer: refusal(answer) == (401, "SECOND_FACTOR_WRONG")


@pytest.fixture
def limited(settings):
    """Failures are counted, requests as good as not."""
    settings.RATE_LIMIT_ENABLED, settings.RATE_LIMIT_PER_MINUTE = True, 10_000
