"""Exact counters across workers, in Postgres."""

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from focusguard.counters.known import KnownCounters

# One add in this many removes what has expired, so that the table stays small.
CULL_EVERY = 256

KNOWN = KnownCounters()


class PostgresCounterCache(BaseCache):
    """The part of a Django cache that counting needs, one atomic statement a verb.

    `DatabaseCache` reads, adds and writes, and so lets racers through. Time is the
    database's, the same for every worker and machine.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._adds = 0

    def add(
        self,
        key: str,
        value: int,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Start the counter at `value` unless it runs already; tell whether it did."""
        name, seconds = self._key(key, version), self._seconds(timeout)
        if KNOWN.runs(name):
            return False
        self._cull()
        asked_at = time.monotonic()
        row = self._execute(
            """
            WITH started AS (
                INSERT INTO rate_counters AS c (key, count, expires_at)
                VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
                ON CONFLICT (key) DO UPDATE
                SET count = excluded.count, expires_at = excluded.expires_at
                WHERE c.expires_at <= clock_timestamp()
                RETURNING 1
            )
            SELECT EXISTS (SELECT FROM started), (
                SELECT extract(epoch FROM expires_at - clock_timestamp())
                FROM rate_counters WHERE key = %s
            )
            """,
            [name, value, seconds, name],
        )
        started, left = row or (False, 0)
        # The row as it was before: none, where another transaction has just made it.
        KNOWN.note(name, asked_at, seconds if started else float(left or 0))
        return bool(started)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add `delta` and return the sum; ValueError where no counter runs."""
        row = self._execute(
            """
            UPDATE rate_counters SET count = count + %s
            WHERE key = %s AND expires_at > clock_timestamp()
            RETURNING count
            """,
            [delta, self._key(key, version)],
        )
        if row is None:
            KNOWN.forget(self._key(key, version))
            raise ValueError(f"No counter {key!r} runs.")
        return int(row[0])

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the running count, or `default`."""
        row = self._execute(
            """
            SELECT count FROM rate_counters
            WHERE key = %s AND expires_at > clock_timestamp()
            """,
            [self._key(key, version)],
        )
        return default if row is None else row[0]

    def clear(self) -> None:
        """Forget every counter."""
        KNOWN.clear()
        self._execute("DELETE FROM rate_counters RETURNING 1", [])

    def _cull(self) -> None:
        self._adds += 1
        if self._adds % CULL_EVERY == 0:
            self._execute(
                "DELETE FROM rate_counters WHERE expires_at <= clock_timestamp() "
                "RETURNING 1",
                [],
            )

    def _key(self, key: str, version: int | None) -> str:
        return str(self.make_and_validate_key(key, version=version))

    def _seconds(self, timeout: float | None) -> float:
        return float(self.get_backend_timeout(timeout) or 0) - time.time()

    def _execute(self, sql: str, params: list[Any]) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row
