"""uvicorn's protocols, with an end for whoever does not read, and for silent heads."""

import asyncio
import time
from typing import Any

import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from focusguard.api.errors.envelope import envelope
from realtime.serving.bounds_of_sockets import (
    CLOSE_SECONDS,
    FRAMES,
    FRAMES_SECONDS,
    HEAD_SECONDS,
    WRITE_BYTES,
    Close,
)
from realtime.socket_metrics import CLOSED


class SocketProtocol(WebSocketsSansIOProtocol):
    """A socket that can be closed while its client reads nothing.

    uvicorn waits with the close frame until there is room, and then for the client to
    take what lies before it: for ever. It also answers each ping whether or not anybody
    reads that, and keeps the pieces of a message, of which those without a byte are no
    larger message: both may come without end.
    """

    frames_since, frames_taken = 0.0, 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=WRITE_BYTES)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        is_unread = self.conn.handshake_exc is not None and not self.handshake_initiated
        if is_unread and not self.close_sent:
            # A body, for one. uvicorn would leave it open without an answer, and stumble
            # over it when it tells all sockets to come back.
            self.handshake_complete = self.close_sent = True
            self.transport.write(_unreadable())
            self.transport.close()

    async def send(self, message: Any) -> None:
        if message["type"] != "websocket.close":
            await super().send(message)
            return
        self.writable.set()
        await super().send(message)
        if self.close_timer is not None:
            self.close_timer.cancel()
            self.close_timer = self._abort_later()

    def send_receive_event_to_app(self) -> None:
        if self.curr_msg_data_type == "text":
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                # No JSON either; uvicorn would log a traceback for it.
                self.curr_msg_data_type = "bytes"
        super().send_receive_event_to_app()

    def keepalive_timeout(self) -> None:
        """Close a socket whose client answers no ping, as any that is too slow."""
        self.pong_timer = self.pending_ping_payload = None
        self._fail(Close.SLOW)

    def handle_ping(self) -> None:
        if self._may_take():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        if self._may_take():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        if self._may_take():
            super().handle_cont(event)

    def _may_take(self) -> bool:
        """Count a frame that is no message; close the socket of too many of them."""
        now = time.monotonic()
        if now - self.frames_since > FRAMES_SECONDS:
            self.frames_since, self.frames_taken = now, 0
        self.frames_taken += 1
        if self.frames_taken > FRAMES:
            self._fail(Close.RATE_LIMITED)
        return not self.close_sent

    def _fail(self, why: Close) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        CLOSED.labels(why.code).inc()
        self.conn.fail(why.code, why.reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        self._abort_later()

    def _abort_later(self) -> asyncio.TimerHandle:
        return self.loop.call_later(CLOSE_SECONDS, self.transport.abort)


class HeadProtocol(H11Protocol):
    """HTTP before a socket: one request, whose head comes within ten seconds."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.loop.call_later(HEAD_SECONDS, self._end_unless_upgraded)

    def _end_unless_upgraded(self) -> None:
        if self.transport.get_protocol() is self:
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        self.transport.write(_unreadable())
        self.transport.close()


def _unreadable() -> bytes:
    """Make the whole answer to what is no request."""
    body = orjson.dumps(envelope(400))
    head = (
        "HTTP/1.1 400 Bad Request\r\n"
        "content-type: application/json\r\n"
        f"content-length: {len(body)}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body
