"""Reads of a user's own figures from a replica (DATABASE_REPLICA_URL), never stale.

Every change of a user's figures writes their `users` row in the same transaction. So a
replica that has this row as the request has just read it from the primary has what led
to it too, however far behind it is with everybody else's (ADR 38).
"""

import logging
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
LEFT_ALONE = 5.0  # seconds; or each request would wait for one that hangs

Answer = TypeVar("Answer")

UPDATED_AT = Prepared(
    lambda user_id: (
        get_user_model().objects.filter(pk=user_id).values_list("updated_at")
    )
)

_asked_again_at = 0.0


def read(ask: Callable[[str], Answer], *, as_of: tuple[uuid.UUID, datetime]) -> Answer:
    """Ask the replica where it has the user's last change, else the primary.

    `ask` gets the alias; `as_of` is the user whose figures are read, with their
    `updated_at`. What the replica cannot answer the primary does.
    """
    global _asked_again_at
    if REPLICA in settings.DATABASES and time.monotonic() >= _asked_again_at:
        user_id, updated_at = as_of
        try:
            if UPDATED_AT.first(using=REPLICA, user_id=user_id) == (updated_at,):
                return ask(REPLICA)
        except DatabaseError as error:
            logger.warning("the replica does not answer: %s", error)
            connections[REPLICA].close()
            _asked_again_at = time.monotonic() + LEFT_ALONE
    return ask(DEFAULT_DB_ALIAS)
