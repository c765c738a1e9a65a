"""The operation of a first password, for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from accounts import exceptions as accounts_errors
from focusguard.api.schema import domain_errors
from identity import exceptions as errors
from identity.first_password.serializers import FirstPasswordSerializer

set_first_password = extend_schema(
    operation_id="setFirstPassword",
    summary="Set a password where you have none",
    description="For who signed up by a provider, after a fresh proof. Every other device "
    "is signed out. Who has a password changes it by `PATCH /users/me/password`.",
    tags=["auth"],
    request=FirstPasswordSerializer,
    examples=[
        OpenApiExample(
            "A first password",
            value={"new_password": "staple battery horse"},
            request_only=True,
        )
    ],
    responses={
        204: None,
        **domain_errors(
            errors.PasswordSet, errors.ProofRequired, accounts_errors.HashingBusy
        ),
    },
)
