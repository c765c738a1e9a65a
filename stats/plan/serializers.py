"""The shapes of plans and days off, in and out (docs/contract.md, Plan)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictChoiceField,
    StrictDateField,
    StrictIntegerField,
    StrictSerializer,
)
from stats.models import MOST_DAILY_MIN, MOST_WEEKLY_MIN, DayOff
from stats.plan.goals import WEEKDAYS, Plan, bits_of, names_of
from stats.serializers import SpanQuerySerializer

MOST_A_CALL = 60
BACKWARDS = "The last day lies before the first."

WEEKDAYS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "enum": list(WEEKDAYS)},
    "minItems": 1,
    "uniqueItems": True,
}


@extend_schema_field(WEEKDAYS_SCHEMA)
class WeekdaysField(serializers.ListField):
    """Names of weekdays, each once."""

    default_error_messages: ClassVar = {"repeated": "Name each weekday once."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            child=StrictChoiceField(WEEKDAYS), min_length=1, max_length=7, **kwargs
        )

    def to_internal_value(self, data: Any) -> Any:
        names = super().to_internal_value(data)
        if len(set(names)) < len(names):
            self.fail("repeated")
        return names


class PlanUpdateSerializer(StrictSerializer):
    """A change of the plan; a field that is left out stays as it was."""

    bounds: ClassVar = {"minProperties": 1}

    daily_min = StrictIntegerField(
        min_value=1,
        max_value=MOST_DAILY_MIN,
        allow_null=True,
        required=False,
        help_text="Minutes of each weekday named below; null: no goal.",
    )
    weekly_min = StrictIntegerField(
        min_value=1,
        max_value=MOST_WEEKLY_MIN,
        allow_null=True,
        required=False,
        help_text="Minutes of an ISO week; null: no goal.",
    )
    weekdays = WeekdaysField(
        required=False, help_text="Days meant for focus; the others are for rest."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send a field at least.")
        if "weekdays" in attrs:
            attrs["weekdays"] = bits_of(attrs["weekdays"])
        return attrs


class PlanSerializer(ShownSerializer):
    daily_min = serializers.IntegerField(allow_null=True)
    weekly_min = serializers.IntegerField(allow_null=True)
    weekdays = serializers.SerializerMethodField()
    from_date = serializers.DateField(
        allow_null=True, help_text="Since when it holds; null: none was ever set."
    )

    @extend_schema_field(WEEKDAYS_SCHEMA)
    def get_weekdays(self, plan: Plan) -> list[str]:
        return names_of(plan.weekdays)


class DaysOffCreateSerializer(StrictSerializer):
    """The days from `from` to `to`, both included."""

    kind = StrictChoiceField(DayOff.Kind.choices)

    def get_fields(self) -> dict[str, Any]:
        # `from` is a keyword of Python.
        days = {"from": StrictDateField(), "to": StrictDateField()}
        return {**days, **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        count = (attrs["to"] - attrs["from"]).days + 1
        if count < 1:
            raise serializers.ValidationError({"to": [BACKWARDS]})
        if count > MOST_A_CALL:
            told = f"Send at most {MOST_A_CALL} days at once."
            raise serializers.ValidationError({"to": [told]})
        return attrs


class GivenBackQuerySerializer(SpanQuerySerializer):
    """The span of days to give back: a forgotten `to` would give back a year of them."""

    both_needed = True


class DayOffSerializer(ShownSerializer):
    date = serializers.DateField(source="day")
    kind = serializers.ChoiceField(DayOff.Kind.choices)


# The action that answers it is called `list`, and it is none.
@extend_schema_serializer(many=False)
class DaysOffSerializer(ShownSerializer):
    days = DayOffSerializer(many=True)
