"""The tables of the ways in, and of what waits for its next step."""

from identity.models.api_token import ApiToken, ApiTokenQuerySet
from identity.models.auth_flow import AuthFlow, AuthFlowQuerySet
from identity.models.linked_identity import LinkedIdentity, LinkedIdentityQuerySet
from identity.models.passkey import Passkey, PasskeyQuerySet
from identity.models.recovery_code import RecoveryCode
from identity.models.totp_secret import TotpSecret

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "AuthFlow",
    "AuthFlowQuerySet",
    "LinkedIdentity",
    "LinkedIdentityQuerySet",
    "Passkey",
    "PasskeyQuerySet",
    "RecoveryCode",
    "TotpSecret",
]
