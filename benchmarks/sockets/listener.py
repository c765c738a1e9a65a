"""A client of the socket that is as lean as it can be: 2,000 of them fit into a process."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, cast

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

# What a listener is told: whose it is, the message, and when it came.
Hears = Callable[["Listener", dict[str, Any], float], None]


class Refused(Exception):
    """A handshake that was answered with an error, or a socket that ended early."""


class Listener(asyncio.Protocol):
    """One socket: it signs in by its first message, answers pings, and hears."""

    def __init__(self, port: int, person: int, token: str, hears: Hears) -> None:
        self.port, self.person = port, person
        self._token, self._hears = token, hears
        self._protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{port}/api/ws"))
        self._transport: asyncio.Transport | None = None
        loop = asyncio.get_running_loop()
        # Done with the first `session`; failed where it was refused.
        self.is_open: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[int] = loop.create_future()

    async def open(self) -> None:
        """Connect and wait for the first truth. OSError or Refused."""
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: self, "127.0.0.1", self.port)
        await self.is_open

    def close(self) -> None:
        """Leave as a page does that is closed: with a word."""
        if not self.ended.done():
            self._protocol.send_close(1001)
            self._flush()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # One of uvloop's own, which is of no class of asyncio's.
        self._transport = cast(asyncio.Transport, transport)
        self._protocol.send_request(self._protocol.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self._answered(event)
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self._heard(json.loads(bytes(event.data)))
        self._flush()

    def eof_received(self) -> None:
        self._protocol.receive_eof()

    def connection_lost(self, error: Exception | None) -> None:
        self._protocol.receive_eof()
        code = self._protocol.close_code or 1006
        if not self.is_open.done():
            self.is_open.set_exception(Refused(f"ended with {code}"))
        if not self.ended.done():
            self.ended.set_result(code)

    def _answered(self, response: Response) -> None:
        if response.status_code != 101:
            self.is_open.set_exception(Refused(f"{response.status_code}"))
            return
        first = json.dumps({"type": "auth", "token": self._token})
        self._protocol.send_text(first.encode())

    def _heard(self, message: dict[str, Any]) -> None:
        if self.is_open.done():
            self._hears(self, message, time.monotonic())
        elif message["type"] == "session":
            self.is_open.set_result(None)

    def _flush(self) -> None:
        assert self._transport is not None
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)
            else:
                self._transport.close()
