"""Errors that nginx answers by itself: the envelope for programs, a page for people."""

import socket
import threading
from contextlib import closing, contextmanager
from http.client import HTTPResponse

import pytest

from tests.harness.answers import refusal
from tests.live.harness.fleet import proxied
from tests.live.harness.stack import DEADLINE, Request, free_port

pytestmark = pytest.mark.slow

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LARGE = "x" * 70_000


@contextmanager
def nginx_before(port, tmp_path, **changes):
    with proxied([port, port], free_port(), tmp_path, changes) as nginx:
        yield nginx


@pytest.fixture
def lonely(tmp_path):
    """An nginx whose machines are gone."""
    with nginx_before(free_port(), tmp_path) as nginx:
        yield nginx


def is_page(answer, status, words):
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Request-ID"] in answer.content.decode()
    assert words in answer.content.decode()
    assert "nginx" not in answer.content.decode()


def raw(nginx, text):
    """Send what no client of ours would."""
    with closing(nginx.connect()) as client:
        client.sock.sendall(text.encode())
        response = HTTPResponse(client.sock)
        response.begin()
        return response.status, response.headers["Content-Type"], response.read()


@pytest.mark.parametrize("path", ["/api/users/me", "/api/v1/sessions?a=1", "/health"])
def test_program_that_meets_no_machine_gets_the_envelope(lonely, path):
    for headers in ({}, BROWSER):
        answer = lonely.send(Request("GET", path, headers=headers))
        assert refusal(answer) == (502, "SERVICE_UNAVAILABLE")
        assert answer.headers["Retry-After"] == "5"
        detail = answer.json()["detail"]
        assert detail["timestamp"].endswith("Z")
        assert detail["request_id"] == answer.headers["X-Request-ID"]


def test_person_who_meets_no_machine_gets_a_page(lonely):
    answer = lonely.send(Request("GET", "/garden", headers=BROWSER))
    is_page(answer, 502, "try again in a moment")
    assert answer.headers["Retry-After"] == "5"
    assert lonely.send(Request("HEAD", "/garden", headers=BROWSER)).content == b""


def test_body_and_line_that_are_too_large(lonely):
    large = lonely.send(Request("POST", "/api/sessions", {"a": LARGE}))
    assert refusal(large) == (413, "PAYLOAD_TOO_LARGE")
    page = lonely.send(Request("POST", "/you", {"a": LARGE}, headers=BROWSER))
    is_page(page, 413, "too large")
    long = lonely.send(Request("GET", f"/api/users/{LARGE}"))
    assert refusal(long) == (414, "URI_TOO_LONG")
    is_page(lonely.send(Request("GET", f"/{LARGE}", headers=BROWSER)), 414, "too long")


def test_cookies_that_are_too_large(lonely):
    heavy = {"Cookie": f"of_a_sibling={LARGE}"}
    assert refusal(lonely.send(Request("GET", "/api/users/me", headers=heavy))) == (
        400,
        "BAD_REQUEST",
    )
    page = lonely.send(Request("GET", "/", headers=BROWSER | heavy))
    is_page(page, 400, "clear this site's cookies")


@pytest.mark.parametrize(
    "text",
    [
        "GARBAGE\r\n\r\n",
        "GET /api/x HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET /api/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /api/x HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_gets_the_envelope(lonely, text):
    status, kind, body = raw(lonely, text)
    assert (status, kind) == (400, "application/json")
    assert b'"error_code":"BAD_REQUEST","status_code":400' in body


def test_method_that_nginx_refuses(lonely):
    answer = lonely.send(Request("TRACE", "/api/users/me"))
    assert refusal(answer) == (405, "METHOD_NOT_ALLOWED")


def test_machine_that_never_answers(tmp_path):
    """Its socket takes the connection, and nobody reads from it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        quick = {"proxy_read_timeout 35s": "proxy_read_timeout 1s"}
        with nginx_before(port, tmp_path, **quick) as nginx:
            answer = nginx.send(Request("GET", "/api/users/me"))
            assert refusal(answer) == (504, "SERVICE_UNAVAILABLE")


def test_what_a_machine_refuses_itself_goes_through(tmp_path):
    ours = b"HTTP/1.1 503 Away\r\nContent-Length: 4\r\n\r\nours"

    def answer_once(server):
        peer, _ = server.accept()
        with peer:
            peer.recv(65_536)
            peer.sendall(ours)

    with socket.create_server(("127.0.0.1", 0)) as server:
        machine = threading.Thread(target=answer_once, args=(server,))
        machine.start()
        with nginx_before(server.getsockname()[1], tmp_path) as nginx:
            answer = nginx.send(Request("GET", "/garden", headers=BROWSER))
        machine.join(DEADLINE)
    assert (answer.status_code, answer.content) == (503, b"ours")
