"""The shapes of second factors (docs/contract.md, Ways in)."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import StrictSerializer, TypedCharField
from identity.fields import CredentialField, FlowTokenField, require_one_of
from identity.second_factor.recovery import COUNT

LENGTH = 64


@extend_schema_field(
    {
        "type": "string",
        "maxLength": LENGTH,
        # Something of it is left without its blanks and dashes.
        "pattern": r"^[^\u0000]*[0-9A-Za-z][^\u0000]*$",
    }
)
class CodeField(TypedCharField):
    """A code as somebody types it, with blanks and dashes as it is shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LENGTH, **kwargs)


class SecondStepBodySerializer(StrictSerializer):
    flow_token = FlowTokenField()
    code = CodeField(required=False)
    recovery_code = CodeField(required=False)
    credential = CredentialField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        require_one_of(attrs, "code", "recovery_code", "credential")
        return attrs


class FlowSerializer(StrictSerializer):
    flow_token = FlowTokenField()


class CodeSerializer(StrictSerializer):
    code = CodeField()


class OptionsSerializer(serializers.Serializer[Any]):
    flow_token = serializers.CharField()
    public_key = serializers.DictField(
        help_text="For `PublicKeyCredential.parseRequestOptionsFromJSON()`."
    )


class SetupSerializer(ShownSerializer):
    secret = serializers.CharField(help_text="In base32, to be typed into an app.")
    uri = serializers.CharField(help_text="What the QR code says.")


class RecoveryCodesAnswerSerializer(serializers.Serializer[Any]):
    recovery_codes = serializers.ListField(
        child=serializers.CharField(), min_length=COUNT, max_length=COUNT
    )


class StateSerializer(ShownSerializer):
    totp = serializers.BooleanField(help_text="Whether a sign-in asks for a code.")
    confirmed_at = serializers.DateTimeField(allow_null=True)
    recovery_codes_left = serializers.IntegerField()
