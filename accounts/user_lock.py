"""The one lock that every write of a user takes first (ADR 1)."""

import uuid

from accounts.devices.asking import require_signed_in_still
from accounts.exceptions import TokenInvalid
from accounts.models import User
from accounts.selectors import LOCKED_ACTIVE_USER, LOCKED_USER


def lock_user(user_id: uuid.UUID, *, active_only: bool = True) -> User:
    """Lock and return the user: the first step of every write that has a rule.

    One lock, always taken first, puts all writes of one user in a row: no deadlock
    between them, no gap in a numbering, no write beside a deletion. Readers, other
    users and foreign keys pointing here are not held up. Needs an open transaction.
    TokenInvalid (401) when the user is gone, or inactive where that matters, or when
    the device that asks was signed out while this waited.
    """
    statement = LOCKED_ACTIVE_USER if active_only else LOCKED_USER
    locked: User | None = statement.first(user_id=user_id)
    if locked is None:
        raise TokenInvalid
    require_signed_in_still(locked)
    return locked
