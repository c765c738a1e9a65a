"""The relying party of all passkeys: the name that browsers bind them to.

It is the host of `DASHBOARD_URL`, and never that of a request, whose Host header is the
sender's to choose. A passkey of one host opens nothing at another, so whoever changes
the host loses every passkey (docs/adr/0061-passkeys.md).
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

# A name, whose last part is no number: browsers take no IP address (WebAuthn Level 3,
# section 5.1.2), and 127.0.0.1 in the place of localhost is a mistake of one minute.
NAME = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]*[a-z_-][a-z0-9_-]*")
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The `id` that passkeys are made for, and the `origin` that may ask for them."""

    id: str
    origin: str


def relying_party() -> RelyingParty | None:
    """Return who asks for passkeys; None where no browser would give us any."""
    return _of(settings.DASHBOARD_URL)


def is_on() -> bool:
    """Tell whether people can have passkeys here."""
    return relying_party() is not None


@cache
def _of(site: str) -> RelyingParty | None:
    parts = urlsplit(site)
    host = parts.hostname or ""
    ours = host == "localhost" or host.endswith(".localhost")
    # Browsers know no passkeys on a page that came over plain HTTP, but from ourselves.
    if not NAME.fullmatch(host) or not (parts.scheme == "https" or ours):
        return None
    port = parts.port
    shown = "" if port in (None, USUAL_PORTS[parts.scheme]) else f":{port}"
    return RelyingParty(host, f"{parts.scheme}://{host}{shown}")
