"""Prometheus counters of sessions, moved once a change is committed.

Counted by the web processes; what cron settles shows in the log of sessions alone.
"""

from functools import partial

from django.db import transaction
from prometheus_client import Counter

from sessions_app.models import FocusSession

STARTED = Counter("focusguard_sessions_started", "Sessions started.")
ENDED = Counter("focusguard_sessions_ended", "Sessions ended.", ["status"])
CREDITED = Counter("focusguard_credited_minutes", "Minutes of focus credited.")


def count_start() -> None:
    transaction.on_commit(STARTED.inc)


def count_end(session: FocusSession) -> None:
    transaction.on_commit(partial(_count_end, session.status, session.focus_min))


def _count_end(status: str, focus_min: int) -> None:
    ENDED.labels(status).inc()
    CREDITED.inc(focus_min)
