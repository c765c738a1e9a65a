"""The shapes of labels, in and out (docs/contract.md, Labels)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.names import NameField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictBooleanField,
    StrictCharField,
    StrictChoiceField,
    StrictSerializer,
    StrictUUIDField,
)
from sessions_app.models import Label
from sessions_app.models.label import NAME_LENGTH, NOTE_LENGTH, Color


class LabelNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, **kwargs)


class LabelIdField(StrictUUIDField):
    """The label of a session or an entry, one of the user's own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text="One of your labels.", **kwargs)


class NoteField(StrictCharField):
    """A note to a session or an entry, kept as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            allow_blank=True,
            max_length=NOTE_LENGTH,
            help_text="For your eyes alone.",
            **kwargs,
        )


class LabelCreateSerializer(StrictSerializer):
    name = LabelNameField()
    color = StrictChoiceField(Color.choices)


class LabelUpdateSerializer(StrictSerializer):
    """At least one change."""

    bounds: ClassVar = {"minProperties": 1}

    name = LabelNameField(required=False)
    color = StrictChoiceField(Color.choices, required=False)
    archived = StrictBooleanField(
        required=False, help_text="Archived labels are offered no more."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send what is to change.")
        return attrs


class LabelSerializer(ShownSerializer, serializers.ModelSerializer[Label]):
    archived = serializers.BooleanField()

    class Meta:
        model = Label
        fields = ("id", "name", "color", "archived", "created_at")
        read_only_fields = fields


@extend_schema_serializer(many=False)
class LabelListSerializer(serializers.Serializer[Any]):
    labels = LabelSerializer(many=True)
