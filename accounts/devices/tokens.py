"""The two kinds of token, to text and back (docs/contract.md, Auth)."""

import time
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import jwt
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import (
    ExpiredTokenError,
    TokenBackendError,
    TokenBackendExpiredToken,
    TokenError,
)
from rest_framework_simplejwt.tokens import Token

from accounts.devices.pairs import access_jti
from accounts.exceptions import TokenExpired, TokenInvalid
from accounts.models import AuthSession, User

LEEWAY = settings.CLOCK_LEEWAY.total_seconds()
# When a token was issued decides nothing: on a machine whose clock is behind, one that
# another machine has just signed is from the future, and good all the same. `exp` and
# the device's row say how long it lives.
_READER = jwt.PyJWT({"verify_iat": False, "verify_aud": False})


class _Backend(TokenBackend):
    """Sign as simplejwt does, and read without a look at `iat`."""

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = _READER.decode(
                token,
                self.get_verifying_key(token),
                algorithms=[self.algorithm],
                leeway=self.get_leeway(),
                options={"verify_signature": verify},
            )
        except jwt.ExpiredSignatureError as error:
            raise TokenBackendExpiredToken("expired") from error
        except jwt.InvalidTokenError as error:
            raise TokenBackendError("invalid") from error
        return claims


_backend = _Backend(
    settings.SIMPLE_JWT["ALGORITHM"],
    settings.SIMPLE_JWT["SIGNING_KEY"],
    leeway=settings.CLOCK_LEEWAY,
)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a token that verifies: its user, its device, its own id."""

    user_id: uuid.UUID
    device_id: uuid.UUID
    jti: uuid.UUID


class AccessToken(Token):
    _token_backend = _backend
    claims: Claims  # of a token that was read
    token_type = "access"  # noqa: S105  (a name, no secret)
    lifetime = settings.ACCESS_TOKEN_LIFETIME


class RefreshToken(Token):
    _token_backend = _backend
    token_type = "refresh"  # noqa: S105  (a name, no secret)
    lifetime = settings.REFRESH_TOKEN_LIFETIME


Kind = TypeVar("Kind", bound=Token)


def sign_access_token(user: User, device: AuthSession) -> str:
    token = AccessToken()
    token["sub"] = str(user.pk)
    token["username"] = user.username
    token["sid"] = str(device.pk)
    token["jti"] = access_jti(device).hex
    return str(token)


def sign_refresh_token(device: AuthSession) -> str:
    """Sign the device's current refresh token; the same text each time it is asked.

    Everything in it comes from the row, so a lost answer can be given again.
    """
    token = RefreshToken()
    token["sub"] = str(device.user_id)
    token["sid"] = str(device.pk)
    token["jti"] = device.current_jti.hex
    token.set_iat(at_time=device.last_used_at)
    token["exp"] = int(device.expires_at.timestamp())
    return str(token)


def read_access_token(raw: bytes) -> AccessToken:
    """Verify an access token; its signature only once, since it comes all day.

    TokenExpired, TokenInvalid.
    """
    token = _read_access_token(raw)
    if token["exp"] + LEEWAY <= time.time():
        raise TokenExpired
    return token


@lru_cache(maxsize=4096)
def _read_access_token(raw: bytes) -> AccessToken:
    token, claims = read_token(AccessToken, raw)
    token.claims = claims
    return token


def read_token(kind: type[Kind], raw: Any) -> tuple[Kind, Claims]:
    """Verify a token. TokenExpired, or TokenInvalid for every other fault.

    A well-signed token may still carry any JSON at all as its claims; a claim that
    is not what we sign is as bad as a bad signature.
    """
    try:
        token = kind(raw)
        claims = Claims(
            user_id=uuid.UUID(token["sub"]),
            device_id=uuid.UUID(token["sid"]),
            jti=uuid.UUID(token["jti"]),
        )
    except ExpiredTokenError as error:
        raise TokenExpired from error
    except (
        TokenError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
    ) as error:
        raise TokenInvalid from error
    return token, claims
