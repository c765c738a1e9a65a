"""Sockets through nginx: the upgrade, the fullest last, and what it says where none is."""

from contextlib import ExitStack, contextmanager

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from accounts.devices.one_door import open_device
from local.processes import wait_until
from sessions_app import services
from tests.harness.answers import refusal
from tests.live.harness.fleet import proxied
from tests.live.harness.realtime import LiveSocket, running_realtime
from tests.live.harness.stack import DEADLINE, Request, free_port

pytestmark = pytest.mark.slow

PROXY = {"TRUSTED_PROXIES": "1"}


@pytest.fixture(scope="module")
def processes(django_db_setup, tmp_path_factory):
    """Two processes: the one takes a single socket, the other as many as come."""
    directory = tmp_path_factory.mktemp("realtime")
    with ExitStack() as running:
        yield [
            running.enter_context(
                running_realtime(directory, REALTIME_MAX_SOCKETS=most, **PROXY)
            )
            for most in ("1", "100")
        ]


@contextmanager
def nginx_before(ports, directory):
    changes = {
        f"10.0.0.1{n}:8001": f"127.0.0.1:{port}" for n, port in enumerate(ports, 1)
    }
    web = free_port()
    with proxied([web, web], free_port(), directory, changes) as nginx:
        nginx.url = f"ws://127.0.0.1:{nginx.port}/api"
        yield nginx


@pytest.fixture
def nginx(processes, tmp_path):
    with nginx_before([one.port for one in processes], tmp_path) as nginx:
        yield nginx


@pytest.fixture
def device(transactional_db, alice):
    return open_device(user=alice)


@contextmanager
def signed_in(nginx, device, path="/ws"):
    with LiveSocket(connect(nginx.url + path, proxy=None, compression=None)) as socket:
        socket.say(type="auth", token=device.access_token)
        socket.hear("session")
        yield socket


def are_empty(processes):
    return wait_until(
        lambda: all(one.is_empty() for one in processes), seconds=DEADLINE
    )


@pytest.mark.parametrize("path", ["/ws", "/v1/ws"])
def test_socket_through_nginx_hears_at_once(nginx, processes, device, alice, path):
    with signed_in(nginx, device, path) as socket:
        services.start_session(user_id=alice.pk, duration_min=25)
        assert socket.hear("session")["session"]["duration_min"] == 25
    assert are_empty(processes)


def test_process_that_is_full_sends_people_to_the_next(nginx, processes, device):
    """Caught: a 503 that is handed to the client, with room in the other process."""
    with ExitStack() as sockets:
        for _ in range(5):
            sockets.enter_context(signed_in(nginx, device))
        held = [one.get("/health")[1]["sockets"] for one in processes]
        assert held == [1, 4]
    assert are_empty(processes)


def test_what_asks_for_no_upgrade_is_told_so_by_the_process(nginx):
    answer = nginx.send(Request("GET", "/api/ws"))
    assert refusal(answer) == (426, "UPGRADE_REQUIRED")


def test_foreign_page_is_refused_through_nginx_too(nginx):
    with pytest.raises(InvalidStatus) as refused:
        connect(nginx.url + "/ws", proxy=None, origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403


def test_where_no_process_is_there_is_the_envelope(tmp_path):
    with nginx_before([free_port(), free_port()], tmp_path) as nginx:
        assert refusal(nginx.send(Request("GET", "/api/ws"))) == (
            502,
            "SERVICE_UNAVAILABLE",
        )
        with pytest.raises(InvalidStatus) as refused:
            connect(nginx.url + "/ws", proxy=None)
        assert refused.value.response.status_code == 502
