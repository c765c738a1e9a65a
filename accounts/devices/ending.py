"""The end of devices: each is counted on the user's row, which it also locks."""

import uuid

from django.db.models import F
from django.utils import timezone

from accounts.models import AuthSession, AuthSessionQuerySet, User
from accounts.signals import devices_ended

# The one used longest ago makes room.
MAX_DEVICES = 20


def revoke_devices(
    *,
    user: User,
    reason: AuthSession.RevokedReason,
    keep_device_id: uuid.UUID | None = None,
) -> int:
    """End the user's devices, all or all but one; return how many."""
    count_sign_out(user.pk)
    devices = AuthSession.objects.live().for_user(user)
    if keep_device_id is not None:
        devices = devices.exclude(pk=keep_device_id)
    return revoke(user.pk, devices, reason)


def make_room(user: User) -> None:
    """End the devices beyond `MAX_DEVICES`; the user's lock keeps the count exact."""
    newest = AuthSession.objects.signed_in(user).order_by("-last_used_at", "-id")
    oldest = AuthSession.objects.filter(pk__in=newest.values("pk")[MAX_DEVICES:])
    if revoke(user.pk, oldest, AuthSession.RevokedReason.LIMIT):
        count_sign_out(user.pk)


def revoke(
    user_id: uuid.UUID, devices: AuthSessionQuerySet, reason: AuthSession.RevokedReason
) -> int:
    """End some devices of a user whose sign-outs are counted; return how many."""
    ended = devices.update(revoked_at=timezone.now(), revoked_reason=reason)
    if ended:
        devices_ended.send(sender=AuthSession, user_id=user_id)
    return ended


def count_sign_out(user_id: uuid.UUID) -> None:
    """Say on the user's row that a device ends, for writes that wait for this row.

    It also locks the row, which every write of a user takes first: no deadlock.
    """
    User.objects.filter(pk=user_id).update(sign_outs=F("sign_outs") + 1)
