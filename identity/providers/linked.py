"""The accounts elsewhere that a user signs in by: listed, taken away, counted."""

import uuid

from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.devices.one_door import Method
from accounts.models import User
from accounts.user_lock import lock_user
from identity import way_in_notices, ways_in
from identity.models import LinkedIdentity
from identity.providers.configured import name_of
from identity.providers.exceptions import IdentityNotFound


def count(user_id: uuid.UUID) -> int:
    """Count those that still open the account: of a provider that is offered."""
    mine = LinkedIdentity.objects.filter(user_id=user_id)
    return mine.usable(settings.PROVIDERS).count()


@transaction.atomic
def unlink(*, user: User, identity_id: uuid.UUID) -> None:
    """Take an account elsewhere away. IdentityNotFound; LastWayIn.

    Under the user's lock, so that two who take the last two in one moment are in a row.
    """
    locked = lock_user(user.pk)
    mine = LinkedIdentity.objects.for_user(locked).filter(pk=identity_id)
    identity = mine.first()
    if identity is None:
        raise IdentityNotFound
    # One whose provider is not offered any more opens nothing.
    if mine.usable(settings.PROVIDERS).exists():
        ways_in.require_another(locked)
    mine.delete()
    audit.record(
        audit.Kind.IDENTITY_UNLINKED, user_id=locked.pk, method=Method.PROVIDER
    )
    way_in_notices.tell(
        way_in_notices.IDENTITY_UNLINKED, locked, detail=name_of(identity)
    )


def forget_all(user_id: uuid.UUID) -> None:
    """Take away all of a locked user, whose address somebody else may have proven now."""
    LinkedIdentity.objects.filter(user_id=user_id).delete()
