"""The moment at which most tests take place."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 1, 18, 12, tzinfo=UTC)


def after(**kwargs):
    return NOON + timedelta(**kwargs)
