"""Reads that may come from a replica (DATABASE_REPLICA_URL), and never look stale.

A read goes there while the replica is at most some seconds behind the primary, and has
the last change of the one who asks: their `users` row, which every change of their
figures or of their visibility writes too, must be as this request has just read it
from the primary. Positions in the log are compared, and no clocks.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from focusguard.db.prepared import Prepared

logger = logging.getLogger(__name__)

REPLICA = "replica"
LOOKED_AT_EVERY = 5.0  # seconds

Answer = TypeVar("Answer")

UPDATED_AT = Prepared(
    lambda user_id: (
        get_user_model().objects.filter(pk=user_id).values_list("updated_at")
    )
)


def read(
    ask: Callable[[str], Answer],
    *,
    as_of: tuple[uuid.UUID, datetime] | None = None,
) -> Answer:
    """Ask the replica where it will do, else the primary; `ask` gets the alias.

    `as_of` is who asks, with their `updated_at`; None where nobody's own figures are
    in the answer. What the replica cannot answer the primary does.
    """
    if REPLICA in settings.DATABASES and _watch.is_near():
        try:
            if as_of is None or _has(*as_of):
                return ask(REPLICA)
        except DatabaseError as error:
            _watch.leave_alone(error)
    return ask(DEFAULT_DB_ALIAS)


def _has(user_id: uuid.UUID, updated_at: datetime) -> bool:
    return bool(UPDATED_AT.first(using=REPLICA, user_id=user_id) == (updated_at,))


class _Watch:
    """The replica's distance from the primary, as one process knows it.

    Near is who has replayed what the primary had written at the look before, which
    was `LOOKED_AT_EVERY` ago.
    """

    def __init__(self) -> None:
        self._looking = threading.Lock()
        self._looked_at = -LOOKED_AT_EVERY
        self._written = ""
        self._near = False

    def is_near(self) -> bool:
        """Tell it, and look again where the last look is too long ago."""
        if time.monotonic() - self._looked_at >= LOOKED_AT_EVERY:
            # One thread looks; the others do without meanwhile.
            if not self._looking.acquire(blocking=False):
                return False
            try:
                self._look()
            finally:
                self._looking.release()
        return self._near

    def leave_alone(self, error: Exception) -> None:
        """Ask it no more until the next look."""
        logger.warning("the replica does not answer: %s", error)
        connections[REPLICA].close()
        self._near = False
        self._looked_at = time.monotonic()

    def _look(self) -> None:
        rested = time.monotonic() - self._looked_at
        written = _position(DEFAULT_DB_ALIAS, "pg_current_wal_lsn()")
        # After a rest the position before says nothing of how far it is behind.
        required = self._written if rested < 2 * LOOKED_AT_EVERY else written
        try:
            near = _has_replayed(required or written)
        except DatabaseError as error:
            self.leave_alone(error)
            near = False
        if self._near and not near:
            logger.warning("the replica is behind; the primary answers")
        self._near, self._written = near, written
        self._looked_at = time.monotonic()


def _position(alias: str, function: str) -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SELECT {function}::text")
        return str(cursor.fetchone()[0])


def _has_replayed(position: str) -> bool:
    """Tell whether it is a replica that has come so far; a primary is none."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(pg_last_wal_replay_lsn() >= %s::pg_lsn, false)", [position]
        )
        return bool(cursor.fetchone()[0])


_watch = _Watch()
