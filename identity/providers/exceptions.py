"""The errors around providers (docs/contract.md, Providers)."""

from focusguard.api.exceptions import DomainError, NotFound


class ProviderRefused(Exception):
    """An answer of a provider that proves nobody; the text is for the log alone."""


class ProviderNotFound(NotFound):
    code = "PROVIDER_NOT_FOUND"
    message = "There is no such provider here."


class ProviderAway(DomainError):
    status_code = 503
    code = "PROVIDER_AWAY"
    message = "The provider does not answer at this moment; try again later."


class IdentityTaken(DomainError):
    code = "IDENTITY_TAKEN"
    message = "This account elsewhere is linked to another FocusGuard account."


class IdentityNotFound(NotFound):
    code = "IDENTITY_NOT_FOUND"
    message = "Linked account not found"
