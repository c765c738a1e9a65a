"""The shapes of proofs (docs/contract.md, Ways in)."""

from typing import Any

from rest_framework import serializers

from accounts.passwords.validation import MAX_LENGTH
from focusguard.api.serializers.strict import StrictCharField, StrictSerializer
from identity.fields import CredentialField, FlowTokenField, require_one_of
from identity.second_factor.serializers import CodeField

NO_FLOW = "A passkey signs what POST /auth/proof/options gave: send both."


class ProofSerializer(StrictSerializer):
    password = StrictCharField(required=False, max_length=MAX_LENGTH)
    code = CodeField(required=False)
    recovery_code = CodeField(required=False)
    flow_token = FlowTokenField(required=False)
    credential = CredentialField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        require_one_of(attrs, "password", "code", "recovery_code", "credential")
        if ("credential" in attrs) != ("flow_token" in attrs):
            raise serializers.ValidationError({"flow_token": [NO_FLOW]})
        return attrs
