"""Signing devices in, keeping them signed in, and ending that."""

import logging
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.devices.ending import count_sign_out, revoke, revoke_devices
from accounts.devices.one_door import Method, SignIn, complete_sign_in
from accounts.devices.pairs import (
    MOST_IN_A_ROW,
    Verdict,
    how_repeated,
    is_of_newest_pair,
    is_replaced,
    judge,
    with_newest_given_anew,
)
from accounts.devices.tokens import Claims, RefreshToken, read_token
from accounts.exceptions import (
    DeviceNotFound,
    InvalidCredentials,
    TokenInvalid,
    TokenReused,
)
from accounts.models import AuthSession, User
from accounts.passwords.login_limits import counting_sign_in
from accounts.selectors import CONFIRM, LIVE_DEVICE, ROTATE
from accounts.signals import Withdrawal, trust_withdrawn
from accounts.user_lock import lock_user
from focusguard.web.origin import current_origin

logger = logging.getLogger(__name__)


def log_in(*, identifier: str, password: str, address: str) -> SignIn:
    """Check a username or e-mail and a password, and open a device.

    InvalidCredentials for an unknown user, a wrong password and an inactive user
    alike, after the same work; LoginRateLimited before any of it; SecondFactorNeeded.
    """
    known = User.objects.identified_by(identifier).values_list("pk", flat=True).first()
    with counting_sign_in(identifier, known, address) as is_open:
        user = authenticate(username=identifier, password=password)
        if not is_open or not isinstance(user, User):
            audit.record_failure(audit.Kind.SIGN_IN_FAILED, user_id=known)
            raise InvalidCredentials
    return complete_sign_in(user=user, method=Method.PASSWORD)


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
    count_sign_out(user.pk)
    device = AuthSession.objects.live().for_user(user).filter(pk=device_id)
    if not revoke(user.pk, device, AuthSession.RevokedReason.LOGOUT):
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
    why = Withdrawal.SIGNED_OUT_EVERYWHERE
    trust_withdrawn.send(sender=User, user_id=user.pk, why=why)
    audit.record(audit.Kind.SIGNED_OUT_EVERYWHERE, user_id=user.pk, by=by)
    return ended


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
    count_sign_out(claims.user_id)
    if revoke(claims.user_id, devices, reason):
        audit.record(kind, user_id=claims.user_id, device_id=claims.device_id)
