"""A collector that asks Postgres at each scrape."""

import logging
from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from leaderboard.models import RankChange
from sessions_app import focus_time
from sessions_app.models import FocusSession
from watch import waiting_work

logger = logging.getLogger(__name__)

# A scrape answers, whatever the database does.
TIMEOUT = "2s"
ACTIVE = f"""
SELECT count(*),
       coalesce(greatest(0, max(extract(epoch FROM clock_timestamp() - created_at)
           - 60 * coalesce(duration_min, {focus_time.OPEN_SESSION_MINUTES}))), 0)
FROM {FocusSession._meta.db_table} WHERE status = 'active'
"""  # noqa: S608  (names of our own tables)
CONNECTIONS = """
SELECT count(*), current_setting('max_connections')::int
FROM pg_stat_activity WHERE application_name LIKE 'focusguard%'
"""
PENDING = f"""
SELECT count(*) FROM (SELECT FROM {RankChange._meta.db_table} LIMIT 100000) AS pending
"""  # noqa: S608  (names and numbers of ours)


class DatabaseCollector(Collector):
    """Gauges of what is stored; without Postgres only that it does not answer."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = list(self._gauges())
        except DatabaseError as error:
            logger.warning("Postgres does not answer a scrape: %s", error)
            found = []
        finally:
            # Each scrape has a thread of its own.
            connection.close()
        yield GaugeMetricFamily(
            "focusguard_database_up", "Whether Postgres answers.", bool(found)
        )
        yield from found

    def _gauges(self) -> Iterator[Metric]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'")
            cursor.execute(ACTIVE)
            active, lag = cursor.fetchone()
            cursor.execute(CONNECTIONS)
            connections, most = cursor.fetchone()
            cursor.execute(PENDING)
            (pending,) = cursor.fetchone()
            yield from waiting_work.gauges(cursor)
        for name, help_text, value in (
            ("active_sessions", "Sessions that run.", active),
            (
                "settle_lag_seconds",
                "How long the session that is most overdue has been so; settling "
                "takes them every minute.",
                float(lag),
            ),
            ("database_connections", "Connections of FocusGuard.", connections),
            ("database_connections_max", "Connections that Postgres takes.", most),
            (
                "board_changes_pending",
                "Changes of scores that fold_leaderboards has yet to count.",
                pending,
            ),
        ):
            yield GaugeMetricFamily(f"focusguard_{name}", help_text, value)
