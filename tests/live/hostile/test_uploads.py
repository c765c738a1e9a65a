"""Files to import, as a socket sends them: larger than other bodies, and bounded all the same."""

import json
import select
from contextlib import ExitStack, closing
from http.client import HTTPResponse

import pytest
from django.conf import settings

from server.worker import MOST_UPLOADS, REQUEST_SECONDS
from tests.live.harness.stack import WORKERS
from tests.live.harness.user import register

ROW = b"2026-01-02,25,%s\n" % (b"n" * 1000)
MOST = settings.UPLOAD_MAX_SIZE
FILE = (b"date,minutes,note\n" + ROW * (MOST // len(ROW) + 1))[:MOST]


def head(stack, *lines, path="/api/imports"):
    host = f"Host: 127.0.0.1:{stack.port}"
    return "\r\n".join([f"POST {path} HTTP/1.1", host, *lines, "", ""]).encode()


def read(client):
    """Return (status, body) of what is answered on a socket."""
    answer = HTTPResponse(client.sock)
    answer.begin()
    return answer.status, json.loads(answer.read())


@pytest.mark.parametrize("path", ["/api/imports", "/api/v1/imports?zone=UTC"])
def test_a_file_of_two_mebibytes_is_taken(stack, path):
    token = f"Authorization: Bearer {register(stack).token}"
    lines = [token, "Content-Type: text/csv", f"Content-Length: {len(FILE)}"]
    with closing(stack.connect()) as client:
        client.sock.sendall(head(stack, *lines, path=path) + FILE)
        status, body = read(client)
    assert (status, body["status"]) == (202, "reading")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([f"Content-Length: {MOST + 1}"], (413, "PAYLOAD_TOO_LARGE")),
        (["Transfer-Encoding: chunked"], (411, "LENGTH_REQUIRED")),
        (["Content-Length: 0"], (422, "VALIDATION_ERROR")),
        ([], (411, "LENGTH_REQUIRED")),
    ],
)
def test_other_lengths_are_refused_before_they_are_read(stack, lines, expected):
    token = f"Authorization: Bearer {register(stack).token}"
    told = head(stack, token, "Content-Type: text/csv", *lines)
    with closing(stack.connect()) as client:
        client.sock.sendall(told + b"5\r\n" * ("chunked" in told.decode()))
        if "chunked" in told.decode():
            client.sock.sendall(b"date,\r\n0\r\n\r\n")
        status, body = read(client)
    assert (status, body["detail"]["error_code"]) == expected


def test_a_file_of_nobody_is_not_waited_for(stack):
    """The file is refused though not a byte of it has come."""
    lines = ["Content-Type: text/csv", f"Content-Length: {MOST}"]
    with closing(stack.connect()) as client:
        client.sock.sendall(head(stack, *lines))
        assert read(client)[0] == 401


def test_other_addresses_take_no_more_than_before(stack):
    token = f"Authorization: Bearer {register(stack).token}"
    lines = [token, "Content-Type: text/csv", "Content-Length: 65537"]
    with closing(stack.connect()) as client:
        client.sock.sendall(head(stack, *lines, path="/api/sessions"))
        assert read(client)[0] in (413, 415)


def test_files_that_drip_make_room_for_one_that_comes(shared_stack, unharmed):
    """Caught: as many held bodies of 2 MiB as a worker has connections."""
    stack = unharmed(shared_stack, busy=True)
    person = register(stack)
    lines = [
        f"Authorization: Bearer {person.token}",
        "Content-Type: text/csv",
        f"Content-Length: {len(FILE)}",
    ]
    with ExitStack() as clients:
        dripping = [
            clients.enter_context(closing(stack.connect()))
            for _ in range(WORKERS * MOST_UPLOADS + 1)
        ]
        for client in dripping:
            client.sock.sendall(head(stack, *lines) + FILE[:100])
        honest = clients.enter_context(closing(stack.connect()))
        honest.sock.sendall(head(stack, *lines) + FILE)
        assert read(honest)[0] == 202
        # One worker at least had more of them than it holds.
        sockets = {client.sock: client for client in dripping}
        told, _, _ = select.select([*sockets], [], [], REQUEST_SECONDS / 2)
        refused = [read(sockets[sock]) for sock in told]
    assert {status for status, _ in refused} == {503}
    assert {body["detail"]["error_code"] for _, body in refused} == {
        "SERVICE_UNAVAILABLE"
    }
