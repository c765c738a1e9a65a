"""The shapes of preferences, in and out (docs/contract.md, Users)."""

from typing import Any

from django.apps import apps
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Preferences
from accounts.preferences.bounds import RANGES, WORDS
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictBooleanField,
    StrictChoiceField,
    StrictIntegerField,
    StrictSerializer,
)


class PreferredWordField(StrictChoiceField):
    def __init__(self, name: str) -> None:
        super().__init__(WORDS[name], required=False)


class PreferredNumberField(StrictIntegerField):
    def __init__(self, name: str, **kwargs: Any) -> None:
        least, most = RANGES[name]
        super().__init__(min_value=least, max_value=most, required=False, **kwargs)


class SwitchField(StrictBooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


@extend_schema_field({"type": "string", "maxLength": 32})
class SpeciesField(StrictChoiceField):
    """A species of the garden, which stands above and is known here by name alone."""

    def __init__(self, **kwargs: Any) -> None:
        plant_type: Any = apps.get_model("garden", "Plant")._meta.get_field(
            "plant_type"
        )
        super().__init__(plant_type.choices, **kwargs)


class PreferencesUpdateSerializer(StrictSerializer):
    """Any of the fields; what is left out stays."""

    language = PreferredWordField("language")
    theme = PreferredWordField("theme")
    week_start = PreferredWordField("week_start")
    clock = PreferredWordField("clock")
    focus_min = PreferredNumberField("focus_min", help_text="Minutes of a round.")
    short_break_min = PreferredNumberField("short_break_min")
    long_break_min = PreferredNumberField("long_break_min")
    rounds = PreferredNumberField("rounds", help_text="Up to the long break.")
    breaks = SwitchField(help_text="Whether a break follows a round.")
    auto_start = SwitchField(help_text="For an open page: start after a short break.")
    bell = SwitchField()
    ambient = PreferredWordField("ambient")
    volume = PreferredNumberField("volume")
    species = SpeciesField(
        required=False, allow_null=True, help_text="What to plant; null: asked."
    )
    shortcuts = SwitchField(help_text="Single keys.")
    season = PreferredWordField("season")
    friends_see = SwitchField(help_text="Whether friends see your minutes.")
    show_awards = SwitchField(help_text="Whether others see your awards.")
    notify_end = SwitchField(help_text="Of a session.")
    notify_streak = SwitchField(help_text="When a streak is at risk.")
    onboarded = SwitchField(
        help_text="True sets `onboarded_at`, unless it is set; false takes it away."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send what is to change.")
        return attrs


class PreferencesSerializer(ShownSerializer, serializers.ModelSerializer[Preferences]):
    # Two columns of one list would be two types in the document.
    species = serializers.CharField(allow_null=True)

    class Meta:
        model = Preferences
        fields = (
            "language",
            "theme",
            "week_start",
            "clock",
            "focus_min",
            "short_break_min",
            "long_break_min",
            "rounds",
            "breaks",
            "auto_start",
            "bell",
            "ambient",
            "volume",
            "species",
            "shortcuts",
            "season",
            "friends_see",
            "show_awards",
            "notify_end",
            "notify_streak",
            "onboarded_at",
            "updated_at",
        )
        read_only_fields = fields
