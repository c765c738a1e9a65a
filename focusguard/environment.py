"""Typed reading of the environment; every variable stands in `.env.example`.

A missing or malformed variable raises `ImproperlyConfigured` with one line that
names it. Nothing falls back silently.
"""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError, validate

from focusguard.mail_url import HOST, SENDER, MailServer, mail_server
from focusguard.provider_settings import Provider, providers

MIN_KEY_BYTES = 32
# What says that pages have no socket to open.
NO_SOCKET = "none"
ADDRESS = re.compile(r"(wss?:/)?(/[\w.:\[\]~-]+)+")
JWT_ALGORITHMS = ("HS256", "HS384", "HS512")


def is_origin(text: str) -> bool:
    """Tell whether this is scheme, host and port of a web site, and nothing else."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and HOST.fullmatch(parts.hostname or "") is not None
        and port != 0
        and "@" not in text
        and text == f"{parts.scheme}://{parts.netloc}"
    )


class Environment:
    """The process environment, with the project's `.env` below it if there is one."""

    def __init__(self, base_dir: Path) -> None:
        self._env = Env()
        self._env.read_env(str(base_dir / ".env"), recurse=False)
        self._base_dir = base_dir
        self.debug = self.boolean("DEBUG", default=False)
        self.local = self.boolean("FOCUSGUARD_LOCAL", default=False)

    def boolean(self, name: str, *, default: bool) -> bool:
        words = {"invalid": "must be true or false."}
        return bool(self._read(self._env.bool, name, default, error_messages=words))

    def text(self, name: str, *, default: str | None = None) -> str:
        return str(self._read(self._env.str, name, default))

    def folder(self, name: str) -> str:
        """The path of a folder that exists and can be written to; empty by default."""
        path = self.text(name, default="")
        if path and not (Path(path).is_dir() and os.access(path, os.W_OK)):
            raise ImproperlyConfigured(
                f"{name} must be a folder that exists and can be written to, not "
                f"{path!r}."
            )
        return path

    def contact(self, name: str) -> str:
        """A URI by which somebody can be reached; empty by default."""
        form = validate.Regexp(
            "(mailto:|https:|$)",
            error="must begin with mailto: or https:, not {input}.",
        )
        return str(self._read(self._env.str, name, "", validate=form))

    def integer(
        self, name: str, *, default: int, minimum: int = 1, maximum: int = 2**31 - 1
    ) -> int:
        bounds = validate.Range(
            minimum, maximum, error="must be between {min} and {max}, not {input}."
        )
        words = {"invalid": "must be a whole number."}
        rules = {"validate": bounds, "error_messages": words}
        return int(self._read(self._env.int, name, default, **rules))

    def words(self, name: str, *, default: list[str] | None = None) -> list[str]:
        return list(self._read(self._env.list, name, default, subcast=str.strip))

    def networks(
        self, name: str, *, default: list[str]
    ) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses and networks, separated by commas: 10.0.0.10, 10.1.0.0/16, ::1."""
        try:
            return tuple(map(ip_network, self.words(name, default=default)))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must be addresses and networks (10.0.0.10,10.1.0.0/16): "
                f"{error}."
            ) from error

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        one = validate.OneOf(choices, error="must be one of {choices}, not {input}.")
        return str(self._read(self._env.str, name, default, validate=one))

    def key(self, name: str) -> str:
        """A secret of at least 32 bytes (RFC 7518, section 3.2)."""
        return self._long(name, self.text(name))

    def keys(self, name: str) -> list[str]:
        """Secrets of at least 32 bytes each, separated by commas; none by default."""
        words = filter(None, self.words(name, default=[]))
        return [self._long(name, value) for value in words]

    def _long(self, name: str, value: str) -> str:
        if len(value.encode()) < MIN_KEY_BYTES:
            raise ImproperlyConfigured(
                f"{name} must have at least {MIN_KEY_BYTES} bytes; "
                'make one with: python -c "import secrets; '
                'print(secrets.token_urlsafe(48))"'
            )
        return value

    def database(self, name: str) -> dict[str, Any]:
        """Django's settings of the PostgreSQL that `name` points to.

        The `+asyncpg` of the seed's URLs is dropped (docs/contract.md, Environment).
        """
        url = self.text(name)
        scheme, separator, rest = url.partition("://")
        scheme = scheme.partition("+")[0]
        if scheme not in ("postgres", "postgresql") or not separator:
            raise ImproperlyConfigured(
                f"{name} must be a postgresql:// URL; FocusGuard runs on nothing else."
            )
        try:
            return dict(dj_database_url.parse(f"{scheme}://{rest}"))
        except (ValueError, dj_database_url.ParseError) as error:
            raise ImproperlyConfigured(f"{name} is not a readable URL.") from error

    def origin(self, name: str, *, needed_by: str = "") -> str:
        """The address of a site, with no path; empty by default, if nothing needs it."""
        value = self.text(name, default="").removesuffix("/")
        if value and not is_origin(value):
            raise ImproperlyConfigured(
                f"{name} must be an origin (https://app.example.com), not {value!r}."
            )
        if needed_by and not value:
            raise ImproperlyConfigured(
                f"{needed_by} needs {name}, which links begin with. See .env.example."
            )
        return value

    def socket_address(self, name: str) -> str:
        """Where a page opens its socket: a path of its own origin, a ws URL, or none."""
        value = self.text(name, default="")
        if value == NO_SOCKET:
            return value
        parts = urlsplit(value)
        url = parts.scheme in ("ws", "wss") and is_origin(
            f"{parts.scheme.replace('ws', 'http')}://{parts.netloc}"
        )
        # It stands in the page's policy, whose sources end at a blank or a semicolon.
        if value and not (ADDRESS.fullmatch(value) and (url or value[0] == "/")):
            raise ImproperlyConfigured(
                f"{name} must be a path (/api/ws), a URL (wss://live.example.com/"
                f"api/ws) or {NO_SOCKET}, not {value!r}."
            )
        return value

    def sender(self, name: str, *, default: str) -> str:
        """The address that mail comes from, with a name before it or without."""
        value = self.text(name, default="") or default
        if not SENDER.fullmatch(value):
            raise ImproperlyConfigured(
                f"{name} must be an address (FocusGuard <noreply@example.com>), "
                f"not {value!r}."
            )
        return value

    def mail_server(self, name: str) -> MailServer | None:
        """The server that `name` points to; None where it is empty: no mail is sent.

        A password is never quoted, so the line says what is right and not what was
        there.
        """
        url = self.text(name, default="")
        if not url:
            return None
        try:
            return mail_server(url, self._base_dir)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must be smtp://, smtp+starttls:// or smtps:// with "
                "user:password@host:port, percent-encoded, or file:// with a folder; "
                f"{error}. See .env.example."
            ) from None

    def providers(self) -> dict[str, Provider]:
        """The providers that people may sign in by, by their id; none by default."""
        try:
            return providers(lambda name: self.text(name, default="").strip())
        except ValueError as error:
            raise ImproperlyConfigured(f"{error} See .env.example.") from None

    def _read(self, reader: Any, name: str, default: Any, **rules: Any) -> Any:
        if default is not None:
            rules["default"] = default
        try:
            return reader(name, **rules)
        except EnvValidationError as error:
            faults = " ".join(error.error_messages)
            raise ImproperlyConfigured(f"{name} {faults} See .env.example.") from error
        except EnvError as error:
            raise ImproperlyConfigured(f"{error}. See .env.example.") from error
