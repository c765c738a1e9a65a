"""Fields that several ways in have."""

import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from focusguard.api.serializers.strict import StrictCharField

# More than any flow's token; what is longer is none either.
TOKEN_LENGTH = 256
CREDENTIAL_BYTES = 16 * 1024


class FlowTokenField(StrictCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=TOKEN_LENGTH, **kwargs)


@extend_schema_field({"type": "object", "additionalProperties": True})
class CredentialField(serializers.Field[Any, Any, Any, Any]):
    """A browser's `PublicKeyCredential.toJSON()`, as one opaque object.

    Browsers add keys of their own to it, which a strict shape would refuse.
    """

    default_error_messages = {
        "invalid": "Send the object of PublicKeyCredential.toJSON().",
        "too_long": f"At most {CREDENTIAL_BYTES} bytes.",
    }

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail("invalid")
        if len(json.dumps(data)) > CREDENTIAL_BYTES:
            self.fail("too_long")
        return data

    def to_representation(self, value: Any) -> Any:
        return value


def require_one_of(attrs: dict[str, Any], *names: str) -> None:
    """Refuse a body with none of these fields, or several."""
    sent = [name for name in names if name in attrs]
    if len(sent) != 1:
        told = f"Send one of {', '.join(names)}."
        raise serializers.ValidationError(
            {name: [told] for name in sent or names[:1]}, code="invalid"
        )
