"""Hearing hints: one subscription of the process to Valkey, and the proof that it lives.

One for all sockets, and not one for each: a socket opens and closes without Valkey, and
stays open while that is away. Hints for users who have no socket here cost a look into
a dictionary.
"""

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from django.conf import settings

from realtime.hints import GROUP, prefix
from realtime.socket_metrics import HEARING

logger = logging.getLogger("focusguard.realtime")

# A word to ourselves goes the way of every hint; where it does not come back, that way
# is cut, whatever the connection says.
WORD_SECONDS = 2.0
DEAF_SECONDS = 5.0
PATIENCE_SECONDS = 2.0
AGAIN_SECONDS = 1.0


class Deaf(Exception):
    """A subscription from which nothing came back for too long."""


class Hearing:
    def __init__(
        self,
        hint: Callable[[uuid.UUID, Iterable[str], float | None], None],
        missed: Callable[[], None],
    ) -> None:
        """Call `hint` for each hint, and `missed` when there may have been others."""
        self._hint, self._missed = hint, missed
        self._heard_at = 0.0
        # Whether hints are known to come: if not, the sweep alone tells of changes.
        self.hears = False
        # Whether the log says that they do not.
        self._complains = False
        self._prefix = prefix()
        # It writes and reads messages. It would make a layer for the loop as well, and be
        # kept by the loop for good: with all that was made while Valkey was away.
        self._serializing = RedisPubSubChannelLayer(serializer_format="json")

    async def run(self) -> None:
        """Listen for as long as the process lives, and tell once when that stops."""
        while True:
            try:
                await self._listen()
            except Exception as error:
                self._is_deaf(error)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen(self) -> None:
        layer: Any = RedisPubSubLoopLayer(
            hosts=[
                {
                    "address": settings.REDIS_URL,
                    "socket_connect_timeout": PATIENCE_SECONDS,
                    "socket_timeout": PATIENCE_SECONDS,
                }
            ],
            prefix=self._prefix,
            channel_layer=self._serializing,
        )
        receiving: asyncio.Task[Any] | None = None
        try:
            async with asyncio.timeout(DEAF_SECONDS):
                channel = await layer.new_channel()
                await layer.group_add(GROUP, channel)
            self._heard_at = time.monotonic()
            receiving = asyncio.ensure_future(self._receive(layer, channel))
            while not receiving.done():
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await layer.send(channel, {"type": "word"})
                await asyncio.wait({receiving}, timeout=WORD_SECONDS)
                if time.monotonic() - self._heard_at > DEAF_SECONDS:
                    raise Deaf("hints do not come back")
            receiving.result()
        finally:
            if receiving is not None:
                receiving.cancel()
            with contextlib.suppress(Exception):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await layer.flush()

    async def _receive(self, layer: Any, channel: str) -> None:
        while True:
            message = await layer.receive(channel)
            self._heard_at = time.monotonic()
            if self._complains:
                self._hears_again()
            self.hears = True
            HEARING.set(1)
            if message.get("type") == "hint":
                user_id = uuid.UUID(message["user"])
                self._hint(user_id, message["topics"], message.get("written_at"))

    def _is_deaf(self, error: Exception) -> None:
        self.hears = False
        HEARING.set(0)
        if not self._complains:
            self._complains = True
            logger.error("Valkey is away, only the sweep tells of changes: %r", error)

    def _hears_again(self) -> None:
        self._complains = False
        logger.warning("hints are heard again")
        self._missed()
