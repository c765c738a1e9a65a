"""Limits on mails that somebody may have sent (docs/contract.md, Mail).

Counted before anything is looked up: a refusal tells nothing of who exists. Counts are
of addresses and not of accounts, or whoever registers with a stranger's address, and
deletes the account, would begin anew with each.
"""

from django.conf import settings

from accounts.exceptions import MailRateLimited
from accounts.mailboxes import canonical_identifier
from focusguard.counters.windows import LimitReached, WindowCounter, key_of, reserve

WINDOW = 60 * 60  # seconds, from the first
FOR_TYPED = 3
FOR_CLIENT = 10
FOR_USER = 5
NOTICES_OF_A_KIND = 10


def count_forgotten(*, typed: str, client: str) -> None:
    """Count a reset that somebody asks for. MailRateLimited."""
    _count(_of("client", client, FOR_CLIENT), _typed("forgotten", typed))


def count_change(*, own: str, typed: str) -> None:
    """Count a letter to another address that a user wants to have. MailRateLimited."""
    _count(_by_user(own), _typed("change", typed))


def count_resent(*, own: str, pending: str | None) -> None:
    """Count a letter that a user wants once more. MailRateLimited."""
    typed = [] if pending is None else [_typed("change", pending)]
    _count(_by_user(own), *typed)


def may_welcome(address: str) -> bool:
    """Count the letter of a registration; tell whether the address may have one more.

    A registration is never refused for it: that would tell on the address.
    """
    return _may(_typed("welcome", address))


def may_tell(kind: str, address: str) -> bool:
    """Count a notice; tell whether the address may have one more of its kind."""
    same = canonical_identifier(address)
    return _may(_of(kind, same, NOTICES_OF_A_KIND))


def _may(counter: WindowCounter) -> bool:
    try:
        _count(counter)
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


def _by_user(own: str) -> WindowCounter:
    return _of("user", canonical_identifier(own), FOR_USER)


def _typed(why: str, typed: str) -> WindowCounter:
    return _of(why, canonical_identifier(typed), FOR_TYPED)


def _of(what: str, whose: str, limit: int) -> WindowCounter:
    return WindowCounter(key_of("mail", what, whose), limit, WINDOW)
