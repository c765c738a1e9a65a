"""Secrets at rest: sealed by the first of `ENCRYPTION_KEYS`, opened by any of them.

Under keys of their own: a new SECRET_KEY ends links and forms, which is fine, and must
not end the second factors of everybody.
"""

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class Unopenable(Exception):
    """A sealed secret that none of the keys opens."""


def is_on() -> bool:
    """Tell whether there is a key to seal with: without one no factor is added."""
    return bool(settings.ENCRYPTION_KEYS)


def seal(secret: bytes) -> bytes:
    """Seal a secret for the database."""
    return _fernet(tuple(settings.ENCRYPTION_KEYS)).encrypt(secret)


def unseal(sealed: bytes) -> bytes:
    """Open a sealed secret. Unopenable."""
    from cryptography.fernet import InvalidToken

    if not is_on():
        raise Unopenable
    try:
        return _fernet(tuple(settings.ENCRYPTION_KEYS)).decrypt(sealed)
    except InvalidToken as error:
        raise Unopenable from error


def is_of_first_key(sealed: bytes) -> bool:
    """Tell whether the first key alone opens it, so that the others are not needed."""
    from cryptography.fernet import InvalidToken

    try:
        _fernet(tuple(settings.ENCRYPTION_KEYS[:1])).decrypt(sealed)
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> "MultiFernet":
    # At its first use: it takes a worker 9 MB that most never need.
    from cryptography.fernet import Fernet, MultiFernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    def derived(key: str) -> bytes:
        kdf = HKDF(SHA256(), length=32, salt=None, info=b"focusguard second factor")
        return base64.urlsafe_b64encode(kdf.derive(key.encode()))

    return MultiFernet([Fernet(derived(key)) for key in keys])
