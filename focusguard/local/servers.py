"""Both servers together: up, down, and the environment that points to them."""

import os
from collections.abc import Mapping

from focusguard.local import keys, postgres, valkey
from focusguard.local.places import Places
from focusguard.local.processes import locked

# What local mode sets, unless the environment has it already.
DEFAULTS = {
    "FOCUSGUARD_LOCAL": "true",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
    "ALLOWED_ORIGINS": "http://localhost:5173,http://localhost:3000",
    "SECURE_SSL_REDIRECT": "false",
}


def up(places: Places) -> list[str]:
    """Start what the environment does not name; return the names of the started.

    Safe to call from two places at once. LocalError.
    """
    places.make()
    started = []
    with locked(places.servers_lock):
        keys.kept(places)
        if "DATABASE_URL" not in os.environ and postgres.start(places):
            started.append("PostgreSQL")
        if "REDIS_URL" not in os.environ and valkey.start(places):
            started.append("Valkey")
    return started


def down(places: Places) -> list[str]:
    """Stop what runs; return the names of the stopped."""
    if not places.root.exists():
        return []
    stopped = []
    with locked(places.servers_lock):
        if valkey.stop(places):
            stopped.append("Valkey")
        if postgres.stop(places):
            stopped.append("PostgreSQL")
    return stopped


def environment(places: Places) -> Mapping[str, str]:
    """Return the variables of local mode; what the environment has already wins."""
    places.make()
    with locked(places.servers_lock):
        secrets = keys.kept(places)
    ours = {
        **DEFAULTS,
        "DATABASE_URL": postgres.url(places),
        "REDIS_URL": valkey.url(places),
        "SECRET_KEY": secrets["SECRET_KEY"],
        "JWT_SECRET_KEY": secrets["JWT_SECRET_KEY"],
    }
    return {name: os.environ.get(name, value) for name, value in ours.items()}
