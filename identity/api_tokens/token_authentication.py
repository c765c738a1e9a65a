"""Authentication by an API token: told by its prefix, before anything else reads it."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.devices.asking import remember
from accounts.exceptions import TokenExpired, TokenInvalid
from accounts.models import User
from focusguard.api.scopes import Scoped
from identity.api_tokens.exceptions import ENDED, EXPIRED, NOT_WHOLE
from identity.api_tokens.selectors import ASKING
from identity.api_tokens.services import is_live, note_use
from identity.api_tokens.token_text import PREFIX, digest_of, is_token
from identity.models import ApiToken


@dataclass(frozen=True, slots=True)
class AskingToken(Scoped):
    """The token of a request, as `request.auth`."""

    token_id: UUID
    scopes: list[str]


class ApiTokenAuthentication(BaseAuthentication):
    """Take `Authorization: Bearer fgp_…`, and leave every other to who comes next.

    First in order, since the others keep what they have read in memory by its text: a
    revoked token must be asked for on every request. One statement brings the row and
    its user, as for a device. Which actions a token opens is asked in `ApiViewSet`.
    """

    # What the document says of a token that is refused.
    refusals = (TokenExpired, TokenInvalid)

    def authenticate(self, request: Request) -> tuple[User, AskingToken] | None:
        text = _token_of(request.META.get("HTTP_AUTHORIZATION", ""))
        if text is None:
            return None
        now = timezone.now()
        # A typing error and a guess end here, and ask the database nothing.
        if not is_token(text):
            raise AuthenticationFailed(NOT_WHOLE, code=TokenInvalid.code)
        token: ApiToken | None = ASKING.first(digest=digest_of(text))
        if token is None:
            raise AuthenticationFailed(ENDED, code=TokenInvalid.code)
        if token.expires_at <= now:
            raise AuthenticationFailed(EXPIRED, code=TokenExpired.code)
        note_use(token, now)
        remember(request._request, token.user, partial(is_live, token.pk), ended=ENDED)
        return token.user, AskingToken(token.pk, token.scopes)

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _token_of(header: Any) -> str | None:
    """Return the API token of an Authorization header; None where it is something else."""
    if PREFIX not in header:
        return None
    scheme, *rest = header.split()
    if len(rest) != 1 or scheme.lower() != "bearer" or not rest[0].startswith(PREFIX):
        return None
    return str(rest[0])
