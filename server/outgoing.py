"""The rest of an answer that a client has still to take, held outside of any thread."""

import os
import socket
from collections import deque
from contextlib import suppress
from typing import Any

BLOCK = 64 * 1024
# Sent to one client before others have their turn.
AT_A_TIME = 4 * BLOCK


class FilePart:
    """A piece of a file, read as it is sent and not before."""

    def __init__(self, fileno: int, offset: int, count: int) -> None:
        # The application closes its own when its answer is written.
        self.fileno = os.dup(fileno)
        self.offset = offset
        self.count = count

    def send(self, sock: socket.socket) -> int:
        """Send a block; BlockingIOError where the client has to read first."""
        block = os.pread(self.fileno, min(self.count, BLOCK), self.offset)
        if not block:
            raise OSError("the file is shorter than was announced")
        sent = sock.send(block, socket.MSG_DONTWAIT)
        self.offset += sent
        self.count -= sent
        return sent

    def close(self) -> None:
        os.close(self.fileno)


class BytesPart:
    """Bytes of an answer; those that many clients get are not copied for each."""

    def __init__(self, left: memoryview) -> None:
        self.left = left

    @property
    def count(self) -> int:
        return len(self.left)

    def send(self, sock: socket.socket) -> int:
        sent = sock.send(self.left, socket.MSG_DONTWAIT)
        self.left = self.left[sent:]
        return sent

    def close(self) -> None:
        self.left.release()


class Outgoing:
    """The socket as gunicorn's answers write to it, which never waits.

    What the client does not take at once is kept, in order, for `flush`. The head of an
    answer goes with the first piece of its body: gunicorn writes them apart, and each
    would be a packet that the kernel sends and the client wakes up for.
    """

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.parts: deque[FilePart | BytesPart] = deque()
        # Of an answer. None: it is what is written next. Empty: it is sent.
        self._head: bytes | None = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sock, name)

    def begin(self) -> None:
        """Take what is written next for the head of an answer."""
        self._head = None

    def end(self) -> None:
        """Send the head of an answer that has no body."""
        head, self._head = self._head, b""
        if head:
            self.sendall(head)

    def sendall(self, data: bytes) -> None:
        if self._head is None:
            self._head = data
            return
        if self._head:
            if len(data) <= BLOCK:
                data, self._head = self._head + data, b""
            else:
                self.end()
        sent = 0
        if not self.parts:
            try:
                sent = self.sock.send(data, socket.MSG_DONTWAIT)
            except BlockingIOError:
                sent = 0
            if sent == len(data):
                return
        self.parts.append(BytesPart(memoryview(data)[sent:]))

    def sendfile(self, file: Any, offset: int, count: int) -> None:
        self.end()
        self.parts.append(FilePart(file.fileno(), offset, count))
        self.flush(most=count)

    def flush(self, most: int = AT_A_TIME) -> int:
        """Send of what is kept what the client takes now; return how many bytes."""
        sent = 0
        with suppress(BlockingIOError):
            while self.parts and sent < most:
                sent += self.parts[0].send(self.sock)
                if not self.parts[0].count:
                    self.parts.popleft().close()
        return sent

    def discard(self) -> None:
        while self.parts:
            self.parts.popleft().close()
