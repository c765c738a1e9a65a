"""Points in time of a body, in the one form that means one thing."""

import re
from datetime import UTC, datetime
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

# RFC 3339, section 5.6; clocks that count finer than we keep are cut.
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:(\.[0-9]{1,6})[0-9]*)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE | re.ASCII,
)


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(serializers.Field[datetime, Any, str, Any]):
    """A JSON string that is a point in time, with its offset: 2026-01-18T15:00:00Z.

    Without an offset it would be another moment for each who reads it.
    """

    default_error_messages = {
        "invalid": "Write a time as 2026-01-18T15:00:00Z, with Z or an offset.",
    }

    def to_internal_value(self, data: Any) -> datetime:
        found = MOMENT.fullmatch(data) if isinstance(data, str) else None
        if found is None:
            self.fail("invalid")
        seconds, fraction, offset = found.groups("")
        try:
            moment = datetime.fromisoformat(f"{seconds}{fraction}{offset}".upper())
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return value.isoformat().replace("+00:00", "Z")
