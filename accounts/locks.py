"""The one lock that every write of a user takes first (ADR 1)."""

import uuid

from accounts.asking import require_signed_in_still
from accounts.exceptions import TokenInvalid
from accounts.models import User
from focusguard.db.prepared import Prepared

LOCKED_USER = Prepared(
    lambda user_id: User.objects.select_for_update(no_key=True).filter(pk=user_id),
    user_id=uuid.UUID,
)
LOCKED_ACTIVE_USER = Prepared(
    lambda user_id: (
        User.objects.active().select_for_update(no_key=True).filter(pk=user_id)
    ),
    user_id=uuid.UUID,
)


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
