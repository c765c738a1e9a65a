"""Limits that hold to the last request, over two workers, on either counter."""

import re

import pytest

from accounts.devices.one_door import open_device
from accounts.passwords.hashing import AT_ONCE_OR_WAITING
from accounts.passwords.login_limits import FAILURES_PER_ACCOUNT_AND_ADDRESS, WINDOW
from accounts.tests.factories import PASSWORD, UserFactory
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats
from tests.harness.answers import refusal
from tests.live.harness.burst import burst
from tests.live.harness.stack import Request, running_stack

LIMIT = 20
# Longer than the burst can take, so that it lies in one window of a minute.
ROOM = 40  # seconds


@pytest.fixture(scope="module", params=["valkey", "postgres"])
def limited_stack(request, django_db_setup, tmp_path_factory):
    """A stack with a low limit, its counters in Valkey or, without one, in Postgres."""
    environment = {"RATE_LIMIT_PER_MINUTE": str(LIMIT)}
    if request.param == "postgres":
        environment["REDIS_URL"] = ""
    with running_stack(tmp_path_factory.mktemp("limited"), **environment) as stack:
        yield stack


def rate_limit(answer):
    """Return (remaining requests, seconds to the end of the window)."""
    header = answer.headers["RateLimit"]
    return tuple(map(int, re.fullmatch(r'"api";r=(\d+);t=(\d+)', header).groups()))


def early_in_a_window(stack):
    """Return the request of a user whose window has just been opened by it.

    Each user's windows end at another second: the next user is as good as waiting.
    """
    while True:
        device = open_device(user=UserFactory())
        request = Request("GET", "/api/auth/me", token=device.access_token)
        remaining, seconds = rate_limit(stack.send(request))
        assert remaining == LIMIT - 1
        if seconds > ROOM:
            return request


@pytest.mark.row("C08")
def test_requests_pass_up_to_the_limit(limited_stack, unharmed):
    """Caught: DRF's own throttle (remaining requests repeat, so more pass), counters in
    each worker's memory, and an `incr` in Postgres that reads and then writes.
    """
    stack = unharmed(limited_stack)
    request = early_in_a_window(stack)
    answers = burst(stack, [request] * 59)
    passed = [answer for answer in answers if answer.status_code == 200]
    assert sorted(rate_limit(answer)[0] for answer in passed) == list(range(LIMIT - 1))
    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(refused) == 60 - LIMIT
    for answer in refused:
        assert refusal(answer) == (429, "RATE_LIMITED")
        remaining, seconds = rate_limit(answer)
        assert remaining == 0
        assert 0 < seconds == int(answer.headers["Retry-After"])


@pytest.mark.row("A15")
def test_passwords_are_checked_up_to_the_limit(stack, alice):
    """Caught: counting after the check (9 to 15 passwords checked, not 5), and counters
    in each worker's memory (10).
    """

    def log_in(password):
        return Request(
            "POST",
            "/api/auth/login",
            {"username": alice.username, "password": password},
        )

    answers = burst(stack, [log_in(f"wrong password {n}") for n in range(40)])
    refusals = [refusal(answer) for answer in answers]
    checked = refusals.count((401, "INVALID_CREDENTIALS"))
    assert checked == FAILURES_PER_ACCOUNT_AND_ADDRESS
    assert refusals.count((429, "LOGIN_RATE_LIMITED")) == 40 - checked
    for answer in answers:
        if answer.status_code == 429:
            assert 0 < int(answer.headers["Retry-After"]) <= WINDOW
    owner = stack.send(log_in(PASSWORD))
    assert refusal(owner) == (429, "LOGIN_RATE_LIMITED")


@pytest.mark.row("L02")
def test_a_flood_of_sign_ins_leaves_threads_for_reads(unharmed, tmp_path):
    """Caught: hashing without a cap (no sign-in is turned away, and 16 of them hold
    every thread of both workers).
    """
    users = [UserFactory() for _ in range(32)]
    sign_ins = [
        Request(
            "POST", "/api/auth/login", {"username": user.username, "password": PASSWORD}
        )
        for user in users
    ]
    device = open_device(user=users[0])
    reads = [Request("GET", "/api/auth/me", token=device.access_token)] * 32
    # At the real cost of a hash.
    real = {"DJANGO_SETTINGS_MODULE": "focusguard.settings"}
    with running_stack(tmp_path, RATE_LIMIT_PER_MINUTE="1000000", **real) as stack:
        answers = burst(unharmed(stack, busy=True), sign_ins + reads)
    assert {answer.status_code for answer in answers[32:]} == {200}
    busy = [answer for answer in answers[:32] if answer.status_code != 200]
    assert AT_ONCE_OR_WAITING <= 32 - len(busy) < 32
    for answer in busy:
        assert refusal(answer) == (503, "SIGN_IN_BUSY")
        assert answer.headers["Retry-After"] == "1"


@pytest.mark.row("A15")
def test_a_neighbours_forwarded_headers_are_nobodys(stack, signed_in, alice):
    """Caught: gunicorn itself takes the scheme from whoever asks on the same machine."""
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test"}
    FocusSessionFactory.create_batch(2, user=alice, done=True)
    rebuild_stats(user_id=alice.pk)
    page = stack.send(
        Request("GET", "/api/sessions?limit=1", None, signed_in.access_token, headers)
    )
    assert page.json()["next"].startswith(f"{stack.origin}/api/sessions?")
    statuses = [
        stack.send(
            Request(
                "POST",
                "/api/auth/login",
                {"username": alice.username, "password": f"wrong password {n}"},
                headers={"X-Forwarded-For": f"198.51.100.{n}"},
            )
        ).status_code
        for n in range(FAILURES_PER_ACCOUNT_AND_ADDRESS + 1)
    ]
    assert statuses == [401] * FAILURES_PER_ACCOUNT_AND_ADDRESS + [429]
