"""The shapes of days and weeks (docs/contract.md, Stats). Minutes everywhere."""

from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer
from stats.days.calendar import MARKS, PROTECTORS, STATES
from stats.days.selectors import HOURS

TOLD = "Minutes of entries; credited nowhere."
MET = "Whether credited and told minutes reach the goal; null where there is none."


class JudgedDaySerializer(ShownSerializer):
    date = serializers.DateField()
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()
    manual_min = serializers.IntegerField(help_text=TOLD)
    goal_min = serializers.IntegerField(allow_null=True)
    met = serializers.BooleanField(allow_null=True, help_text=MET)


class MarkedDaySerializer(JudgedDaySerializer):
    mark = serializers.ChoiceField(
        MARKS,
        allow_null=True,
        help_text="What it is to the kept streak; null before it and after today.",
    )


class CalendarSerializer(ShownSerializer):
    days = MarkedDaySerializer(many=True)


class WeekSerializer(ShownSerializer):
    start = serializers.DateField(help_text="Its Monday.")
    focus_min = serializers.IntegerField()
    manual_min = serializers.IntegerField(help_text=TOLD)
    goal_min = serializers.IntegerField(allow_null=True)
    met = serializers.BooleanField(allow_null=True, help_text=MET)
    days = MarkedDaySerializer(many=True)


class ProtectedSerializer(ShownSerializer):
    date = serializers.DateField()
    by = serializers.ChoiceField(PROTECTORS)


class KeptStreakSerializer(ShownSerializer):
    length = serializers.IntegerField(help_text="Days with focus, as of now.")
    best = serializers.IntegerField()
    freezes = serializers.IntegerField(help_text="0 to 2; spent by themselves.")
    focused_days_to_next = serializers.IntegerField(
        allow_null=True, help_text="Until the next freeze; null while there are two."
    )
    protected = ProtectedSerializer(many=True, help_text="Of the last 371 days.")
    today = serializers.ChoiceField(STATES)
    at_risk_until = serializers.DateTimeField(
        allow_null=True,
        help_text="When it is over unless there is focus before; null without a streak.",
    )


class TodayStatsSerializer(JudgedDaySerializer):
    week = WeekSerializer()
    streak = KeptStreakSerializer()


class LabelFocusSerializer(ShownSerializer):
    label_id = serializers.UUIDField(allow_null=True)
    focus_min = serializers.IntegerField()
    sessions_completed = serializers.IntegerField()
    manual_min = serializers.IntegerField(help_text=TOLD)


class FocusByLabelSerializer(ShownSerializer):
    labels = LabelFocusSerializer(many=True)


class FocusByHourSerializer(ShownSerializer):
    hours = serializers.ListField(
        child=serializers.IntegerField(), min_length=HOURS, max_length=HOURS
    )
