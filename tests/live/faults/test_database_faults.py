"""Postgres away, frozen, full, slow or read-only: a clean no, soon, and then a yes."""

import os
import signal
import time
from contextlib import contextmanager, suppress

import psycopg
import pytest

from local.processes import wait_until
from tests.harness.answers import refusal
from tests.live.harness.burst import burst
from tests.live.harness.stack import DEADLINE, Request
from tests.live.harness.user import register
from tests.live.harness.writers import writing

STATEMENT_TIMEOUT, LOCK_TIMEOUT = 1.0, 0.5  # seconds, of this file's stack
LIVE = Request("GET", "/health/live")
# Of a wait that is bounded: far from the bound, nearer than a hang.
ROOM = 20.0  # seconds


@pytest.fixture(scope="module")
def module_stack(postgres, start_stack):
    """The stack of all tests here; no fault of any of them has left a wrong figure."""
    yield start_stack(
        DATABASE_URL=postgres.url,
        RATE_LIMIT_ENABLED="false",
        STATEMENT_TIMEOUT_MS=str(int(STATEMENT_TIMEOUT * 1000)),
        LOCK_TIMEOUT_MS=str(int(LOCK_TIMEOUT * 1000)),
    )
    postgres.manage("verify_stats", "--verbosity", "0")


@pytest.fixture
def stack(module_stack):
    """A stack that works; no answer of the test may be another than one that is expected."""
    module_stack.answers.clear()
    yield module_stack
    wrong = {answer.status_code for answer in module_stack.answers} - EXPECTED
    assert not wrong, module_stack.log_tail()


EXPECTED = {200, 201, 204, 404, 409, 503}


@pytest.fixture
def alice(stack):
    return register(stack)


@pytest.fixture
def crowd(stack, postgres):
    """Eight people, and as many warm connections: a quick burst may need fewer."""
    people = [register(stack) for _ in range(8)]
    requests = [person.request("GET", "/users/me") for person in people * 4]

    def warms():
        burst(stack, requests)
        return len(postgres.backends()) >= len(people)

    assert wait_until(warms, seconds=DEADLINE)
    return people


def outage(answer):
    """Tell whether this is the clean no of a database that is away."""
    assert refusal(answer) == (503, "SERVICE_UNAVAILABLE")
    return int(answer.headers["Retry-After"]) > 0


@contextmanager
def taking_at_most(seconds):
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def recovers(person):
    """The stack serves again without a restart."""
    ends_at = time.monotonic() + DEADLINE
    while person.ask("GET", "/users/me").status_code != 200:
        assert time.monotonic() < ends_at
        time.sleep(0.05)  # a database announces to nobody that it is back
    return True


@contextmanager
def slowed(postgres, seconds):
    """Let each new session take so long to store."""
    postgres.ask(
        f"""
        CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END';
        CREATE TRIGGER dawdle BEFORE INSERT ON sessions
            FOR EACH ROW EXECUTE FUNCTION dawdle();
        """
    )
    try:
        yield
    finally:
        postgres.ask("DROP FUNCTION dawdle CASCADE")


@pytest.mark.row("F03")
def test_ended_connections_are_not_noticed(stack, postgres, crowd):
    """Caught: connections that are not tested before use (8 of 8 fail)."""
    backends = postgres.backends()
    postgres.ask("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", backends)
    answers = burst(stack, [one.request("GET", "/users/me") for one in crowd])
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.row("F02")
def test_database_that_is_gone_is_a_503_and_one_that_is_back_serves(
    stack, postgres, alice
):
    session = alice.ask("POST", "/sessions", {"duration_min": 25}).json()["id"]
    postgres.stop()
    try:
        for method, path in [
            ("GET", "/users/me"),
            ("GET", "/leaderboard/xp"),
            ("POST", "/sessions"),
            ("PATCH", f"/sessions/{session}"),
        ]:
            body = None if method == "GET" else {}
            with taking_at_most(ROOM):
                assert outage(alice.ask(method, path, body))
        login = {"username": alice.username, "password": "whatever it is"}
        assert outage(stack.send(Request("POST", "/api/auth/login", login)))
        assert stack.send(LIVE).status_code == 200
        # Probes ask by address, and by names that are none of ours.
        for host in ("127.0.0.1", "10.0.0.11:8000", "evil.test", ""):
            probe = Request("GET", "/health", headers={"Host": host})
            with taking_at_most(ROOM):
                health = stack.send(probe)
            told = health.json()
            assert (health.status_code, told["database"]) == (503, "unavailable")
    finally:
        postgres.start()
    assert recovers(alice)
    assert alice.ask("GET", f"/sessions/{session}").json()["status"] == "active"


@pytest.mark.row("F02")
def test_killed_database_keeps_all_that_was_acknowledged(
    stack, postgres, crowd, record_property
):
    with writing(crowd) as writers:
        writers.wait_for_more(50)
        postgres.kill()
        postgres.start()
        writers.wait_for_more(50)
    rows = postgres.ask("SELECT id::text, status FROM sessions")
    record_property("writes acknowledged amid kills", writers.kept(dict(rows)))


@pytest.mark.row("F04")
def test_frozen_database_is_bounded_and_forgotten(stack, postgres, crowd):
    """Caught: a liveness probe that asks the database."""
    frozen = [*postgres.backends(), postgres.pid]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        with taking_at_most(1 + ROOM):
            assert stack.send(LIVE).status_code == 200
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    answers = burst(stack, [one.request("GET", "/users/me") for one in crowd])
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.row("F06")
def test_slow_statement_ends_and_leaves_a_clean_connection(stack, postgres, alice):
    with (
        slowed(postgres, seconds=30),
        taking_at_most(STATEMENT_TIMEOUT + ROOM),
    ):
        assert outage(alice.ask("POST", "/sessions", {}))
    answers = burst(stack, [alice.request("GET", "/sessions/active")] * 100)
    assert {answer.status_code for answer in answers} == {200}
    assert not answers[0].json()["has_active"]


@pytest.mark.row("F07")
def test_lock_holds_up_its_user_alone_and_not_for_long(stack, postgres, crowd):
    held, *others = crowd
    with postgres.connect() as holder, holder.transaction():
        holder.execute("SELECT 1 FROM users WHERE id = %s FOR UPDATE", [held.id])
        with taking_at_most(LOCK_TIMEOUT + ROOM):
            assert outage(held.ask("POST", "/sessions", {}))
        answers = burst(stack, [one.request("POST", "/sessions", {}) for one in others])
        assert {answer.status_code for answer in answers} == {201}
    assert held.ask("POST", "/sessions", {}).status_code == 201


@pytest.mark.row("F10")
def test_full_database_is_a_503_until_there_is_room(stack, postgres, alice):
    outside = []

    def take_every_place():
        with suppress(psycopg.OperationalError):
            while True:
                outside.append(postgres.connect())

    try:
        take_every_place()
        theirs = "FROM pg_stat_activity WHERE application_name = 'focusguard'"
        outside[0].execute(f"SELECT pg_terminate_backend(pid) {theirs}")
        assert wait_until(
            lambda: not outside[0].execute(f"SELECT 1 {theirs}").fetchall(),
            seconds=DEADLINE,
        )
        take_every_place()
        assert outage(alice.ask("GET", "/users/me"))
        assert stack.send(LIVE).status_code == 200
    finally:
        for connection in outside:
            connection.close()
    assert recovers(alice)


@pytest.mark.row("F15")
def test_database_that_only_reads_serves_reads(stack, postgres, alice):
    """Caught: 500 for every write (a read-only transaction is no OperationalError)."""
    read_only(postgres, "on")
    try:
        for path in (
            "/users/me",
            "/sessions",
            "/garden",
            "/stats/me",
            "/stats/summary",
        ):
            assert alice.ask("GET", path).status_code == 200
        assert alice.ask("GET", "/leaderboard/xp").status_code == 200
        assert outage(alice.ask("POST", "/sessions", {}))
        assert outage(alice.ask("PUT", "/users/me", {"timezone": "Asia/Tokyo"}))
    finally:
        read_only(postgres, "off")
    assert alice.ask("POST", "/sessions", {}).status_code == 201


def read_only(postgres, state):
    postgres.ask(f"ALTER SYSTEM SET default_transaction_read_only = {state}")
    postgres.ask("SELECT pg_reload_conf()")
    postgres.wait_for(
        "SELECT 1 WHERE current_setting('default_transaction_read_only') = %s", state
    )


@pytest.mark.row("F17")
def test_rule_that_only_the_commit_finds_broken_is_a_conflict(stack, postgres, alice):
    postgres.ask(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE foreign_key_violation; END';
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON sessions
            DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION refuse();
        """
    )
    try:
        assert refusal(alice.ask("POST", "/sessions", {})) == (409, "CONFLICT")
    finally:
        postgres.ask("DROP FUNCTION refuse CASCADE")
    assert alice.ask("GET", "/sessions").json()["total"] == 0
