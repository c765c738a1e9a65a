"""Clients that ask for much and read little of it."""

import json
import socket
import time
import zlib
from contextlib import ExitStack
from datetime import UTC, datetime
from http.client import HTTPResponse

import pytest

from accounts.models import User
from export.turns import LIMIT
from server.worker import STALL_SECONDS
from sessions_app.models import FocusSession
from sessions_app.tests.factories import many_sessions
from tests.live.harness.stack import DEADLINE, THREADS, WORKERS
from tests.live.harness.user import register

# More than all threads together.
MANY = WORKERS * THREADS + 4
# Less than any of the answers, compressed too.
SEND_BUFFER = 16 * 1024  # bytes
SESSIONS = 4_000
LONG_AGO = datetime(2024, 1, 18, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def narrow_stack(start_stack):
    """A stack as it is behind a network: the kernel takes little of an answer."""
    return start_stack(send_buffer=SEND_BUFFER, RATE_LIMIT_PER_MINUTE="1000000")


def person_with_a_long_past(stack):
    person = register(stack)
    user = User.objects.get(pk=person.id)
    many_sessions(user, SESSIONS, since=LONG_AGO)
    return person


def slow_reader(stack, *lines):
    """Ask, with room for a few KB, and wait until the answer begins to come."""
    client = socket.socket()
    client.settimeout(DEADLINE)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", stack.port))
    request = [*lines, f"Host: 127.0.0.1:{stack.port}", "", ""]
    client.sendall("\r\n".join(request).encode())
    assert client.recv(1, socket.MSG_PEEK) == b"H"
    return client


@pytest.mark.row("F16")
@pytest.mark.parametrize("kind", ["file", "compressed", "bytes"])
def test_slow_readers_hold_no_thread_and_get_all_of_it(narrow_stack, unharmed, kind):
    """Caught: gunicorn's own answers, which wait in a thread until the client reads."""
    stack = unharmed(narrow_stack)
    if kind == "bytes":
        asked = [["GET /openapi.json HTTP/1.1"]] * MANY
    else:
        coding = "gzip" if kind == "compressed" else "identity"
        asked = [
            [
                "GET /api/users/me/export HTTP/1.1",
                f"Authorization: Bearer {person.token}",
                f"Accept-Encoding: {coding}",
            ]
            for person in [person_with_a_long_past(stack) for _ in range(2)]
            for _ in range(LIMIT)
        ][:MANY]
    with ExitStack() as open_for_long:
        clients = [
            open_for_long.enter_context(slow_reader(stack, *lines)) for lines in asked
        ]
        assert register(stack).ask("GET", "/users/me").status_code == 200
        for client in clients[-2:]:
            answer = HTTPResponse(client)
            answer.begin()
            body = answer.read()
            if answer.headers["Content-Encoding"] == "gzip":
                body = zlib.decompress(body, 16 + zlib.MAX_WBITS)
            told = json.loads(body)
            assert kind == "bytes" or len(told["sessions"]) == SESSIONS
            assert not answer.will_close
    # What was made above beside the services has no figures.
    FocusSession.objects.all().delete()


@pytest.mark.slow
@pytest.mark.row("F16")
def test_answer_that_nobody_reads_is_dropped(narrow_stack, unharmed):
    """Its client cannot tell: what the kernel has taken stands before the end."""
    stack = unharmed(narrow_stack)
    with slow_reader(stack, "GET /openapi.json HTTP/1.1"):
        ends_at = time.monotonic() + STALL_SECONDS + DEADLINE
        while "answer dropped" not in stack.log.read_text():
            assert time.monotonic() < ends_at, "it is held without end"
            time.sleep(0.1)
