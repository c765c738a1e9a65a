"""Keys and passwords of one checkout, made once."""

import json
import os
import secrets
from collections.abc import Mapping

from focusguard.local.places import Places

# Without the characters that people mix up.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def kept(places: Places) -> Mapping[str, str]:
    """Return SECRET_KEY, JWT_SECRET_KEY, DEMO_PASSWORD and STAFF_PASSWORD.

    Call with the servers' lock held: two that make them at once would disagree.
    """
    if not places.secrets.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "JWT_SECRET_KEY": secrets.token_urlsafe(48),
            "DEMO_PASSWORD": _password(),
            "STAFF_PASSWORD": _password(),
        }
        unfinished = places.secrets.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(made, file, indent=2)
        unfinished.rename(places.secrets)
    read: dict[str, str] = json.loads(places.secrets.read_text())
    return read


def _password() -> str:
    groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
