"""Limits on failed sign-ins (docs/contract.md, Login limits), exact under concurrency."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from accounts.exceptions import HashingBusy, LoginRateLimited
from accounts.mailboxes import canonical_identifier
from focusguard.counters.windows import LimitReached, WindowCounter, key_of, reserve

WINDOW = 15 * 60  # seconds, from the first failure
FAILURES_PER_ACCOUNT_AND_ADDRESS = 5
FAILURES_PER_ADDRESS = 50


@contextmanager
def counting_sign_in(
    typed: str, account_id: uuid.UUID | None, address: str
) -> Iterator[bool]:
    """Run one sign-in; when it raises, a failure has been counted.

    LoginRateLimited, with the seconds to wait, before anything is checked, by what
    was typed alone: a refusal must not tell that a username and an e-mail address
    belong together. Their account is counted too, and where it has failed too often
    this yields False: the password is then checked for nothing, and the answer is
    that of a wrong one.
    """
    same = canonical_identifier(typed)
    account = str(account_id) if account_id else f"nobody\0{same}"
    told = [_by_address(address), _of_account(f"typed\0{same}", address)]
    untold = _of_account(account, address)
    with _counting(told, untold) as is_open:
        yield is_open


@contextmanager
def counting_check(account_id: uuid.UUID, address: str) -> Iterator[None]:
    """Run one check of the password of who is signed in, by the limits of a sign-in."""
    told = [_by_address(address), _of_account(str(account_id), address)]
    with _counting(told):
        yield


def _by_address(address: str) -> WindowCounter:
    key = key_of("login", "address", address)
    return WindowCounter(key, FAILURES_PER_ADDRESS, WINDOW)


def _of_account(account: str, address: str) -> WindowCounter:
    key = key_of("login", "account", account, address)
    return WindowCounter(key, FAILURES_PER_ACCOUNT_AND_ADDRESS, WINDOW)


@contextmanager
def _counting(
    told: list[WindowCounter], untold: WindowCounter | None = None
) -> Iterator[bool]:
    """Count one failure ahead, and take it back where nothing is raised.

    Yields whether `untold` allows one more; it is not counted beyond its limit.
    """
    if not settings.RATE_LIMIT_ENABLED:
        yield True
        return
    try:
        reserved = reserve(told, untold)
    except LimitReached as reached:
        raise LoginRateLimited(retry_after=reached.seconds) from reached
    try:
        yield untold is None or untold in reserved
    except HashingBusy:
        # Nothing was checked.
        reserved.release()
        raise
    reserved.release()
