"""gunicorn's threaded worker, answering what it refuses in our envelope."""

import json
import select
import time
import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from focusguard.api.envelope import error_body

REFUSALS: list[tuple[type[Exception], int, str, str]] = [
    (errors.LimitRequestLine, 414, "URI_TOO_LONG", "The request line is too long."),
    (
        errors.LimitRequestHeaders,
        431,
        "HEADERS_TOO_LARGE",
        "The request headers are too large.",
    ),
    (
        errors.UnsupportedTransferCoding,
        501,
        "NOT_IMPLEMENTED",
        "This transfer coding is not supported.",
    ),
    (errors.ExpectationFailed, 417, "EXPECTATION_FAILED", "Nothing to expect here."),
    (errors.ParseException, 400, "BAD_REQUEST", "The request cannot be read."),
]

# A header that the application may not send is no fault of the client's.
OUR_FAULTS = (
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
    errors.ConfigurationProblem,
)


PATIENCE = 0.000_1  # seconds for each connection that a worker holds
MOST_HELD = 10
STAYS = 10  # milliseconds


class EnvelopeWorker(ThreadWorker):
    """Says no as the application would: JSON, and not a word of what was sent.

    And leaves a new connection to a worker that has fewer.
    """

    def accept(self, listener: Any) -> None:
        # All workers wake up for a new connection, and the busiest is often first,
        # since it was awake: the more it holds, the longer it lets others go before.
        time.sleep(min(self.nr_conns, MOST_HELD) * PATIENCE)
        super().accept(listener)

    def handle(self, conn: Any) -> Any:
        # Giving a connection back to the poller and out again wakes two threads.
        # While there are threads enough, it keeps for a moment the one that it has.
        goes_on = super().handle(conn)
        while goes_on is True and self._has_threads_for_all() and _is_readable(conn):
            goes_on = super().handle(conn)
        return goes_on

    def _has_threads_for_all(self) -> bool:
        return bool(self.alive and self.nr_conns <= self.cfg.threads)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, OUR_FAULTS):
            for kind, status, code, message in REFUSALS:
                if isinstance(exc, kind):
                    self.log.warning("request refused: %s", type(exc).__name__)
                    self._refuse(client, status, code, message)
                    return
        self.log.exception("error outside the application")
        self._refuse(client, 500, "INTERNAL_ERROR", "Something went wrong on our side.")

    def _refuse(self, client: Any, status: int, code: str, message: str) -> None:
        request_id = uuid.uuid4().hex
        body = json.dumps(
            error_body(message=message, code=code, status=status, request_id=request_id)
        ).encode()
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
            "Connection: close\r\n"
            "Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n"
            f"Date: {datetime.now(UTC):%a, %d %b %Y %H:%M:%S} GMT\r\n"
            f"X-Request-ID: {request_id}\r\n\r\n"
        )
        try:
            client.sendall(head.encode() + body)
        except OSError:
            self.log.debug("the refused client did not wait")


def _is_readable(conn: Any) -> bool:
    """Tell whether the next request, or the connection's end, arrives in a moment."""
    if conn.parser.unreader.buf.getvalue():
        return True
    waiting = select.poll()
    waiting.register(conn.sock, select.POLLIN)
    return bool(waiting.poll(STAYS))
