"""The port by which second steps and proofs take a passkey.

`identity.passkeys` fills it in `AppConfig.ready`; without it nobody has a passkey.
"""

from typing import Any, Protocol

from accounts.models import User
from identity.exceptions import CredentialRefused
from identity.models import AuthFlow


class Passkeys(Protocol):
    def has_any(self, user: User) -> bool:
        """Tell whether the user can sign with one, here and now."""

    def options(self, user: User, flow: AuthFlow) -> dict[str, Any]:
        """Store a new challenge on the flow; return what the browser is to sign by."""

    def judge(self, user: User, flow: AuthFlow, credential: dict[str, Any]) -> None:
        """Take a signature of the flow's challenge by a passkey of the user.

        CredentialRefused. The user is locked; the caller counts tries and claims the flow.
        """


class NoPasskeys:
    """The state of an installation without passkeys."""

    def has_any(self, user: User) -> bool:
        return False

    def options(self, user: User, flow: AuthFlow) -> dict[str, Any]:
        raise CredentialRefused

    def judge(self, user: User, flow: AuthFlow, credential: dict[str, Any]) -> None:
        raise CredentialRefused


_passkeys: Passkeys = NoPasskeys()


def passkeys_are(passkeys: Passkeys) -> None:
    """Fill the port."""
    global _passkeys
    _passkeys = passkeys


def passkeys() -> Passkeys:
    """Return who knows of passkeys."""
    return _passkeys
