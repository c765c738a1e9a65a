"""Writes to a user's picture: a new one, and none any more."""

import uuid
from collections.abc import Callable

from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.signals import profile_changed
from accounts.user_lock import lock_user
from focusguard.api.throttling import seconds_over
from pictures import garbage
from pictures.exceptions import PictureRateLimited
from pictures.redrawing.canvas import redrawn
from pictures.redrawing.easel import alone
from pictures.stores import store

LIMIT, WINDOW = 10, 60 * 60  # pictures of a user, seconds


def put_picture(*, user_id: uuid.UUID, read: Callable[[], bytes]) -> User:
    """Draw a picture anew, keep it and show it from now on; the one before is deleted.

    It is `read` when it is its turn: of those who are told to come again not a byte is.

    PictureUnreadable, PictureTooLarge; PictureRateLimited, PictureBusy; PicturesAway;
    TokenInvalid where the account ended meanwhile, and then nothing is left.
    """
    files = store()
    with alone():
        # Here and not before: whoever was told to come again would pay for each try.
        rate = (LIMIT, WINDOW)
        if wait := seconds_over(group="pictures", user_id=user_id, rate=rate):
            raise PictureRateLimited(retry_after=wait)
        content = redrawn(read())
    picture_id = garbage.reserve()
    # Not discarded where it fails: a store that gave no answer may carry it out later, and
    # a file that was deleted too early would stay for ever. Its note waits for the hour.
    files.put(picture_id, content)
    try:
        with transaction.atomic():
            user = lock_user(user_id)
            garbage.claim(picture_id)
            before = _write(user, picture_id)
            audit.record(audit.Kind.PICTURE_CHANGED, user_id=user_id)
    except BaseException:
        garbage.discard(picture_id)
        raise
    if before is not None:
        garbage.discard(before)
    return user


def remove_picture(
    *, user_id: uuid.UUID, active_only: bool = True, by: User | None = None
) -> bool:
    """Show no picture of a user any more; say whether there was one. TokenInvalid.

    `by` is the member of staff who does it.
    """
    with transaction.atomic():
        user = lock_user(user_id, active_only=active_only)
        if user.picture_id is None:
            return False
        before = _write(user, None)
        audit.record(audit.Kind.PICTURE_CHANGED, user_id=user_id, by=by)
    if before is not None:
        garbage.discard(before)
    return True


def _write(user: User, picture_id: uuid.UUID | None) -> uuid.UUID | None:
    """Store whose picture it is, and return the one before; the user is locked."""
    before = user.picture_id
    user.picture_id = picture_id
    user.save(update_fields=["picture_id", "updated_at"])
    profile_changed.send(sender=User, user_id=user.pk)
    return before
