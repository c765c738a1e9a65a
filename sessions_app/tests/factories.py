from datetime import timedelta

import factory
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import UserFactory
from sessions_app.models import Entry, FocusSession, Label


class LabelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Label

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Subject {n}")
    color = "teal"
    created_at = factory.LazyFunction(timezone.now)


class EntryFactory(factory.django.DjangoModelFactory):
    """Half an hour with a beginning and an end, told by hand."""

    class Meta:
        model = Entry

    user = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    minutes = 30
    ended_at = factory.LazyAttribute(lambda e: e.at + timedelta(minutes=e.minutes))
    created_at = factory.LazyFunction(timezone.now)
    timezone = factory.SelfAttribute("user.timezone")
    local_date = factory.LazyAttribute(lambda e: e.user.local_date(e.at))
    source = Entry.Source.MANUAL


class FocusSessionFactory(factory.django.DjangoModelFactory):
    """An active session that started just now; nothing is announced."""

    class Meta:
        model = FocusSession

    user = factory.SubFactory(UserFactory)
    duration_min = 25
    created_at = factory.LazyFunction(timezone.now)
    timezone = factory.SelfAttribute("user.timezone")
    local_date = factory.LazyAttribute(lambda s: s.user.local_date(s.created_at))

    class Params:
        done = factory.Trait(
            status=FocusSession.Status.COMPLETED,
            focus_min=factory.SelfAttribute("duration_min"),
            ended_at=factory.LazyAttribute(
                lambda s: s.created_at + timedelta(minutes=s.duration_min)
            ),
        )


LOG_SQL = """
INSERT INTO sessions (id, user_id, duration_min, status, focus_min, local_date,
                      timezone, created_at, ended_at)
SELECT gen_random_uuid(), %s, 1, 'completed', 1, at::date, 'UTC', at, at + '1 minute'
FROM generate_series(1, %s) n, LATERAL (SELECT %s + n * interval '2 minutes' AS at) t
"""


def many_sessions(user, count, *, since):
    """Store so many credited minutes of the user, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(LOG_SQL, [user.pk, count, since])


TELLINGS_SQL = """
INSERT INTO entries (id, user_id, at, ended_at, minutes, local_date, timezone, source,
                     created_at)
SELECT gen_random_uuid(), %s, at, at + interval '1 minute', 1, at::date, 'UTC',
       'manual', at
FROM generate_series(1, %s) n,
     LATERAL (SELECT %s + n * interval '20 minutes' AS at) t
"""


def many_entries(user, count, *, since):
    """Store so many entries of a minute, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TELLINGS_SQL, [user.pk, count, since])
