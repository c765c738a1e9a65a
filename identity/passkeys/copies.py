"""The record of a passkey that was copied, and the word to its owner."""

from contextlib import suppress

from django.db import transaction

from accounts import audit
from accounts.devices.one_door import Method
from accounts.exceptions import TokenInvalid
from accounts.models import User
from accounts.user_lock import lock_user
from identity import way_in_notices as notices


def note_copy(user: User) -> None:
    """Write that a counter went back, once what it was judged in has rolled back.

    Nothing of who is gone by now. Only a right signature comes here: no stranger has
    mails sent by it.
    """
    with suppress(TokenInvalid), transaction.atomic():
        locked = lock_user(user.pk)
        audit.record(
            audit.Kind.PASSKEY_CLONED, user_id=locked.pk, method=Method.PASSKEY
        )
        notices.tell(notices.PASSKEY_CLONED, locked)
