"""The shapes of the history, in and out (docs/contract.md, History)."""

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.choices import WordField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import StrictSerializer
from sessions_app.labels.serializers import LabelIdField, NoteField
from sessions_app.models import Entry, FocusSession
from sessions_app.records.record import KINDS, SERVER
from sessions_app.serializers import LocalDatesSerializer

NONE = "none"


@extend_schema_field(
    {"type": "string", "anyOf": [{"format": "uuid"}, {"enum": [NONE]}]}
)
class LabelFilterField(serializers.Field[Any, Any, Any, Any]):
    """The id of a label, or the word for what has none."""

    default_error_messages: ClassVar = {"invalid": "Write the id of a label, or none."}

    def to_internal_value(self, data: Any) -> uuid.UUID | str:
        if data == NONE:
            return NONE
        try:
            wanted = uuid.UUID(data)
        except ValueError:
            self.fail("invalid")
        if str(wanted) != data.lower():  # without its dashes, or as a URN
            self.fail("invalid")
        return wanted


class HistoryQuerySerializer(LocalDatesSerializer):
    """Filters of the history; `from` and `to` are local dates, both included."""

    kind = WordField(KINDS, required=False)
    status = WordField(
        FocusSession.Status.choices, required=False, help_text="Entries are completed."
    )
    # The contract's name, which DRF has for what a form calls a field.
    label = LabelFilterField(  # type: ignore[assignment]  # a field, where DRF keeps a text
        required=False, help_text="The id of a label, or `none`."
    )


class RecordUpdateSerializer(StrictSerializer):
    """At least one change."""

    bounds: ClassVar = {"minProperties": 1}

    label_id = LabelIdField(allow_null=True)
    note = NoteField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send label_id or note.")
        return attrs


# Record is a type of TypeScript itself, which generated clients use.
@extend_schema_serializer(component_name="HistoryRecord")
class RecordSerializer(ShownSerializer):
    kind = serializers.ChoiceField(KINDS)
    id = serializers.UUIDField()
    status = serializers.ChoiceField(
        FocusSession.Status.choices, help_text="An entry is completed."
    )
    label_id = serializers.UUIDField(allow_null=True)
    note = serializers.CharField()
    at = serializers.DateTimeField(
        help_text="The start; of a day without times, its noon there."
    )
    ended_at = serializers.DateTimeField(
        allow_null=True, help_text="Null while it runs, and of a day without times."
    )
    planned_min = serializers.IntegerField(
        allow_null=True, help_text="Null: open, or an entry."
    )
    minutes = serializers.IntegerField(help_text="Credited of a session, else told.")
    local_date = serializers.DateField()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # as above
        [SERVER, *Entry.Source.values]
    )
    verified = serializers.BooleanField(
        help_text="True of sessions: the server's clock saw it."
    )


@extend_schema_serializer(many=False)
class HistorySerializer(serializers.Serializer[Any]):
    records = RecordSerializer(many=True)
    total = serializers.IntegerField(help_text="Of all that match the filters.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
