"""Counters of a window that refuse beyond their limit, exact under concurrency."""

import hashlib
import logging
import math
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class LimitReached(Exception):
    """A counter is at its limit; `seconds` until its window ends."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds} s")


@dataclass(frozen=True, slots=True)
class WindowCounter:
    """The count of one key, in a window that begins with the first."""

    key: str
    limit: int
    seconds: int

    def reserve(self, cache: BaseCache) -> None:
        """Count one; LimitReached when no more is allowed.

        Counting before anything is judged is what makes the limit exact: of fifty at
        once, no more pass than may.
        """
        if self._increment(cache) > self.limit:
            self.release(cache)
            ends_at = cache.get(f"{self.key}:ends", time.time() + self.seconds)
            raise LimitReached(max(1, math.ceil(ends_at - time.time())))

    def release(self, cache: BaseCache) -> None:
        """Take one back."""
        try:
            cache.decr(self.key)
        except ValueError:
            logger.debug("the window of %s ended meanwhile", self.key)

    def _increment(self, cache: BaseCache) -> int:
        while not cache.add(self.key, 1, timeout=self.seconds):
            try:
                return cache.incr(self.key)
            except ValueError:
                continue  # the window ended between the two
        ends_at = int(time.time()) + self.seconds
        cache.add(f"{self.key}:ends", ends_at, timeout=self.seconds)
        return 1


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation of one in each of some counters, and the cache that holds it."""

    cache: BaseCache
    counters: list[WindowCounter]

    def __contains__(self, counter: WindowCounter) -> bool:
        return counter in self.counters

    def release(self) -> None:
        for counter in self.counters:
            try:
                counter.release(self.cache)
            except RedisError:
                logger.exception("one stays counted that should not be")


def reserve(
    told: Sequence[WindowCounter], untold: WindowCounter | None = None
) -> Reservation:
    """Count one on each; LimitReached, and none is counted, where `told` allow no more.

    `untold` is counted as far as its limit allows, and refuses nothing. In Postgres
    while Valkey is away.
    """
    try:
        return _reserve(told, untold, caches["counters"])
    except RedisError:
        logger.exception("rate counters away: counting in Postgres")
        return _reserve(told, untold, caches["counters-postgres"])


def _reserve(
    told: Sequence[WindowCounter], untold: WindowCounter | None, cache: BaseCache
) -> Reservation:
    reserved = Reservation(cache, [])
    for counter in told:
        try:
            counter.reserve(cache)
        except LimitReached:
            for other in reserved.counters:
                other.release(cache)
            raise
        reserved.counters.append(counter)
    if untold is not None:
        with suppress(LimitReached):
            untold.reserve(cache)
            reserved.counters.append(untold)
    return reserved


def key_of(group: str, *parts: str) -> str:
    """Return the key of a counter; nobody reads from it what it counts."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{group}:{digest}"
