"""The asking device, held to after a wait: a device that ended meanwhile writes nothing."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest

from accounts.exceptions import TokenInvalid
from accounts.models import AuthSession, User
from focusguard.web.origin import serving


@dataclass(frozen=True, slots=True)
class Asker:
    """A user as their row was when the request was signed in, and their device."""

    user: User
    device_id: uuid.UUID


def remember(request: HttpRequest, user: User, device_id: uuid.UUID) -> None:
    """Note on the request by which device it was signed in."""
    request.asker = Asker(user, device_id)  # type: ignore[attr-defined]  # ours, read below


def require_signed_in_still(locked: User) -> None:
    """Refuse what asks for the locked user by a device that has ended meanwhile.

    TokenInvalid. Signing a request in comes before the wait for the user's lock, and
    for a hash: whoever signed the device out in between was told that it is out. The
    locked row says whether anything of that kind happened, so the device itself is
    asked almost never.
    """
    asker: Asker | None = getattr(serving.get(), "asker", None)
    if asker is None or asker.user.pk != locked.pk:
        return
    before = asker.user.sign_outs, asker.user.password
    if (locked.sign_outs, locked.password) == before:
        return
    if not AuthSession.objects.live().filter(pk=asker.device_id).exists():
        raise TokenInvalid
