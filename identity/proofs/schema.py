"""The operations of proofs, for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from accounts import exceptions as accounts_errors
from focusguard.api.schema import domain_errors
from identity import exceptions as errors
from identity.proofs.serializers import ProofSerializer
from identity.second_factor.schema import OPTIONS_EXAMPLE
from identity.second_factor.serializers import OptionsSerializer

prove = extend_schema(
    operation_id="proveWhoYouAre",
    summary="Prove who you are, before a way in is changed",
    description="Good for ten minutes on this device, as a sign-in is. Without it such "
    "changes are refused with `PROOF_REQUIRED`. Where a second factor is on it is asked "
    "for, and the password is not enough.",
    tags=["auth"],
    request=ProofSerializer,
    examples=[
        OpenApiExample(
            "By password",
            value={"password": "correct horse battery"},
            request_only=True,
        ),
        OpenApiExample("By code", value={"code": "123456"}, request_only=True),
    ],
    responses={
        204: None,
        **domain_errors(
            accounts_errors.WrongPassword,
            accounts_errors.LoginRateLimited,
            accounts_errors.HashingBusy,
            errors.SecondFactorRequired,
            errors.SecondFactorWrong,
            errors.FlowInvalid,
            errors.CredentialRefused,
        ),
    },
)

prove_options = extend_schema(
    operation_id="proofOptions",
    summary="What a passkey has to sign for a proof",
    description="For `POST /auth/proof`, within five minutes. Only your own passkeys are "
    "taken.",
    tags=["auth"],
    request=None,
    examples=[OPTIONS_EXAMPLE],
    responses={200: OptionsSerializer, **domain_errors(errors.CredentialRefused)},
)
