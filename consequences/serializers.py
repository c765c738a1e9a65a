"""The shape of consequences (docs/contract.md, Focus sessions)."""

from typing import Any

from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer
from garden.models import Plant


class FigureChangeSerializer(serializers.Serializer[Any]):
    to = serializers.IntegerField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # `from` is a keyword of Python.
        return {"from": serializers.IntegerField(), **super().get_fields()}


class LostPlantSerializer(ShownSerializer, serializers.ModelSerializer[Plant]):
    class Meta:
        model = Plant
        fields = ("id", "plant_num", "plant_type", "growth_stage", "state")
        read_only_fields = fields


class ConsequencesSerializer(serializers.Serializer[Any]):
    focus_min = serializers.IntegerField(help_text="Of the session, as it is shown.")
    xp_points = FigureChangeSerializer()
    lvl = FigureChangeSerializer()
    total_focus_min = FigureChangeSerializer()
    total_sessions = FigureChangeSerializer()
    current_streak = FigureChangeSerializer()
    best_streak = FigureChangeSerializer()
    kept_streak = FigureChangeSerializer()
    plant = LostPlantSerializer(allow_null=True)
