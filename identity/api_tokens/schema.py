"""The API tokens for the OpenAPI document: their operations, and a scheme of their own."""

import uuid
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema

from focusguard.api.schema import domain_errors
from identity.api_tokens import exceptions as errors
from identity.api_tokens.serializers import (
    ApiTokenCreateSerializer,
    ApiTokenListSerializer,
    ApiTokenSerializer,
    MadeTokenSerializer,
)
from identity.exceptions import ProofRequired

API_TOKEN = {
    "id": "01949d2e-7c40-7a15-b3d8-6e5f4a3b2c1d",
    "name": "Menu bar timer",
    "prefix": "fgp_4fT9cQzL",
    "scopes": ["sessions:read", "sessions:write"],
    "created_at": "2026-01-18T14:00:00Z",
    "expires_at": "2026-04-18T14:00:00Z",
    "expired": False,
    "last_used_on": "2026-01-18",
}
MADE = API_TOKEN | {
    "last_used_on": None,
    # Of the form of one, with a sum that is not right.
    "token": "fgp_4fT9cQzLw2K8vNxRbY7mHd3JsG6pAeUtB1oVgXiZ5yC000000",
}

API_TOKEN_EXAMPLE = OpenApiExample("A timer", value=API_TOKEN, response_only=True)
MADE_EXAMPLE = OpenApiExample("A timer", value=MADE, response_only=True)
API_TOKENS_EXAMPLE = OpenApiExample(
    "One", value={"api_tokens": [API_TOKEN]}, response_only=True
)
MAKE_EXAMPLE = OpenApiExample(
    "A timer",
    value={
        "name": "Menu bar timer",
        "scopes": ["sessions:read", "sessions:write"],
        "expires_in_days": 90,
    },
    request_only=True,
)
API_TOKEN_ID = OpenApiParameter("api_token_id", uuid.UUID, OpenApiParameter.PATH)


class ApiTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # comes untyped
    """A Bearer token with the scope that an operation names; most others take none."""

    target_class = "identity.api_tokens.token_authentication.ApiTokenAuthentication"
    name = "apiToken"

    def get_security_requirement(self, auto_schema: Any) -> Any:
        view = auto_schema.view
        scope = view.token_scopes.get(view.action)
        return None if scope is None else {self.name: [scope.value]}

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "fgp_…",
            "description": "A token that a user made for a program, with the scope that "
            "the operation names.",
        }


list_api_tokens = extend_schema(
    operation_id="listApiTokens",
    summary="Your API tokens, oldest first",
    description="All of them, expired ones too: there are 20 at most. Their text is "
    "told once, when they are made; `prefix` is its beginning.",
    tags=["auth"],
    examples=[API_TOKENS_EXAMPLE],
    responses=ApiTokenListSerializer,
)

create_api_token = extend_schema(
    operation_id="createApiToken",
    summary="Make an API token for a program",
    description="It asks in your name, what its scopes name and nothing else: no "
    "account, no sign-in, no export, no socket. Store `token`: nobody can tell it again. "
    "It ends by time, by its removal, by a sign-out everywhere and by a password reset; a "
    "changed password keeps it. Needs a proof of the last ten minutes.",
    tags=["auth"],
    request=ApiTokenCreateSerializer,
    examples=[MAKE_EXAMPLE, MADE_EXAMPLE],
    responses={
        201: MadeTokenSerializer,
        **domain_errors(ProofRequired, errors.TooManyTokens),
    },
)

get_api_token = extend_schema(
    operation_id="getApiToken",
    summary="One API token",
    description="Without its text. Somebody else's is not found.",
    tags=["auth"],
    parameters=[API_TOKEN_ID],
    examples=[API_TOKEN_EXAMPLE],
    responses={200: ApiTokenSerializer, **domain_errors(errors.ApiTokenNotFound)},
)

delete_api_token = extend_schema(
    operation_id="deleteApiToken",
    summary="Remove an API token",
    description="It is refused on its next request. Needs no proof: whoever fears that a "
    "token was stolen ends it at once.",
    tags=["auth"],
    parameters=[API_TOKEN_ID],
    responses={204: None, **domain_errors(errors.ApiTokenNotFound)},
)
