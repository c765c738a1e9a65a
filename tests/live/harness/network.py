"""A network between a stack and its database, which can swallow everything."""

import ctypes
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# linux/socket.h and linux/filter.h; Python has no names for them.
SO_ATTACH_FILTER, SO_DETACH_FILTER = 26, 27
DROP_ALL = struct.pack("HBBI", 0x06, 0, 0, 0)  # a program of one line: return 0


class Network:
    """Carries connections on `port` to the Unix socket of a server."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._clients: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        self._carriers: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        ends = [*self._clients, *self._servers]
        for end in ends:
            _shut(end)
        for carrier in self._carriers:
            carrier.join()
        for end in [self._listener, *ends]:
            end.close()

    @contextmanager
    def black_hole(self) -> Iterator[None]:
        """Let no packet arrive: nothing is acknowledged, nothing refused.

        A proxy that merely stops to read would not do: its kernel goes on
        acknowledging.
        """
        program = ctypes.create_string_buffer(DROP_ALL)
        filter_ = struct.pack("HL", 1, ctypes.addressof(program))
        swallowing = [self._listener, *self._clients]
        for end in swallowing:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, filter_)
        try:
            yield
        finally:
            for end in swallowing:
                with suppress(OSError):
                    end.setsockopt(socket.SOL_SOCKET, SO_DETACH_FILTER, 0)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                self._clients.append(client)
                self._servers.append(server)
                server.connect(self._server)
                for way in ((client, server), (server, client)):
                    carrier = threading.Thread(target=_carry, args=way)
                    self._carriers.append(carrier)
                    carrier.start()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    _shut(source)
    _shut(sink)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
