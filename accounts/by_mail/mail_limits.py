"""Limits on mails that somebody may have sent (docs/contract.md, Mail).

Counted before anything is looked up: a refusal tells nothing of who exists.
"""

import uuid

from django.conf import settings

from accounts.exceptions import MailRateLimited
from accounts.mailboxes import canonical_identifier
from focusguard.counters.windows import LimitReached, WindowCounter, key_of, reserve

WINDOW = 60 * 60  # seconds, from the first
FOR_TYPED = 3
FOR_CLIENT = 10
FOR_USER = 5


def count_forgotten(*, typed: str, client: str) -> None:
    """Count a reset that somebody asks for. MailRateLimited."""
    _count(_of("client", client, FOR_CLIENT), _of_typed(typed))


def count_change(*, user_id: uuid.UUID, typed: str) -> None:
    """Count a letter to an address that a user wants to have. MailRateLimited."""
    _count(_of("user", str(user_id), FOR_USER), _of_typed(typed))


def count_resent(*, user_id: uuid.UUID) -> None:
    """Count a letter that a user wants once more. MailRateLimited."""
    _count(_of("user", str(user_id), FOR_USER))


def may_welcome(typed: str) -> bool:
    """Count the letter of a registration; tell whether the address may have one more.

    A registration is never refused for it. Without a count, somebody who registers and
    deletes all day would fill a stranger's mailbox.
    """
    try:
        _count(_of_typed(typed))
    except MailRateLimited:
        return False
    return True


def _count(*counters: WindowCounter) -> None:
    if not settings.RATE_LIMIT_ENABLED:
        return
    try:
        reserve(counters)
    except LimitReached as reached:
        raise MailRateLimited(retry_after=reached.seconds) from reached


def _of(what: str, whose: str, limit: int) -> WindowCounter:
    return WindowCounter(key_of("mail", what, whose), limit, WINDOW)


def _of_typed(typed: str) -> WindowCounter:
    return _of("typed", canonical_identifier(typed), FOR_TYPED)
