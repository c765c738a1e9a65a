"""The errors of API tokens (docs/contract.md, API tokens)."""

from focusguard.api.exceptions import DomainError, NotFound

MOST_TOKENS = 20


class ApiTokenNotFound(NotFound):
    code = "API_TOKEN_NOT_FOUND"
    message = "API token not found"


class TooManyTokens(DomainError):
    code = "TOO_MANY_TOKENS"
    message = f"There are {MOST_TOKENS} API tokens already; remove one first."
