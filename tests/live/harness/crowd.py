"""Many sockets in one thread, each over raw TCP: they may be rude, or read nothing."""

import json
import selectors
import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.uri import parse_uri

from tests.harness.bounds import DEADLINE


class Member:
    """A client that reads only when its crowd does."""

    def __init__(
        self,
        port: int,
        *,
        token: str | None = None,
        source: str = "",
        receive_buffer: int | None = None,
    ) -> None:
        self.sock = socket.socket()
        if receive_buffer is not None:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        if source:
            self.sock.bind((source, 0))
        self.sock.settimeout(DEADLINE)
        self.sock.connect(("127.0.0.1", port))
        self._protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{port}/api/ws"))
        request = self._protocol.connect()
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        self._protocol.send_request(request)
        self._flush()
        self.status: int | None = None
        self.messages: list[dict[str, Any]] = []
        self.is_over = False

    def say(self, **message: Any) -> None:
        self._protocol.send_text(json.dumps(message).encode())
        self._flush()

    @property
    def end(self) -> tuple[int, str] | None:
        """Code and reason that it was closed with."""
        closed = self._protocol.close_rcvd
        return closed and (closed.code, closed.reason)

    @property
    def is_open(self) -> bool:
        return self._protocol.state is State.OPEN and not self.is_over

    def heard(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["type"] == kind]

    def read(self) -> None:
        """Take what has come, and answer pings as any client does."""
        try:
            data = self.sock.recv(65536)
        except ConnectionError:
            data = b""
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
            self.is_over = True
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self.status = event.status_code
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self.messages.append(json.loads(bytes(event.data)))
        with suppress(OSError):
            self._flush()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self.sock.sendall(data)


class Crowd:
    """Members who are read together, until what is awaited holds."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._selector = selectors.DefaultSelector()
        self.members: list[Member] = []

    def join(self, number: int = 1, **options: Any) -> list[Member]:
        """Let so many come; they are open once they have been read."""
        new = [Member(self._port, **options) for _ in range(number)]
        for member in new:
            self._selector.register(member.sock, selectors.EVENT_READ, member)
        self.members += new
        return new

    def read_until(self, holds: Callable[[], bool], seconds: float = DEADLINE) -> None:
        ends_at = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < ends_at, self._state()
            for key, _ in self._selector.select(0.05):
                key.data.read()
                if key.data.is_over:
                    self._selector.unregister(key.fileobj)

    def sign_in(self, tokens: Iterable[str]) -> list[Member]:
        """Let one come for each token, and hear its first state."""
        new = [member for token in tokens for member in self.join(token=token)]
        self.read_until(lambda: all(one.heard("session") for one in new))
        return new

    def leave(self, *members: Member) -> None:
        """Let some stay connected and read nothing."""
        for member in members:
            self._selector.unregister(member.sock)

    def come_back(self, *members: Member) -> None:
        for member in members:
            self._selector.register(member.sock, selectors.EVENT_READ, member)

    def vanish(self, *members: Member) -> None:
        """Let some break off by a reset, without a word."""
        for member in members:
            self._selector.unregister(member.sock)
            self.members.remove(member)
            linger = struct.pack("ii", 1, 0)
            member.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            member.sock.close()

    def close(self) -> None:
        self._selector.close()
        for member in self.members:
            member.sock.close()

    def _state(self) -> str:
        opened = sum(one.is_open for one in self.members)
        ends = {one.end for one in self.members if not one.is_open}
        return f"{opened} of {len(self.members)} are open; the others ended by {ends}"


@contextmanager
def crowd_at(port: int) -> Iterator[Crowd]:
    crowd = Crowd(port)
    try:
        yield crowd
    finally:
        crowd.close()
