"""Counting of the ways into an account, so that nobody takes away the last one.

A part that brings a way in by itself adds a counter to `COUNTERS`: given a user's id, how
many of its ways they have. A second factor is none: it opens nothing alone.
"""

import uuid
from collections.abc import Callable

from accounts.models import User
from identity.exceptions import LastWayIn

Counter = Callable[[uuid.UUID], int]

COUNTERS: list[Counter] = []


def require_another(locked: User) -> None:
    """Refuse to take one way in where it is the last. LastWayIn.

    The user is locked, so that two who take the last two in one moment are in a row; a
    statement that counts and deletes at once would let both pass. Ask before deleting.
    """
    ways = int(locked.has_usable_password())
    if ways + sum(count(locked.pk) for count in COUNTERS) <= 1:
        raise LastWayIn
