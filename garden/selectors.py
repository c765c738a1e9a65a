"""The statements about plants; those of requests are prepared."""

import uuid
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count

from focusguard.api.pagination import Pages
from focusguard.db.prepared import Prepared, PreparedUpdate
from garden.models import Plant
from sessions_app.records.selectors import moments_of

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

# A year of who plants ten a day; what a page draws at once has an end.
MOST_PLANTS = 4_000


class LandscapePlant(NamedTuple):
    """A plant as it stands in a landscape: with the day and the minutes of its session."""

    id: uuid.UUID
    session_id: uuid.UUID
    plant_num: int
    plant_type: str
    growth_stage: int
    state: str
    local_date: date
    focus_min: int
    started_at: datetime


LANDSCAPE = Prepared(
    # The moments leave few sessions to look at; their days say which are meant.
    lambda user_id, first, last, since, until: (
        Plant.objects.for_user(user_id)
        .filter(
            session__user=user_id,
            session__created_at__gte=since,
            session__created_at__lt=until,
            session__local_date__gte=first,
            session__local_date__lte=last,
        )
        .order_by("-session__created_at", "-session_id")
        .values_list(
            "id",
            "session_id",
            "plant_num",
            "plant_type",
            "growth_stage",
            "state",
            "session__local_date",
            "session__focus_min",
            "session__created_at",
        )[: MOST_PLANTS + 1]
    )
)


def own_landscape(
    user_id: uuid.UUID, first: date, last: date
) -> tuple[list[LandscapePlant], bool]:
    """Return the plants of the sessions of some days, oldest first.

    And whether there are more: the newest are shown.
    """
    asked: dict[str, Any] = {"user_id": user_id, "first": first, "last": last}
    asked |= moments_of(first, last)
    rows = LANDSCAPE.rows(**asked)
    shown = [LandscapePlant(*row) for row in rows[:MOST_PLANTS]]
    return shown[::-1], len(rows) > MOST_PLANTS


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
