"""How often a sign-in may fail (contract.md, Login limits), exact under concurrency."""

import hashlib
import logging
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

from accounts.exceptions import HashingBusy, LoginRateLimited

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
def counting_failures(account: str, address: str) -> Iterator[None]:
    """Run one check of a password; when it raises, a failure has been counted.

    `account` is the user's id, or what was typed where no user has that name.
    LoginRateLimited, with the seconds to wait, before anything is checked.
    """
    if not settings.RATE_LIMIT_ENABLED:
        yield
        return
    counters = [
        FailureCounter(_key("address", address), FAILURES_PER_ADDRESS),
        FailureCounter(
            _key("account", account.casefold(), address),
            FAILURES_PER_ACCOUNT_AND_ADDRESS,
        ),
    ]
    cache = _reserve(counters)
    try:
        yield
    except HashingBusy:
        # Nothing was checked.
        _release_all(counters, cache)
        raise
    _release_all(counters, cache)


def _reserve(counters: list[FailureCounter]) -> BaseCache:
    """Reserve on the shared counters, or in Postgres while Valkey is away."""
    try:
        cache = caches["counters"]
        _reserve_all(counters, cache)
    except RedisError:
        logger.exception("rate counters away: counting sign-ins in Postgres")
        cache = caches["counters-postgres"]
        _reserve_all(counters, cache)
    return cache


def _reserve_all(counters: list[FailureCounter], cache: BaseCache) -> None:
    reserved: list[FailureCounter] = []
    for counter in counters:
        try:
            counter.reserve(cache)
        except LoginRateLimited:
            for other in reserved:
                other.release(cache)
            raise
        reserved.append(counter)


def _release_all(counters: list[FailureCounter], cache: BaseCache) -> None:
    for counter in counters:
        try:
            counter.release(cache)
        except RedisError:
            logger.exception("a sign-in stays counted as failed")


def _key(*parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"login:{digest}"
