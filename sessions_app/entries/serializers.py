"""The shapes of entries, in and out (docs/contract.md, Entries)."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from focusguard.api.errors.body import FieldErrors
from focusguard.api.errors.handler import flatten
from focusguard.api.exceptions import FieldsRefused
from focusguard.api.schema.documented_errors import every_refusal
from focusguard.api.serializers.instants import MomentField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictChoiceField,
    StrictDateField,
    StrictIntegerField,
    StrictSerializer,
    StrictUUIDField,
)
from sessions_app.entries.tellings import Telling
from sessions_app.labels.serializers import LabelIdField, NoteField
from sessions_app.models import Entry
from sessions_app.models.entry import MAX_MINUTES

MAX_ITEMS = 100
ONE_TIME = "Send one of at and local_date."
# What a client may say of where an entry comes from; a file is imported elsewhere.
SOURCES = [Entry.Source.MANUAL.value, Entry.Source.OFFLINE.value]


class MinutesField(StrictIntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_MINUTES, **kwargs)


class EntryCreateSerializer(StrictSerializer):
    at = MomentField(required=False, help_text="The start, with its offset.")
    local_date = StrictDateField(
        required=False, help_text="In the place of `at`: a day without times."
    )
    minutes = MinutesField()
    label_id = LabelIdField()
    note = NoteField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs.keys() & {"at", "local_date"}) != 1:
            raise serializers.ValidationError(ONE_TIME)
        return attrs


class EntryItemSerializer(EntryCreateSerializer):
    client_id = StrictUUIDField(
        help_text="What the client calls it; sent again, it is told once."
    )
    source = StrictChoiceField(  # type: ignore[assignment]  # where DRF keeps a field's source
        SOURCES, required=False, help_text="`manual` if left out."
    )


class EntryUpdateSerializer(StrictSerializer):
    """Any of the fields; `at` makes it an entry with times, `local_date` one without."""

    bounds: ClassVar = {"minProperties": 1}

    at = MomentField(required=False)
    local_date = StrictDateField(required=False)
    minutes = MinutesField(required=False)
    label_id = LabelIdField(allow_null=True)
    note = NoteField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs:
            raise serializers.ValidationError("Send what is to change.")
        if attrs.keys() >= {"at", "local_date"}:
            raise serializers.ValidationError(ONE_TIME)
        return attrs


class ItemsField(serializers.ListField):
    """A list of items that are judged one by one, later: a bad one spoils no other."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=1, max_length=MAX_ITEMS, **kwargs)

    def run_child_validation(self, data: Any) -> Any:
        return data


class EntryBatchSerializer(StrictSerializer):
    items = ItemsField(child=EntryItemSerializer())


class EntrySerializer(ShownSerializer, serializers.ModelSerializer[Entry]):
    label_id = serializers.UUIDField(allow_null=True)

    class Meta:
        model = Entry
        fields = (
            "id",
            "at",
            "ended_at",
            "local_date",
            "minutes",
            "label_id",
            "note",
            "source",
            "client_id",
            "created_at",
        )
        read_only_fields = fields


class EntryVerdictSerializer(serializers.Serializer[Any]):
    """The outcome of an item; which fields there are, the verdict says."""

    client_id = serializers.UUIDField(
        allow_null=True, help_text="Null where the item has none that can be read."
    )
    verdict = serializers.ChoiceField(["accepted", "duplicate", "rejected"])
    id = serializers.UUIDField(
        required=False, help_text="Of the entry, unless the item was rejected."
    )
    message = serializers.CharField(required=False)
    # The contract's name hides Serializer.errors; this one only describes.
    errors = serializers.DictField(  # type: ignore[assignment]  # a field, where DRF keeps errors
        child=serializers.ListField(child=serializers.CharField()), required=False
    )

    def get_fields(self) -> dict[str, Any]:
        # The codes are all known only when every app has been loaded.
        fields = super().get_fields()
        codes = sorted({refusal.code for refusal in every_refusal()})
        fields["error_code"] = serializers.ChoiceField(
            codes, required=False, help_text="As of an error: why it was rejected."
        )
        return fields


class EntryVerdictsSerializer(serializers.Serializer[Any]):
    results = EntryVerdictSerializer(many=True)


def read_items(items: Iterable[Any]) -> list[Telling | FieldsRefused]:
    """Read the items of a batch: what each tells, or what is wrong with its fields."""
    # One for all: DRF copies the fields for each serializer that is made.
    shape = EntryItemSerializer()
    return [_read_item(shape, item) for item in items]


def _read_item(shape: EntryItemSerializer, item: Any) -> Telling | FieldsRefused:
    try:
        return Telling(**shape.run_validation(item))
    except serializers.ValidationError as error:
        return FieldsRefused(errors=_readable(dict(flatten(error.detail))))


def client_id_of(item: Any) -> Any:
    """Return what the client calls an item, where that can be read."""
    try:
        given = item.get("client_id") if isinstance(item, Mapping) else None
        return StrictUUIDField().run_validation(given)
    except serializers.ValidationError:
        return None


def _readable(errors: FieldErrors) -> FieldErrors:
    """Return errors in texts that an answer can carry, whatever an item had in them."""
    return {
        _plain(name): [_plain(message) for message in messages]
        for name, messages in errors.items()
    }


def _plain(text: str) -> str:
    # Half an emoji is no text that JSON may be made of.
    return text[:200].encode("utf-8", "replace").decode()
