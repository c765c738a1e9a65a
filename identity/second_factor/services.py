"""Second factors: set up, confirmed, removed, and their recovery codes."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.devices.proving import end_other_proofs
from accounts.models import User
from accounts.signals import profile_changed
from accounts.user_lock import lock_user
from identity import way_in_notices as notices
from identity.exceptions import SecondFactorOff, SecondFactorWrong, TotpOff, TotpOn
from identity.flows import services as flows
from identity.models import TotpSecret
from identity.second_factor import recovery, sealing
from identity.second_factor.authenticator import new_secret, take_code, uri_of
from identity.second_factor.factor_limits import counting_factor
from identity.second_factor.judgement import confirmed_totp


@dataclass(frozen=True, slots=True)
class Setup:
    """The secret for an authenticator app, as text and as what a QR code says."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class State:
    """The second factor of a user, as they are shown it."""

    totp: bool
    confirmed_at: datetime | None
    recovery_codes_left: int


def state_of(user: User) -> State:
    """Say whether the user has an authenticator app, and how many codes are left."""
    totp = confirmed_totp(user)
    if totp is None:
        return State(totp=False, confirmed_at=None, recovery_codes_left=0)
    return State(
        totp=True,
        confirmed_at=totp.confirmed_at,
        recovery_codes_left=recovery.codes_left(user),
    )


def require_on() -> None:
    """Refuse to add what nothing could be sealed for. SecondFactorOff."""
    if not sealing.is_on():
        raise SecondFactorOff


@transaction.atomic
def begin_totp(*, user: User) -> Setup:
    """Make a secret for an app, in the place of one that was not confirmed.

    SecondFactorOff; TotpOn.
    """
    require_on()
    locked = lock_user(user.pk)
    if confirmed_totp(locked) is not None:
        raise TotpOn
    secret = new_secret()
    TotpSecret.objects.update_or_create(
        user=locked,
        defaults={
            "secret": sealing.seal(secret.encode()),
            "created_at": timezone.now(),
            "last_step": -1,
        },
    )
    return Setup(secret=secret, uri=uri_of(secret, locked))


def confirm_totp(
    *, user: User, device_id: uuid.UUID | None, code: str, address: str
) -> list[str]:
    """Take the first code of an app; from now on the user is asked for one.

    The recovery codes, which are told this once. TotpOff where none was begun; TotpOn;
    SecondFactorWrong; LoginRateLimited. That code counts too: it signs nobody in.
    Other devices have to prove who they are anew, by the factor.
    """
    with counting_factor(user.pk, address), transaction.atomic():
        locked = lock_user(user.pk)
        totp = TotpSecret.objects.filter(pk=locked.pk).first()
        if totp is None:
            raise TotpOff
        if totp.confirmed_at is not None:
            raise TotpOn
        if not take_code(totp, code):
            raise SecondFactorWrong
        TotpSecret.objects.filter(pk=totp.pk).update(confirmed_at=timezone.now())
        _write(locked, second_factor=True)
        end_other_proofs(user=locked, keep_device_id=device_id)
        codes = recovery.make_codes(locked)
        audit.record(audit.Kind.TOTP_ADDED, user_id=locked.pk)
        notices.tell(notices.TOTP_ADDED, locked)
    return codes


@transaction.atomic
def remove_totp(*, user: User) -> None:
    """Ask for a second factor no more; nothing if there is none."""
    locked = lock_user(user.pk)
    if _forget(locked):
        audit.record(audit.Kind.TOTP_REMOVED, user_id=locked.pk)
        notices.tell(notices.TOTP_REMOVED, locked)


@transaction.atomic
def make_recovery_codes(*, user: User) -> list[str]:
    """Make ten new codes; the old ones end. TotpOff."""
    locked = lock_user(user.pk)
    if confirmed_totp(locked) is None:
        raise TotpOff
    codes = recovery.make_codes(locked)
    audit.record(audit.Kind.RECOVERY_CODES_MADE, user_id=locked.pk)
    notices.tell(notices.RECOVERY_CODES_MADE, locked)
    return codes


@transaction.atomic
def reset_second_factor(*, user: User, by: User) -> None:
    """Take the second factor of who has lost it, for staff. TotpOff."""
    locked = lock_user(user.pk, active_only=False)
    if not _forget(locked):
        raise TotpOff
    audit.record(audit.Kind.SECOND_FACTOR_RESET, user_id=locked.pk, by=by)
    notices.tell(notices.SECOND_FACTOR_RESET, locked)


def forget_unproven(locked: User) -> None:
    """End a factor that somebody put there before the address was proven by another."""
    if _forget(locked):
        audit.record(audit.Kind.TOTP_REMOVED, user_id=locked.pk)


def _forget(locked: User) -> bool:
    """Delete the secret and the codes of a locked user; tell whether one was asked for."""
    was_on = locked.second_factor
    TotpSecret.objects.filter(pk=locked.pk).delete()
    recovery.forget_codes(locked)
    if was_on:
        flows.end_flows(locked)
        _write(locked, second_factor=False)
    return was_on


def _write(locked: User, *, second_factor: bool) -> None:
    locked.second_factor = second_factor
    locked.save(update_fields=["second_factor", "updated_at"])
    profile_changed.send(sender=User, user_id=locked.pk)
