"""GitHub, which speaks OAuth 2.0 and no OpenID Connect: it is asked who a token is of."""

import uuid
from typing import TYPE_CHECKING, Any

from focusguard.provider_settings import GITHUB_URL, Provider
from identity.providers import flow_secrets
from identity.providers.exceptions import ProviderRefused
from identity.providers.vouching.bounded_http import get_json, require_object
from identity.providers.vouching.oauth_client import oauth_session, trade_code
from identity.providers.vouching.vouched import Vouched

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

SCOPE = "read:user user:email"


def authorization_url(provider: Provider, flow_id: uuid.UUID, redirect: str) -> str:
    """Return where a browser is sent to."""
    with oauth_session(provider, scope=SCOPE, redirect=redirect) as session:
        url, _ = session.create_authorization_url(
            f"{provider.issuer}/login/oauth/authorize",
            state=flow_secrets.state_of(flow_id, provider.id),
            code_verifier=flow_secrets.verifier_of(flow_id),
        )
    return str(url)


def who_signed_in(
    provider: Provider, flow_id: uuid.UUID, redirect: str, *, code: str
) -> Vouched:
    """Trade a code for who has signed in. ProviderAway; ProviderRefused.

    By the number of the account: its name may be another's tomorrow.
    """
    with oauth_session(provider, scope=SCOPE, redirect=redirect) as session:
        token = trade_code(
            session,
            f"{provider.issuer}/login/oauth/access_token",
            code=code,
            verifier=flow_secrets.verifier_of(flow_id),
        )
        user = require_object(_ask(session, provider, token, "/user"), "the user")
        number = user.get("id")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise ProviderRefused("the account has no number")
        address, verified = _primary(_ask(session, provider, token, "/user/emails"))
    name = user.get("name") or user.get("login")
    return Vouched.of(provider.issuer, str(number), address, verified, name)


def _primary(addresses: Any) -> tuple[object, object]:
    """Return the primary address and whether it is verified: it need not be."""
    for one in addresses if isinstance(addresses, list) else ():
        if isinstance(one, dict) and one.get("primary") is True:
            return one.get("email"), one.get("verified")
    return None, None


def _ask(
    session: "OAuth2Session", provider: Provider, token: dict[str, Any], path: str
) -> Any:
    is_public = provider.issuer == GITHUB_URL
    api = "https://api.github.com" if is_public else f"{provider.issuer}/api/v3"
    headers = {
        "Authorization": f"Bearer {token.get('access_token')}",
        "Accept": "application/vnd.github+json",
    }
    return get_json(session, f"{api}{path}", headers=headers)
