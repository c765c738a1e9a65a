"""Limits on exports at once and on their rate: each costs as much as 500 reads.

An export reads everything of an account, in a thread of a worker and under the lock of
the user's row. Exports that waited there for each other would take every thread from
everybody else, so none of them waits: the answer says when to ask again.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.db import transaction

from export.exceptions import ExportBusy, ExportRateLimited, ExportRunning
from focusguard.api.throttling import seconds_over
from focusguard.db.locks import try_hold

# In each worker process, of all users together; most of its threads stay for others.
AT_ONCE = 2
# Of one user.
LIMIT, WINDOW = 10, 10 * 60  # exports, seconds
RETRY_AFTER = 2  # seconds; about what a large account takes

_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn(user_id: uuid.UUID) -> Iterator[None]:
    """Have the transaction in which an export is made.

    ExportRunning (429) where one of the same user is being made on any machine,
    ExportBusy (503) where this worker makes enough of them, and ExportRateLimited (429).
    """
    with transaction.atomic():
        # Not the lock of their row: a session that is being started would refuse it.
        if not try_hold(f"export:{user_id}"):
            raise ExportRunning(retry_after=RETRY_AFTER)
        if not _places.acquire(blocking=False):
            raise ExportBusy(retry_after=RETRY_AFTER)
        try:
            # Only what will be made is counted, not what is refused.
            _count(user_id)
            yield
        finally:
            _places.release()


def _count(user_id: uuid.UUID) -> None:
    if wait := seconds_over(group="export", user_id=user_id, rate=(LIMIT, WINDOW)):
        raise ExportRateLimited(retry_after=wait)
