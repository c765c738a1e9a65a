"""Signing devices in, keeping them signed in, and ending that."""

import logging
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.by_mail import notices
from accounts.devices.pairs import (
    MOST_IN_A_ROW,
    Verdict,
    how_repeated,
    is_of_newest_pair,
    is_replaced,
    judge,
    with_newest_given_anew,
)
from accounts.devices.tokens import (
    Claims,
    RefreshToken,
    read_token,
    sign_access_token,
    sign_refresh_token,
)
from accounts.exceptions import (
    DeviceNotFound,
    InvalidCredentials,
    TokenInvalid,
    TokenReused,
)
from accounts.models import AuthSession, AuthSessionQuerySet, User
from accounts.passwords.login_limits import counting_sign_in
from accounts.selectors import CONFIRM, LIVE_DEVICE, ROTATE
from accounts.user_lock import lock_user
from focusguard.web.origin import current_origin

logger = logging.getLogger(__name__)

# The one used longest ago makes room.
MAX_DEVICES = 20


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


def log_in(*, identifier: str, password: str, address: str) -> SignIn:
    """Check a username or e-mail and a password, and open a device.

    InvalidCredentials for an unknown user, a wrong password and an inactive user
    alike, after the same work; LoginRateLimited before any of it.
    """
    known = User.objects.identified_by(identifier).values_list("pk", flat=True).first()
    with counting_sign_in(identifier, known, address) as is_open:
        user = authenticate(username=identifier, password=password)
        if not is_open or not isinstance(user, User):
            audit.record_failure(audit.Kind.SIGN_IN_FAILED, user_id=known)
            raise InvalidCredentials
    return sign_in(user=user)


@transaction.atomic
def sign_in(*, user: User, unused_device_id: uuid.UUID | None = None) -> SignIn:
    """Open a device for a user whose password was right a moment ago.

    Or give the tokens of `unused_device_id` again, while it lives and no refresh has
    swapped them. InvalidCredentials.
    """
    # While the password was being checked it may have been changed, or the user signed
    # out everywhere; the lock makes this device either seen by that or refused here.
    locked = (
        User.objects.active()
        .select_for_update(no_key=True)
        .filter(pk=user.pk, password=user.password, session_epoch=user.session_epoch)
        .first()
    )
    if locked is None:
        raise InvalidCredentials
    if unused_device_id is not None:
        devices = AuthSession.objects.signed_in(locked)
        unused = devices.filter(pk=unused_device_id, previous_jti=None).first()
        if unused is not None:
            return SignIn.of(locked, unused)
    opened = open_device(user=locked)
    _make_room(locked)
    audit.record(audit.Kind.SIGNED_IN, user_id=locked.pk, device_id=opened.device.pk)
    notices.tell_of_new_place(opened.device)
    return opened


def open_device(*, user: User, now: datetime | None = None) -> SignIn:
    """Record a new device of a user who has just proved who they are."""
    now = now or timezone.now()
    origin = current_origin()
    device = AuthSession.objects.create(
        user=user,
        created_at=now,
        last_used_at=now,
        expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
        user_agent=origin.user_agent,
        ip=origin.address,
    )
    return SignIn.of(user, device)


def rotate(*, raw_token: str) -> SignIn:
    """Swap a refresh token for its successor (RFC 9700, section 4.14.2).

    TokenExpired, TokenInvalid; TokenReused for a token that was spent before, which
    also ends the device, since one of the two who hold it is a thief. The token
    spent last is answered with the same successor where `pairs.judge` says so.
    """
    _, claims = read_token(RefreshToken, raw_token)
    now = timezone.now()
    origin = current_origin()
    user_agent, ip = origin.user_agent, origin.address
    device = _live_device(claims)
    if device.current_jti == claims.jti:
        apart = device.repeated == AuthSession.Repeated.APART
        rotated: AuthSession | None = ROTATE.returning(
            device_id=device.pk,
            spent_jti=claims.jti,
            current_jti=uuid.uuid4(),
            previous_jti=claims.jti,
            last_used_at=now,
            expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
            repeats=device.repeats if apart else 0,
            user_agent=user_agent,
            ip=ip,
        )
        if rotated is not None:
            return SignIn.of(device.user, rotated)
        device = _live_device(claims)
    while device.previous_jti == claims.jti:
        age = now - device.last_used_at
        verdict = judge(device, age=age, user_agent=user_agent, ip=ip)
        if verdict is Verdict.REUSED:
            break
        if _answers_again(device, verdict, how_repeated(device, age=age, ip=ip)):
            if device.repeats > MOST_IN_A_ROW:
                break
            return SignIn.of(device.user, device)
        device = _live_device(claims)
    _end(claims, AuthSession.RevokedReason.REUSE, audit.Kind.TOKEN_REUSED)
    raise TokenReused


@transaction.atomic
def _answers_again(
    device: AuthSession, verdict: Verdict, repeated: AuthSession.Repeated
) -> bool:
    """Write what a repeated answer leaves on the device's row, and on `device`.

    False when the row has changed meanwhile, and has to be judged anew.
    """
    changes: dict[str, Any] = {}
    if repeated > device.repeated:
        changes["repeated"] = repeated
        if repeated == AuthSession.Repeated.APART:
            changes["repeats"] = device.repeats + 1
    if verdict is Verdict.GIVEN_ANEW:
        changes["given_anew"] = with_newest_given_anew(device)
        changes["issue"] = device.issue + 1
    if not changes:
        return True
    as_it_was = AuthSession.objects.live().filter(
        pk=device.pk,
        current_jti=device.current_jti,
        confirmed=device.confirmed,
        issue=device.issue,
        repeated=device.repeated,
    )
    if not as_it_was.update(**changes):
        return False
    if device.repeated == AuthSession.Repeated.NEVER:
        audit.record(
            audit.Kind.TOKEN_REPEATED, user_id=device.user_id, device_id=device.pk
        )
    for name, value in changes.items():
        setattr(device, name, value)
    return True


def note_use(claims: Claims) -> None:
    """See what the use of an access token tells of its device.

    The first use of the newest pair is written down, once: from then on whoever holds
    the token that it was given for holds a stolen one. TokenInvalid, and the end of
    the device, for an access token of an answer that was taken for lost: somebody
    has it after all, beside the one whom it was given anew.
    """
    device = _live_device(claims)
    if not device.confirmed and is_of_newest_pair(claims.jti, device):
        try:
            confirmed = CONFIRM.run(
                device_id=device.pk,
                newest_jti=device.current_jti,
                newest_issue=device.issue,
            )
        except DatabaseError:
            # A database that only reads rotates nothing either: reading goes on.
            logger.exception("the use of a new pair of tokens was not noted")
        else:
            if not confirmed:
                device = _live_device(claims)
    if is_replaced(claims.jti, device.given_anew):
        _end(claims, AuthSession.RevokedReason.REUSE, audit.Kind.TOKEN_REUSED)
        raise TokenInvalid


def log_out(*, claims: Claims) -> None:
    """End the device that a well-signed token names; nothing if it has ended."""
    _end(claims, AuthSession.RevokedReason.LOGOUT, audit.Kind.SIGNED_OUT)


@transaction.atomic
def log_out_device(*, user: User, device_id: uuid.UUID) -> None:
    """End one of the user's devices. DeviceNotFound."""
    lock_user(user.pk, active_only=False)
    _count_sign_out(user.pk)
    device = AuthSession.objects.live().for_user(user).filter(pk=device_id)
    if not _revoke(device, AuthSession.RevokedReason.LOGOUT):
        raise DeviceNotFound
    audit.record(audit.Kind.SIGNED_OUT, user_id=user.pk, device_id=device_id)


@transaction.atomic
def log_out_everywhere(*, user: User, by: User | None = None) -> int:
    """End every device of the user, for staff `by`; return how many that were.

    And every session of theirs in the admin.
    """
    reasons = AuthSession.RevokedReason
    reason = reasons.LOGOUT_ALL if by is None else reasons.STAFF
    lock_user(user.pk, active_only=False)
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    ended = revoke_devices(user=user, reason=reason)
    audit.record(audit.Kind.SIGNED_OUT_EVERYWHERE, user_id=user.pk, by=by)
    return ended


def revoke_devices(
    *,
    user: User,
    reason: AuthSession.RevokedReason,
    keep_device_id: uuid.UUID | None = None,
) -> int:
    """End the user's devices, all or all but one; return how many."""
    _count_sign_out(user.pk)
    devices = AuthSession.objects.live().for_user(user)
    if keep_device_id is not None:
        devices = devices.exclude(pk=keep_device_id)
    return _revoke(devices, reason)


def _live_device(claims: Claims) -> AuthSession:
    device: AuthSession | None = LIVE_DEVICE.first(
        device_id=claims.device_id, user_id=claims.user_id
    )
    if device is None:
        raise TokenInvalid
    return device


@transaction.atomic
def _end(claims: Claims, reason: AuthSession.RevokedReason, kind: audit.Kind) -> None:
    """End the device that a token names, and write it down if it had not ended."""
    devices = AuthSession.objects.live().filter(pk=claims.device_id)
    if not devices.exists():
        return
    _count_sign_out(claims.user_id)
    if _revoke(devices, reason):
        audit.record(kind, user_id=claims.user_id, device_id=claims.device_id)


def _make_room(user: User) -> None:
    """End the devices beyond `MAX_DEVICES`; the user's lock keeps the count exact."""
    newest = AuthSession.objects.signed_in(user).order_by("-last_used_at", "-id")
    oldest = AuthSession.objects.filter(pk__in=newest.values("pk")[MAX_DEVICES:])
    if _revoke(oldest, AuthSession.RevokedReason.LIMIT):
        _count_sign_out(user.pk)


def _revoke(devices: AuthSessionQuerySet, reason: AuthSession.RevokedReason) -> int:
    return devices.update(revoked_at=timezone.now(), revoked_reason=reason)


def _count_sign_out(user_id: uuid.UUID) -> None:
    """Say on the user's row that a device ends, for writes that wait for this row.

    It also locks the row, which every write of a user takes first: no deadlock.
    """
    User.objects.filter(pk=user_id).update(sign_outs=F("sign_outs") + 1)
