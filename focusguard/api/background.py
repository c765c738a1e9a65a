"""The worker as its traces in the database tell of it: for health, and for a check.

Read from the tables of the queue, since what writes them stands above all apps.
"""

import math

from django.db import ProgrammingError, connection
from psycopg.errors import UndefinedTable

# A worker tells every ten seconds that it lives, and is killed after a minute without.
SILENT_SECONDS = 60.0

# A worker that stops takes its row along, one that is killed leaves it. What remains of
# any is its last tick, which each minute's replaces.
SEEN = """
SELECT (SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat))
        FROM procrastinate_workers),
       (SELECT extract(epoch FROM clock_timestamp()) - max(defer_timestamp)
        FROM procrastinate_periodic_defers)
"""
NOTED = """
SELECT extract(epoch FROM clock_timestamp() - max(ended_at)) FROM command_runs
"""


def worker_state() -> str:
    """Ask Postgres for a worker: `ok`, `away`, or `none` where there never was one."""
    heartbeat, tick = _ages(SEEN) or (None, None)
    if heartbeat is not None and heartbeat < SILENT_SECONDS:
        return "ok"
    return "none" if heartbeat is tick is None else "away"


def idle_seconds() -> float | None:
    """Return how long ago a worker was seen, or what cron runs every minute.

    Infinite where neither ever was; None where their tables have yet to be made.
    """
    worker, cron = _ages(SEEN), _ages(NOTED)
    if worker is None or cron is None:
        return None
    return min((age for age in worker + cron if age is not None), default=math.inf)


def _ages(query: str) -> tuple[float | None, ...] | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return tuple(
                age if age is None else float(age) for age in cursor.fetchone()
            )
    except ProgrammingError as error:
        if isinstance(error.__cause__, UndefinedTable):
            return None
        raise
