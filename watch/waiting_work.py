"""Gauges of what waits to be done: jobs of the queue, mails of the outbox.

By statements on the queue's own tables, since the app that has them stands beside this
one. Each reads an index, and no more of it than MOST rows.
"""

from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper
from prometheus_client.core import GaugeMetricFamily, Metric

from focusguard.api.background import SILENT_SECONDS
from mail.models import OutboxMail

MOST = 100_000
RECENT = "1 hour"

JOBS = f"""
SELECT queue_name, status::text, count(*) FROM (
    (SELECT queue_name, status FROM procrastinate_jobs
     WHERE status IN ('todo', 'doing') ORDER BY id LIMIT {MOST})
    UNION ALL
    (SELECT queue_name, status FROM procrastinate_jobs
     WHERE status NOT IN ('todo', 'doing') LIMIT {MOST})
) AS jobs GROUP BY 1, 2
"""  # noqa: S608  (a number of ours)
# A job that was not put off is due from its making on, which its first event tells; of
# many, that with the smallest number is the first.
OLDEST = f"""
WITH due AS MATERIALIZED (
    SELECT id, queue_name, scheduled_at FROM procrastinate_jobs
    WHERE status = 'todo' ORDER BY id LIMIT {MOST}
), firsts AS (
    SELECT queue_name,
           min(scheduled_at) AS scheduled_at,
           min(id) FILTER (WHERE scheduled_at IS NULL) AS id
    FROM due GROUP BY 1
)
SELECT queue_name, extract(epoch FROM clock_timestamp() - least(scheduled_at, (
    SELECT min(at) FROM procrastinate_events AS event WHERE event.job_id = firsts.id
))) FROM firsts
"""  # noqa: S608  (names and numbers of ours)
FAILED = f"""
SELECT count(*) FROM procrastinate_events
WHERE type = 'failed' AND at > now() - interval '{RECENT}'
"""  # noqa: S608  (names and numbers of ours)
WORKERS = f"""
SELECT count(*) FROM procrastinate_workers
WHERE last_heartbeat > now() - interval '{SILENT_SECONDS} seconds'
"""  # noqa: S608  (names and numbers of ours)
MAILS = f"""
SELECT (SELECT count(*) FROM (SELECT FROM {OutboxMail._meta.db_table}
        WHERE state = 'waiting' LIMIT {MOST}) AS mails),
       (SELECT count(*) FROM (SELECT FROM {OutboxMail._meta.db_table}
        WHERE state = 'failed' LIMIT {MOST}) AS mails),
       (SELECT extract(epoch FROM clock_timestamp() - min(due_at))
        FROM {OutboxMail._meta.db_table} WHERE state = 'waiting')
"""  # noqa: S608  (names and numbers of ours)


def gauges(cursor: CursorWrapper) -> Iterator[Metric]:
    """Ask for all of them; `cursor` says how long that may take."""
    yield from _of_jobs(cursor)
    yield from _of_workers(cursor)
    yield from _of_mails(cursor)


def _of_jobs(cursor: CursorWrapper) -> Iterator[Metric]:
    jobs = GaugeMetricFamily(
        "focusguard_jobs",
        f"Jobs that are kept; of those that ended {MOST} at most are counted.",
        labels=["queue", "status"],
    )
    oldest = GaugeMetricFamily(
        "focusguard_job_oldest_seconds",
        "How long the job that waits longest has been due; workers take it at once.",
        labels=["queue"],
    )
    cursor.execute(OLDEST)
    ages = dict(cursor.fetchall())
    cursor.execute(JOBS)
    for queue, status, number in cursor.fetchall():
        jobs.add_metric([queue, status], number)
        ages.setdefault(queue, None)
    for queue, age in ages.items():
        oldest.add_metric([queue], _since(age))
    yield jobs
    yield oldest
    cursor.execute(FAILED)
    yield GaugeMetricFamily(
        "focusguard_jobs_failed_recent",
        f"How often a job failed for good in the last {RECENT}.",
        cursor.fetchone()[0],
    )


def _of_workers(cursor: CursorWrapper) -> Iterator[Metric]:
    cursor.execute(WORKERS)
    yield GaugeMetricFamily(
        "focusguard_workers_alive",
        "Workers that gave a sign of life in the last minute.",
        cursor.fetchone()[0],
    )


def _of_mails(cursor: CursorWrapper) -> Iterator[Metric]:
    cursor.execute(MAILS)
    waiting, failed, due_for = cursor.fetchone()
    mails = GaugeMetricFamily(
        "focusguard_mails",
        "Mails of the outbox that wait, and that were given up and are kept.",
        labels=["state"],
    )
    mails.add_metric(["waiting"], waiting)
    mails.add_metric(["failed"], failed)
    yield mails
    yield GaugeMetricFamily(
        "focusguard_mail_oldest_seconds",
        "How long the mail that is most overdue has been due.",
        _since(due_for),
    )


def _since(age: float | None) -> float:
    """Return a time that has passed: 0 where nothing is due yet."""
    return max(0.0, float(age or 0))
