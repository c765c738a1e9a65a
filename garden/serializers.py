"""The shapes of the garden, in and out (docs/contract.md, Garden)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictChoiceField,
    StrictIntegerField,
    StrictSerializer,
    StrictUUIDField,
)
from garden import species
from garden.growth import FULL_GROWN
from garden.models import Plant
from sessions_app.serializers import LocalDatesSerializer

# Leaves the numbers that follow ample room in the column.
MAX_PLANT_NUM = 1_000_000


class SpeciesNameField(StrictChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(species.BY_NAME), **kwargs)


class GrowthStageField(StrictIntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=FULL_GROWN, required=False, **kwargs)


class PlantCreateSerializer(StrictSerializer):
    session_id = StrictUUIDField()
    plant_type = SpeciesNameField()
    growth_stage = GrowthStageField(help_text="0 when left out.")
    plant_num = StrictIntegerField(
        min_value=1,
        max_value=MAX_PLANT_NUM,
        required=False,
        help_text="The user's next when left out.",
    )


class PlantUpdateSerializer(StrictSerializer):
    bounds: ClassVar = {"minProperties": 1}

    growth_stage = GrowthStageField()
    plant_type = SpeciesNameField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send growth_stage or plant_type.")
        return attrs


class PlantSerializer(ShownSerializer, serializers.ModelSerializer[Plant]):
    """A plant; the context says `total_plants`, the same for every plant of a user."""

    user_id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    total_plants = serializers.SerializerMethodField()

    class Meta:
        model = Plant
        fields = (
            "id",
            "user_id",
            "session_id",
            "plant_num",
            "plant_type",
            "growth_stage",
            "state",
            "total_plants",
            "created_at",
        )
        read_only_fields = fields

    def get_total_plants(self, plant: Plant) -> int:
        total: int = self.context["total_plants"]
        return total


@extend_schema_serializer(many=False)
class GardenSerializer(serializers.Serializer[Any]):
    gardens = PlantSerializer(many=True)
    total = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class LandscapeQuerySerializer(LocalDatesSerializer):
    """Both ends of the days whose plants are shown."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = True
        return fields


class LandscapePlantSerializer(ShownSerializer):
    id = serializers.UUIDField()
    session_id = serializers.UUIDField()
    plant_num = serializers.IntegerField()
    plant_type = SpeciesNameField()
    growth_stage = serializers.IntegerField(min_value=0, max_value=FULL_GROWN)
    state = serializers.ChoiceField(Plant.State.choices)
    local_date = serializers.DateField(help_text="The day of its session.")
    focus_min = serializers.IntegerField(help_text="The credit of its session.")
    started_at = serializers.DateTimeField(help_text="The start of its session.")


class LandscapeSerializer(ShownSerializer):
    plants = LandscapePlantSerializer(many=True)
    more = serializers.BooleanField(
        help_text="Whether older plants of these days were left out."
    )


class SpeciesSerializer(ShownSerializer):
    plant_type = SpeciesNameField(source="name")
    rarity = serializers.ChoiceField(
        ["common", "uncommon", "rare", "epic", "legendary"]
    )
    level = serializers.IntegerField(help_text="The level needed.")
    unlocked = serializers.SerializerMethodField()

    def get_unlocked(self, kind: species.Species) -> bool:
        return bool(self.context["request"].user.lvl >= kind.level)


class SpeciesListSerializer(serializers.Serializer[Any]):
    species = SpeciesSerializer(many=True)
    total = serializers.IntegerField()
