"""The errors that all ways in share (docs/contract.md, Ways in)."""

from accounts.exceptions import ProofRequired
from focusguard.api.exceptions import DomainError

__all__ = ["ProofRequired"]


class FlowInvalid(DomainError):
    status_code = 401
    code = "FLOW_INVALID"
    message = "This was used, took too long or was overtaken; begin anew."


class LastWayIn(DomainError):
    code = "LAST_WAY_IN"
    message = (
        "This is the last way into your account. Set a password, add a passkey or link "
        "another account first."
    )


class PasswordSet(DomainError):
    code = "PASSWORD_SET"
    message = "You have a password; change it by PATCH /users/me/password."


class FlowsLimited(DomainError):
    status_code = 429
    code = "FLOWS_RATE_LIMITED"
    message = "Too many attempts; try again in a minute."


class CredentialRefused(DomainError):
    status_code = 401
    code = "CREDENTIAL_REFUSED"
    message = "This passkey was not taken."


class PasskeyCloned(CredentialRefused):
    """The counter of a passkey went back: it was copied. Who tries is told no more."""


class SecondFactorWrong(DomainError):
    status_code = 401
    code = "SECOND_FACTOR_WRONG"
    message = "The code is wrong, was used or has run out."


class SecondFactorRequired(DomainError):
    status_code = 403
    code = "SECOND_FACTOR_REQUIRED"
    message = "This account has a second factor: prove it by that."


class SecondFactorOff(DomainError):
    code = "SECOND_FACTOR_OFF"
    message = "This service has no second factors; ask whoever runs it."


class TotpOn(DomainError):
    code = "TOTP_ON"
    message = "An authenticator app is set up already; remove it first."


class TotpOff(DomainError):
    code = "TOTP_OFF"
    message = "No authenticator app is set up."
