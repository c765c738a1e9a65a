"""Limits on failed sign-ins (docs/contract.md, Login limits), exact under concurrency."""

import hashlib
import logging
import math
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

from accounts.exceptions import HashingBusy, LoginRateLimited
from accounts.mailboxes import canonical_identifier

logger = logging.getLogger(__name__)

WINDOW = 15 * 60  # seconds, from the first failure
FAILURES_PER_ACCOUNT_AND_ADDRESS = 5
FAILURES_PER_ADDRESS = 50


@dataclass(frozen=True, slots=True)
class FailureCounter:
    """Failures of one key in one window."""

    key: str
    limit: int

    def reserve(self, cache: BaseCache) -> None:
        """Count one failure ahead; LoginRateLimited when no more is allowed.

        Counting before the password is checked is what makes the limit exact: of
        fifty guesses at once, no more are checked than may fail.
        """
        if self._increment(cache) > self.limit:
            self.release(cache)
            ends_at = cache.get(f"{self.key}:ends", time.time() + WINDOW)
            raise LoginRateLimited(retry_after=max(1, math.ceil(ends_at - time.time())))

    def release(self, cache: BaseCache) -> None:
        """Take back one that did not fail after all."""
        try:
            cache.decr(self.key)
        except ValueError:
            logger.debug("the window of %s ended meanwhile", self.key)

    def _increment(self, cache: BaseCache) -> int:
        while not cache.add(self.key, 1, timeout=WINDOW):
            try:
                return cache.incr(self.key)
            except ValueError:
                continue  # the window ended between the two
        cache.add(f"{self.key}:ends", int(time.time()) + WINDOW, timeout=WINDOW)
        return 1


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


def _by_address(address: str) -> FailureCounter:
    return FailureCounter(_key("address", address), FAILURES_PER_ADDRESS)


def _of_account(account: str, address: str) -> FailureCounter:
    return FailureCounter(
        _key("account", account, address), FAILURES_PER_ACCOUNT_AND_ADDRESS
    )


@contextmanager
def _counting(
    told: list[FailureCounter], untold: FailureCounter | None = None
) -> Iterator[bool]:
    """Count one failure ahead, and take it back where nothing is raised.

    Yields whether `untold` allows one more; it is not counted beyond its limit.
    """
    if not settings.RATE_LIMIT_ENABLED:
        yield True
        return
    cache, counters = _reserve(told, untold)
    try:
        yield untold is None or untold in counters
    except HashingBusy:
        # Nothing was checked.
        _release_all(counters, cache)
        raise
    _release_all(counters, cache)


def _reserve(
    told: list[FailureCounter], untold: FailureCounter | None
) -> tuple[BaseCache, list[FailureCounter]]:
    """Reserve on the shared counters, or in Postgres while Valkey is away.

    Return where, and on which of them.
    """
    try:
        cache = caches["counters"]
        return cache, _reserve_all(told, untold, cache)
    except RedisError:
        logger.exception("rate counters away: counting sign-ins in Postgres")
        cache = caches["counters-postgres"]
        return cache, _reserve_all(told, untold, cache)


def _reserve_all(
    told: list[FailureCounter], untold: FailureCounter | None, cache: BaseCache
) -> list[FailureCounter]:
    reserved: list[FailureCounter] = []
    for counter in told:
        try:
            counter.reserve(cache)
        except LoginRateLimited:
            for other in reserved:
                other.release(cache)
            raise
        reserved.append(counter)
    if untold is not None:
        with suppress(LoginRateLimited):
            untold.reserve(cache)
            reserved.append(untold)
    return reserved


def _release_all(counters: list[FailureCounter], cache: BaseCache) -> None:
    for counter in counters:
        try:
            counter.release(cache)
        except RedisError:
            logger.exception("a sign-in stays counted as failed")


def _key(*parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"login:{digest}"
