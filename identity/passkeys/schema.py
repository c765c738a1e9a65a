"""The operations of passkeys for the OpenAPI document, with examples."""

import uuid

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from accounts.schema import COOKIE_SET, TOKEN_EXAMPLE
from accounts.serializers import TokenAnswerSerializer
from focusguard.api.schema import domain_errors
from identity import exceptions as shared
from identity.passkeys import exceptions as errors
from identity.passkeys.serializers import (
    CeremonySerializer,
    PasskeyAddSerializer,
    PasskeyListSerializer,
    PasskeySerializer,
    PasskeySignInSerializer,
    PasskeyUpdateSerializer,
)

PASSKEY = {
    "id": "01949d2e-6c10-7b3f-8d52-3f1e2a4b5c6d",
    "name": "Alice's phone",
    "backed_up": True,
    "created_at": "2026-01-18T14:22:00Z",
    "last_used_at": None,
}
FLOW_TOKEN = "kCm0eWqPQ0uXy1v5o2b7Ng3rT8sZ4aLdHfJ6pRwVxYtUqBnMcKiE9gOjSlAhDzFo"  # noqa: S105  (an example)
CHALLENGE = "Y2hhbGxlbmdlLW9mLTMyLWJ5dGVzLXdoaWNoLXlvdS1zaWdu"
HOST = "app.focusguard.example"
CREDENTIAL = {
    "id": "A1QlVMDlpaj5bSBtq9Sqmzh2M0EtbM8EmCim7Yj5iCU",
    "rawId": "A1QlVMDlpaj5bSBtq9Sqmzh2M0EtbM8EmCim7Yj5iCU",
    "type": "public-key",
    "authenticatorAttachment": "platform",
    "clientExtensionResults": {},
}
MADE = CREDENTIAL | {
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg",
        "transports": ["hybrid", "internal"],
    }
}
SIGNED = CREDENTIAL | {
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MdAAAAAg",
        "signature": "MEUCIQDM8r4wOhKHs8fgmZz3ZAZejiOUUO0zeeqIyRrnqIok",
        "userHandle": "oREREREREREREREREREREQ",
    }
}

PASSKEY_EXAMPLE = OpenApiExample("A phone", value=PASSKEY, response_only=True)
PASSKEYS_EXAMPLE = OpenApiExample(
    "One", value={"passkeys": [PASSKEY]}, response_only=True
)
ADD_EXAMPLE = OpenApiExample(
    "A phone",
    value={
        "flow_token": FLOW_TOKEN,
        "credential": MADE,
        "name": "Alice's phone",
    },
    request_only=True,
)
SIGN_IN_EXAMPLE = OpenApiExample(
    "Signed",
    value={"flow_token": FLOW_TOKEN, "credential": SIGNED},
    request_only=True,
)
RENAME_EXAMPLE = OpenApiExample(
    "Rename", value={"name": "My old phone"}, request_only=True
)
CREATION_EXAMPLE = OpenApiExample(
    "To be made",
    value={
        "flow_token": FLOW_TOKEN,
        "public_key": {
            "rp": {"id": HOST, "name": "FocusGuard"},
            "user": {
                "id": "oREREREREREREREREREREQ",
                "name": "alice_focus",
                "displayName": "alice_focus",
            },
            "challenge": CHALLENGE,
            "pubKeyCredParams": [
                {"type": "public-key", "alg": alg} for alg in (-8, -7, -257)
            ],
            "timeout": 300000,
            "excludeCredentials": [],
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": True,
                "userVerification": "required",
            },
            "attestation": "none",
        },
    },
    response_only=True,
)
REQUEST_EXAMPLE = OpenApiExample(
    "To be signed",
    value={
        "flow_token": FLOW_TOKEN,
        "public_key": {
            "challenge": CHALLENGE,
            "timeout": 300000,
            "rpId": HOST,
            "allowCredentials": [],
            "userVerification": "required",
        },
    },
    response_only=True,
)

PASSKEY_ID = OpenApiParameter("passkey_id", uuid.UUID, OpenApiParameter.PATH)

begin_passkey_sign_in = extend_schema(
    operation_id="beginPasskeySignIn",
    summary="Begin to sign in by a passkey",
    description="Nobody is named: give `public_key` to the browser, which offers the "
    "passkeys that it has for this host, and send its answer on within five minutes. "
    "20 a minute for a client.",
    tags=["auth"],
    auth=[],
    request=None,
    examples=[REQUEST_EXAMPLE],
    responses={
        200: CeremonySerializer,
        **domain_errors(errors.PasskeysOff, shared.FlowsLimited),
    },
)

sign_in_by_passkey = extend_schema(
    operation_id="signInByPasskey",
    summary="Sign in by a passkey",
    description="A passkey is both factors: no code is asked for. One answer for one "
    "that is unknown, removed, wrong or of an inactive account.",
    tags=["auth"],
    auth=[],
    parameters=[COOKIE_SET],
    request=PasskeySignInSerializer,
    examples=[SIGN_IN_EXAMPLE, TOKEN_EXAMPLE],
    responses={
        200: TokenAnswerSerializer,
        **domain_errors(
            errors.PasskeysOff, shared.FlowInvalid, shared.CredentialRefused
        ),
    },
)

begin_adding_passkey = extend_schema(
    operation_id="beginAddingPasskey",
    summary="Begin to add a passkey",
    description="After a fresh proof of who you are. Give `public_key` to the browser "
    "and send its answer on within five minutes.",
    tags=["auth"],
    request=None,
    examples=[CREATION_EXAMPLE],
    responses={
        200: CeremonySerializer,
        **domain_errors(
            errors.PasskeysOff, errors.TooManyPasskeys, shared.ProofRequired
        ),
    },
)

add_passkey = extend_schema(
    operation_id="addPasskey",
    summary="Add the passkey that your browser made",
    description="Ten at most. You hear of it by mail, where mail is sent.",
    tags=["auth"],
    request=PasskeyAddSerializer,
    examples=[ADD_EXAMPLE, PASSKEY_EXAMPLE],
    responses={
        201: PasskeySerializer,
        **domain_errors(
            errors.PasskeysOff,
            errors.PasskeyKnown,
            errors.TooManyPasskeys,
            errors.PasskeyNotMade,
            shared.FlowInvalid,
        ),
    },
)

list_passkeys = extend_schema(
    operation_id="listPasskeys",
    summary="Your passkeys, oldest first",
    description="All of them. `backed_up`: whether it is on all devices of its password "
    "manager, or on one alone.",
    tags=["auth"],
    examples=[PASSKEYS_EXAMPLE],
    responses=PasskeyListSerializer,
)

rename_passkey = extend_schema(
    operation_id="renamePasskey",
    summary="Give a passkey another name",
    description="By which you tell it from your others; its device keeps its own.",
    tags=["auth"],
    parameters=[PASSKEY_ID],
    request=PasskeyUpdateSerializer,
    examples=[RENAME_EXAMPLE, PASSKEY_EXAMPLE],
    responses={200: PasskeySerializer, **domain_errors(errors.PasskeyNotFound)},
)

remove_passkey = extend_schema(
    operation_id="removePasskey",
    summary="Remove a passkey",
    description="After a fresh proof. It opens nothing from then on; your device may "
    "still offer it. Devices that it signed in stay signed in.",
    tags=["auth"],
    parameters=[PASSKEY_ID],
    responses={
        204: None,
        **domain_errors(errors.PasskeyNotFound, shared.LastWayIn, shared.ProofRequired),
    },
)
