"""The rule that a way in is changed only after a fresh proof.

A signed-in device says who it was signed in by; a stolen token, or a page left open, must
not be able to add a way in that outlives the sign-out of that device. `identity.proofs`
has the proofs, a sign-in is one too.
"""

import uuid
from datetime import timedelta

from django.utils import timezone
from rest_framework.request import Request
from rest_framework_simplejwt.tokens import Token

from accounts.exceptions import ProofRequired, TokenInvalid
from accounts.models import AuthSession, User

GOOD_FOR = timedelta(minutes=10)


def require_proof(request: Request) -> None:
    """Refuse a request whose device has no proof of the last ten minutes. ProofRequired.

    Call it first in a view that adds, changes or takes away a way in. What is signed in
    by no device, such as staff in the browsable API or a program, has none ever.
    """
    device_id = device_of(request)
    if device_id is None:
        raise ProofRequired
    fresh = AuthSession.objects.live().filter(
        pk=device_id, proved_at__gt=timezone.now() - GOOD_FOR
    )
    if not fresh.exists():
        raise ProofRequired


def device_of(request: Request) -> uuid.UUID | None:
    """Return the device that asks; None for staff in the browsable API."""
    return uuid.UUID(request.auth["sid"]) if isinstance(request.auth, Token) else None


def note_proof(*, user: User, device_id: uuid.UUID | None) -> None:
    """Write that the device's holder has just proved who they are. TokenInvalid."""
    devices = AuthSession.objects.live().for_user(user)
    if device_id is None or not devices.filter(pk=device_id).update(
        proved_at=timezone.now()
    ):
        raise TokenInvalid


def end_other_proofs(*, user: User, keep_device_id: uuid.UUID | None) -> None:
    """Let no proof of another device of a locked user count any more.

    What was proved by a password alone must not take away the second factor that was
    added since.
    """
    devices = AuthSession.objects.live().for_user(user)
    if keep_device_id is not None:
        devices = devices.exclude(pk=keep_device_id)
    devices.update(proved_at=None)
