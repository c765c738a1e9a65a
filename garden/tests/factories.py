from datetime import UTC, datetime

import factory

from garden.models import Plant
from sessions_app.tests.factories import FocusSessionFactory


class PlantFactory(factory.django.DjangoModelFactory):
    """A rose just planted for an active session; `grown` makes both of them done."""

    class Meta:
        model = Plant

    session = factory.SubFactory(FocusSessionFactory)
    user = factory.SelfAttribute("session.user")
    plant_num = factory.Sequence(lambda n: n + 1)
    plant_type = "Rose"
    created_at = datetime(2026, 1, 18, 12, 0, tzinfo=UTC)

    class Params:
        grown = factory.Trait(
            session=factory.SubFactory(FocusSessionFactory, done=True),
            growth_stage=5,
            state=Plant.State.GROWN,
        )
