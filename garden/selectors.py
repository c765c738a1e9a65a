"""The prepared statements about plants."""

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
