"""A client's connection, from which a request is taken when it has arrived whole."""

import socket
from typing import Any

from gunicorn.workers.gthread import TConn

from server.arrival import Arrival, State
from server.outgoing import Outgoing

BLOCK = 64 * 1024
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ClientGone(Exception):
    """The client closed the connection before its request was whole."""


class Answered:
    """A connection as an answer sees it: what it sends waits for nobody."""

    def __init__(self, outgoing: Outgoing, client: Any, server: Any) -> None:
        self.sock = outgoing
        self.client = client
        self.server = server


class Connection(TConn):
    """A client's connection; `began` is when the request that is awaited began."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any) -> None:
        super().__init__(cfg, sock, client, server)
        # Whoever calls a thread has seen that there is something to read.
        self.data_ready = True
        self.arrival = Arrival()
        self.began: float | None = None
        # After it the connection ends: its body is not read to its end.
        self.too_large = False
        # It ends: what still comes, at most `unread` bytes of it, is read for nobody.
        self.ends = False
        self.unread = 0
        self.outgoing = Outgoing(sock)
        self.answered = Answered(self.outgoing, client, server)
        # When an answer must be taken, however steadily the client reads.
        self.taken_by = 0.0

    def close(self, graceful: bool = False) -> None:
        self.outgoing.discard()
        super().close(graceful)

    def receive(self) -> State:
        """Take in what has come, without waiting for more, and say what is missing.

        ClientGone, and what `Arrival.state` raises.
        """
        if self.parser is not None:
            # Sent right behind the request before.
            self.arrival.data += self.parser.unreader.take_buffered()
        while True:
            if self.arrival.data:
                state = self.arrival.state()
                if state in (State.WHOLE, State.TOO_LARGE):
                    self.too_large = state is State.TOO_LARGE
                    return state
                if state is State.BODY_MISSING and self.arrival.stop_expecting():
                    self._send_now(CONTINUE)
            else:
                state = State.HEAD_MISSING
            try:
                block = self.sock.recv(BLOCK, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return state
            except OSError as error:
                raise ClientGone from error
            if not block:
                raise ClientGone
            self.arrival.data += block

    def hand_over(self) -> Arrival:
        """Give the parser what has arrived, and return it."""
        if not self.initialized:
            self.init()
        arrived = self.arrival
        self.parser.unreader.unread(arrived.data)
        # The thread remembers it, for a refusal, until its next request.
        arrived.forget_body()
        self.arrival, self.began = Arrival(), None
        return arrived

    def _send_now(self, block: bytes) -> None:
        try:
            self.sock.send(block, socket.MSG_DONTWAIT)
        except OSError as error:
            raise ClientGone from error
