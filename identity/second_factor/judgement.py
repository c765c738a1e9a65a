"""The judgement of a second factor, at a sign-in, a proof and in the staff's site."""

from dataclasses import dataclass
from typing import Any

from accounts import audit
from accounts.devices.one_door import Method
from accounts.models import User
from identity import way_in_notices as notices
from identity.credentials import passkeys
from identity.exceptions import CredentialRefused, PasskeyCloned, SecondFactorWrong
from identity.models import AuthFlow, TotpSecret
from identity.passkeys.copies import note_copy
from identity.second_factor.authenticator import take_code
from identity.second_factor.recovery import codes_left, take_recovery_code


@dataclass(frozen=True, slots=True)
class Answer:
    """The second factor as it was sent: one of the three."""

    code: str | None = None
    recovery_code: str | None = None
    credential: dict[str, Any] | None = None


# What a factor adds to the name of the way in that it completed.
SUFFIXES = {"totp": "+totp", "recovery_code": "+rec", "passkey": "+pk"}


def judge(user: User, answer: Answer, flow: AuthFlow | None = None) -> str:
    """Take a factor of a locked user; return by which it was.

    SecondFactorWrong; CredentialRefused. The caller counts the failures, and rolls back.
    """
    if answer.credential is not None and flow is not None:
        passkeys().judge(user, flow, answer.credential)
        return "passkey"
    if answer.recovery_code is not None:
        return _judge_recovery_code(user, answer.recovery_code)
    totp = confirmed_totp(user)
    if totp is None or answer.code is None or not take_code(totp, answer.code):
        raise SecondFactorWrong
    return "totp"


def record_refusal(user: User, error: SecondFactorWrong | CredentialRefused) -> None:
    """Write that a factor was wrong, once what it was judged in has rolled back."""
    if isinstance(error, PasskeyCloned):
        note_copy(user)
    audit.record_failure(audit.Kind.SECOND_FACTOR_FAILED, user_id=user.pk)


def confirmed_totp(user: User) -> TotpSecret | None:
    """Return the secret that the user's codes are judged by, once it is confirmed."""
    return TotpSecret.objects.filter(pk=user.pk).exclude(confirmed_at=None).first()


def method_after(first: str, factor: str) -> Method:
    """Name the way in of a first factor and a second one."""
    return Method(f"{first}{SUFFIXES[factor]}")


def _judge_recovery_code(user: User, typed: str) -> str:
    if not user.second_factor or not take_recovery_code(user, typed):
        raise SecondFactorWrong
    audit.record(audit.Kind.RECOVERY_CODE_USED, user_id=user.pk)
    notices.tell(
        notices.RECOVERY_CODE_USED, user, detail=f"Codes left: {codes_left(user)}."
    )
    return "recovery_code"
