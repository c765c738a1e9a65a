"""The operations of what accounts do by mail, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from accounts import exceptions as errors
from accounts.by_mail.serializers import (
    AddressProofSerializer,
    ForgottenPasswordSerializer,
    PasswordResetSerializer,
    ProvenAddressSerializer,
)
from focusguard.api.schema import domain_errors

TOKEN = "AZSdLnoQfD-NUj8eKktcbZ3o8oKjvN1yQ4iF2s7mX0a9bT6wR5cE1uK8pL3dVhZy"  # noqa: S105  (an example)

ASKED_EXAMPLE = OpenApiExample("Asked", value={}, response_only=True)
# Nothing is said, so that nothing is told.
ASKED: dict[int, Any] = {
    202: OpenApiResponse(
        {"type": "object", "additionalProperties": False}, examples=[ASKED_EXAMPLE]
    )
}

send_verification = extend_schema(
    operation_id="sendVerification",
    summary="Have the verification of your address mailed again",
    description="To the pending address, where there is one. The link of the mail "
    "before ends. Five an hour.",
    tags=["auth"],
    request=None,
    responses=ASKED
    | domain_errors(
        errors.EmailAlreadyVerified,
        errors.EmailTaken,
        errors.MailOff,
        errors.MailRateLimited,
    ),
)

confirm_email = extend_schema(
    operation_id="confirmEmail",
    summary="Verify an address by the link that was mailed there",
    description="Also the change to a new address. A link that is unknown, used, older "
    "than a day, overtaken or for something else gets one answer.",
    tags=["auth"],
    auth=[],
    request=AddressProofSerializer,
    examples=[
        OpenApiExample("A link", value={"token": TOKEN}, request_only=True),
        OpenApiExample(
            "Verified",
            value={"email": "alice@focusguard.com", "email_verified": True},
            response_only=True,
        ),
    ],
    responses={
        200: ProvenAddressSerializer,
        **domain_errors(errors.LinkInvalid, errors.EmailTaken),
    },
)

withdraw_email_change = extend_schema(
    operation_id="withdrawEmailChange",
    summary="Keep your address",
    description="The pending one is forgotten, and the link that was mailed there "
    "ends. Again is fine.",
    tags=["users"],
    responses={204: None},
)

forgot_password = extend_schema(
    operation_id="forgotPassword",
    summary="Have a link mailed that sets a new password",
    description="One answer, whether somebody has the address or not; the mail goes to "
    "the address that is stored. Three an hour for an address, ten for a client.",
    tags=["auth"],
    auth=[],
    request=ForgottenPasswordSerializer,
    examples=[
        OpenApiExample(
            "Alice", value={"email": "alice@focusguard.com"}, request_only=True
        )
    ],
    responses=ASKED | domain_errors(errors.MailOff, errors.MailRateLimited),
)

reset_password = extend_schema(
    operation_id="resetPassword",
    summary="Set a new password by the link that was mailed",
    description="Once, within an hour. Every device is signed out, and this signs "
    "nobody in. It verifies the address.",
    tags=["auth"],
    auth=[],
    request=PasswordResetSerializer,
    examples=[
        OpenApiExample(
            "A new password",
            value={"token": TOKEN, "new_password": "staple battery horse"},
            request_only=True,
        )
    ],
    responses={204: None, **domain_errors(errors.LinkInvalid, errors.HashingBusy)},
)
