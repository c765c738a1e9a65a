"""gunicorn's threaded worker, answering what it refuses in our envelope."""

import errno
import json
import select
import selectors
import socket
import threading
import time
import uuid
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from focusguard.api.errors.body import error_body
from focusguard.api.errors.refusals import REFUSALS, RequestTimeout, TooManyUploads
from server.arrival import Arrival, State
from server.connections import BLOCK, ClientGone, Connection

# A header that the application may not send is no fault of the client's.
OUR_FAULTS = (
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
    errors.ConfigurationProblem,
)


PATIENCE = 0.000_1  # seconds for each connection that a worker holds
MOST_HELD = 10
STAYS = 10  # milliseconds

# Seconds from the connection, or from the first byte of a later request, on.
HEAD_SECONDS = 10
REQUEST_SECONDS = 20
# For what a client has still to read, or to send, of a connection that ends.
LINGER_SECONDS = 2
# After which a file that had to make room may be sent again.
RETRY_SECONDS = 5
LINGER_BYTES = 256 * 1024
# For an answer that the kernel did not take whole: from one piece that the client takes
# to the next, and in all. The kernel waits until a third of its buffer is free, so who
# reads a byte a second takes no piece.
STALL_SECONDS = 30
ANSWER_SECONDS = 600
# Answers that are held so in a worker; each may hold a file open.
MOST_SENDING = 100

# Files that arrive in a worker at once, of anybody who says that they are signed in:
# eight to import, or four pictures.
MOST_UPLOADS = 8
MOST_UPLOAD_BYTES = 20 * 1024 * 1024

# What `handle` returns where more has to arrive first.
AWAITED = object()
# accept() where the process, or the machine, has no descriptor left.
NO_DESCRIPTOR = (errno.EMFILE, errno.ENFILE)


class Asked(threading.local):
    """The request that a thread is about to answer, or to refuse."""

    arrival = Arrival()


class EnvelopeWorker(ThreadWorker):
    """Says no as the application would: JSON, and not a word of what was sent.

    It gives a request one of its threads when it has arrived as a whole: a client that
    is silent, or that drips, holds a place in the poller and nothing else (ADR 32), and
    so does one that is slow to read. And it leaves a new connection to a worker that has
    fewer.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Connections that are waited for, the one that waits longest first.
        self.pending_conns: dict[Connection, None] = {}
        # Connections with a rest of an answer, the one that took none for longest first.
        self.sending: dict[Connection, Future[Any]] = {}
        self._next_sweep = 0.0
        self._asked = Asked()
        self._speaks_tls = bool(self.cfg.is_ssl)

    def init_process(self) -> None:
        # gunicorn finds a setting by two functions, and asks for 25 in each request: a
        # tenth of what it does for one. In a worker no setting changes any more.
        self.cfg.__dict__.update(
            {name: setting.get() for name, setting in self.cfg.settings.items()}
        )
        super().init_process()

    def accept(self, listener: Any) -> None:
        # All workers wake up for a new connection, and the busiest is often first,
        # since it was awake: the more it holds, the longer it lets others go before.
        time.sleep(min(self.nr_conns, MOST_HELD) * PATIENCE)
        try:
            sock, address = listener.accept()
        except BlockingIOError:
            return
        except ConnectionAbortedError:
            return
        except OSError as error:
            if error.errno not in NO_DESCRIPTOR:
                raise
            self._make_room()
            return
        self.nr_conns += 1
        if self.nr_conns > self.max_keepalived:
            self._make_room()
        sock.setblocking(False)
        conn = Connection(self.cfg, sock, address, listener.getsockname())
        conn.began = time.monotonic()
        if self._speaks_tls:
            self.enqueue_req(conn)
        else:
            self._take_in(conn)

    def on_client_socket_readable(self, conn: Connection, client: Any) -> None:
        if not _is_closed(conn):
            super().on_client_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Connection, client: Any) -> None:
        if _is_closed(conn):
            return
        self._forget(conn)
        self._take_in(conn)

    def handle(self, conn: Connection) -> Any:
        """Answer a request; in a thread. AWAITED where it has not arrived yet."""
        goes_on = self._handle_whole(conn)
        # Giving a connection back to the poller and out again wakes two threads.
        # While there are threads enough, it keeps for a moment the one that it has.
        while (
            goes_on is True
            and not conn.outgoing.parts
            and self._has_threads_for_all()
            and _is_readable(conn)
        ):
            goes_on = self._handle_whole(conn)
        return goes_on

    def handle_request(self, req: Any, conn: Connection) -> Any:
        if self._speaks_tls:
            return super().handle_request(req, conn)
        conn.outgoing.begin()
        goes_on = super().handle_request(req, conn.answered)
        conn.outgoing.end()
        # The rest of a body that is too large would be read for nothing.
        return goes_on and not conn.too_large

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        """Go on with a connection that its thread is done with; in the main thread."""
        if conn.outgoing.parts and not _is_closed(conn):
            conn.taken_by = time.monotonic() + ANSWER_SECONDS
            self._send_later(conn, fs)
            return
        result = False if fs.cancelled() or fs.exception() else fs.result()
        if result is AWAITED:
            self._await(conn)
        elif result:
            super().finish_request(conn, fs)
        else:
            self._linger(conn)

    def murder_pending(self) -> None:
        """End what has been awaited for too long; once a second, since it asks all."""
        now = time.monotonic()
        if now < self._next_sweep:
            return
        self._next_sweep = now + 1
        for conn in [conn for conn in self.pending_conns if conn.timeout <= now]:
            self._forget(conn)
            if conn.arrival.data and not conn.ends:
                self._refuse_arrival(conn, RequestTimeout())
                self._linger(conn)
            else:
                self._drop(conn)
        for conn in [conn for conn in self.sending if conn.timeout <= now]:
            self.log.warning("answer dropped: its client does not read it")
            self._drop(conn)

    def _send_later(self, conn: Connection, fs: Future[Any]) -> None:
        """Let the poller send the rest of an answer as the client takes it."""
        if len(self.sending) >= MOST_SENDING:
            self._drop(next(iter(self.sending)))
        conn.sock.setblocking(False)
        conn.timeout = min(time.monotonic() + STALL_SECONDS, conn.taken_by)
        self.sending[conn] = fs
        self.poller.register(
            conn.sock, selectors.EVENT_WRITE, partial(self._send_more, conn)
        )

    def _send_more(self, conn: Connection, client: Any) -> None:
        if _is_closed(conn):
            return
        fs = self.sending[conn]
        self._forget(conn)
        try:
            conn.outgoing.flush()
        except OSError:
            self.log.debug("the client did not wait for its answer")
            self._drop(conn)
            return
        if conn.outgoing.parts:
            self._send_later(conn, fs)
        else:
            self.finish_request(conn, fs)

    def _handle_whole(self, conn: Connection) -> Any:
        if not self._speaks_tls:
            try:
                state = conn.receive()
            except ClientGone:
                return False
            except errors.ParseException as error:
                self._refuse_arrival(conn, error)
                return False
            if state in (State.HEAD_MISSING, State.BODY_MISSING):
                return AWAITED
            self._asked.arrival = conn.hand_over()
        return super().handle(conn)

    def _take_in(self, conn: Connection) -> None:
        """Read what has come; give the connection a thread where its request is whole."""
        try:
            state = conn.receive()
        except ClientGone:
            self._drop(conn)
        except errors.ParseException as error:
            self._refuse_arrival(conn, error)
            self._linger(conn)
        else:
            if state in (State.HEAD_MISSING, State.BODY_MISSING):
                self._await(conn)
            else:
                self.enqueue_req(conn)

    def _await(self, conn: Connection) -> None:
        """Let the poller wait for more of a request."""
        if conn.arrival.is_upload():
            self._bound_uploads(conn)
        if conn.began is None:
            conn.began = time.monotonic()
        seconds = HEAD_SECONDS if conn.arrival.lacks_head() else REQUEST_SECONDS
        conn.timeout = conn.began + seconds
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
        self._watch(conn, self.on_pending_socket_readable)

    def _bound_uploads(self, coming: Connection) -> None:
        """Refuse the files of which nothing has come for longest, for one that comes."""
        uploads = [conn for conn in self.pending_conns if conn.arrival.is_upload()]
        held = sum(conn.arrival.most_held() for conn in [*uploads, coming])
        while uploads and (len(uploads) >= MOST_UPLOADS or held > MOST_UPLOAD_BYTES):
            stalest = uploads.pop(0)
            held -= stalest.arrival.most_held()
            self._forget(stalest)
            self._refuse_arrival(stalest, TooManyUploads())
            self._linger(stalest)

    def _linger(self, conn: Connection) -> None:
        """End a connection without losing what was answered on it.

        Closed at once, with something unread in it, it would be reset, and the answer
        with it (RFC 9112, section 9.6). gunicorn waits for the client here, and nobody
        else is served meanwhile.
        """
        conn.ends = True
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)
            return
        conn.timeout = time.monotonic() + LINGER_SECONDS
        conn.unread = LINGER_BYTES
        self._drain(conn, None)

    def _drain(self, conn: Connection, client: Any) -> None:
        if _is_closed(conn):
            return
        self._forget(conn)
        try:
            while conn.unread > 0:
                block = conn.sock.recv(min(conn.unread, BLOCK))
                if not block:
                    break
                conn.unread -= len(block)
        except BlockingIOError:
            self._watch(conn, self._drain)
            return
        except OSError:
            self.log.debug("the client reset a connection that ended")
        self._drop(conn)

    def _watch(self, conn: Connection, then: Any) -> None:
        self.pending_conns[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(then, conn))

    def _forget(self, conn: Connection) -> None:
        for held in (self.pending_conns, self.sending):
            if conn in held:
                del held[conn]
                self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def _make_room(self) -> None:
        """Drop the connection that is silent for longest, for one that may speak."""
        for conn in self.pending_conns:
            self._drop(conn)
            return
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()
            return
        for conn in self.sending:
            self._drop(conn)
            return

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def _has_threads_for_all(self) -> bool:
        return bool(self.alive and self.nr_conns <= self.cfg.threads)

    def _refuse_arrival(self, conn: Connection, exc: Exception) -> None:
        self._asked.arrival = conn.arrival
        self.handle_error(None, conn.sock, conn.client, exc)

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
        # Part of the application, which each worker loads anew.
        from focusguard.web.cors import headers_of_a_refusal

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
            f"X-Request-ID: {request_id}\r\n"
        )
        if status == 503:
            head += f"Retry-After: {RETRY_SECONDS}\r\n"
        for name, value in headers_of_a_refusal(self._asked.arrival.head()).items():
            head += f"{name}: {value}\r\n"
        try:
            client.sendall(f"{head}\r\n".encode() + body)
        except OSError:
            self.log.debug("the refused client did not wait")


def _is_closed(conn: Any) -> bool:
    """Tell what was dropped after the poller had named it, to make room for another."""
    return bool(conn.sock.fileno() < 0)


def _is_readable(conn: Any) -> bool:
    """Tell whether the next request, or the connection's end, arrives in a moment."""
    if conn.parser.unreader.buf.getvalue():
        return True
    waiting = select.poll()
    waiting.register(conn.sock, select.POLLIN)
    return bool(waiting.poll(STAYS))
