"""The errors of passkeys (docs/contract.md, Passkeys)."""

from focusguard.api.exceptions import DomainError, NotFound

# By the user's lock this holds exactly.
MAX_PASSKEYS = 10


class PasskeysOff(DomainError):
    code = "PASSKEYS_OFF"
    message = "This service takes no passkeys; ask whoever runs it."


class PasskeyKnown(DomainError):
    code = "PASSKEY_KNOWN"
    message = "This passkey was added before."


class TooManyPasskeys(DomainError):
    code = "TOO_MANY_PASSKEYS"
    message = f"You have {MAX_PASSKEYS} passkeys, and no more fit; remove one first."


class PasskeyNotFound(NotFound):
    code = "PASSKEY_NOT_FOUND"
    message = "Passkey not found"


class PasskeyNotMade(DomainError):
    """The answer to creation options proves nothing: a fault of a body, not a sign-in."""

    status_code = 422
    code = "CREDENTIAL_REFUSED"
    message = "This passkey was not taken; begin anew."
    field = "credential"
