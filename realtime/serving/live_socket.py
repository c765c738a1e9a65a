"""A socket that is open: what waits to be sent on it, and when its right ends."""

import asyncio
import logging
import time
import uuid
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import orjson
from django.utils import timezone

from accounts.devices.tokens import LEEWAY, AccessToken
from realtime.serving.bounds_of_sockets import (
    MESSAGES,
    MESSAGES_SECONDS,
    SEND_SECONDS,
    SOON_SECONDS,
    Close,
)
from realtime.serving.states import State
from realtime.socket_metrics import CLOSED, PUSH_SECONDS

logger = logging.getLogger("focusguard.realtime")

# What is told first; a state ends what `stale` says.
ORDER = ("ready", "stale", "session", "changed", "auth_soon", "pong")

Send = Callable[[str], Awaitable[None]]
End = Callable[[Close], Awaitable[None]]


class LiveSocket:
    """Keeps the newest message of each kind, however slow its reader is.

    It has a task only while there is something to send.
    """

    def __init__(self, send: Send, end: End) -> None:
        self._send, self._end = send, end
        self._waiting: dict[str, Any] = {}
        self._sender: asyncio.Task[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []
        self._received: deque[float] = deque(maxlen=MESSAGES)
        self._seq = 0
        self._state: State | None = None
        self._version: datetime | None = None
        self._topics: set[str] = set()
        self._written_at = 0.0
        self._heard_at: float | None = None
        self._is_stale = False
        self.is_closed = False
        # Of the token that it was last proven by.
        self.user_id: uuid.UUID | None = None
        self.device_id: uuid.UUID | None = None
        self.jti: uuid.UUID | None = None
        self.expires_at = 0
        # Whether the use of that token has been seen by its device's row.
        self.is_noted = False
        # Whether `ready` was told, of the newest token.
        self.is_proven = False
        # As it stood when it was last looked at.
        self.seen: tuple[Any, ...] | None = None

    def may_receive(self) -> bool:
        """Count a message; False when there were too many of late."""
        now = time.monotonic()
        full = len(self._received) == MESSAGES
        if full and now - self._received[0] < MESSAGES_SECONDS:
            return False
        self._received.append(now)
        return True

    def after(self, seconds: float, act: Callable[..., object], *args: object) -> None:
        """Act later, unless the socket is closed or proven anew before."""
        loop = asyncio.get_running_loop()
        self._timers.append(loop.call_later(max(0.0, seconds), act, *args))

    def take(self, token: AccessToken) -> None:
        """Live as long as this token does."""
        self._drop_timers()
        self.user_id = token.claims.user_id
        self.device_id = token.claims.device_id
        self.jti = token.claims.jti
        self.expires_at = int(token["exp"])
        self.is_noted = self.is_proven = False
        left = self.expires_at - time.time()
        self.after(left + LEEWAY, self.close, Close.TOKEN_EXPIRED)

    def prove(self) -> None:
        """Tell that the token was taken."""
        self.is_proven = True
        expires_at = datetime.fromtimestamp(self.expires_at, UTC)
        self._tell({"type": "ready", "expires_at": expires_at})
        left = self.expires_at - time.time()
        soon = {"type": "auth_soon", "expires_at": expires_at}
        self.after(left - SOON_SECONDS, self._tell, soon)

    def show(
        self,
        state: State,
        version: datetime,
        topics: Iterable[str] = (),
        heard_at: float | None = None,
        written_at: float = 0.0,
    ) -> None:
        """Tell the state where it is another, and what else to ask for again: topics,
        all of them written by `written_at`."""
        if self.is_closed:
            return
        self._is_stale = False
        if state != self._state:
            self._state = state
            self._waiting["session"] = state
        if topics and self._version is not None:
            self._topics.update(topics)
            self._written_at = max(self._written_at, written_at)
            self._waiting["changed"] = None
        self._version = version
        if heard_at is not None and self._waiting:
            self._heard_at = min(heard_at, self._heard_at or heard_at)
        self._wake()

    def tell_stale(self) -> None:
        """Tell once that nothing is known; the next state is told whatever it is."""
        if self._is_stale:
            return
        self._is_stale, self._state = True, None
        self._waiting.pop("session", None)
        self._tell({"type": "stale"})

    def tell_pong(self) -> None:
        self._tell({"type": "pong"})

    def close(self, why: Close) -> None:
        """Close it, and send nothing any more of what waits."""
        if not self.is_closed:
            self.forget()
            CLOSED.labels(why.code).inc()
            # The task is held by the loop's own queue until it is done.
            self._ending = asyncio.ensure_future(self._end(why))

    def forget(self) -> None:
        """Let go of everything: it is closed, by whomever."""
        self.is_closed = True
        self._waiting.clear()
        self._drop_timers()
        if self._sender is not None and self._sender is not asyncio.current_task():
            self._sender.cancel()

    def _drop_timers(self) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _tell(self, message: dict[str, Any]) -> None:
        if not self.is_closed:
            self._waiting[message["type"]] = message
            self._wake()

    def _wake(self) -> None:
        if self._waiting and self._sender is None:
            self._sender = asyncio.ensure_future(self._send_what_waits())

    async def _send_what_waits(self) -> None:
        try:
            while self._waiting:
                kind = next(kind for kind in ORDER if kind in self._waiting)
                text = orjson.dumps(
                    self._made(kind, self._waiting.pop(kind)),
                    default=str,
                    option=orjson.OPT_UTC_Z,
                ).decode()
                async with asyncio.timeout(SEND_SECONDS):
                    await self._send(text)
            if self._heard_at is not None:
                PUSH_SECONDS.observe(time.monotonic() - self._heard_at)
                self._heard_at = None
        except TimeoutError:
            self.close(Close.SLOW)
        except (OSError, RuntimeError):
            # It is gone, or ends at this moment; whoever reads from it hears so too.
            self.forget()
        except Exception:
            logger.exception("a message was not made")
            self.close(Close.SLOW)
        finally:
            self._sender = None

    def _made(self, kind: str, waiting: Any) -> dict[str, Any]:
        if kind == "session":
            self._seq += 1
            told: dict[str, Any] = waiting.told(self._seq)
            return told
        if kind == "changed":
            topics, self._topics = sorted(self._topics), set()
            assert self._version is not None
            version = self._version.astimezone(UTC)
            return {
                "type": "changed",
                "what": topics,
                "version": version,
                "written_at": datetime.fromtimestamp(self._written_at, UTC),
            }
        if kind == "ready":
            return {"type": kind, "server_time": timezone.now(), **waiting}
        return dict(waiting)
