"""Valkey away, hung, back and empty: nobody is signed out, and no limit is lost."""

import os
import signal
from contextlib import contextmanager

import pytest

from accounts.passwords.login_limits import FAILURES_PER_ACCOUNT_AND_ADDRESS as FAILURES
from local.processes import wait_until
from tests.harness.answers import refusal
from tests.live.harness.burst import burst
from tests.live.harness.stack import DEADLINE, Request
from tests.live.harness.user import register

LIMIT = 1000


@pytest.fixture(scope="module")
def module_stack(valkey, start_stack):
    return start_stack(REDIS_URL=valkey.url, RATE_LIMIT_PER_MINUTE=str(LIMIT))


@pytest.fixture
def stack(module_stack, unharmed):
    """A stack of which no answer may be a 5xx, whatever Valkey does."""
    return unharmed(module_stack)


@pytest.fixture
def carol(stack):
    return register(stack)


@contextmanager
def gone(valkey):
    valkey.stop()
    try:
        yield
    finally:
        valkey.start()


@contextmanager
def hung(valkey):
    os.kill(valkey.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(valkey.pid, signal.SIGCONT)


def log_in(person, password="not it at all"):
    body = {"username": person.username, "password": password}
    return Request("POST", "/api/auth/login", body)


@pytest.mark.row("F11")
@pytest.mark.parametrize("fault", [gone, hung])
def test_everything_works_without_valkey(stack, valkey, carol, fault):
    """Caught: Django's Redis cache as it comes (500 on every limited route)."""
    with fault(valkey):
        session = carol.ask("POST", "/sessions", {"duration_min": 25}).json()["id"]
        done = carol.ask("PATCH", f"/sessions/{session}", {"completed": True})
        assert done.json()["status"] == "completed"
        for path in ("/users/me", "/stats/summary", "/leaderboard/xp", "/garden"):
            assert carol.ask("GET", path).status_code == 200
        refreshed = stack.send(
            Request("POST", "/api/auth/refresh", {"refresh_token": carol.refresh_token})
        )
        assert refreshed.status_code == 200
        health = stack.send(Request("GET", "/health"))
        assert (health.status_code, health.json()["cache"]) == (200, "unavailable")


@pytest.mark.row("F11")
@pytest.mark.parametrize("fault", [gone, hung])
def test_login_limit_holds_without_valkey(stack, valkey, carol, fault):
    """Caught: counters that let everything pass while Valkey is away."""
    with fault(valkey):
        answers = [refusal(answer) for answer in burst(stack, [log_in(carol)] * 30)]
    checked = answers.count((401, "INVALID_CREDENTIALS"))
    # Some may have been counted in Valkey before a worker saw that it was away.
    assert FAILURES <= checked <= 2 * FAILURES
    assert answers.count((429, "LOGIN_RATE_LIMITED")) == 30 - checked


@pytest.mark.row("F11")
def test_flushed_valkey_signs_nobody_out_and_brings_nothing_back(stack, valkey, carol):
    other = register(stack)
    assert other.ask("POST", "/auth/logout-all").status_code == 204
    with gone(valkey):
        (valkey.data / "dump.rdb").unlink(missing_ok=True)
    assert carol.ask("GET", "/users/me").status_code == 200
    assert refusal(other.ask("GET", "/users/me")) == (401, "TOKEN_INVALID")


@pytest.mark.row("F11")
def test_valkey_that_is_back_counts_again(stack, valkey, carol):
    with gone(valkey):
        assert "RateLimit" not in carol.ask("GET", "/users/me").headers

    def counted():
        return "RateLimit" in carol.ask("GET", "/users/me").headers

    def well():
        return stack.send(Request("GET", "/health")).json()["cache"] == "ok"

    # Each worker finds out by itself.
    assert wait_until(counted, seconds=DEADLINE)
    assert wait_until(well, seconds=DEADLINE)
