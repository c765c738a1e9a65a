"""The operations of second factors, for the OpenAPI document."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from accounts import exceptions as accounts_errors
from accounts.schema import COOKIE_SET, TOKEN_EXAMPLE
from accounts.serializers import TokenAnswerSerializer
from focusguard.api.schema import domain_errors
from identity import exceptions as errors
from identity.second_factor.serializers import (
    CodeSerializer,
    FlowSerializer,
    OptionsSerializer,
    RecoveryCodesAnswerSerializer,
    SecondStepBodySerializer,
    SetupSerializer,
    StateSerializer,
)

FLOW_TOKEN = "AZSdLnoQfD-NUj8eKktcbZ3o8oKjvN1yQ4iF2s7mX0a9bT6wR5cE1uK8pL3dVhZy"  # noqa: S105  (an example)
CODES = [f"0123-4567-89ab-{n:04}" for n in range(10)]

OPTIONS_EXAMPLE = OpenApiExample(
    "A challenge",
    value={
        "flow_token": FLOW_TOKEN,
        "public_key": {
            "challenge": "kR1cM6Zq0vJx3h8Qw5nB2A",
            "rpId": "app.focusguard.example",
            "allowCredentials": [],
            "userVerification": "required",
            "timeout": 300000,
        },
    },
    response_only=True,
)
CODES_EXAMPLE = OpenApiExample(
    "Ten codes", value={"recovery_codes": CODES}, response_only=True
)
CODE_EXAMPLE = OpenApiExample("A code", value={"code": "123456"}, request_only=True)
FLOW_EXAMPLE = OpenApiExample(
    "A flow", value={"flow_token": FLOW_TOKEN}, request_only=True
)

second_step = extend_schema(
    operation_id="secondFactor",
    summary="Go on with a sign-in by the second factor",
    description="With the `flow_token` of the first step's 202, for five minutes, five "
    "tries at most, once. A code is taken once, and none of before it.",
    tags=["auth"],
    parameters=[COOKIE_SET],
    auth=[],
    request=SecondStepBodySerializer,
    examples=[
        OpenApiExample(
            "A code of the app",
            value={"flow_token": FLOW_TOKEN, "code": "123456"},
            request_only=True,
        ),
        OpenApiExample(
            "A recovery code",
            value={"flow_token": FLOW_TOKEN, "recovery_code": CODES[0]},
            request_only=True,
        ),
        TOKEN_EXAMPLE,
    ],
    responses={
        200: TokenAnswerSerializer,
        **domain_errors(
            errors.SecondFactorWrong,
            errors.FlowInvalid,
            errors.CredentialRefused,
            accounts_errors.LoginRateLimited,
        ),
    },
)

second_step_options = extend_schema(
    operation_id="secondFactorOptions",
    summary="What a passkey has to sign as the second factor",
    description="With the `flow_token` of the first step, where its `methods` name "
    "`passkey`; for `POST /auth/second-factor`.",
    tags=["auth"],
    auth=[],
    request=FlowSerializer,
    examples=[FLOW_EXAMPLE, OPTIONS_EXAMPLE],
    responses={
        200: OptionsSerializer,
        **domain_errors(errors.FlowInvalid, errors.CredentialRefused),
    },
)

state = extend_schema(
    operation_id="getSecondFactor",
    summary="Your second factor",
    description="Whether a sign-in asks for a code, since when, and how many recovery "
    "codes are left.",
    tags=["auth"],
    examples=[
        OpenApiExample(
            "On",
            value={
                "totp": True,
                "confirmed_at": "2026-01-18T14:22:00Z",
                "recovery_codes_left": 9,
            },
            response_only=True,
        )
    ],
    responses={200: StateSerializer},
)

begin_totp = extend_schema(
    operation_id="beginTotp",
    summary="Begin to set up an authenticator app",
    description="The secret is told here alone. It is asked for once a code of it was "
    "confirmed; one that was not ends with the next.",
    tags=["auth"],
    request=None,
    examples=[
        OpenApiExample(
            "A secret",
            value={
                "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                "uri": "otpauth://totp/FocusGuard:alice_focus"
                "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=FocusGuard",
            },
            response_only=True,
        )
    ],
    responses={
        201: SetupSerializer,
        **domain_errors(errors.ProofRequired, errors.SecondFactorOff, errors.TotpOn),
    },
)

confirm_totp = extend_schema(
    operation_id="confirmTotp",
    summary="Confirm an authenticator app by its first code",
    description="From now on a sign-in asks for a code. The recovery codes are told "
    "here alone.",
    tags=["auth"],
    request=CodeSerializer,
    examples=[CODE_EXAMPLE, CODES_EXAMPLE],
    responses={
        200: RecoveryCodesAnswerSerializer,
        **domain_errors(
            errors.ProofRequired,
            errors.SecondFactorWrong,
            errors.TotpOff,
            errors.TotpOn,
            accounts_errors.LoginRateLimited,
        ),
    },
)

remove_totp = extend_schema(
    operation_id="removeTotp",
    summary="Remove your authenticator app",
    description="A sign-in asks for no code any more, and the recovery codes end. Again "
    "is fine.",
    tags=["auth"],
    responses={204: None, **domain_errors(errors.ProofRequired)},
)

make_recovery_codes = extend_schema(
    operation_id="makeRecoveryCodes",
    summary="Make new recovery codes",
    description="Ten, told here alone; the old ones end.",
    tags=["auth"],
    request=None,
    examples=[CODES_EXAMPLE],
    responses={
        201: RecoveryCodesAnswerSerializer,
        **domain_errors(errors.ProofRequired, errors.TotpOff),
    },
)
