"""The shapes of figures (contract.md, Stats). Minutes everywhere."""

from typing import Any

from rest_framework import serializers

MAX_DAYS = 365


class DaysQuerySerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(
        min_value=1, max_value=MAX_DAYS, default=7, help_text="1 to 365."
    )


class UserStatsSerializer(serializers.Serializer[Any]):
    user_id = serializers.UUIDField()
    total_focus_min = serializers.IntegerField()
    total_sessions = serializers.IntegerField()
    current_streak = serializers.IntegerField(help_text="Days; as true as now.")
    best_streak = serializers.IntegerField()
    updated_at = serializers.DateTimeField()


class DaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()


class DailySerializer(serializers.Serializer[Any]):
    daily_stats = DaySerializer(many=True)


class TrendSerializer(serializers.Serializer[Any]):
    period_start = serializers.DateField()
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()
    change_pct = serializers.FloatField(allow_null=True)


class TrendsSerializer(serializers.Serializer[Any]):
    weekly = TrendSerializer(many=True)
    monthly = TrendSerializer(many=True)


class SummarySerializer(serializers.Serializer[Any]):
    total_users = serializers.IntegerField()
    total_sessions = serializers.IntegerField()
    total_focus_min = serializers.IntegerField()
    active_users_today = serializers.IntegerField()
    updated_at = serializers.DateTimeField()
