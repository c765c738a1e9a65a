"""Raw sockets send bodies without end, broken heads, lines in lines."""

import gzip
import json
import select
import socket
import time
from contextlib import ExitStack, closing, suppress
from http.client import HTTPResponse

import psutil
import pytest

from server.worker import REQUEST_SECONDS
from tests.live.harness.stack import ALLOWED_ORIGIN, DEADLINE, THREADS, WORKERS
from tests.live.harness.user import register

MEGABYTE = b"x" * 2**20
BODY = 50 * len(MEGABYTE)
BOUNDARY = b'--b\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'


def talk(stack, *chunks):
    """Send bytes as they are; return (status, parsed body, whether the connection ends)."""
    with closing(stack.connect()) as client:
        # It may answer, and close, while we are still talking.
        with suppress(ConnectionError):
            for chunk in chunks:
                client.sock.sendall(chunk)
        answer = HTTPResponse(client.sock)
        answer.begin()
        body = json.loads(answer.read())
        return answer.status, body["detail"]["error_code"], answer.will_close


def head(stack, *lines, method="POST", path="/api/sessions"):
    host = f"Host: 127.0.0.1:{stack.port}"
    return "\r\n".join([f"{method} {path} HTTP/1.1", host, *lines, "", ""]).encode(
        "latin-1"
    )


def resident(stack):
    """Bytes of memory of all workers."""
    processes = psutil.Process(stack.process.pid).children()
    return sum(process.memory_info().rss for process in processes)


def chunked(block):
    return b"%x\r\n%b\r\n" % (len(block), block)


@pytest.mark.row("I05")
@pytest.mark.parametrize("kind", ["json", "form", "multipart", "chunked", "gzip"])
def test_body_without_end_is_refused_and_not_kept(stack, kind):
    token = f"Authorization: Bearer {register(stack).token}"
    types = {
        "form": "application/x-www-form-urlencoded",
        "multipart": "multipart/form-data; boundary=b",
    }
    lines = [token, f"Content-Type: {types.get(kind, 'application/json')}"]
    blocks = [MEGABYTE] * 50
    if kind == "chunked":
        lines.append("Transfer-Encoding: chunked")
        blocks = [chunked(MEGABYTE)] * 50
    elif kind == "gzip":
        bomb = gzip.compress(b'{"duration_min": 25' + b" " * BODY + b"}")
        lines += ["Content-Encoding: gzip", f"Content-Length: {len(bomb)}"]
        blocks = [bomb]
    else:
        lines.append(f"Content-Length: {BODY}")
    if kind == "multipart":
        blocks = [BOUNDARY.ljust(2**20, b"x"), *blocks[1:]]

    def ask_twenty_times():
        for _ in range(20):
            status, _, _ = talk(stack, head(stack, *lines), *blocks)
            assert status in (400, 413, 415)

    ask_twenty_times()  # each thread makes room for a body once, and keeps that
    before = resident(stack)
    ask_twenty_times()
    assert resident(stack) - before <= 20 * 2**20


@pytest.mark.row("I07")
def test_body_in_chunks_is_read_like_any_other(stack):
    """Caught: Django's own reading, which takes it for no body (an open session)."""
    person = register(stack)
    lines = [
        f"Authorization: Bearer {person.token}",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
    ]
    for blocks, expected in (
        ([b'{"durati', b'on_min": 0}'], (422, "VALIDATION_ERROR")),
        ([b'{"duration_min": 25'], (400, "BAD_REQUEST")),
    ):
        sent = [*map(chunked, blocks), b"0\r\n\r\n"]
        assert talk(stack, head(stack, *lines), *sent)[:2] == expected
    for broken in (b"zz\r\n{}\r\n", b"2\r\n{}0\r\n\r\n"):
        assert talk(stack, head(stack, *lines), broken)[:2] == (400, "BAD_REQUEST")
    body = {"duration_min": 25}
    with closing(stack.connect()) as client:
        client.request(
            "POST",
            "/api/sessions",
            iter([json.dumps(body).encode()]),
            dict(line.split(": ") for line in lines),
            encode_chunked=True,
        )
        answer = client.getresponse()
        assert (answer.status, json.loads(answer.read())["duration_min"]) == (201, 25)


@pytest.mark.row("I06")
@pytest.mark.parametrize(
    ("path", "lines", "expected"),
    [
        ("/api/sessions?a=" + "x" * 5000, [], (414, "URI_TOO_LONG")),
        ("/api/sessions", ["X-Long: " + "x" * 9000], (431, "HEADERS_TOO_LARGE")),
        (
            "/api/sessions",
            [f"X-{n}: 1" for n in range(101)],
            (431, "HEADERS_TOO_LARGE"),
        ),
        (
            "/api/sessions",
            ["Content-Length: 2", "Content-Length: 3"],
            (400, "BAD_REQUEST"),
        ),
        ("/api/sessions", ["Content-Length: -1"], (400, "BAD_REQUEST")),
        ("/api/sessions", ["Content-Length: 1e3"], (400, "BAD_REQUEST")),
        (
            "/api/sessions",
            ["Content-Length: 2", "Transfer-Encoding: chunked"],
            (400, "BAD_REQUEST"),
        ),
        ("/api/sessions", ["Transfer-Encoding: gzip, cow"], (501, "NOT_IMPLEMENTED")),
        ("/api/sessions", ["Host: evil.test"], (400, "BAD_REQUEST")),
        ("/api/sessions", ["No colon here"], (400, "BAD_REQUEST")),
        ("/api/sessions", ["Sp ace: 1"], (400, "BAD_REQUEST")),
        ("/api/sessions", [" folded: 1"], (400, "BAD_REQUEST")),
        ("/api/ses\x00sions", [], (400, "BAD_REQUEST")),
        ("sessions", [], (400, "BAD_REQUEST")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_broken_head_is_refused_in_the_envelope_and_closed(
    stack, path, lines, expected
):
    status, code, closed = talk(stack, head(stack, *lines, path=path))
    assert (status, code) == expected
    assert closed


def answer_to(stack, sent):
    with closing(stack.connect()) as client:
        client.sock.sendall(sent)
        answer = HTTPResponse(client.sock)
        answer.begin()
        answer.read()
        return answer


REFUSED_BY_THE_SERVER = {
    414: ("/api/sessions?a=" + "x" * 5000, []),
    431: ("/api/sessions", ["X-Long: " + "x" * 9000]),
    400: ("/api/sessions", ["Content-Length: -1"]),
    501: ("/nowhere", ["Transfer-Encoding: gzip, cow"]),
    417: ("/openapi.json", ["Expect: a miracle"]),
}


@pytest.mark.row("A24")
@pytest.mark.parametrize("status", REFUSED_BY_THE_SERVER)
def test_a_page_elsewhere_reads_what_the_server_refuses(stack, status):
    """As it reads what the application refuses, a path outside of the API too."""
    path, lines = REFUSED_BY_THE_SERVER[status]
    for named in ("Origin: ", "origin:", "ORIGIN:\t "):
        sent = head(stack, named + ALLOWED_ORIGIN, *lines, path=path)
        answer = answer_to(stack, sent)
        assert answer.status == status
        assert answer.headers["Access-Control-Allow-Origin"] == ALLOWED_ORIGIN
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert "X-Request-ID" in answer.headers["Access-Control-Expose-Headers"]
        assert answer.headers["Vary"] == "origin"


@pytest.mark.row("A24")
@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/api/sessions", ["Origin: https://evil.test"]),
        ("/api/sessions", [f"Origin: {ALLOWED_ORIGIN}.evil.test"]),
        ("/api/sessions", [f"Origin: {ALLOWED_ORIGIN}"] * 2),
        ("/api/sessions", [f"X-Origin: {ALLOWED_ORIGIN}"]),
        ("/api/sessions", ["Origin: "]),
        ("/api/sessions", []),
        ("/admin/", [f"Origin: {ALLOWED_ORIGIN}"]),
    ],
)
def test_another_page_reads_no_refusal_of_the_server(stack, path, lines):
    answer = answer_to(stack, head(stack, *lines, "Content-Length: -1", path=path))
    assert answer.status == 400
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.row("I18")
@pytest.mark.parametrize(
    "text",
    ["\r\n", "\n", "\r", "\x1b[31m", "\x1b]0;owned\x07", "\u2028", "\x85", "\x00"],
)
def test_one_request_is_one_line_of_the_log(stack, text):
    """In a path, a user agent, a request id and a name."""
    person = register(stack)
    encoded = "".join(f"%{byte:02x}" for byte in text.encode())
    marker = f"marker-{encoded.replace('%', '')}"
    raw = text.encode().decode("latin-1")
    before = len(stack.log.read_text().splitlines())
    sent = 0
    for request in (
        head(stack, method="GET", path=f"/api/{marker}{encoded}forged"),
        head(stack, method="GET", path=f"/api/{marker}?a={encoded}forged"),
        head(stack, f"X-Request-ID: {marker}{raw}forged", method="GET"),
        head(stack, f"User-Agent: {marker}{raw}forged", method="GET"),
    ):
        with closing(stack.connect()) as client:
            client.sock.sendall(request)
            answer = HTTPResponse(client.sock)
            answer.begin()
            answer.read()
            assert "forged" not in str(answer.headers)
            sent += 1
    answer = person.ask("PUT", "/users/me", {"username": f"evil{text}forged"})
    assert answer.status_code == 422
    lines = stack.log.read_text().splitlines()[before:]
    assert len(lines) == sent + 1
    assert not any(ord(mark) < 32 for line in lines for mark in line)


@pytest.mark.row("I18")
def test_half_a_request_is_nobodys(stack):
    with socket.create_connection(("127.0.0.1", stack.port)) as client:
        client.sendall(b"GET /api/users/me HTTP/1.1\r\nHost: x")
    assert register(stack).ask("GET", "/users/me").status_code == 200


# More than all threads together, four times.
MANY = 4 * WORKERS * THREADS
JSON = ["Content-Type: application/json"]


@pytest.mark.row("F16")
@pytest.mark.parametrize("kind", ["silence", "head", "body", "chunks", "answered"])
def test_slow_clients_hold_no_thread(stack, kind):
    """Caught: gunicorn's own worker, which gives a thread to each client that has sent
    a byte, and waits in its main thread for a client that was answered to close.
    """
    begins = {
        "silence": b"",
        "head": head(stack, *JSON)[:-2],
        "body": head(stack, *JSON, "Content-Length: 60000") + b"{",
        "chunks": head(stack, *JSON, "Transfer-Encoding: chunked") + b"f\r\n{",
        "answered": head(stack, "Connection: close", method="GET", path="/health/live"),
    }
    many = 200 if kind == "silence" else MANY
    with ExitStack() as open_for_long:
        clients = [
            open_for_long.enter_context(closing(stack.connect())).sock
            for _ in range(many)
        ]
        for client in clients:
            client.sendall(begins[kind])
        assert register(stack).ask("GET", "/users/me").status_code == 200


@pytest.mark.row("F16")
def test_request_that_comes_in_pieces_is_answered(stack):
    token = f"Authorization: Bearer {register(stack).token}"
    request = head(stack, token, *JSON, "Content-Length: 19") + b'{"duration_min":25}'
    with closing(stack.connect()) as client:
        client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in request:
            client.sock.sendall(bytes([byte]))
        answer = HTTPResponse(client.sock)
        answer.begin()
        assert (answer.status, json.loads(answer.read())["duration_min"]) == (201, 25)


def test_client_that_waits_to_be_asked_for_its_body_is_asked(stack):
    token = f"Authorization: Bearer {register(stack).token}"
    lines = [token, *JSON, "Content-Length: 19", "Expect: 100-continue"]
    with closing(stack.connect()) as client:
        client.sock.sendall(head(stack, *lines))
        asked = client.sock.recv(1000)
        assert asked == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sock.sendall(b'{"duration_min":25}')
        assert client.sock.recv(1000).startswith(b"HTTP/1.1 201 ")


@pytest.mark.slow
@pytest.mark.row("F16")
@pytest.mark.parametrize("kind", ["silence", "head", "body", "a later request"])
def test_request_has_a_time_to_arrive_in(stack, kind):
    """However steadily it drips: what counts is when it began."""
    begins = {
        "silence": b"",
        "head": head(stack, *JSON)[:-2] + b"X-Drip: ",
        "body": head(
            stack, *JSON, f"Origin: {ALLOWED_ORIGIN}", "Content-Length: 60000"
        ),
        "a later request": head(stack, method="GET", path="/health/live") + b"G",
    }
    with closing(stack.connect()) as client:
        client.sock.sendall(begins[kind])
        if kind == "a later request":
            answer = HTTPResponse(client.sock)
            answer.begin()
            answer.read()
        came, waits = b"", select.poll()
        waits.register(client.sock, select.POLLIN)
        ends_at = time.monotonic() + REQUEST_SECONDS + DEADLINE
        while not waits.poll(200):
            assert time.monotonic() < ends_at, "it is waited for without end"
            if kind in ("head", "body"):
                client.sock.sendall(b"x")
        with suppress(ConnectionError):
            while block := client.sock.recv(1000):
                came += block
    if kind == "silence":
        assert came == b""
    else:
        assert came.startswith(b"HTTP/1.1 408 ")
        # Who asks is known where the head is there.
        read_elsewhere = f"access-control-allow-origin: {ALLOWED_ORIGIN}".encode()
        assert (read_elsewhere in came.lower()) is (kind == "body")
        assert json.loads(came.partition(b"\r\n\r\n")[2])["detail"]["error_code"] == (
            "REQUEST_TIMEOUT"
        )


def test_requests_sent_in_one_go_are_answered_in_their_order(stack):
    token = f"Authorization: Bearer {register(stack).token}"
    paths = ["/api/users/me", "/api/sessions/active", "/api/garden"] * 5
    with closing(stack.connect()) as client:
        client.sock.sendall(
            b"".join(head(stack, token, method="GET", path=path) for path in paths)
        )
        answered = client.sock.makefile("rb")
        for path in paths:
            assert b" 200 " in answered.readline(), path
            length = 0
            while line := answered.readline().strip():
                name, _, value = line.partition(b": ")
                if name.lower() == b"content-length":
                    length = int(value)
            body = json.loads(answered.read(length))
            assert ("username" in body) is (path == "/api/users/me")


def test_more_kept_connections_than_threads_are_all_answered(stack):
    with ExitStack() as kept:
        clients = [
            kept.enter_context(closing(stack.connect()))
            for _ in range(3 * WORKERS * THREADS)
        ]
        for _ in range(3):
            for client in clients:
                client.request("GET", "/health/live")
            for client in clients:
                answer = client.getresponse()
                answer.read()
                assert answer.status == 200
                assert not answer.will_close
