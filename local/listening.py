"""Hosts and ports of `make run`, out of the environment and of `.env`."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from dotenv import dotenv_values

from local import servers
from local.local_error import LocalError
from local.places import Places

# Where nobody named a host, and where all of ours are listened on.
OURSELVES = {"localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "::", "[::]"}  # noqa: S104  (compared, not bound)


@dataclass(frozen=True)
class Addresses:
    """Where gunicorn listens, and beside it the process of the sockets."""

    host: str
    port: int
    # None where no hints go: then there are no sockets.
    sockets: int | None
    # Where they are, as it is printed.
    sockets_url: str

    @property
    def base(self) -> str:
        """The address to open: our own name, unless another one was asked for."""
        return f"http://{name_of(self.host)}:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the variables that say it to all processes."""
        said = {"HOST": self.host, "PORT": str(self.port)}
        # Pages make the address of it, with whatever name they were opened by.
        return said | ({"REALTIME_PORT": str(self.sockets)} if self.sockets else {})

    @property
    def bind_of_sockets(self) -> str:
        """Where the process of the sockets listens: beside gunicorn."""
        return f"{_in_url(self.host)}:{self.sockets}"

    def require_free(self) -> None:
        """LocalError where a port is taken; it says what to do."""
        _require_free(self.host, self.port, "PORT")
        if self.sockets:
            _require_free(self.host, self.sockets, "REALTIME_PORT")


def configured(places: Places) -> dict[str, str | None]:
    """Return what `.env` says, and above it the environment."""
    return {**dotenv_values(places.project / ".env"), **os.environ}


def read(said: Mapping[str, str | None]) -> Addresses:
    """Return the addresses that `said` asks for. LocalError where a port is none."""
    host = said.get("HOST") or "127.0.0.1"
    port = number("PORT", said.get("PORT") or "8000", most=65535)
    sockets = _port_of_sockets(said, port)
    ours = f"ws://{name_of(host)}:{sockets}/api/ws"
    told = said.get("REALTIME_URL") or ""
    # The process is there for programs, where pages are told of none.
    return Addresses(host, port, sockets, ours if told in ("", "none") else told)


def _port_of_sockets(said: Mapping[str, str | None], port: int) -> int | None:
    """Return REALTIME_PORT, else the port above PORT.

    None where REDIS_URL is set to nothing: hints go by Valkey, and without it pages ask.
    """
    if os.environ.get("REDIS_URL") == "":
        return None
    chosen = said.get("REALTIME_PORT")
    if not chosen:
        return port + 1 if port < 65535 else port - 1
    sockets = number("REALTIME_PORT", chosen, most=65535)
    if sockets == port:
        raise LocalError(f"REALTIME_PORT must be another port than PORT, {port}.")
    return sockets


def _require_free(host: str, port: int, variable: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            # The next one may be that of the sockets of whoever has this one.
            other = port + 2 if port < 65534 else port - 2
            raise LocalError(
                f"{host}:{port} cannot be used ({error.strerror}); choose another "
                f"port: make run {variable}={other}"
            ) from None


def name_of(host: str) -> str:
    """Return a host as addresses have it."""
    return "localhost" if host in OURSELVES else _in_url(host)


def _in_url(host: str) -> str:
    return f"[{host.strip('[]')}]" if ":" in host else host


def allowed_hosts(allowed: str, host: str) -> str:
    """Add the address that the banner prints; what people configured stays as it is."""
    if host in OURSELVES or allowed != servers.DEFAULTS["ALLOWED_HOSTS"]:
        return allowed
    return f"{allowed},{_in_url(host)}"


def number(name: str, text: str, *, most: int) -> int:
    """Read a number of the configuration. LocalError where it is none, or is too large."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= most):
        raise LocalError(f"{name} must be a number up to {most}, not {text!r}.")
    return int(text)
