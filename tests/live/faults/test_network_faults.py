"""A network to Postgres that swallows every packet."""

import time

import pytest

from tests.harness.answers import refusal
from tests.live.harness.burst import burst
from tests.live.harness.network import Network
from tests.live.harness.own_servers import own_postgres
from tests.live.harness.stack import DEADLINE, Request, running_stack
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

# Two seconds for what was sent, three for a new connection, and room.
LONGEST_WAIT = 6 + 2  # seconds


@pytest.fixture
def network(tmp_path):
    with own_postgres(tmp_path / "postgres") as postgres:
        network = Network(postgres.socket)
        yield network
        network.close()


@pytest.fixture
def stack(network, tmp_path):
    with running_stack(
        tmp_path,
        RATE_LIMIT_ENABLED="false",
        DATABASE_URL=f"postgresql://focusguard@127.0.0.1:{network.port}/focusguard",
    ) as stack:
        yield stack


@pytest.mark.row("F05")
def test_network_that_swallows_everything_is_a_503_and_forgotten(stack, network):
    """Caught: connections that only time out while they are being opened (15 min)."""
    people = [register(stack) for _ in range(8)]
    requests = [one.request("GET", "/users/me") for one in people]
    assert {answer.status_code for answer in burst(stack, requests * 4)} == {200}
    with network.black_hole():
        began = time.monotonic()
        answers = burst(stack, requests)
        assert time.monotonic() - began < LONGEST_WAIT
        assert {refusal(answer) for answer in answers} == {(503, "SERVICE_UNAVAILABLE")}
        began = time.monotonic()
        assert stack.send(Request("GET", "/health/live")).status_code == 200
        assert time.monotonic() - began < 2
    ends_at = time.monotonic() + DEADLINE
    while people[0].ask("GET", "/users/me").status_code != 200:
        assert time.monotonic() < ends_at
    assert {answer.status_code for answer in burst(stack, requests)} == {200}
