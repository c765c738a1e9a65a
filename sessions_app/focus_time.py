"""Credited minutes and deadlines, by the server's clock alone (docs/design.md, rule 1)."""

from datetime import datetime, timedelta

OPEN_SESSION_MINUTES = 240
MAX_PLANNED_MINUTES = 480


def deadline(created_at: datetime, planned_minutes: int | None) -> datetime:
    """Return when the session ends by itself; an open one after 240 minutes."""
    return created_at + timedelta(minutes=planned_minutes or OPEN_SESSION_MINUTES)


def focus_end(created_at: datetime, deadline: datetime, now: datetime) -> datetime:
    """Return when the focus ended: now, but not after the deadline.

    Nor before the start, should the clock have been set back meanwhile.
    """
    return max(created_at, min(now, deadline))


def minute_of_day(local_time: datetime) -> int:
    """Return the minutes since midnight that a clock on the wall shows."""
    return local_time.hour * 60 + local_time.minute


def whole_minutes(start: datetime, end: datetime) -> int:
    """Return the full minutes from `start` to `end`."""
    return (end - start) // timedelta(minutes=1)
