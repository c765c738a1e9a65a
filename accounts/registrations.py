"""Registrations that may be sent again: an `Idempotency-Key` opens one account (ADR 27)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts import audit, services
from accounts.devices.one_door import Method, SignIn, complete_sign_in
from accounts.exceptions import InvalidCredentials
from accounts.models import RegistrationKey, User
from accounts.passwords.login_limits import counting_check
from focusguard.api.idempotency import KEPT_FOR, IdempotencyKeyReused, hold

# How many forgotten keys a new one takes out.
SWEPT = 20


@dataclass(frozen=True, slots=True)
class Attempt:
    """A registration that names itself, and from where it comes."""

    key: str
    # Of the body, but not of its password.
    fingerprint: bytes
    address: str


def register_once(
    *, attempt: Attempt, username: str, email: str, password: str, timezone: str = "UTC"
) -> tuple[SignIn, bool]:
    """Open the account of a key, or sign in to it; tell whether it was there already.

    UsernameTaken, EmailTaken; IdempotencyKeyInFlight; IdempotencyKeyReused for a key
    that opened another account, or the same with another password;
    LoginRateLimited after too many of those; SecondFactorNeeded.
    """
    known = _known(attempt.key)
    if known is None:
        user = User(
            username=username,
            email=email,
            timezone=timezone,
            password=make_password(password),
        )
        with transaction.atomic():
            hold(f"register {attempt.key}")
            # The first of two at once may be done by now.
            known = _known(attempt.key)
            if known is None:
                return _open(attempt, user), False
    return _sign_in(attempt, known, password), True


def _open(attempt: Attempt, user: User) -> SignIn:
    opened = services.open_account(user=user)
    now = timezone.now()
    _forget(now)
    noted = RegistrationKey(
        key=attempt.key,
        user=user,
        device_id=opened.device.pk,
        fingerprint=attempt.fingerprint,
        created_at=now,
    )
    # In the place of one that is forgotten and not yet out.
    RegistrationKey.objects.bulk_create(
        [noted],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["user", "device_id", "fingerprint", "created_at"],
    )
    return opened


def _sign_in(attempt: Attempt, known: RegistrationKey, password: str) -> SignIn:
    """Take the body as what a sign-in asks for, and count it as one."""
    if bytes(known.fingerprint) != attempt.fingerprint:
        raise IdempotencyKeyReused
    user = known.user
    with counting_check(user.pk, attempt.address):
        if not user.check_password(password):
            audit.record_failure(audit.Kind.SIGN_IN_FAILED, user_id=user.pk)
            raise IdempotencyKeyReused
    try:
        return complete_sign_in(
            user=user, method=Method.PASSWORD, unused_device_id=known.device_id
        )
    except InvalidCredentials as error:
        raise IdempotencyKeyReused from error


def _known(key: str) -> RegistrationKey | None:
    return (
        RegistrationKey.objects.select_related("user")
        .filter(key=key, created_at__gt=timezone.now() - KEPT_FOR)
        .first()
    )


def _forget(now: datetime) -> None:
    """Take out some keys that are too old to be asked for; others take out the rest."""
    forgotten = RegistrationKey.objects.filter(created_at__lte=now - KEPT_FOR)
    swept = forgotten.select_for_update(skip_locked=True).order_by("created_at")
    keys = list(swept.values_list("pk", flat=True)[:SWEPT])
    RegistrationKey.objects.filter(pk__in=keys).delete()
