"""The code flow of OpenID Connect with PKCE: one address to send people to, one answer."""

import uuid
from typing import TYPE_CHECKING, Any

from focusguard.provider_settings import Provider
from identity.providers import flow_secrets
from identity.providers.exceptions import ProviderRefused
from identity.providers.vouching import id_tokens
from identity.providers.vouching.bounded_http import (
    conversation,
    get_json,
    require_object,
)
from identity.providers.vouching.discovery import (
    Endpoints,
    endpoints_of,
    keys_of,
    known_endpoints,
)
from identity.providers.vouching.oauth_client import oauth_session, trade_code
from identity.providers.vouching.vouched import Vouched, subject_of

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

SCOPE = "openid email profile"


def find_endpoints(provider: Provider) -> Endpoints:
    """Return where a provider is asked; itself it is asked now and then. ProviderAway."""

    def ask() -> Endpoints:
        with oauth_session(provider, scope=SCOPE, redirect="") as session:
            return endpoints_of(provider, session)

    return known_endpoints(provider) or conversation(ask)


def authorization_url(provider: Provider, flow_id: uuid.UUID, redirect: str) -> str:
    """Return where a browser is sent to. ProviderAway."""
    endpoints = find_endpoints(provider)
    with oauth_session(provider, scope=SCOPE, redirect=redirect) as session:
        url, _ = session.create_authorization_url(
            endpoints.authorization,
            state=flow_secrets.state_of(flow_id, provider.id),
            nonce=flow_secrets.nonce_of(flow_id),
            code_verifier=flow_secrets.verifier_of(flow_id),
        )
    return str(url)


def who_signed_in(
    provider: Provider, flow_id: uuid.UUID, redirect: str, *, code: str, issuer: str
) -> Vouched:
    """Trade a code for who has signed in. ProviderAway; ProviderRefused.

    `issuer` is what the answer said of itself: of a provider that says so it has to, or
    the code of one could be brought to the callback of another (RFC 9207).
    """
    with oauth_session(provider, scope=SCOPE, redirect=redirect) as session:
        endpoints = endpoints_of(provider, session)
        if issuer != provider.issuer and (issuer or endpoints.says_issuer):
            raise ProviderRefused("the answer is of another issuer")
        if not endpoints.takes_basic:
            session.token_endpoint_auth_method = "client_secret_post"  # noqa: S105  (a method)
        verifier = flow_secrets.verifier_of(flow_id)
        token = trade_code(session, endpoints.token, code=code, verifier=verifier)
        claims = id_tokens.read(
            token.get("id_token"),
            provider,
            nonce=flow_secrets.nonce_of(flow_id),
            keys_for=lambda kid: keys_of(provider, endpoints, session, wanted=kid),
        )
        told = claims
        if "email" not in claims and endpoints.userinfo:
            told = _userinfo(session, endpoints, token, claims)
    # The address and whether it is verified come of one document, never mixed.
    return Vouched.of(
        provider.issuer,
        claims["sub"],
        told.get("email"),
        told.get("email_verified"),
        told.get("name"),
    )


def _userinfo(
    session: "OAuth2Session",
    endpoints: Endpoints,
    token: dict[str, Any],
    claims: dict[str, Any],
) -> dict[str, Any]:
    """Ask who an access token is of, and refuse another than the ID token names.

    Tokens can be swapped on the way (OpenID Connect Core 1.0, section 5.3.2).
    """
    access = token.get("access_token")
    headers = {"Authorization": f"Bearer {access}", "Accept": "application/json"}
    told = get_json(session, endpoints.userinfo, headers=headers)
    told = require_object(told, "userinfo")
    if told.get("sub") != subject_of(claims["sub"]):
        raise ProviderRefused("userinfo is of somebody else")
    return told
