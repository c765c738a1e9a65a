"""Notices: what happened to an account, for who may not have done it.

Queued in the transaction of what they tell. Facts alone, and no link that signs in.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from uuid_utils.compat import uuid7

from accounts.by_mail import mail_limits
from accounts.by_mail.whereabouts import place_of
from accounts.models import AuthSession, User
from focusguard.web.origin import current_origin
from mail import services as mail_services

NEW_PLACE = "notice_new_place"
PASSWORD_CHANGED = "notice_password_changed"  # noqa: S105  (the kind of a letter)
PASSWORD_RESET = "notice_password_reset"  # noqa: S105  (the kind of a letter)
ADDRESS_CHANGE_ASKED = "notice_address_change_asked"
ADDRESS_CHANGED = "notice_address_changed"

# A place that no device was in for so long is new again.
REMEMBERED = timedelta(days=90)


def facts() -> dict[str, Any]:
    """Return when, by which browser and from which network this is asked."""
    origin = current_origin()
    place = place_of(origin.user_agent, origin.address)
    return {
        "at": timezone.now().isoformat(),
        "browser": place.browser,
        "network": place.network,
    }


def tell(
    kind: str,
    user: User,
    *,
    address: str = "",
    more: dict[str, Any] | None = None,
) -> None:
    """Queue a notice for a user, to an address where it is not the present one.

    `more` is what its letter says beside the facts of every notice.
    """
    if not mail_services.is_on() or not mail_limits.may_tell(
        kind, address or user.email
    ):
        return
    mail_services.queue(
        kind=kind,
        key=f"{kind} {uuid7()}",
        user_id=user.pk,
        address=address,
        data=facts() | (more or {}),
    )


def tell_of_new_place(device: AuthSession) -> None:
    """Queue a notice where no other device of the user was in this place of late."""
    if not mail_services.is_on():
        return
    others = AuthSession.objects.for_user(device.user).exclude(pk=device.pk)
    recent = others.filter(last_used_at__gt=device.created_at - REMEMBERED)
    seen = recent.order_by().values_list("user_agent", "ip").distinct()
    here = place_of(device.user_agent, device.ip)
    if any(place_of(agent, ip) == here for agent, ip in seen):
        return
    tell(NEW_PLACE, device.user)
