"""Keys and passwords of one checkout, made once."""

import json
import os
import secrets
from collections.abc import Callable, Mapping

from local.local_error import LocalError
from local.places import Places

# Without the characters that people mix up.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def kept(places: Places) -> Mapping[str, str]:
    """Return the keys of `MAKERS`, and the passwords of the demo.

    What is missing is made and kept. Call with the servers' lock held: two that make
    them at once would disagree. LocalError when the file cannot be read.
    """
    secret: dict[str, str] = {}
    # Empty where the machine went down, or the disk was full, while it was written.
    if places.secrets.exists() and places.secrets.stat().st_size:
        try:
            secret = dict(json.loads(places.secrets.read_text()))
        except ValueError:
            raise LocalError(
                f"{places.secrets} cannot be read; remove it to have new ones made."
            ) from None
    missing = {name: make for name, make in MAKERS.items() if name not in secret}
    if missing:
        secret |= {name: make() for name, make in missing.items()}
        _write(places, secret)
    return secret


def _write(places: Places, secret: Mapping[str, str]) -> None:
    """Replace the file as a whole, readable by its owner alone from the start."""
    unfinished = places.secrets.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(secret, file, indent=2)
    unfinished.rename(places.secrets)


def _key() -> str:
    return secrets.token_urlsafe(48)


def _password() -> str:
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


MAKERS: Mapping[str, Callable[[], str]] = {
    "SECRET_KEY": _key,
    "JWT_SECRET_KEY": _key,
    "ENCRYPTION_KEYS": _key,
    "DEMO_PASSWORD": _password,
    "STAFF_PASSWORD": _password,
}
