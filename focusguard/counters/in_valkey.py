"""Valkey as the cache, asked no more for a moment once it did not answer.

Without that, each request would wait for the time-out anew while Valkey hangs.
"""

import logging
import os
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

from focusguard.counters.known import KnownCounters
from focusguard.web.metrics import VALKEY_ANSWERED, VALKEY_FAILED, VALKEY_SKIPPED

logger = logging.getLogger(__name__)

LEFT_ALONE = 1.0  # seconds
# A connection that a restart of Valkey has ended is made anew, at once. What was counted
# as it ended may be counted twice: a limit is reached sooner then, never later.
ONCE_MORE = Retry(NoBackoff(), 1, supported_errors=(ConnectionError,))


class GuardedRedis(Redis):
    """A client whose process remembers that the server was away, with one connection.

    The pool's way, a connection for each command, takes half of what a command costs.
    """

    away_until = 0.0

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Ask the server; ConnectionError at once where it was away a moment ago."""
        if time.monotonic() < GuardedRedis.away_until:
            VALKEY_SKIPPED.inc()
            raise ConnectionError("Valkey was away a moment ago.")
        try:
            # Django's caches are of one thread; in an event loop several may share one.
            with self.single_connection_lock:
                self._keep_connection()
                answer = super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # comes untyped
        except (ConnectionError, TimeoutError) as error:
            VALKEY_FAILED.inc()
            GuardedRedis.away_until = time.monotonic() + LEFT_ALONE
            logger.error("Valkey is away: %s", error)
            raise
        VALKEY_ANSWERED.inc()
        return answer

    def _keep_connection(self) -> None:
        # Two processes on a connection would read each other's answers.
        if self.connection is None or self.connection.pid != os.getpid():
            self.connection = self.connection_pool.get_connection()


class GuardedCacheClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, retry=ONCE_MORE, **options)
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

    def publish(self, channel: str, message: bytes) -> None:
        """Send a message to whoever listens; RedisError where Valkey is away."""
        client: Any = self._cache.get_client(write=True)
        client.execute_command("PUBLISH", channel, message)


# Starts a counter unless it runs; returns whether it did, and the milliseconds left.
START = """
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2]) then
    return {1, ARGV[2] * 1000}
end
return {0, redis.call('PTTL', KEYS[1])}
"""
# Adds to a counter that runs; Django asks by a trip of its own whether it does.
COUNT = """
if redis.call('EXISTS', KEYS[1]) == 1 then
    return redis.call('INCRBY', KEYS[1], ARGV[1])
end
"""

KNOWN = KnownCounters()


class CountingRedisCache(GuardedRedisCache):
    """Counters of whole numbers, with a window in seconds, each verb in one trip."""

    def add(
        self,
        key: str,
        value: int,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Start the counter at `value` unless it runs already; tell whether it did."""
        name = self.make_and_validate_key(key, version=version)
        if KNOWN.runs(name):
            return False
        asked_at = time.monotonic()
        started, left = self._client(name).eval(
            START, 1, name, value, self.get_backend_timeout(timeout)
        )
        KNOWN.note(name, asked_at, left / 1000)
        return bool(started)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` and return the sum; ValueError where no counter runs."""
        name = self.make_and_validate_key(key, version=version)
        count = self._client(name).eval(COUNT, 1, name, delta)
        if count is None:
            KNOWN.forget(name)
            raise ValueError(f"No counter {key!r} runs.")
        return int(count)

    def delete(self, key: str, version: int | None = None) -> bool:
        KNOWN.forget(self.make_and_validate_key(key, version=version))
        return bool(super().delete(key, version))

    def clear(self) -> None:
        """Forget every counter."""
        KNOWN.clear()
        super().clear()

    def _client(self, name: str) -> Any:
        return self._cache.get_client(name, write=True)
