"""Authlib's client, of which a URL and a trade are all that is used: it keeps nothing."""

from typing import TYPE_CHECKING, Any

from focusguard.provider_settings import Provider
from identity.providers.exceptions import ProviderAway, ProviderRefused
from identity.providers.vouching.bounded_http import away, fetch, require_object

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

# A code, an access token, an ID token and the like.
MAX_CODE = 4096


def oauth_session(provider: Provider, *, scope: str, redirect: str) -> "OAuth2Session":
    """Return a client of a provider; it sends by `bounded_http` and in no other way."""
    from authlib.integrations.requests_client import OAuth2Session

    class Bounded(OAuth2Session):  # type: ignore[misc]  # comes without types
        def post(self, url: str, **options: Any) -> Any:
            """Send what Authlib makes of a code, bounded as all else is."""
            for ours in ("timeout", "allow_redirects", "stream"):
                options.pop(ours, None)
            return fetch(self, "POST", url, **options)

    return Bounded(
        provider.client_id,
        provider.client_secret,
        scope=scope,
        redirect_uri=redirect,
        code_challenge_method="S256",
    )


def trade_code(
    session: "OAuth2Session", url: str, *, code: str, verifier: str
) -> dict[str, Any]:
    """Trade a code for tokens. ProviderAway; ProviderRefused where it says no."""
    from authlib.common.errors import AuthlibBaseError

    if not 0 < len(code) <= MAX_CODE:
        raise ProviderRefused("there is no code")
    try:
        token = session.fetch_token(
            url,
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
        )
    except ProviderAway:
        raise
    except AuthlibBaseError as error:
        raise ProviderRefused(f"the code was not taken: {error}") from error
    # A page in the place of JSON, or a status that says nothing.
    except (OSError, ValueError) as error:
        raise away(f"{url}: {error}") from error
    return require_object(token, "the answer to a code")
