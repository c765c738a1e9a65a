"""Hostile messages and pages of others, beside a socket that behaves and stays."""

import socket
from http.client import HTTPResponse

import pytest

from realtime.serving.bounds_of_sockets import MESSAGE_BYTES, MESSAGES
from sessions_app.labels.services import make_label
from tests.live.harness.stack import ALLOWED_ORIGIN

pytestmark = pytest.mark.slow

TEXT, BINARY, CONTINUED = 1, 2, 0
DEEP = b'{"type":' + b"[" * 1500 + b"]" * 1500 + b"}"


def frame(kind, payload, *, is_last=True, is_masked=True, reserved=0):
    """A frame, masked by zeros."""
    length = len(payload)
    first = kind | (0x80 if is_last else 0) | reserved
    mask = 0x80 if is_masked else 0
    head = (
        bytes([first, mask | length])
        if length < 126
        else bytes([first, mask | 126]) + length.to_bytes(2)
    )
    return head + (b"\0\0\0\0" if is_masked else b"") + payload


HOSTILE = {
    "5 000 bytes": (1009, frame(TEXT, b"x" * 5000)),
    "5 000 bytes in two pieces": (
        1009,
        frame(TEXT, b"x" * 2500, is_last=False) + frame(CONTINUED, b"x" * 2500),
    ),
    "binary": (4400, frame(BINARY, b'{"type": "ping"}')),
    "deep": (4400, frame(TEXT, DEEP)),
    "half a pair": (4400, frame(TEXT, b'{"type": "\\ud800"}')),
    "no UTF-8": (4400, frame(TEXT, b"\xff")),
    "a number too large": (4400, frame(TEXT, b"9" * MESSAGE_BYTES)),
    "the same key twice": (4400, frame(TEXT, b'{"type": "ping", "type": 7}')),
    "11 quick ones": (4429, frame(TEXT, b'{"type": "ping"}') * (MESSAGES + 1)),
    "not masked": (1002, frame(TEXT, b"{}", is_masked=False)),
    "compressed": (1002, frame(TEXT, b"{}", reserved=0x40)),
    "unknown kind": (1002, frame(0xB, b"")),
    "a piece of nothing": (1002, frame(CONTINUED, b"x")),
    "a long ping": (1002, frame(9, b"x" * 126)),
    "a ping in pieces": (1002, frame(9, b"x", is_last=False)),
}


@pytest.mark.row("RT09")
@pytest.mark.parametrize("signed_in", [True, False])
def test_hostile_messages_end_their_own_socket_alone(
    realtime, crowd, device, signed_in
):
    """And leave no traceback: the process is asked for that at its end."""
    (good,) = crowd.sign_in([device.access_token])
    ends = {}
    for kind, (_, sent) in HOSTILE.items():
        token = device.access_token if signed_in else None
        (member,) = crowd.join(token=token)
        crowd.read_until(lambda one=member: one.status == 101)
        member.sock.sendall(sent)
        crowd.read_until(lambda one=member: one.is_over)
        ends[kind] = member.end and member.end[0]
    expected = {kind: code for kind, (code, _) in HOSTILE.items()}
    if not signed_in:
        # The first of them was no `auth`.
        expected["11 quick ones"] = 4400
    assert ends == expected
    make_label(user_id=device.user.pk, name="Deep work", color="blue")
    crowd.read_until(lambda: bool(good.heard("changed")))
    assert good.is_open


def answer_to(realtime, *lines, first="GET /api/ws HTTP/1.1", host=None):
    """Shake hands by hand; return the status and what was said."""
    sent = [
        first,
        f"Host: {host or f'127.0.0.1:{realtime.port}'}",
        *("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
        *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", *lines, "", ""),
    ]
    with socket.create_connection(("127.0.0.1", realtime.port), timeout=15) as client:
        client.sendall("\r\n".join(sent).encode("latin-1"))
        answer = HTTPResponse(client)
        answer.begin()
        said = answer.read() if answer.status != 101 else b""
        return answer.status, said


@pytest.mark.row("RT10")
@pytest.mark.parametrize(
    "lines",
    [
        ["Origin: https://evil.example"],
        ["Origin: null"],
        ["Origin: "],
        [f"Origin: {ALLOWED_ORIGIN}.evil.example"],
        [f"Origin: {ALLOWED_ORIGIN}:8443"],
        [f"Origin: {ALLOWED_ORIGIN.upper()}"],
        [f"Origin: {ALLOWED_ORIGIN}/"],
        # Whoever is no proxy of ours says nothing about where it came from.
        ["Origin: https://evil.example", "X-Forwarded-Host: evil.example"],
        ["Origin: http://evil.example", "X_Forwarded_Host: evil.example"],
    ],
    ids=lambda lines: " ".join(lines)[8:48],
)
def test_page_of_somebody_else_is_refused_before_the_upgrade(realtime, lines):
    status, said = answer_to(realtime, *lines)
    assert (status, realtime.code_of(said)) == (403, "ORIGIN_REFUSED")


@pytest.mark.row("RT10")
def test_program_that_sends_no_origin_is_taken(realtime):
    assert answer_to(realtime)[0] == 101
    assert answer_to(realtime, f"Origin: {ALLOWED_ORIGIN}")[0] == 101


@pytest.mark.row("RT10")
@pytest.mark.parametrize(
    ("first", "lines", "status"),
    [
        ("POST /api/ws HTTP/1.1", [], 405),
        ("GET /api/ws HTTP/1.1", ["Sec-WebSocket-Key: twice"], 400),
        (
            "GET /api/ws HTTP/1.1",
            [f"Origin: {ALLOWED_ORIGIN}", "Origin: https://evil.example"],
            400,
        ),
        ("GET /api/ws?token=secret HTTP/1.1", [], 400),
        ("GET /api/%ff HTTP/1.1", [], 404),
        ("GET http://[ HTTP/1.1", [], 404),
        ("GET /api/ws HTTP/1.1", ["Content-Length: 5"], 400),
        ("GET /api/ws HTTP/1.1", ["Transfer-Encoding: chunked"], 400),
        ("GET /api/ws HTTP/1.1", ["X: \xff"], 101),
        ("GET /api/ws HTTP/1.1", ["X-Forwarded-For: \xff, 1.2.3.4"], 101),
        ("GET /api/ws HTTP/1.1", ["Authorization: Bearer \xff"], 101),
    ],
)
def test_broken_handshake_is_answered(realtime, first, lines, status):
    """Caught: one with a body, which stayed open without an answer, and kept a process
    that stops from telling anybody to come back."""
    found, said = answer_to(realtime, *lines, first=first)
    assert found == status, said
    assert b"secret" not in said
    assert "secret" not in realtime.log
