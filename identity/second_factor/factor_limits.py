"""Limits on wrong second factors (docs/contract.md, Ways in), exact under concurrency."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from accounts.exceptions import LoginRateLimited
from focusguard.counters.windows import LimitReached, WindowCounter, key_of, reserve
from identity.exceptions import CredentialRefused, SecondFactorWrong

WINDOW = 15 * 60  # seconds, from the first failure
FAILURES_PER_ACCOUNT_AND_ADDRESS = 5
# Over all addresses: who has the password and many machines would have five guesses at a
# code from each. At the password there is no such limit, since anybody who knows a name
# could lock its owner out.
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_ADDRESS = 50


@contextmanager
def counting_factor(account_id: uuid.UUID, address: str) -> Iterator[None]:
    """Run one check of a second factor; a wrong one stays counted. LoginRateLimited.

    Counted ahead, before anything is checked, and taken back for all but a wrong one.
    """
    if not settings.RATE_LIMIT_ENABLED:
        yield
        return
    account = str(account_id)
    counters = [
        _of(FAILURES_PER_ADDRESS, "address", address),
        _of(FAILURES_PER_ACCOUNT_AND_ADDRESS, "both", account, address),
        _of(FAILURES_PER_ACCOUNT, "account", account),
    ]
    try:
        reserved = reserve(counters)
    except LimitReached as reached:
        raise LoginRateLimited(retry_after=reached.seconds) from reached
    try:
        yield
    except (SecondFactorWrong, CredentialRefused):
        raise
    except BaseException:
        reserved.release()
        raise
    reserved.release()


def _of(limit: int, *parts: str) -> WindowCounter:
    return WindowCounter(key_of("factor", *parts), limit, WINDOW)
