"""Valkey as the cache, asked no more for a moment once it did not answer.

Without that, each request would wait for the time-out anew while Valkey hangs.
"""

import logging
import threading
import time
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import ConnectionError, TimeoutError

from focusguard.web.metrics import VALKEY_ANSWERED, VALKEY_FAILED, VALKEY_SKIPPED

logger = logging.getLogger(__name__)

LEFT_ALONE = 1.0  # seconds


class GuardedRedis(Redis):
    """A client whose process remembers that the server was away."""

    away_until = 0.0

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Ask the server; ConnectionError at once where it was away a moment ago."""
        if time.monotonic() < GuardedRedis.away_until:
            VALKEY_SKIPPED.inc()
            raise ConnectionError("Valkey was away a moment ago.")
        try:
            answer = super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except (ConnectionError, TimeoutError) as error:
            VALKEY_FAILED.inc()
            GuardedRedis.away_until = time.monotonic() + LEFT_ALONE
            logger.error("Valkey is away: %s", error)
            raise
        VALKEY_ANSWERED.inc()
        return answer


class GuardedCacheClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._client = GuardedRedis
        self._clients: dict[bool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        """Return one client for all: Django makes one for each command."""
        if write not in self._clients:
            self._clients[write] = super().get_client(key, write=write)
        return self._clients[write]


class GuardedRedisCache(RedisCache):
    """Django's cache on Redis, over the guarded client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = GuardedCacheClient


def client() -> Redis:
    """Return the client of the shared cache, which is Valkey's where REDIS_URL is set."""
    found: Redis = caches["default"]._cache.get_client(write=True)  # type: ignore[attr-defined]
    return found


# Counts one; returns how many that makes, and whether the counter was started by it.
COUNT = """
local count = redis.call('INCR', KEYS[1])
local started = redis.call('TTL', KEYS[1]) < 0
if started then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, started and 1 or 0}
"""


class CountingRedisCache(GuardedRedisCache):
    """Counters in one trip: an `add` of 1 and the `incr` that follows where one runs.

    Who counts with a Django cache says `add(key, 1) or incr(key)`, which is three
    commands with Django's client. Here the `add` has counted already, and the `incr`
    of the same thread only says how far.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._counted = threading.local()

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        if value != 1:
            return bool(super().add(key, value, timeout, version))
        name = self.make_and_validate_key(key, version=version)
        client = self._cache.get_client(name, write=True)
        seconds = self.get_backend_timeout(timeout) or 0
        count, started = client.eval(COUNT, 1, name, seconds)
        self._counted.name, self._counted.count = None if started else name, count
        return bool(started)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        if delta == 1 and getattr(self._counted, "name", None) == name:
            self._counted.name = None
            return int(self._counted.count)
        return int(super().incr(key, delta, version))
