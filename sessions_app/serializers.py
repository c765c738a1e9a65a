"""The shapes of sessions, in and out (docs/contract.md, Focus sessions)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.choices import WordField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictBooleanField,
    StrictChoiceField,
    StrictIntegerField,
    StrictSerializer,
)
from sessions_app.focus_time import MAX_PLANNED_MINUTES
from sessions_app.labels.serializers import LabelIdField, NoteField
from sessions_app.models import FocusSession
from sessions_app.rhythm import BreakKind, Name


class PlannedMinutesField(StrictIntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=1,
            max_value=MAX_PLANNED_MINUTES,
            required=False,
            help_text="Planned minutes.",
            **kwargs,
        )


class SessionCreateSerializer(StrictSerializer):
    duration_min = PlannedMinutesField()
    label_id = LabelIdField()
    note = NoteField()


# Not a `const`: openapi-generator makes an enum of texts of that, and true is none of them.
@extend_schema_field({"type": "boolean", "not": {"const": False}})
class OnlyTrueField(StrictBooleanField):
    """JSON true."""


class SessionUpdateSerializer(StrictSerializer):
    """Exactly one change: complete, abandon, or re-plan."""

    bounds: ClassVar = {"minProperties": 1, "maxProperties": 1}

    completed = OnlyTrueField(required=False, help_text="Only true.")
    status = StrictChoiceField(["abandoned"], required=False)
    duration_min = PlannedMinutesField()

    def validate_completed(self, completed: bool) -> bool:
        if not completed:
            raise serializers.ValidationError("Only true: nothing is uncompleted.")
        return completed

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(
                "Send exactly one of completed, status and duration_min."
            )
        return attrs


@extend_schema_field({"type": "boolean"})
class TrueOrFalseField(WordField):
    """A boolean of a query, as one of two words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(["true", "false"], **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return bool(super().to_internal_value(data) == "true")


class LocalDatesSerializer(serializers.Serializer[Any]):
    """A span of local dates, `from` and `to` included."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        # `from` is a keyword of Python.
        no_such: Any = {"invalid": "There is no such date."}
        for name, which in (
            ("from", "The first local date, included."),
            ("to", "The last local date, included; not before `from`."),
        ):
            fields[name] = serializers.DateField(
                required=False,
                help_text=which,
                error_messages=no_such,
            )
        return fields


class SessionQuerySerializer(LocalDatesSerializer):
    """Filters of the list; `from` and `to` are local dates, both included."""

    status = WordField(FocusSession.Status.choices, required=False)
    completed = TrueOrFalseField(
        required=False, help_text="`true` or `false`, in lower case."
    )


class SessionSerializer(ShownSerializer, serializers.ModelSerializer[FocusSession]):
    user_id = serializers.UUIDField()
    completed = serializers.BooleanField()

    class Meta:
        model = FocusSession
        fields: tuple[str, ...] = (
            "id",
            "user_id",
            "duration_min",
            "status",
            "completed",
            "focus_min",
            "local_date",
            "created_at",
            "ended_at",
        )
        read_only_fields = fields


class RunningSessionSerializer(SessionSerializer):
    """The session that runs; the context says `now`, one moment for all figures."""

    elapsed_seconds = serializers.SerializerMethodField()
    remaining_seconds = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField(
        help_text="Always false: past its deadline a session is no longer active."
    )

    class Meta(SessionSerializer.Meta):
        fields = (
            *SessionSerializer.Meta.fields,
            "elapsed_seconds",
            "remaining_seconds",
            "overdue",
        )
        read_only_fields = fields

    def get_elapsed_seconds(self, session: FocusSession) -> int:
        return session.focused_seconds(self.context["now"])

    def get_remaining_seconds(self, session: FocusSession) -> int:
        return session.remaining_seconds(self.context["now"])

    def get_overdue(self, session: FocusSession) -> bool:
        return session.is_overdue(self.context["now"])


class ActiveSessionSerializer(serializers.Serializer[Any]):
    has_active = serializers.BooleanField()
    session = RunningSessionSerializer(allow_null=True)


class OwnRunningSessionSerializer(RunningSessionSerializer):
    """With what only its owner is shown."""

    label_id = serializers.UUIDField(allow_null=True)

    class Meta(RunningSessionSerializer.Meta):
        fields = (*RunningSessionSerializer.Meta.fields, "label_id", "note")
        read_only_fields = fields


class BreakSerializer(ShownSerializer):
    kind = serializers.ChoiceField([kind.value for kind in BreakKind])
    started_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    over = serializers.BooleanField(help_text="Whether the next round is waited for.")


class LeftSerializer(ShownSerializer):
    minutes = serializers.IntegerField(help_text="Of the plan that was ended early.")
    until = serializers.DateTimeField()


class CurrentPhaseSerializer(serializers.Serializer[Any]):
    server_time = serializers.DateTimeField()
    phase = serializers.ChoiceField([name.value for name in Name])
    round = serializers.IntegerField(
        help_text="The one that runs, or that a start would begin."
    )
    rounds = serializers.IntegerField(help_text="Up to the long break.")
    session = OwnRunningSessionSerializer(allow_null=True)
    left = LeftSerializer(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        # `break` is a keyword of Python.
        left = fields.pop("left")
        return {**fields, "break": BreakSerializer(allow_null=True), "left": left}


@extend_schema_serializer(many=False)
class SessionListSerializer(serializers.Serializer[Any]):
    sessions = SessionSerializer(many=True)
    total = serializers.IntegerField(help_text="Of all that match the filters.")
    completed_count = serializers.IntegerField(
        help_text="Completed, those of 0 minutes too."
    )
    credited_count = serializers.IntegerField(
        help_text="Completed with a minute at least: what `total_sessions` of "
        "`/stats/me` counts."
    )
    incomplete_count = serializers.IntegerField(help_text="Active and abandoned.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
