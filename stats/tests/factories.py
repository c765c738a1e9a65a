from datetime import UTC, date, datetime, time, timedelta

import factory

from accounts.tests.factories import UserFactory
from sessions_app import services as session_services
from sessions_app.tests.factories import EntryFactory, FocusSessionFactory
from stats.models import UserStats


class UserStatsFactory(factory.django.DjangoModelFactory):
    """The totals of one session of 25 minutes."""

    class Meta:
        model = UserStats

    user = factory.SubFactory(UserFactory)
    total_focus_min = 25
    total_sessions = 1
    streak_length = 1
    last_focus_date = date(2026, 1, 18)
    best_streak = 1
    updated_at = datetime(2026, 1, 18, 12, 25, tzinfo=UTC)


def noon(day):
    return datetime.combine(day, time(12), UTC)


def focus(user, day, minutes=25):
    """Let a user focus from noon (UTC) of a day, through the services."""
    session = session_services.start_session(
        user_id=user.pk, duration_min=minutes, now=noon(day)
    )
    return session_services.complete_session(
        user_id=user.pk,
        session_id=session.pk,
        now=noon(day) + timedelta(minutes=minutes),
    )


def logged(user, day, minutes=25):
    """Put a completed session into the log behind the services' back."""
    return FocusSessionFactory(
        user=user, done=True, created_at=noon(day), duration_min=minutes
    )


def told(user, day, minutes=30, **kwargs):
    """Let a user tell of focus of noon (UTC) of a day."""
    return EntryFactory(user=user, at=noon(day), minutes=minutes, **kwargs)
