"""ID tokens, judged by us and by nobody's defaults (OpenID Connect Core 1.0, 3.1.3.7)."""

import base64
import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from focusguard.provider_settings import Provider
from identity.providers.exceptions import ProviderRefused

if TYPE_CHECKING:
    from joserfc.jwk import Key

# No HS256: its key is the client's secret, which more than the provider have. No none.
# Ed25519 is what RFC 9864 calls EdDSA.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")
# How far a provider's clock may be from ours.
LEEWAY = 60
# It was made for a code that we have just sent.
OLDEST = 10 * 60

KeysFor = Callable[[str], dict[str, "Key"]]


def read(
    raw: object, provider: Provider, *, nonce: str, keys_for: KeysFor
) -> dict[str, Any]:
    """Return the claims of an ID token. ProviderRefused for whatever is wrong with it.

    `keys_for` gives the provider's keys, where it is told which one is wanted.
    """
    from joserfc import jwt
    from joserfc.errors import JoseError

    if not isinstance(raw, str):
        raise ProviderRefused("there is no ID token")
    kid, algorithm = _head(raw)
    if algorithm not in ALGORITHMS:
        raise ProviderRefused(f"signed by {algorithm!r}")
    key = _key(keys_for(kid), kid)
    try:
        token = jwt.decode(raw, key, registry=_registry())
        _claims(provider, nonce).validate(token.claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderRefused(f"ID token: {error}") from error
    _require_audience(token.claims, provider.client_id)
    # The library takes a list that has it.
    if token.claims["nonce"] != nonce:
        raise ProviderRefused("the nonce is of another flow")
    if token.claims["iat"] < time.time() - OLDEST - LEEWAY:
        raise ProviderRefused("the ID token is of another time")
    return token.claims


def _head(raw: str) -> tuple[str, str]:
    """Read which key and algorithm a token names; it has not been verified yet."""
    head = raw.partition(".")[0]
    try:
        told = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
        kid, algorithm = told.get("kid", ""), told["alg"]
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ProviderRefused("the ID token has no readable head") from error
    if not isinstance(kid, str) or not isinstance(algorithm, str):
        raise ProviderRefused("the ID token names no key")
    return kid, algorithm


def _key(keys: dict[str, "Key"], kid: str) -> "Key":
    if kid in keys:
        return keys[kid]
    # It need not name the only one there is.
    if not kid and len(keys) == 1:
        return next(iter(keys.values()))
    raise ProviderRefused(f"the key {kid!r} is not the provider's")


def _registry() -> Any:
    from joserfc.jws import JWSRegistry

    class Registry(JWSRegistry):
        def get_alg(self, name: str) -> Any:
            # The library's warns of the name EdDSA, which most providers still use.
            if name not in ALGORITHMS:
                raise ValueError(f"signed by {name}")
            return self.algorithms[name]

    # Providers add to the head what they like; what is `crit` is understood or refused.
    return Registry(algorithms=ALGORITHMS, strict_check_header=False)


def _claims(provider: Provider, nonce: str) -> Any:
    from joserfc.jwt import JWTClaimsRegistry

    return JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        sub={"essential": True},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )


def _require_audience(claims: dict[str, Any], client_id: str) -> None:
    """Refuse a token that is for others as well, unless it was asked for by us.

    A list with our id in it may be of a token that another client has had made.
    """
    audience, party = claims["aud"], claims.get("azp")
    several = isinstance(audience, list) and len(audience) != 1
    if party != client_id and (several or party is not None):
        raise ProviderRefused("the ID token is for somebody else")
