"""`/api/ws` at gunicorn's port, and gunicorn while the realtime process stands still."""

import os
import signal
import socket
import time
from contextlib import closing
from http.client import HTTPResponse

import psutil
import pytest

from tests.live.harness.stack import Request
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

UPGRADE = (
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
)
KINDS = {
    "upgrade": ("GET /api/ws HTTP/1.1", UPGRADE, b"", 426),
    "versioned": ("GET /api/v1/ws HTTP/1.1", UPGRADE, b"", 426),
    "1.0": ("GET /api/ws HTTP/1.0", UPGRADE, b"", 426),
    "POST": ("POST /api/ws HTTP/1.1", (*UPGRADE, "Content-Length: 2"), b"{}", 405),
    "http2": (
        "GET /api/ws HTTP/1.1",
        ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AA"),
        b"",
        426,
    ),
    "frames": ("GET /api/ws HTTP/1.1", UPGRADE, b"\x81\x80\0\0\0\0", 426),
}


def head(stack, first, lines):
    host = f"Host: 127.0.0.1:{stack.port}"
    return "\r\n".join([first, host, *lines, "", ""]).encode()


def answer_on(client, method="GET"):
    answer = HTTPResponse(client, method=method)
    answer.begin()
    return answer.status, answer.read()


def descriptors(stack):
    return sum(
        process.num_fds() for process in psutil.Process(stack.process.pid).children()
    )


@pytest.mark.row("RT11")
@pytest.mark.parametrize("drips", [False, True], ids=["at once", "byte by byte"])
@pytest.mark.parametrize("kind", KINDS)
def test_socket_asked_of_gunicorn_is_answered_in_the_envelope(stack, kind, drips):
    first, lines, body, status = KINDS[kind]
    sent = head(stack, first, lines) + body
    with closing(stack.connect()) as client:
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in [bytes([byte]) for byte in sent] if drips else [sent]:
            client.sock.sendall(part)
        found, said = answer_on(client.sock)
    assert found == status
    assert b'"error_code"' in said


@pytest.mark.row("RT11")
def test_pipelined_requests_after_an_upgrade_are_requests(stack):
    """No connection is upgraded, so that what follows is HTTP, each answered by itself."""
    asked = head(stack, "GET /api/ws HTTP/1.1", UPGRADE)
    after = head(stack, "GET /health/live HTTP/1.1", ())
    with closing(stack.connect()) as client:
        client.sock.sendall(asked + after + asked + after)
        read = client.sock.makefile("rb")
        found = []
        for _ in range(4):
            status, length = int(read.readline().split()[1]), 0
            while line := read.readline().strip():
                name, _, value = line.partition(b": ")
                if name.lower() == b"content-length":
                    length = int(value)
            read.read(length)
            found.append(status)
    assert found == [426, 200, 426, 200]


@pytest.mark.row("RT11")
def test_sockets_asked_of_gunicorn_leave_no_descriptor(stack):
    stack.wait_until_idle()
    before = descriptors(stack)
    for _ in range(50):
        for first, lines, body, _ in KINDS.values():
            with closing(stack.connect()) as client:
                client.sock.sendall(head(stack, first, lines) + body)
                answer_on(client.sock)
        # And some that do not wait for the answer.
        with closing(stack.connect()) as client:
            client.sock.sendall(head(stack, "GET /api/ws HTTP/1.1", UPGRADE))
    stack.wait_until_idle()
    # A thread may have opened a connection to Postgres meanwhile.
    assert descriptors(stack) <= before + 20


@pytest.mark.row("RT12")
def test_frozen_realtime_process_holds_nobody_up(stack, realtime, record_property):
    """Caught: a web process that passes sockets on, and waits for who does not answer."""
    person = register(stack)
    with realtime.sign_in(person.token) as socket_:
        os.kill(realtime.process.pid, signal.SIGSTOP)
        try:
            asked = [
                Request("GET", "/api/ws", headers={"Upgrade": "websocket"}),
                Request("GET", "/health"),
                person.request("GET", "/users/me"),
                person.request("POST", "/sessions", {"duration_min": 25}),
                person.request("GET", "/sessions/active"),
            ]
            took, statuses = [], []
            for request in asked:
                began = time.monotonic()
                statuses.append(stack.send(request).status_code)
                took.append(time.monotonic() - began)
        finally:
            os.kill(realtime.process.pid, signal.SIGCONT)
        assert statuses == [426, 200, 200, 201, 200]
        # On an idle machine a few milliseconds; one that waited would wait for ever.
        record_property("ms of the slowest beside a frozen process", max(took) * 1000)
        assert took[0] < 1
        # What it slept through is told as soon as it wakes.
        assert socket_.hear("session")["session"]["duration_min"] == 25
