"""Limits on mails that somebody may have sent (docs/contract.md, Mail).

Counted before anything is looked up: a refusal tells nothing of who exists. Counts are
of addresses and not of accounts, or whoever registers with a stranger's address, and
deletes the account, would begin anew with each.

What somebody asks for is done inside the count. Where it fails for no fault of theirs,
as while the database is away, nothing was asked for and nothing is counted: they were
told to try again, and must be let when it is back.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from accounts.exceptions import MailRateLimited
from accounts.mailboxes import canonical_identifier
from focusguard.api.exceptions import DomainError
from focusguard.counters.windows import (
    LimitReached,
    Reservation,
    WindowCounter,
    key_of,
    reserve,
)

WINDOW = 60 * 60  # seconds, from the first
FOR_TYPED = 3
FOR_CLIENT = 10
FOR_USER = 5
NOTICES_OF_A_KIND = 10


@contextmanager
def counting_forgotten(*, typed: str, client: str) -> Iterator[None]:
    """Count a reset that somebody asks for. MailRateLimited."""
    with _counting(_of("client", client, FOR_CLIENT), _typed("forgotten", typed)):
        yield


@contextmanager
def counting_change(*, own: str, typed: str) -> Iterator[None]:
    """Count a letter to another address that a user wants to have. MailRateLimited."""
    with _counting(_by_user(own), _typed("change", typed)):
        yield


@contextmanager
def counting_resent(*, own: str, pending: str | None) -> Iterator[None]:
    """Count a letter that a user wants once more. MailRateLimited."""
    typed = [] if pending is None else [_typed("change", pending)]
    with _counting(_by_user(own), *typed):
        yield


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


@contextmanager
def _counting(*counters: WindowCounter) -> Iterator[None]:
    """Count what is asked for, and take it back where it failed and was not refused."""
    reserved = _count(*counters)
    try:
        yield
    except DomainError:
        raise
    except Exception:
        if reserved is not None:
            reserved.release()
        raise


def _count(*counters: WindowCounter) -> Reservation | None:
    if not settings.RATE_LIMIT_ENABLED:
        return None
    try:
        return reserve(counters)
    except LimitReached as reached:
        raise MailRateLimited(retry_after=reached.seconds) from reached


def _by_user(own: str) -> WindowCounter:
    return _of("user", canonical_identifier(own), FOR_USER)


def _typed(why: str, typed: str) -> WindowCounter:
    return _of(why, canonical_identifier(typed), FOR_TYPED)


def _of(what: str, whose: str, limit: int) -> WindowCounter:
    return WindowCounter(key_of("mail", what, whose), limit, WINDOW)
