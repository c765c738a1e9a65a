"""The shapes of figures (docs/contract.md, Stats). Minutes everywhere."""

from typing import Any, ClassVar

from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer

MAX_DAYS = 365


class DaysQuerySerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(
        min_value=1, max_value=MAX_DAYS, default=7, help_text="1 to 365."
    )


class SpanQuerySerializer(serializers.Serializer[Any]):
    """Local dates from `from` to `to`, both included."""

    both_needed: ClassVar[bool] = False

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        no_such: Any = {"invalid": "There is no such date."}
        # `from` is a keyword of Python.
        return {
            name: serializers.DateField(
                required=self.both_needed,
                help_text=f"The {which} local date, included.",
                error_messages=no_such,
            )
            for name, which in (("from", "first"), ("to", "last"))
        }


class UserStatsSerializer(ShownSerializer):
    user_id = serializers.UUIDField()
    total_focus_min = serializers.IntegerField()
    total_sessions = serializers.IntegerField()
    current_streak = serializers.IntegerField(help_text="Days; as true as now.")
    best_streak = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class DaySerializer(ShownSerializer):
    date = serializers.DateField()
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()


class DailySerializer(ShownSerializer):
    daily_stats = DaySerializer(many=True)


class TrendSerializer(ShownSerializer):
    period_start = serializers.DateField()
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()
    change_pct = serializers.FloatField(allow_null=True)


class TrendsSerializer(ShownSerializer):
    weekly = TrendSerializer(many=True)
    monthly = TrendSerializer(many=True)


class SummarySerializer(ShownSerializer):
    total_users = serializers.IntegerField()
    total_sessions = serializers.IntegerField()
    total_focus_min = serializers.IntegerField()
    active_users_today = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
