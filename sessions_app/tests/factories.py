from datetime import timedelta

import factory
from django.utils import timezone

from accounts.tests.factories import UserFactory
from sessions_app.models import FocusSession


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
