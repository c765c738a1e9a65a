"""Two machines behind nginx, over PgBouncer and a streaming replica, with one Valkey."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from local.processes import wait_until
from tests.live.harness.fleet import pooled, proxied, replica_of
from tests.live.harness.realtime import running_realtime
from tests.live.harness.stack import DEADLINE, free_port
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

BOARDS = "/leaderboard/xp?limit=100"


@pytest.fixture(scope="module")
def replica(postgres, tmp_path_factory):
    with replica_of(postgres, tmp_path_factory.mktemp("replica")) as server:
        yield server


@pytest.fixture(scope="module")
def pool(postgres, tmp_path_factory):
    with pooled(postgres, tmp_path_factory.mktemp("pool")) as url:
        yield url


@pytest.fixture(scope="module")
def machines(replica, pool, valkey, start_stack):
    """Two gunicorns that share nothing but the servers behind them."""
    environment = {
        "DATABASE_URL": pool,
        "DATABASE_REPLICA_URL": replica.url,
        "DATABASE_POOLER": "true",
        "REDIS_URL": valkey.url,
        "RATE_LIMIT_PER_MINUTE": "100000",
        "TRUSTED_PROXIES": "1",
    }
    return [start_stack(**environment) for _ in range(2)]


@pytest.fixture(scope="module")
def proxy(machines, tmp_path_factory):
    ports = [machine.port for machine in machines]
    with proxied(ports, free_port(), tmp_path_factory.mktemp("nginx")) as nginx:
        yield nginx


@pytest.fixture
def person(proxy, postgres, machines):
    """Sign a user in; no answer of any machine may be a 5xx meanwhile."""
    for stack in (proxy, *machines):
        stack.answers.clear()
    yield register(proxy)
    failed = [
        answer
        for stack in (proxy, *machines)
        for answer in stack.answers
        if answer.status_code >= 500
    ]
    assert not failed, machines[0].log_tail() + machines[1].log_tail()
    assert "0 differ" in postgres.manage("verify_stats")


def at(stack, person):
    """The same person, asking another machine."""
    return replace(person, stack=stack)


def focus(person, postgres, minutes):
    session = person.ask("POST", "/sessions", {"duration_min": minutes}).json()["id"]
    postgres.ask(
        "UPDATE sessions SET created_at = created_at - make_interval(mins => %s) "
        "WHERE id = %s",
        minutes,
        session,
    )
    done = person.ask("PATCH", f"/sessions/{session}", {"completed": True})
    assert done.json()["focus_min"] == minutes


def shown(person):
    """The minutes that a person sees of theirs: on the board, by week, by day."""
    board = person.ask("GET", BOARDS).json()
    own = {row["username"]: row["xp_points"] for row in board["leaderboard"]}
    trends = person.ask("GET", "/stats/trends").json()
    days = person.ask("GET", "/stats/daily/3").json()
    return (
        own.get(person.username, 0),
        sum(week["focus_min"] for week in trends["weekly"]),
        sum(day["focus_min"] for day in days["daily_stats"]),
    )


def test_whole_flow_goes_through_any_machine(person, proxy, machines, postgres):
    for n, stack in enumerate((*machines, proxy), 1):
        focus(at(stack, person), postgres, 10)
        for other in (*machines, proxy):
            assert shown(at(other, person)) == (10 * n,) * 3
    assert person.ask("GET", "/users/me").json()["xp_points"] == 30
    assert all(stack.answers for stack in machines)


def test_sockets_of_two_processes_hear_any_machine_over_the_pool(
    person, machines, pool, valkey, tmp_path
):
    environment = {
        "DATABASE_URL": pool,
        "DATABASE_POOLER": "true",
        "REDIS_URL": valkey.url,
    }
    with (
        running_realtime(tmp_path, **environment) as one,
        running_realtime(tmp_path, **environment) as two,
        one.sign_in(person.token) as first,
        two.sign_in(person.token) as second,
    ):
        for stack in machines:
            started = at(stack, person).ask("POST", "/sessions", {"duration_min": 25})
            for socket in (first, second):
                told = socket.hear("session")["session"]
                assert told["id"] == started.json()["id"]
            at(stack, person).ask("DELETE", f"/sessions/{started.json()['id']}")
            for socket in (first, second):
                assert socket.hear("session")["session"] is None


def test_own_fresh_writes_are_seen_while_the_replica_stands_still(
    person, machines, postgres, replica
):
    """Caught: reads of the replica that only look at how far it is behind."""
    used = reads_of(replica)
    focus(person, postgres, 5)
    assert wait_until(
        lambda: shown(person) == (5, 5, 5) and reads_of(replica) > used,
        seconds=DEADLINE,
    )
    replica.ask("SELECT pg_wal_replay_pause()")
    try:
        for n in range(2, 6):
            focus(at(machines[n % 2], person), postgres, 5)
            for machine in machines:
                assert shown(at(machine, person)) == (5 * n,) * 3
        hidden = person.ask("PUT", "/users/me", {"leaderboard_visible": False})
        assert hidden.status_code == 200
        assert shown(at(machines[0], person))[0] == 0
    finally:
        replica.ask("SELECT pg_wal_replay_resume()")


def reads_of(replica):
    """Return how often the replica has searched the log of sessions."""
    replica.ask("SELECT pg_stat_force_next_flush()")
    ((scans,),) = replica.ask(
        "SELECT idx_scan + seq_scan FROM pg_stat_user_tables WHERE relname = 'sessions'"
    )
    return scans


def test_limit_is_counted_over_all_machines(person, machines):
    left = [
        at(machines[n % 2], person).ask("GET", "/users/me").headers["RateLimit"]
        for n in range(6)
    ]
    remaining = [int(limit.split("r=")[1].split(";")[0]) for limit in left]
    # A new window may begin in between.
    assert sum(a - b == 1 for a, b in pairwise(remaining)) >= 4


def test_pool_serves_more_threads_than_it_has_connections(person, proxy, postgres):
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(shown, at(proxy, person)) for _ in range(60)]
        assert {answer.result() for answer in asked} == {(0, 0, 0)}
    assert len(postgres.backends()) <= 5


def test_replica_that_is_gone_is_not_noticed(person, machines, postgres, replica):
    focus(person, postgres, 7)
    replica.stop()
    try:
        for machine in machines:
            assert shown(at(machine, person)) == (7, 7, 7)
            assert at(machine, person).ask("GET", "/stats/summary").status_code == 200
    finally:
        replica.start()


def test_machine_that_dies_is_not_noticed(person, proxy, machines):
    """The last one here: the machine stays dead."""

    def ask(_):
        return person.ask("GET", "/users/me").status_code

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, n) for n in range(200)]
        asked[50].result()
        os.killpg(machines[1].process.pid, signal.SIGKILL)
        assert {answer.result() for answer in asked} == {200}
    machines[1].answers.clear()
    assert person.ask("POST", "/sessions", {"duration_min": 5}).status_code == 201
