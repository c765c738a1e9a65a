"""The shapes of imports, in and out (docs/contract.md, Imports)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import TimezoneField
from focusguard.api.serializers.choices import WordField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import StrictBooleanField, StrictSerializer
from importing.models import Import
from importing.reading.columns import NAMES
from importing.reading.reasons import FILE_FAULTS, LINE_FAULTS
from sessions_app.serializers import TrueOrFalseField

DAY_FIRST = "Whether 03/04/2026 is in April."


class ImportQuerySerializer(serializers.Serializer[Any]):
    source = WordField(  # type: ignore[assignment]  # a field, where DRF keeps its source
        NAMES, required=False, help_text="Who wrote the file, else its header tells."
    )
    zone = TimezoneField(required=False)
    day_first = TrueOrFalseField(required=False, help_text=DAY_FIRST)


class ImportApplySerializer(StrictSerializer):
    day_first = StrictBooleanField(
        required=False,
        help_text=f"{DAY_FIRST} Needed where the report says `ambiguous_dates`.",
    )


class ImportStateSerializer(ShownSerializer, serializers.ModelSerializer[Import]):
    """Where an import is."""

    class Meta:
        model = Import
        fields: tuple[str, ...] = ("id", "status")
        read_only_fields = fields


@extend_schema_field(serializers.ChoiceField(NAMES, allow_null=True))
class SourceField(serializers.SerializerMethodField):
    """The program that wrote a file, once that is known."""


class ImportBriefSerializer(ImportStateSerializer):
    source = SourceField()  # type: ignore[assignment]  # as above

    class Meta(ImportStateSerializer.Meta):
        fields: tuple[str, ...] = (
            *("id", "status", "source", "zone", "day_first"),
            *("created_at", "applied_at", "undone_at"),
        )
        read_only_fields = fields

    def get_source(self, shown: Import) -> str | None:
        return shown.source or None


class ImportLineSerializer(ShownSerializer):
    line = serializers.IntegerField(help_text="In the file, from 1 on.")
    reason = serializers.ChoiceField(LINE_FAULTS)


@extend_schema_field(ImportLineSerializer(many=True, help_text="The first 100."))
class RejectedField(serializers.SerializerMethodField):
    """The lines that are not taken, and why."""


class ImportOutcomeSerializer(ShownSerializer):
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField(help_text="Imported before.")
    rejected_count = serializers.IntegerField()
    rejected = ImportLineSerializer(many=True, help_text="The first 100.")


class ImportFiguresSerializer(ShownSerializer):
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField(help_text="Imported before.")
    rejected_count = serializers.IntegerField()
    first_date = serializers.DateField(allow_null=True)
    last_date = serializers.DateField(allow_null=True)
    minutes = serializers.IntegerField(help_text="Of the rows that are accepted.")
    rejected = RejectedField()

    def get_rejected(self, figures: dict[str, Any]) -> list[dict[str, Any]]:
        # A report from before the lines of each order were told has none in its readings.
        found: list[dict[str, Any]] = figures.get("rejected", [])
        return found


class ImportReadingsSerializer(ShownSerializer):
    day_first = ImportFiguresSerializer()
    month_first = ImportFiguresSerializer()


class ImportReportSerializer(ImportFiguresSerializer):
    fault = serializers.ChoiceField(
        FILE_FAULTS,
        allow_null=True,
        help_text="Why nothing of the file can be taken.",
    )
    rows = serializers.IntegerField()
    skipped = serializers.IntegerField(help_text="Trees that were given up.")
    labels = serializers.ListField(
        child=serializers.CharField(), help_text="Those missing are made."
    )
    shortened = serializers.IntegerField(
        help_text="Rows whose label or note is cut to fit."
    )
    ignored_columns = serializers.ListField(child=serializers.CharField())
    ambiguous_dates = serializers.BooleanField(
        help_text="Nothing tells whether 03/04/2026 is in April: say `day_first`."
    )
    readings = ImportReadingsSerializer(
        allow_null=True, help_text="Both ways, where dates are ambiguous."
    )


class ImportSerializer(ImportBriefSerializer):
    report = ImportReportSerializer(allow_null=True, help_text="Null until it is read.")
    outcome = ImportOutcomeSerializer(
        allow_null=True, help_text="What came of the rows that were applied so far."
    )

    class Meta(ImportBriefSerializer.Meta):
        fields = (*ImportBriefSerializer.Meta.fields, "report", "outcome")
        read_only_fields = fields


@extend_schema_serializer(many=False)
class ImportListSerializer(serializers.Serializer[Any]):
    imports = ImportBriefSerializer(many=True)
    total = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
