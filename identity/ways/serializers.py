"""The shape of what is offered (docs/contract.md, Ways in)."""

from typing import Any

from rest_framework import serializers


class ProviderSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="For `POST /auth/oauth/{provider}/start`.")
    name = serializers.CharField()


class WaysSerializer(serializers.Serializer[Any]):
    mail = serializers.BooleanField(
        help_text="Whether mail is sent: a forgotten password can be reset."
    )
    verification_required = serializers.BooleanField(
        help_text="Whether an address has to be verified before its user is listed."
    )
    providers = ProviderSerializer(many=True)
    second_factor = serializers.BooleanField(
        help_text="Whether a second factor can be set up."
    )
    passkeys = serializers.BooleanField(
        help_text="Whether passkeys can be added, and open something."
    )
