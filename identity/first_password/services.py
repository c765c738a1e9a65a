"""The rule by which a password is set without an old one."""

import uuid

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import services as accounts_services
from accounts.models import User
from accounts.user_lock import lock_user
from identity.exceptions import PasswordSet


def set_first_password(
    *, user: User, new_password: str, keep_device_id: uuid.UUID | None
) -> None:
    """Give a user who has none a password, and end every device but the one that asks.

    PasswordSet, also where one was set while this one was hashed; HashingBusy;
    TokenInvalid where the device was signed out meanwhile.
    """
    if user.has_usable_password():
        raise PasswordSet
    new_hash = make_password(new_password)
    with transaction.atomic():
        locked = lock_user(user.pk)
        if locked.has_usable_password():
            raise PasswordSet
        accounts_services.write_password(
            locked, new_hash, keep_device_id=keep_device_id
        )
