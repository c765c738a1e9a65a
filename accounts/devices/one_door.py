"""The one door: nothing else opens a device (ADR 60).

A password, a passkey, a provider and every second step end in `complete_sign_in`, a
registration in `open_first_device`. So no way in forgets the second factor, the lock,
the limit of devices, the event or the notice.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from accounts import audit
from accounts.by_mail import notices
from accounts.devices.ending import make_room
from accounts.devices.tokens import sign_access_token, sign_refresh_token
from accounts.exceptions import InvalidCredentials
from accounts.models import AuthSession, User
from accounts.signals import device_opened
from focusguard.web.origin import current_origin


class Method(TextChoices):
    """The ways in, as `auth_sessions.method` and `security_events.method` name them."""

    PASSWORD = "password", "password"
    PASSWORD_TOTP = "password+totp", "password and code"
    PASSWORD_RECOVERY = "password+rec", "password and recovery code"
    PASSWORD_PASSKEY = "password+pk", "password and passkey"
    PASSKEY = "passkey", "passkey"
    PROVIDER = "provider", "provider"
    PROVIDER_TOTP = "provider+totp", "provider and code"
    PROVIDER_RECOVERY = "provider+rec", "provider and recovery code"
    PROVIDER_PASSKEY = "provider+pk", "provider and passkey"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A device that is signed in, and the tokens it now holds."""

    user: User
    device: AuthSession
    access_token: str
    refresh_token: str

    @classmethod
    def of(cls, user: User, device: AuthSession) -> "SignIn":
        return cls(
            user=user,
            device=device,
            access_token=sign_access_token(user, device),
            refresh_token=sign_refresh_token(device),
        )


@dataclass(frozen=True, slots=True)
class SecondStep:
    """A sign-in that waits for a second factor: where it goes on, and by what."""

    flow_token: str
    methods: list[str]
    expires_in: int  # seconds


class SecondFactorNeeded(Exception):
    """One factor was right, and a second one is asked for: nobody is signed in yet."""

    def __init__(self, step: SecondStep) -> None:
        self.step = step
        super().__init__("a second factor is asked for")


Begin = Callable[[User, Method], SecondStep]


def _nobody_asks(user: User, method: Method) -> SecondStep:
    raise ImproperlyConfigured("nobody asks for the second factor of users who have it")


_begin: Begin = _nobody_asks


def ask_second_factor_by(begin: Begin) -> None:
    """Let an app above ask for the second factor; `identity` does, in its `ready`.

    `begin` runs in the transaction that holds the user's lock.
    """
    global _begin
    _begin = begin


def complete_sign_in(
    *,
    user: User,
    method: Method,
    is_both_factors: bool = False,
    unused_device_id: uuid.UUID | None = None,
    still: Callable[[], bool] | None = None,
) -> SignIn:
    """Open a device for a user who has just proved who they are, by `method`.

    `user` is the row as it was read before the proof was judged. InvalidCredentials
    where that has been overtaken: the user is gone or inactive, has another password or
    was signed out everywhere since, or `still`, asked under the user's lock, says that
    the way in was taken away meanwhile. SecondFactorNeeded where they have a second factor
    and `method` is one alone. Call it outside of a transaction, or what goes on with the
    second factor is rolled back with it.

    Or give the tokens of `unused_device_id` again, while it lives and no refresh has
    swapped them.
    """
    with transaction.atomic():
        locked = _lock_as_judged(user)
        if still is not None and not still():
            raise InvalidCredentials
        if is_both_factors or not locked.second_factor:
            return _open(locked, method, unused_device_id)
        step = _begin(locked, method)
    raise SecondFactorNeeded(step)


def _lock_as_judged(user: User) -> User:
    """Lock the user as they were when the proof was judged. InvalidCredentials.

    While the password was being checked it may have been changed, or the user signed
    out everywhere; the lock makes this device either seen by that or refused here.
    """
    locked: User | None = (
        User.objects.active()
        .select_for_update(no_key=True)
        .filter(pk=user.pk, password=user.password, session_epoch=user.session_epoch)
        .first()
    )
    if locked is None:
        raise InvalidCredentials
    return locked


def _open(locked: User, method: Method, unused_device_id: uuid.UUID | None) -> SignIn:
    if unused_device_id is not None:
        devices = AuthSession.objects.signed_in(locked)
        unused = devices.filter(pk=unused_device_id, previous_jti=None).first()
        if unused is not None:
            return SignIn.of(locked, unused)
    opened = open_device(user=locked, method=method)
    make_room(locked)
    audit.record(
        audit.Kind.SIGNED_IN,
        user_id=locked.pk,
        device_id=opened.device.pk,
        method=method,
    )
    notices.tell_of_new_place(opened.device)
    return opened


def open_first_device(*, user: User, method: Method = Method.PASSWORD) -> SignIn:
    """Open the device of a user who was made in this transaction, and write that."""
    opened = open_device(user=user, method=method)
    audit.record(
        audit.Kind.REGISTERED,
        user_id=user.pk,
        device_id=opened.device.pk,
        method=method,
    )
    return opened


def open_device(
    *, user: User, method: Method = Method.PASSWORD, now: datetime | None = None
) -> SignIn:
    """Record a new device of a user who has just proved who they are.

    For the two above, and for tests: by itself it asks for nothing.
    """
    now = now or timezone.now()
    origin = current_origin()
    device = AuthSession.objects.create(
        user=user,
        method=method,
        created_at=now,
        last_used_at=now,
        proved_at=now,
        expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
        user_agent=origin.user_agent,
        ip=origin.address,
    )
    device_opened.send(sender=AuthSession, user_id=user.pk)
    return SignIn.of(user, device)
