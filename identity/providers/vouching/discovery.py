"""An issuer's document of itself, and its keys, each kept by a worker for an hour."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from focusguard.provider_settings import Provider
from identity.providers.vouching.bounded_http import away, get_json

if TYPE_CHECKING:
    from joserfc.jwk import Key
    from requests import Session

KEPT_SECONDS = 60 * 60
# A key that nobody knows may be a new one, or made up: who makes keys up has us ask the
# provider this often and no more.
ASKED_AGAIN_SECONDS = 60

Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where an issuer is asked (OpenID Connect Discovery 1.0, section 3)."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    # How a client names itself at `token`.
    takes_basic: bool
    # Whether its answers say whose they are (RFC 9207).
    says_issuer: bool


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Told]):
    told: Told
    at: float  # of the monotonic clock

    def is_younger(self, seconds: float) -> bool:
        return time.monotonic() - self.at < seconds


class _Memory(Generic[Told]):
    """The last answer of each issuer; asked outside of the lock, which no network holds."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept[Told]] = {}
        self._lock = Lock()

    def get(self, issuer: str, ask: Callable[[], Told], *, seconds: float) -> Told:
        with self._lock:
            kept = self._kept.get(issuer)
        if kept is not None and kept.is_younger(seconds):
            return kept.told
        told = ask()
        with self._lock:
            self._kept[issuer] = _Kept(told, time.monotonic())
        return told

    def known(self, issuer: str) -> Told | None:
        """Return what need not be asked for."""
        with self._lock:
            kept = self._kept.get(issuer)
        if kept is None or not kept.is_younger(KEPT_SECONDS):
            return None
        return kept.told

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


_endpoints: _Memory[Endpoints] = _Memory()
_keys: _Memory[dict[str, "Key"]] = _Memory()


def endpoints_of(provider: Provider, session: "Session") -> Endpoints:
    """Return where a provider is asked. ProviderAway, also where it says nonsense."""
    ask = partial(_discover, provider, session)
    return _endpoints.get(provider.issuer, ask, seconds=KEPT_SECONDS)


def known_endpoints(provider: Provider) -> Endpoints | None:
    """Return where a provider is asked, where this worker knows it of late."""
    return _endpoints.known(provider.issuer)


def keys_of(
    provider: Provider, endpoints: Endpoints, session: "Session", *, wanted: str
) -> dict[str, "Key"]:
    """Return the keys by which a provider signs, by their ids. ProviderAway.

    Where `wanted` is none of them they may have changed, and are asked for again.
    """
    ask = partial(_fetch_keys, endpoints, session)
    keys = _keys.get(provider.issuer, ask, seconds=KEPT_SECONDS)
    if wanted not in keys:
        keys = _keys.get(provider.issuer, ask, seconds=ASKED_AGAIN_SECONDS)
    return keys


def forget() -> None:
    """Forget what was told: a test's provider is another one at the same address."""
    _endpoints.forget()
    _keys.forget()


def _discover(provider: Provider, session: "Session") -> Endpoints:
    base = provider.issuer.removesuffix("/")
    told = get_json(session, f"{base}/.well-known/openid-configuration")
    if not isinstance(told, dict) or told.get("issuer") != provider.issuer:
        raise away(f"{provider.issuer}: the document is of another issuer")
    methods = told.get("token_endpoint_auth_methods_supported")
    scheme = provider.issuer.partition("://")[0]
    return Endpoints(
        authorization=_url(told, "authorization_endpoint", scheme),
        token=_url(told, "token_endpoint", scheme),
        keys=_url(told, "jwks_uri", scheme),
        userinfo=_url(told, "userinfo_endpoint", scheme, required=False),
        # The default, where it says nothing of it.
        takes_basic=not isinstance(methods, list) or "client_secret_basic" in methods,
        says_issuer=told.get("authorization_response_iss_parameter_supported") is True,
    )


def _url(told: dict[str, Any], name: str, scheme: str, *, required: bool = True) -> str:
    """Return an address of the document; it has TLS where its issuer has."""
    url = told.get(name, "")
    if not required and not url:
        return ""
    if not isinstance(url, str) or not url.startswith(f"{scheme}://"):
        raise away(f"{name} is no {scheme} address")
    return url


def _fetch_keys(endpoints: Endpoints, session: "Session") -> dict[str, "Key"]:
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry

    told = get_json(session, endpoints.keys)
    listed = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise away(f"{endpoints.keys}: no set of keys")
    keys: dict[str, Key] = {}
    for one in listed:
        # A key of a kind that nobody here knows hides no other (RFC 7517, section 5).
        if not isinstance(one, dict) or one.get("kty") not in ("RSA", "EC", "OKP"):
            continue
        if one.get("use", "sig") != "sig":
            continue
        try:
            key = JWKRegistry.import_key(one)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        keys[str(one.get("kid", ""))] = key
    return keys
