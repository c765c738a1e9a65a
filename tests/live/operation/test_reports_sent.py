"""Errors and traces reach who was named, and say nothing of what is secret."""

import gzip
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from local.processes import wait_until
from tests.live.harness.stack import DEADLINE, running_stack
from tests.live.harness.user import register

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def receiver():
    """Take whatever is posted; yield (url, list of (path, body))."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.append((self.path, body))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def bodies(received, path):
    return b"".join(body for at, body in received if at == path)


def test_traces_go_to_the_collector(tmp_path):
    with (
        receiver() as (address, received),
        running_stack(
            tmp_path,
            cold=True,
            OTEL_EXPORTER_OTLP_ENDPOINT=f"http://{address}",
            OTEL_BSP_SCHEDULE_DELAY="100",
        ) as stack,
    ):
        alice = register(stack)
        assert alice.ask("GET", "/users/me").status_code == 200
        wanted = (b"users/me", b"SELECT", b"focusguard")
        assert wait_until(
            lambda: all(word in bodies(received, "/v1/traces") for word in wanted),
            seconds=DEADLINE,
        )
        assert alice.token.encode() not in bodies(received, "/v1/traces")


def test_errors_go_to_sentry(tmp_path):
    with (
        receiver() as (address, received),
        running_stack(
            tmp_path,
            cold=True,
            SENTRY_DSN=f"http://key@{address}/1",
            REDIS_URL="redis://127.0.0.1:9/0",
        ) as stack,
    ):
        alice = register(stack)
        assert alice.ask("GET", "/users/me").status_code == 200
        assert wait_until(
            lambda: b"Valkey is away" in bodies(received, "/api/1/envelope/"),
            seconds=DEADLINE,
        )
        told = bodies(received, "/api/1/envelope/")
        assert alice.token.encode() not in told
        assert alice.username.encode() not in told
