"""Making API tokens, noting their use, and ending them."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.devices.ending import count_sign_out
from accounts.models import User
from accounts.signals import Withdrawal
from accounts.user_lock import lock_user
from focusguard.api.scopes import Scope
from identity.api_tokens.exceptions import (
    MOST_TOKENS,
    ApiTokenNotFound,
    TooManyTokens,
)
from identity.api_tokens.token_text import SHOWN_LENGTH, digest_of, new_token
from identity.models import ApiToken
from identity.way_in_notices import tell

logger = logging.getLogger(__name__)

TOKEN_MADE = "notice_api_token_made"  # noqa: S105  (the kind of a letter)
TOKEN_REVOKED = "notice_api_token_revoked"  # noqa: S105  (the kind of a letter)

# Not the change of a password: programs would stop each time that somebody is careful,
# and nobody would be. The notice of it lists them.
ENDING = {
    Withdrawal.PASSWORD_RESET,
    Withdrawal.FIRST_PROVEN,
    Withdrawal.SIGNED_OUT_EVERYWHERE,
    Withdrawal.DEACTIVATED,
}


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token that was made, and its text, which nobody can be told again."""

    token: ApiToken
    text: str


@transaction.atomic
def make_token(
    *,
    user_id: uuid.UUID,
    name: str,
    scopes: Iterable[str],
    expires_in_days: int,
    device_id: uuid.UUID | None = None,
    now: datetime | None = None,
) -> MadeToken:
    """Make a token for a program of the user's, asked for on a device. TooManyTokens.

    The lock makes the count exact. One that has expired counts until it is removed.
    """
    now = now or timezone.now()
    user = lock_user(user_id)
    if ApiToken.objects.for_user(user_id).unrevoked().count() >= MOST_TOKENS:
        raise TooManyTokens
    text = new_token()
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=text[:SHOWN_LENGTH],
        digest=digest_of(text),
        scopes=[scope.value for scope in Scope if scope in scopes],
        created_at=now,
        expires_at=now + timedelta(days=expires_in_days),
    )
    audit.record(audit.Kind.API_TOKEN_MADE, user_id=user_id, device_id=device_id)
    tell(TOKEN_MADE, user, detail=f"{_named(token)} opens {', '.join(token.scopes)}.")
    return MadeToken(token, text)


@transaction.atomic
def revoke_token(
    *,
    user_id: uuid.UUID,
    token_id: uuid.UUID,
    device_id: uuid.UUID | None = None,
    by: User | None = None,
) -> None:
    """End a token, asked for on a device, or for staff `by`. ApiTokenNotFound.

    What it has begun and waits for the user's lock is refused (`accounts.user_lock`).
    """
    user = lock_user(user_id, active_only=by is None)
    tokens = ApiToken.objects.for_user(user_id).unrevoked().filter(pk=token_id)
    token = tokens.first()
    if token is None:
        raise ApiTokenNotFound
    count_sign_out(user_id)
    tokens.update(revoked_at=timezone.now())
    audit.record(
        audit.Kind.API_TOKEN_REVOKED, user_id=user_id, device_id=device_id, by=by
    )
    tell(TOKEN_REVOKED, user, detail=f"It was {_named(token)}.")


def end_tokens(*, user_id: uuid.UUID, why: Withdrawal) -> int:
    """End all tokens of a locked user where trust is withdrawn; return how many.

    The user's sign-outs are counted by then.
    """
    if why not in ENDING:
        return 0
    tokens = ApiToken.objects.for_user(user_id).unrevoked()
    return tokens.update(revoked_at=timezone.now())


def note_use(token: ApiToken, now: datetime) -> None:
    """Write the day of a token's use, once a day; of many requests at once one does."""
    today = now.date()
    if token.last_used_on is not None and token.last_used_on >= today:
        return
    earlier = Q(last_used_on=None) | Q(last_used_on__lt=today)
    try:
        ApiToken.objects.filter(earlier, pk=token.pk).update(last_used_on=today)
    except DatabaseError:
        # A database that only reads, or a row that is being deleted: reading goes on.
        logger.exception("the use of an API token was not noted")


def is_live(token_id: uuid.UUID) -> bool:
    """Tell whether a token that signed a request in still would."""
    return ApiToken.objects.live(timezone.now()).filter(pk=token_id).exists()


def kept_programs(user_id: uuid.UUID) -> list[str]:
    """List the live tokens of a user as a mail names them."""
    live = ApiToken.objects.for_user(user_id).live(timezone.now()).order_by("id")
    return [_named(token) for token in live]


def _named(token: ApiToken) -> str:
    return f"{token.name} ({token.prefix}…)"
