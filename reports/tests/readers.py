"""People who want a report, and the Monday on which most tests take place."""

from datetime import UTC, date, datetime

from accounts.tests.factories import UserFactory

MONDAY = date(2026, 1, 19)
LAST_MONDAY = date(2026, 1, 12)
NINE_O_CLOCK = datetime(2026, 1, 19, 9, tzinfo=UTC)
LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)


def reader(**fields):
    """Return somebody who is sent a report each week."""
    user = UserFactory(
        **{"weekly_report": True, "email_verified_at": LONG_AGO} | fields
    )
    return since(user, LONG_AGO)


def since(user, moment):
    """Let a user have been here since then."""
    type(user).objects.filter(pk=user.pk).update(created_at=moment)
    user.created_at = moment
    return user
