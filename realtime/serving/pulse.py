"""The pulse: asks the truth for the sockets that a hint names, and for all of them.

One statement at a time, so that what was read later is told later. Hints and newcomers go
first; the sweep takes what room they leave, 500 sockets at a time.
"""

import asyncio
import contextlib
import logging
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from psycopg import Error

from accounts.devices.pairs import is_replaced
from realtime import topics
from realtime.serving.bounds_of_sockets import (
    ASKED_AT_ONCE,
    GIVE_UP_SECONDS,
    RETRY_SECONDS,
    STALE_SECONDS,
    Close,
)
from realtime.serving.live_socket import LiveSocket
from realtime.serving.noting import Noting
from realtime.serving.open_sockets import OpenSockets
from realtime.serving.states import State
from realtime.serving.truth import Seen, Truth
from realtime.socket_metrics import HEARD, SWEEP_FOUND

logger = logging.getLogger("focusguard.realtime")

# What may have changed beside a session that another device ended, or a user's row.
WITH_SESSION = (topics.HISTORY, topics.GARDEN, topics.STATS)
WITH_USER = (topics.PROFILE, topics.STATS)
# A hint that is on its way while the sweep reads is not lost.
HINT_SECONDS = 1.0
# Nor was it written earlier than this before it was heard, whatever the writer's clock says.
WRITTEN_SECONDS = 0.25
# However many hints there are, the sweep goes on.
HINTED_AT_ONCE = ASKED_AT_ONCE - 100


@dataclass(slots=True)
class Due:
    """Why a socket is to be looked at: topics of hints, when the first came, and by when
    all of it was written."""

    topics: set[str] = field(default_factory=set)
    heard_at: float | None = None
    written_at: float = 0.0


class Pulse:
    def __init__(self, sockets: OpenSockets) -> None:
        self._sockets = sockets
        self._truth = Truth()
        self._noting = Noting()
        self._due: dict[LiveSocket, Due] = {}
        self._sweep: list[LiveSocket] = []
        self._next_sweep = 0.0
        self._wanted = asyncio.Event()
        # Since when an answer is awaited in vain.
        self._silent_since: float | None = None
        self._suspects: dict[uuid.UUID, set[LiveSocket]] = {}

    @property
    def is_lost(self) -> bool:
        """Tell whether the database has been away for so long that nobody should wait."""
        return self._silence() > GIVE_UP_SECONDS

    @property
    def is_silent(self) -> bool:
        """Tell whether pages have been told that nothing is known."""
        return self._silence() > STALE_SECONDS

    def hint(
        self,
        user_id: uuid.UUID,
        changed: Iterable[str],
        written_at: float | None = None,
    ) -> None:
        """Look at the sockets of a user, whose data was written."""
        HEARD.inc()
        self._suspects.pop(user_id, None)
        now, clock = time.monotonic(), time.time()
        written_at = min(max(written_at or clock, clock - WRITTEN_SECONDS), clock)
        for socket in self._sockets.of_user(user_id):
            due = self._due.setdefault(socket, Due())
            due.topics.update(changed)
            due.heard_at = due.heard_at or now
            due.written_at = max(due.written_at, written_at)
            self._wanted.set()

    def look_at(self, socket: LiveSocket) -> None:
        """Look at a socket that has come, or that a new token came on."""
        self._due.setdefault(socket, Due())
        self._wanted.set()

    def sweep_now(self) -> None:
        """Look at all: hints may have been missed."""
        self._next_sweep = 0.0
        self._wanted.set()

    async def run(self) -> None:
        watching = asyncio.ensure_future(self._watch())
        try:
            while True:
                try:
                    await self._beat()
                except Exception:
                    logger.exception("a beat was missed")
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            watching.cancel()
            self._noting.stop()
            await self._truth.close()

    async def _beat(self) -> None:
        await self._wait_for_work()
        due = self._next_due()
        swept = self._next_of_sweep(ASKED_AT_ONCE - len(due))
        asked = [*due, *swept]
        if not asked and self._silent_since is None:
            return
        # With nobody left it is asked all the same: whether anybody may come again.
        self._silent_since = self._silent_since or time.monotonic()
        try:
            seen = await self._truth.ask({one.device_id for one in asked})  # type: ignore[misc]  # those asked have one
        except (Error, OSError) as error:
            self._put_back(due, swept)
            logger.warning("the database does not answer: %s", _line(error))
            await asyncio.sleep(RETRY_SECONDS)
            return
        self._silent_since = None
        for socket in asked:
            if socket.is_closed or socket.device_id is None:
                continue
            try:
                self._judge(socket, seen.get(socket.device_id), due.get(socket))
            except Exception:
                # Whatever is wrong with this one, the others are owed theirs.
                logger.exception("a socket was not judged")
                socket.close(Close.SLOW)

    async def _wait_for_work(self) -> None:
        self._wanted.clear()
        left = self._next_sweep - time.monotonic()
        if left > 0 and not (self._due or self._sweep):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left):
                    await self._wanted.wait()
        if not self._sweep and time.monotonic() >= self._next_sweep:
            self._sweep = list(self._sockets)
            self._next_sweep = time.monotonic() + settings.REALTIME_SWEEP_SECONDS

    def _next_due(self) -> dict[LiveSocket, Due]:
        due = {}
        for socket in list(self._due)[:HINTED_AT_ONCE]:
            entry = self._due.pop(socket)
            if not socket.is_closed:
                due[socket] = entry
        return due

    def _next_of_sweep(self, most: int) -> list[LiveSocket]:
        swept, self._sweep = self._sweep[:most], self._sweep[most:]
        return [one for one in swept if not one.is_closed]

    def _put_back(self, due: dict[LiveSocket, Due], swept: list[LiveSocket]) -> None:
        for socket, entry in due.items():
            newer = self._due.setdefault(socket, entry)
            newer.topics |= entry.topics
            newer.heard_at = entry.heard_at or newer.heard_at
            newer.written_at = max(newer.written_at, entry.written_at)
        self._sweep = [*swept, *self._sweep]

    def _judge(self, socket: LiveSocket, seen: Seen | None, due: Due | None) -> None:
        """Close what has no right; show the others what there is."""
        if seen is None or seen.user_id != socket.user_id:
            if due is None and socket.user_id is not None:
                self._suspect(socket, socket.user_id)
            socket.close(Close.TOKEN_INVALID)
            return
        if socket.is_proven or self._prove(socket, seen):
            self._show(socket, seen, due or Due())

    def _prove(self, socket: LiveSocket, seen: Seen) -> bool:
        """Let in a socket whose token was seen before or is noted; tell whether it is in."""
        assert socket.jti is not None
        unseen = not seen.confirmed or is_replaced(socket.jti, seen.given_anew)
        if unseen and not socket.is_noted:
            self._noting.note(socket, self.look_at)
            return False
        socket.prove()
        self._sockets.make_room_for(socket)
        return not socket.is_closed

    def _show(self, socket: LiveSocket, seen: Seen, due: Due) -> None:
        """Show a socket what there is, and what is another than it was."""
        state = State.of(seen, timezone.now())
        changed, written_at = due.topics, due.written_at
        if not changed and socket.seen is not None:
            changed, written_at = self._found_by_itself(socket, seen), time.time()
        socket.seen = seen
        socket.show(state, seen.version, changed, due.heard_at, written_at)

    def _found_by_itself(self, socket: LiveSocket, seen: Seen) -> set[str]:
        """Return what a look that no hint asked for found to be another."""
        before = socket.seen
        assert isinstance(before, Seen)
        found: set[str] = set()
        if before.version != seen.version:
            found.update(WITH_USER)
        if (before.running, before.ended) != (seen.running, seen.ended):
            found.update(WITH_SESSION)
        if found:
            self._suspect(socket, seen.user_id)
        return found

    def _suspect(self, socket: LiveSocket, user_id: uuid.UUID) -> None:
        """Count what the sweep found, unless a hint tells of it in a moment."""
        self._suspects.setdefault(user_id, set()).add(socket)
        asyncio.get_running_loop().call_later(HINT_SECONDS, self._convict, user_id)

    def _convict(self, user_id: uuid.UUID) -> None:
        SWEEP_FOUND.inc(len(self._suspects.pop(user_id, ())))

    def _silence(self) -> float:
        since = self._silent_since
        return 0.0 if since is None else time.monotonic() - since

    async def _watch(self) -> None:
        """Tell the sockets while the database is away; let them go after a minute."""
        while True:
            await asyncio.sleep(RETRY_SECONDS)
            silence = self._silence()
            if silence > GIVE_UP_SECONDS:
                for socket in self._sockets:
                    socket.close(Close.SLOW)
            elif silence > STALE_SECONDS:
                # Those too that came since the others were told.
                for socket in self._sockets:
                    socket.tell_stale()


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
