"""Plants, each grown out of a session."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from garden.growth import FULL_GROWN
from garden.species import ALL as ALL_SPECIES


class PlantQuerySet(models.QuerySet["Plant"]):
    def for_user(self, user_id: uuid.UUID) -> "PlantQuerySet":
        return self.filter(user_id=user_id)


class Plant(models.Model):
    """A plant of one session; its state follows how that session went."""

    class State(models.TextChoices):
        GROWING = "growing"
        GROWN = "grown"
        WITHERED = "withered"

        @classmethod
        def of_credit(cls, focus_min: int) -> "Plant.State":
            """Return what the plant of a completed session is: 0 minutes grow nothing."""
            return cls.GROWN if focus_min else cls.WITHERED

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="plants",
        # The unique (user, plant_num) serves this key too.
        db_index=False,
    )
    session = models.OneToOneField(
        "sessions_app.FocusSession", on_delete=models.CASCADE, related_name="plant"
    )
    plant_num = models.PositiveIntegerField("number")
    plant_type = models.CharField(
        "species",
        max_length=32,
        choices=[(species.name, species.name) for species in ALL_SPECIES],
    )
    growth_stage = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.GROWING)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Plant"]] = PlantQuerySet.as_manager()

    class Meta:
        db_table = "garden"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "plant_num"], name="garden_plant_num_unique"
            ),
            models.CheckConstraint(
                condition=Q(plant_num__gte=1), name="garden_plant_num_positive"
            ),
            models.CheckConstraint(
                condition=Q(growth_stage__range=(0, FULL_GROWN)),
                name="garden_growth_range",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["growing", "grown", "withered"]),
                name="garden_state_known",
            ),
        ]
        indexes = [
            # The user's garden and its pages.
            models.Index(
                F("user"),
                F("created_at").desc(),
                F("id").desc(),
                name="garden_user_newest",
            ),
            # The admin's list.
            models.Index(F("created_at").desc(), F("id").desc(), name="garden_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.plant_type} {self.plant_num}"
