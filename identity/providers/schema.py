"""The operations of signing in by a provider, for the OpenAPI document."""

import uuid

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)

from accounts import exceptions as accounts_errors
from accounts.schema import COOKIE_SET, SECOND_STEP_EXAMPLE, TOKEN_EXAMPLE
from accounts.serializers import SecondStepSerializer
from focusguard.api.schema import domain_errors
from focusguard.api.scopes import ScopeMissing
from identity import exceptions as identity_errors
from identity.providers import exceptions as errors
from identity.providers.serializers import (
    FinishSerializer,
    LinkedIdentityListSerializer,
    StartedSerializer,
    StartSerializer,
    WaitingSerializer,
)

LINKED = {
    "id": "01949d2e-7a10-7c3f-8d52-3f1e2a4b5c6d",
    "provider": "google",
    "name": "Google",
    "email": "alice@gmail.com",
    "created_at": "2026-01-18T14:00:00Z",
    "last_used_at": "2026-01-18T14:15:00Z",
}
PROVIDER = OpenApiParameter(
    "provider",
    str,
    OpenApiParameter.PATH,
    description="Its id in `GET /auth/ways`.",
)
IDENTITY_ID = OpenApiParameter("identity_id", uuid.UUID, OpenApiParameter.PATH)
# Of who links: everybody else needs none, and no API token will do.
BEARER_ERRORS = (
    accounts_errors.TokenMissing,
    accounts_errors.TokenExpired,
    accounts_errors.TokenInvalid,
    ScopeMissing,
)

start = extend_schema(
    operation_id="startProviderSignIn",
    summary="Begin to sign in by a provider, or to link an account there",
    description="From a page of ours alone. Send the browser to the address; it comes "
    "back to `callback` within ten minutes, in the same browser. `link` is of who is "
    "signed in and has proved who they are.",
    tags=["auth"],
    auth=[],
    parameters=[PROVIDER],
    request=StartSerializer,
    examples=[
        OpenApiExample("Sign in", value={"intent": "sign_in"}, request_only=True),
        OpenApiExample(
            "The provider's page",
            value={
                "authorization_url": "https://accounts.google.com/o/oauth2/v2/auth?client_id=focusguard"
            },
            response_only=True,
        ),
    ],
    responses={
        200: StartedSerializer,
        **domain_errors(
            errors.ProviderNotFound,
            errors.ProviderAway,
            accounts_errors.OriginRefused,
            *BEARER_ERRORS,
            identity_errors.ProofRequired,
            identity_errors.FlowsLimited,
        ),
    },
)

callback = extend_schema(
    operation_id="comeBackFromProvider",
    summary="Where a provider sends a browser back to",
    description="Always leads to a page: `/` with the refresh cookie, a page that goes "
    "on (`/sign-in?step=second-factor`, `/sign-up?step=finish`, `/you?step=link`), or "
    "`/sign-in?error=…` and `/you?error=…`.",
    tags=["auth"],
    auth=[],
    parameters=[
        PROVIDER,
        *(
            OpenApiParameter(name, str, OpenApiParameter.QUERY, description=told)
            for name, told in {
                "state": "As it was sent.",
                "code": "What is traded for who has signed in.",
                "error": "In its place: why there is none.",
                "iss": "Who answers (RFC 9207).",
            }.items()
        ),
        OpenApiParameter(
            "Location", str, OpenApiParameter.HEADER, response=[303], required=True
        ),
    ],
    request=None,
    responses={
        303: OpenApiResponse(description="See a page of the dashboard"),
        **domain_errors(errors.ProviderNotFound),
    },
)

waiting = extend_schema(
    operation_id="whatWaitsForThisBrowser",
    summary="What the browser that came back from a provider is asked for",
    description="`sign_up`: a username. `link`: a yes. `second_factor`: `POST` gives "
    "the flow token to go on with. By the flow cookie.",
    tags=["auth"],
    auth=[],
    examples=[
        OpenApiExample(
            "A newcomer",
            value={
                "step": "sign_up",
                "provider": "google",
                "name": "Google",
                "email": "alice@gmail.com",
                "username": "alice",
            },
            response_only=True,
        )
    ],
    responses={
        200: WaitingSerializer,
        **domain_errors(identity_errors.FlowInvalid, *BEARER_ERRORS[1:]),
    },
)

finish = extend_schema(
    operation_id="finishProviderSignIn",
    summary="Finish what a sign-in by a provider began",
    description="By the flow cookie, from a page of ours. A newcomer chooses a username "
    "and gets the token answer; who links an account, with the Bearer of who began, "
    "gets the identity; where a second factor is asked for, the flow token of "
    "`POST /auth/second-factor` is given, as by `POST /auth/login`.",
    tags=["auth"],
    auth=[],
    parameters=[COOKIE_SET],
    request=FinishSerializer,
    examples=[
        OpenApiExample("A newcomer", value={"username": "alice"}, request_only=True),
        SECOND_STEP_EXAMPLE,
    ],
    responses={
        201: OpenApiResponse(
            {
                "oneOf": [
                    {"$ref": "#/components/schemas/TokenAnswer"},
                    {"$ref": "#/components/schemas/LinkedIdentity"},
                ]
            },
            examples=[
                TOKEN_EXAMPLE,
                OpenApiExample("Linked", value=LINKED, response_only=True),
            ],
        ),
        202: SecondStepSerializer,
        **domain_errors(
            identity_errors.FlowInvalid,
            accounts_errors.OriginRefused,
            accounts_errors.UsernameTaken,
            accounts_errors.EmailTaken,
            errors.IdentityTaken,
            *BEARER_ERRORS,
        ),
    },
)

list_identities = extend_schema(
    operation_id="listIdentities",
    summary="The accounts elsewhere that you sign in by",
    description="`has_password` says whether you have a password beside them.",
    tags=["auth"],
    examples=[
        OpenApiExample(
            "One account",
            value={"has_password": True, "identities": [LINKED]},
            response_only=True,
        )
    ],
    responses={200: LinkedIdentityListSerializer},
)

unlink_identity = extend_schema(
    operation_id="unlinkIdentity",
    summary="Sign in by an account elsewhere no more",
    description="Not where no password, passkey or other account would be left.",
    tags=["auth"],
    parameters=[IDENTITY_ID],
    responses={
        204: None,
        **domain_errors(
            errors.IdentityNotFound,
            identity_errors.LastWayIn,
            identity_errors.ProofRequired,
        ),
    },
)
