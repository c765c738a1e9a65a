"""The statements about plants; those of requests are prepared."""

import uuid
from datetime import date

from django.db.models import Count

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared, PreparedUpdate
from garden.models import Plant

OWN_PLANTS = Pages(lambda user_id: Plant.objects.for_user(user_id))
OWN_COUNT = Prepared(
    lambda user_id: (
        Plant.objects.for_user(user_id)
        .values("user_id")
        .annotate(plants=Count("id"))
        .values_list("plants")
    )
)
GROW = PreparedUpdate(
    lambda session_id: Plant.objects.filter(session_id=session_id),
    "growth_stage",
    "state",
)


def states_by_species(
    user_id: uuid.UUID, first: date, last: date
) -> list[tuple[str, str, int]]:
    """Count the plants of the sessions from `first` to `last`, both included.

    By species and state, the most first: a plant is of the day of its session, as the
    session's minutes are.
    """
    plants = Plant.objects.for_user(user_id).filter(
        session__user=user_id, session__local_date__range=(first, last)
    )
    return list(
        plants.values_list("plant_type", "state")
        .annotate(plants=Count("id"))
        .order_by("-plants", "plant_type", "state")
    )
