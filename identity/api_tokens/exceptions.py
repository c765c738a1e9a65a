"""The errors of API tokens (docs/contract.md, API tokens)."""

from focusguard.api.exceptions import DomainError, NotFound

MOST_TOKENS = 20

# What a refused token is told under the codes of all tokens: a program cannot sign in
# again, as those of a device are told to. ASCII, since it stands in a header too.
ANEW = "make a new one in the dashboard under You, Programs."
ENDED = f"This API token was revoked or has expired; {ANEW}"
EXPIRED = f"This API token has expired; {ANEW}"
NOT_WHOLE = f"This is no whole API token: copy it once more, or {ANEW}"


class ApiTokenNotFound(NotFound):
    code = "API_TOKEN_NOT_FOUND"
    message = "API token not found"


class TooManyTokens(DomainError):
    code = "TOO_MANY_TOKENS"
    message = f"There are {MOST_TOKENS} API tokens already; remove one first."
