"""The providers that people may sign in by: how the environment names them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

GOOGLE_ISSUER = "https://accounts.google.com"
GITHUB_URL = "https://github.com"
# They stand in the addresses of routes, beside `finish`.
IDENTIFIER = re.compile(r"[a-z][a-z0-9]{0,23}")
TAKEN = ("finish", "github", "google")

# Reads a variable as text; empty where it is not set.
Read = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that vouches for people: an issuer of OpenID Connect, or a GitHub.

    `issuer` is the namespace of its subjects: with it an account elsewhere is kept, so
    that a name that is pointed to another issuer opens nothing.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    is_github: bool = False


def providers(read: Read) -> dict[str, Provider]:
    """Read all of them, in the order in which they are offered.

    ValueError, in words that name the variable and quote no secret.
    """
    found = [_google(read), _github(read), *_by_issuer(read)]
    return {provider.id: provider for provider in found if provider is not None}


def is_issuer(text: str) -> bool:
    """Tell whether this is an address that discovery can begin with, and nothing else.

    OpenID Connect Discovery 1.0, section 2: no query and no fragment.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and re.fullmatch(r"[a-z0-9.:\[\]-]+", parts.netloc) is not None
        and port != 0
        and re.fullmatch(r"[\w./~-]*", parts.path, re.ASCII) is not None
        and text == f"{parts.scheme}://{parts.netloc}{parts.path}"
    )


def _google(read: Read) -> Provider | None:
    client = _client(read, "OAUTH_GOOGLE")
    return client and Provider("google", "Google", GOOGLE_ISSUER, *client)


def _github(read: Read) -> Provider | None:
    client = _client(read, "OAUTH_GITHUB")
    url = read("OAUTH_GITHUB_URL").removesuffix("/") or GITHUB_URL
    if not is_issuer(url):
        raise ValueError(
            f"OAUTH_GITHUB_URL must be the address of a GitHub, not {url!r}."
        )
    return client and Provider("github", "GitHub", url, *client, is_github=True)


def _by_issuer(read: Read) -> list[Provider]:
    names = [name.strip() for name in read("OIDC_PROVIDERS").split(",") if name.strip()]
    for name in names:
        if not IDENTIFIER.fullmatch(name) or name in TAKEN or names.count(name) > 1:
            raise ValueError(
                "OIDC_PROVIDERS must be different names of a-z and 0-9 (company,"
                f"school), none of them {', '.join(TAKEN)}; {name!r} is not."
            )
    return [_named(read, name) for name in names]


def _named(read: Read, name: str) -> Provider:
    prefix = f"OIDC_{name.upper()}"
    issuer = read(f"{prefix}_ISSUER")
    client = _client(read, prefix)
    if not issuer or client is None:
        raise ValueError(
            f"OIDC_PROVIDERS names {name}: it needs {prefix}_ISSUER, "
            f"{prefix}_CLIENT_ID and {prefix}_SECRET."
        )
    if not is_issuer(issuer):
        raise ValueError(
            f"{prefix}_ISSUER must be what the provider calls its issuer "
            f"(https://login.example.com), not {issuer!r}."
        )
    return Provider(name, read(f"{prefix}_NAME") or name.capitalize(), issuer, *client)


def _client(read: Read, prefix: str) -> tuple[str, str] | None:
    """Return id and secret; None where neither is set."""
    client_id, secret = f"{prefix}_CLIENT_ID", f"{prefix}_SECRET"
    if prefix.startswith("OAUTH_"):
        secret = f"{prefix}_CLIENT_SECRET"
    values = read(client_id), read(secret)
    if all(values):
        return values
    if any(values):
        given, lacking = (client_id, secret) if values[0] else (secret, client_id)
        raise ValueError(f"{given} needs {lacking}: set both, or neither.")
    return None
