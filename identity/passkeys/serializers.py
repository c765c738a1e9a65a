"""The shapes of passkeys, in and out (docs/contract.md, Passkeys)."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from focusguard.api.serializers.names import NameField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import (
    StrictSerializer,
)
from identity.fields import CredentialField, FlowTokenField
from identity.models import Passkey
from identity.models.passkey import NAME_LENGTH


class PasskeyNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NAME_LENGTH, **kwargs)


class PasskeyAddSerializer(StrictSerializer):
    flow_token = FlowTokenField()
    credential = CredentialField()
    name = PasskeyNameField()


class PasskeySignInSerializer(StrictSerializer):
    flow_token = FlowTokenField()
    credential = CredentialField()


class PasskeyUpdateSerializer(StrictSerializer):
    name = PasskeyNameField()


class PasskeySerializer(ShownSerializer, serializers.ModelSerializer[Passkey]):
    class Meta:
        model = Passkey
        fields = ("id", "name", "backed_up", "created_at", "last_used_at")
        read_only_fields = fields


@extend_schema_serializer(many=False)
class PasskeyListSerializer(serializers.Serializer[Any]):
    passkeys = PasskeySerializer(many=True)


class CeremonySerializer(serializers.Serializer[Any]):
    """The question to a browser, and the flow that its answer belongs to."""

    flow_token = serializers.CharField()
    public_key = serializers.DictField(
        help_text="For `PublicKeyCredential.parseCreationOptionsFromJSON` or "
        "`parseRequestOptionsFromJSON`."
    )
