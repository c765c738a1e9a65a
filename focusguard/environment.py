"""Typed reading of the environment; every variable stands in `.env.example`.

A missing or malformed variable raises `ImproperlyConfigured` with one line that
names it. Nothing falls back silently.
"""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, EnvValidationError, validate

MIN_KEY_BYTES = 32
JWT_ALGORITHMS = ("HS256", "HS384", "HS512")


class Environment:
    """The process environment, with the project's `.env` below it if there is one."""

    def __init__(self, base_dir: Path) -> None:
        self._env = Env()
        self._env.read_env(str(base_dir / ".env"), recurse=False)
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
        value = self.text(name)
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
