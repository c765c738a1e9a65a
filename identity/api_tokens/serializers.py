"""The shapes of API tokens, in and out (docs/contract.md, API tokens)."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from focusguard.api.scopes import Scope
from focusguard.api.serializers.names import NameField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictChoiceField,
    StrictIntegerField,
    StrictSerializer,
)
from identity.models import ApiToken
from identity.models.api_token import NAME_LENGTH

LONGEST_DAYS = 366
SCOPES_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "enum": Scope.values},
    "minItems": 1,
    "uniqueItems": True,
}


@extend_schema_field(SCOPES_SCHEMA)
class ScopesField(serializers.ListField):
    """Names of scopes, one at least, each once."""

    default_error_messages: ClassVar = {"repeated": "Name each scope once."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            child=StrictChoiceField(Scope.choices),
            min_length=1,
            max_length=len(Scope),
            **kwargs,
        )

    def to_internal_value(self, data: Any) -> Any:
        names = super().to_internal_value(data)
        if len(set(names)) < len(names):
            self.fail("repeated")
        return names


@extend_schema_field(SCOPES_SCHEMA)
class ShownScopesField(serializers.ListField):
    """The scopes that a token has."""


class ApiTokenCreateSerializer(StrictSerializer):
    name = NameField(max_length=NAME_LENGTH, help_text="What the program is.")
    scopes = ScopesField(help_text="What it may ask; nothing else opens to it.")
    expires_in_days = StrictIntegerField(min_value=1, max_value=LONGEST_DAYS)


class ApiTokenSerializer(ShownSerializer, serializers.ModelSerializer[ApiToken]):
    scopes = ShownScopesField()
    expired = serializers.BooleanField(help_text="It opens nothing any more.")

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            *("id", "name", "prefix", "scopes", "created_at", "expires_at"),
            *("expired", "last_used_on"),
        )
        read_only_fields = fields


class MadeTokenSerializer(ApiTokenSerializer):
    """The answer to the making of a token, the only one that has its text."""

    token = serializers.CharField(help_text="Shown this once.")

    class Meta(ApiTokenSerializer.Meta):
        fields = (*ApiTokenSerializer.Meta.fields, "token")
        read_only_fields = fields


@extend_schema_serializer(many=False)
class ApiTokenListSerializer(serializers.Serializer[Any]):
    api_tokens = ApiTokenSerializer(many=True)
