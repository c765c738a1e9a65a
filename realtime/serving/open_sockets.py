"""The sockets of a process: by device and by user, and how many there may be."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings

from realtime.serving.bounds_of_sockets import (
    PER_DEVICE,
    PER_USER,
    UNPROVEN_PER_ADDRESS,
    Close,
)
from realtime.serving.live_socket import LiveSocket
from realtime.socket_metrics import PROCESSES, SOCKETS, SOCKETS_MOST


class OpenSockets:
    def __init__(self) -> None:
        self._number = 0
        PROCESSES.set(1)
        SOCKETS_MOST.set(settings.REALTIME_MAX_SOCKETS)
        self._of_user: dict[uuid.UUID, dict[LiveSocket, None]] = {}
        # By address, of those whose token has not come.
        self._unproven: Counter[str] = Counter()

    def __len__(self) -> int:
        return self._number

    @property
    def are_full(self) -> bool:
        return self._number >= settings.REALTIME_MAX_SOCKETS

    def may_open(self, address: str | None) -> bool:
        """Tell whether an address waits with few enough; None is nobody's in particular."""
        return address is None or self._unproven[address] < UNPROVEN_PER_ADDRESS

    def open(self, address: str | None) -> None:
        self._number += 1
        SOCKETS.set(self._number)
        if address is not None:
            self._unproven[address] += 1

    def proven(self, address: str | None) -> None:
        if address is not None:
            self._unproven[address] -= 1
            if self._unproven[address] <= 0:
                del self._unproven[address]

    def closed(self, socket: LiveSocket) -> None:
        self._number -= 1
        SOCKETS.set(self._number)
        self._forget(socket)

    def add(self, socket: LiveSocket) -> None:
        """Know a socket by its user; the oldest of its device make room for it."""
        assert socket.user_id is not None
        theirs = self._of_user.setdefault(socket.user_id, {})
        theirs[socket] = None
        same_device = [one for one in theirs if one.device_id == socket.device_id]
        self._replace(same_device[:-PER_DEVICE])

    def make_room_for(self, socket: LiveSocket) -> None:
        """Close the oldest of a user whose rights are proven, where they are too many.

        Not before: a token that was revoked still verifies, and would take the place of
        its owner's.
        """
        assert socket.user_id is not None
        proven = [one for one in self.of_user(socket.user_id) if one.is_proven]
        self._replace(proven[:-PER_USER])

    def of_user(self, user_id: uuid.UUID) -> Iterable[LiveSocket]:
        return tuple(self._of_user.get(user_id, ()))

    def __iter__(self) -> Iterator[LiveSocket]:
        """Go through all whose user is known, as they are at this moment."""
        return iter([one for theirs in self._of_user.values() for one in theirs])

    def _replace(self, oldest: Iterable[LiveSocket]) -> None:
        for socket in oldest:
            self._forget(socket)
            socket.close(Close.REPLACED)

    def _forget(self, socket: LiveSocket) -> None:
        if socket.user_id is None:
            return
        theirs = self._of_user.get(socket.user_id)
        if theirs is not None:
            theirs.pop(socket, None)
            if not theirs:
                del self._of_user[socket.user_id]
