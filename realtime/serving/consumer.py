"""The consumer of a socket: handshake, first message, and whatever a client says."""

from typing import Any

import orjson
from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from accounts.devices.tokens import read_access_token
from accounts.exceptions import TokenExpired, TokenInvalid
from focusguard.api.exceptions import DomainError
from realtime.exceptions import RealtimeUnavailable, TooManyHandshakes
from realtime.serving.answers_of_http import refusal
from realtime.serving.bounds_of_sockets import AUTH_SECONDS, RETRY_AFTER, Close
from realtime.serving.handshakes import Handshake
from realtime.serving.live_socket import LiveSocket
from realtime.serving.open_sockets import OpenSockets
from realtime.serving.pulse import Pulse
from realtime.socket_metrics import CLOSED, REFUSED

# Closed by the library or by a restart; what a client says is no label of ours.
OTHERS_CODES = (1009, 1012)


class SocketConsumer(AsyncWebsocketConsumer):
    """Takes `auth` and `ping`; what is sent is the pulse's business."""

    live: LiveSocket | None = None
    address: str | None = None
    is_unproven = False

    def __init__(self, sockets: OpenSockets, pulse: Pulse) -> None:
        super().__init__()
        self._sockets, self._pulse = sockets, pulse

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # Whoever breaks off in the handshake is told of by no message.
            self._let_go()

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels looks after Django's connections here, in a thread for each message;
        # nothing in this loop uses one.
        await getattr(self, get_handler_name(message))(message)

    async def websocket_connect(self, message: dict[str, Any]) -> None:
        handshake = Handshake(self.scope)
        try:
            handshake.judge()
            self._require_room(handshake)
        except DomainError as error:
            REFUSED.labels(error.status_code).inc()
            for part in refusal(error, "websocket.http.response"):
                await self.base_send(part)
            raise StopConsumer from error
        self.live = LiveSocket(self._send_text, self._end)
        self.address, self.is_unproven = handshake.address, True
        self._sockets.open(self.address)
        await self.accept()
        self.live.after(AUTH_SECONDS, self.live.close, Close.AUTH_TIMEOUT)
        if (token := handshake.bearer) is not None:
            self._authenticate(self.live, token)

    async def websocket_receive(self, message: dict[str, Any]) -> None:
        live = self.live
        if live is None or live.is_closed:
            return
        if not live.may_receive():
            live.close(Close.RATE_LIMITED)
            return
        match _read(message.get("text")):
            case {"type": "auth", "token": str(token)}:
                self._authenticate(live, token)
            case {"type": str(kind)} if live.user_id is not None and kind != "auth":
                # Of a newer client, maybe: only what is known is answered.
                if kind == "ping":
                    live.tell_pong()
            case _:
                live.close(Close.BAD_MESSAGE)

    async def websocket_disconnect(self, message: dict[str, Any]) -> None:
        is_theirs = self.live is not None and not self.live.is_closed
        if is_theirs and message.get("code") in OTHERS_CODES:
            CLOSED.labels(message["code"]).inc()
        raise StopConsumer

    def _require_room(self, handshake: Handshake) -> None:
        if self._sockets.are_full or self._pulse.is_lost:
            raise RealtimeUnavailable(retry_after=RETRY_AFTER)
        if not self._sockets.may_open(handshake.address):
            raise TooManyHandshakes(retry_after=RETRY_AFTER)

    def _authenticate(self, live: LiveSocket, raw: str) -> None:
        """Take a token; its device is asked with the first, or next, look."""
        try:
            token = read_access_token(raw.encode())
        except TokenExpired:
            live.close(Close.TOKEN_EXPIRED)
            return
        except TokenInvalid:
            live.close(Close.TOKEN_INVALID)
            return
        claims = token.claims
        if live.user_id is None:
            live.take(token)
            self._prove()
            # Known before it is looked at: whatever happens meanwhile names it.
            self._sockets.add(live)
        elif (live.user_id, live.device_id) == (claims.user_id, claims.device_id):
            live.take(token)
        else:
            live.close(Close.SOMEBODY_ELSE)
            return
        self._pulse.look_at(live)

    def _let_go(self) -> None:
        live, self.live = self.live, None
        if live is not None:
            live.forget()
            self._prove()
            self._sockets.closed(live)

    def _prove(self) -> None:
        if self.is_unproven:
            self.is_unproven = False
            self._sockets.proven(self.address)

    async def _send_text(self, text: str) -> None:
        await self.base_send({"type": "websocket.send", "text": text})

    async def _end(self, why: Close) -> None:
        try:
            await self.close(code=why.code, reason=why.reason)
        except (OSError, RuntimeError):
            # It ended by itself at the same moment.
            return


def _read(text: str | None) -> Any:
    try:
        return orjson.loads(text) if text is not None else None
    except orjson.JSONDecodeError:
        return None
