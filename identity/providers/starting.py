"""The start of a flow: a row bound to the browser, and where that is sent."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from accounts.models import User
from focusguard.provider_settings import Provider
from identity.flows import services as flows
from identity.providers.configured import redirect_uri
from identity.providers.vouching import github_accounts, openid_connect

LIVES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Started:
    """An address to send a browser to, and the secret by which it is known again."""

    authorization_url: str
    cookie: str


def start(*, provider: Provider, client: str, user: User | None) -> Started:
    """Begin a sign-in, or the linking of an account to `user`. ProviderAway; FlowsLimited.

    The row has the hash of what the browser keeps, so that a flow is finished where it
    was begun: neither can somebody be signed in to another's account by a link, nor
    another's account be linked to theirs.
    """
    kind = flows.Kind.OAUTH_SIGN_IN if user is None else flows.Kind.OAUTH_LINK
    flows.count_flow(kind, client)
    if not provider.is_github:
        # Before the row: where it does not answer nothing was begun.
        openid_connect.find_endpoints(provider)
    secret = secrets.token_urlsafe(32)
    flow = flows.issue(
        kind,
        lives=LIVES,
        user=user,
        provider=provider.id,
        binding=binding_of(secret),
    )
    speaks = github_accounts if provider.is_github else openid_connect
    url = speaks.authorization_url(provider, flow.pk, redirect_uri(provider))
    return Started(url, secret)


def binding_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
