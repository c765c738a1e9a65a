"""The shapes of signing in by a provider (docs/contract.md, Providers)."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import TimezoneField, UsernameField
from focusguard.api.serializers.shown import ShownSerializer
from focusguard.api.serializers.strict import StrictChoiceField, StrictSerializer
from identity.models import LinkedIdentity
from identity.providers.configured import name_of, provider_of

INTENTS = ("sign_in", "link")
STEPS = ("sign_up", "link", "second_factor")


class StartSerializer(StrictSerializer):
    intent = StrictChoiceField(INTENTS)


class StartedSerializer(serializers.Serializer[Any]):
    authorization_url = serializers.URLField(help_text="Send the browser there.")


class FinishSerializer(StrictSerializer):
    username = UsernameField(required=False, help_text="Of a newcomer.")
    timezone = TimezoneField(required=False)

    def require_username(self) -> dict[str, Any]:
        """Return what a newcomer said, of whom a name is needed. ValidationError."""
        told: dict[str, Any] = self.validated_data
        if "username" not in told:
            required = serializers.Field.default_error_messages["required"]
            raise serializers.ValidationError({"username": [required]})
        return told


class WaitingSerializer(serializers.Serializer[Any]):
    step = serializers.ChoiceField(STEPS)
    provider = serializers.CharField()
    name = serializers.CharField(help_text="Of the provider.")
    email = serializers.CharField(help_text="Empty where the provider has told none.")
    username = serializers.CharField(
        help_text="A free one, made of what the provider calls them; else empty."
    )


class LinkedIdentitySerializer(
    ShownSerializer, serializers.ModelSerializer[LinkedIdentity]
):
    provider = serializers.SerializerMethodField(
        help_text="Its id in `/auth/ways`; null where it is offered no more."
    )
    name = serializers.SerializerMethodField(help_text="Of the provider.")

    class Meta:
        model = LinkedIdentity
        fields = ("id", "provider", "name", "email", "created_at", "last_used_at")
        read_only_fields = fields

    def get_provider(self, identity: LinkedIdentity) -> str | None:
        provider = provider_of(identity.issuer)
        return provider.id if provider else None

    def get_name(self, identity: LinkedIdentity) -> str:
        return name_of(identity)


@extend_schema_serializer(many=False)
class LinkedIdentityListSerializer(serializers.Serializer[Any]):
    has_password = serializers.BooleanField(
        help_text="Whether there is one beside them."
    )
    identities = LinkedIdentitySerializer(many=True)
