"""Valkey as the cache, asked no more for a moment once it did not answer.

Without that, each request would wait for the time-out anew while Valkey hangs.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import ConnectionError, TimeoutError

logger = logging.getLogger(__name__)

LEFT_ALONE = 1.0  # seconds


class GuardedRedis(Redis):
    """A client whose process remembers that the server was away."""

    away_until = 0.0

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Ask the server; ConnectionError at once where it was away a moment ago."""
        if time.monotonic() < GuardedRedis.away_until:
            raise ConnectionError("Valkey was away a moment ago.")
        try:
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except (ConnectionError, TimeoutError) as error:
            GuardedRedis.away_until = time.monotonic() + LEFT_ALONE
            logger.error("Valkey is away: %s", error)
            raise


class GuardedCacheClient(RedisCacheClient):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._client = GuardedRedis


class GuardedRedisCache(RedisCache):
    """Django's cache on Redis, over the guarded client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = GuardedCacheClient
