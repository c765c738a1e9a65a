"""The use of a token, noted on its device's row as any request notes it (ADR 30)."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, close_old_connections

from accounts.devices.auth_services import note_use
from accounts.devices.tokens import Claims
from accounts.exceptions import TokenInvalid
from realtime.serving.bounds_of_sockets import Close
from realtime.serving.live_socket import LiveSocket

logger = logging.getLogger("focusguard.realtime")


class Noting:
    """One thread with one connection of Django's; asked for the first use of a pair."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="noting")
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, socket: LiveSocket, then: Callable[[LiveSocket], None]) -> None:
        """Note it and go on with `then`; close the socket of a token that was stolen."""
        task = asyncio.ensure_future(self._note(socket, then))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def stop(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _note(
        self, socket: LiveSocket, then: Callable[[LiveSocket], None]
    ) -> None:
        assert socket.user_id and socket.device_id and socket.jti
        claims = Claims(socket.user_id, socket.device_id, socket.jti)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._thread, _note_use, claims)
        except TokenInvalid:
            socket.close(Close.TOKEN_INVALID)
        except DatabaseError as error:
            logger.warning("the use of a token was not noted: %s", error)
            socket.close(Close.SLOW)
        else:
            socket.is_noted = socket.jti == claims.jti
            then(socket)


def _note_use(claims: Claims) -> None:
    close_old_connections()
    note_use(claims)
